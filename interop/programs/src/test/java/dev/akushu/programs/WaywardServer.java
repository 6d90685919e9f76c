package dev.akushu.programs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.akushu.tls.Identity;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.TlsSession;
import dev.akushu.tls.crypto.Crypto;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
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
 * An HTTP/1.1 server with the habits that clients meet in TLS 1.3 and seldom test: its tickets come late, the keys change between
 * two answers, and it may leave without a word. It keeps connections open; every answer is {@code hello}.
 */
final class WaywardServer implements AutoCloseable {
    private static final String ANSWER =
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello";
    private static final long LATENESS_MILLIS = 150;

    private final TlsServer config;
    private final ServerSocket listener;
    private final boolean leavesWithoutAWord;
    private final List<TlsSession> sessions = new CopyOnWriteArrayList<>();
    private final List<IOException> failures = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();

    /**
     * Starts on a port of its own.
     *
     * @param leavesWithoutAWord whether it cuts the first connection in the middle of its second answer, without close_notify
     */
    WaywardServer(Pki.Identity identity, boolean leavesWithoutAWord, String... applicationProtocols) throws Exception {
        this.leavesWithoutAWord = leavesWithoutAWord;
        TlsServer.Builder builder = TlsServer.builder(Identity.of(identity.chain(), identity.key(), Crypto.jdk()));
        if (applicationProtocols.length > 0) {
            builder.applicationProtocols(applicationProtocols);
        }
        config = builder.build();
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

    /** What went wrong so far, as this server sees it. */
    List<IOException> failures() {
        return failures;
    }

    /** Waits for the next end of a connection, by the client: how it was, {@code close_notify} or what went wrong. */
    String awaitEnd() throws InterruptedException {
        return Objects.requireNonNull(ends.poll(30, TimeUnit.SECONDS), "no client has ended its connection");
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void acceptAll() {
        try {
            while (true) {
                Socket socket = listener.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException failed) {
            if (!listener.isClosed()) {
                failures.add(failed);
            }
        }
    }

    private void serve(Socket socket) {
        try (socket;
                TlsConnection connection = TlsConnection.overSocket(config, socket)) {
            socket.setTcpNoDelay(true);
            connection.handshake();
            boolean first = sessions.isEmpty();
            sessions.add(connection.session().orElseThrow());
            for (int request = 1; readRequest(connection.input()); request++) {
                if (request == 2 && first && leavesWithoutAWord) {
                    connection
                            .output()
                            .write(ANSWER.substring(0, ANSWER.length() - 3).getBytes(ISO_8859_1));
                    socket.close();
                    return;
                }
                // The first answer waits, so that the client has long finished when the records behind Finished come.
                Thread.sleep(request == 1 ? LATENESS_MILLIS : 0);
                connection.updateKeys(true);
                connection.output().write(ANSWER.getBytes(ISO_8859_1));
            }
            ends.add("close_notify");
        } catch (IOException failed) {
            failures.add(failed);
            ends.add(failed.toString());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads the head of one request without a body; false at the end of the stream. */
    private static boolean readRequest(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return false;
            }
            head.write(next);
        }
        return true;
    }
}
