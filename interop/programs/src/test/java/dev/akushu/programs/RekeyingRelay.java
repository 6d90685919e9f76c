package dev.akushu.programs;

import dev.akushu.tls.Identity;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.TlsSession;
import dev.akushu.tls.Trust;
import dev.akushu.tls.crypto.Crypto;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Stands between a program's client and a server, ends TLS on both sides and hands the data on, with the habits of TLS 1.3
 * that are seldom tested: before every piece of data it changes its keys and demands new ones of the other end, towards both.
 * It can also cut all its connections without a word.
 */
final class RekeyingRelay implements AutoCloseable {
    private final TlsServer front;
    private final TlsClient back;
    private final Preamble preamble;
    private final ServerSocket listener;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<TlsSession> sessions = new CopyOnWriteArrayList<>();
    private final List<IOException> failures = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    private volatile int target;

    /** What a protocol says before TLS begins. */
    interface Preamble {
        /** Nothing: TLS begins at once. */
        Preamble NONE = (client, server) -> {};

        /** Speaks with the client, and like the client with the server. */
        void speak(Socket client, Socket server) throws IOException;
    }

    /**
     * Starts on a port of its own.
     *
     * @param shown what it shows to clients
     * @param own what it shows to the server, if that asks
     */
    RekeyingRelay(Pki.Identity shown, Pki.Identity own, Preamble preamble) throws Exception {
        front = TlsServer.builder(identity(shown)).build();
        back = TlsClient.builder(Trust.anchors(List.of(Pki.SHARED.root()), "the tests' root"))
                .identity(identity(own))
                .build();
        this.preamble = preamble;
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::acceptAll);
    }

    private static Identity identity(Pki.Identity of) throws Exception {
        return Identity.of(of.chain(), of.key(), Crypto.jdk());
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Where the server is; to be said before the first client comes. */
    RekeyingRelay to(int port) {
        target = port;
        return this;
    }

    /** Of the clients so far, in the order in which their handshakes were done. */
    List<TlsSession> sessions() {
        return sessions;
    }

    /** What went wrong so far; a cut at any end is part of it. */
    List<IOException> failures() {
        return failures;
    }

    /** Waits for the next end of a connection, by the client: how it was, {@code close_notify} or what went wrong. */
    String awaitEnd() throws InterruptedException {
        return Objects.requireNonNull(ends.poll(30, TimeUnit.SECONDS), "no client has ended its connection");
    }

    /** Ends all connections at once, without close_notify. */
    void cut() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cut();
    }

    private void acceptAll() {
        try {
            while (true) {
                Socket client = listener.accept();
                sockets.add(client);
                Thread.ofVirtual().start(() -> relay(client));
            }
        } catch (IOException failed) {
            if (!listener.isClosed()) {
                failures.add(failed);
            }
        }
    }

    private void relay(Socket client) {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
            sockets.add(server);
            client.setTcpNoDelay(true);
            preamble.speak(client, server);
            try (TlsConnection there = TlsConnection.overSocket(back, server, "localhost", target);
                    TlsConnection here = TlsConnection.overSocket(front, client)) {
                here.handshake();
                there.handshake();
                sessions.add(here.session().orElseThrow());
                Thread answers = Thread.ofVirtual().start(() -> pump(there, here));
                ends.add(pump(here, there));
                answers.join();
            }
        } catch (IOException ended) {
            failures.add(ended);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Hands on what comes {@code from} one end until it closes; returns how that was. */
    private String pump(TlsConnection from, TlsConnection to) {
        byte[] piece = new byte[1 << 16];
        try {
            for (int length = from.input().read(piece);
                    length >= 0;
                    length = from.input().read(piece)) {
                to.updateKeys(true);
                to.output().write(piece, 0, length);
            }
            to.closeOutput();
            return "close_notify";
        } catch (IOException ended) {
            failures.add(ended);
            return ended.toString();
        }
    }
}
