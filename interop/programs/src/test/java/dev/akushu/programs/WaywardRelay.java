package dev.akushu.programs;

import dev.akushu.tls.Identity;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.TlsSession;
import dev.akushu.tls.crypto.Crypto;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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
 * Gives any server without TLS the habits of {@link WaywardServer}: it ends TLS before that server and passes on what is
 * said. Its tickets come late, and before every piece of an answer the keys change at both ends.
 */
final class WaywardRelay implements AutoCloseable {
    private static final long LATENESS_MILLIS = 150;
    private static final int PIECE = 8192;

    private final TlsServer config;
    private final int plainPort;
    private final ServerSocket listener;
    private final List<TlsSession> sessions = new CopyOnWriteArrayList<>();
    private final List<IOException> failures = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    /** Starts on a port of its own, before the server at {@code plainPort}. */
    WaywardRelay(Pki.Identity identity, int plainPort, String... applicationProtocols) throws Exception {
        this.plainPort = plainPort;
        config = TlsServer.builder(Identity.of(identity.chain(), identity.key(), Crypto.jdk()))
                .applicationProtocols(applicationProtocols)
                .build();
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::acceptAll);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Of the connections so far, in the order in which their handshakes were done. */
    List<TlsSession> sessions() {
        return sessions;
    }

    /** What went wrong so far, as this relay sees it. */
    List<IOException> failures() {
        return failures;
    }

    /** Waits for the next end of a connection, by the client: how it was, {@code close_notify} or what went wrong. */
    String awaitEnd() throws InterruptedException {
        return Objects.requireNonNull(ends.poll(30, TimeUnit.SECONDS), "no client has ended its connection");
    }

    /** Cuts all connections that there are, without close_notify. */
    void cut() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void acceptAll() {
        try {
            while (true) {
                Socket socket = listener.accept();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> relay(socket));
            }
        } catch (IOException failed) {
            if (!listener.isClosed()) {
                failures.add(failed);
            }
        }
    }

    private void relay(Socket socket) {
        try (socket;
                TlsConnection tls = TlsConnection.overSocket(config, socket);
                Socket plain = new Socket(InetAddress.getLoopbackAddress(), plainPort)) {
            socket.setTcpNoDelay(true);
            plain.setTcpNoDelay(true);
            tls.handshake();
            sessions.add(tls.session().orElseThrow());
            Thread answers = Thread.ofVirtual().start(() -> answers(plain, tls));
            requests(tls.input(), plain.getOutputStream());
            ends.add("close_notify");
            plain.shutdownOutput();
            answers.join();
        } catch (IOException failed) {
            failures.add(failed);
            ends.add(failed.toString());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void requests(InputStream from, OutputStream to) throws IOException {
        byte[] piece = new byte[PIECE];
        for (int length = from.read(piece); length >= 0; length = from.read(piece)) {
            to.write(piece, 0, length);
        }
    }

    private void answers(Socket plain, TlsConnection tls) {
        byte[] piece = new byte[PIECE];
        try {
            Thread.sleep(LATENESS_MILLIS);
            InputStream from = plain.getInputStream();
            for (int length = from.read(piece); length >= 0; length = from.read(piece)) {
                tls.updateKeys(true);
                tls.output().write(piece, 0, length);
            }
            tls.closeOutput();
        } catch (IOException failed) {
            failures.add(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
