package dev.akushu.programs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsSession;
import dev.akushu.tls.Trust;
import dev.akushu.tls.trace.Flow;
import dev.akushu.tls.trace.TraceEvent;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An HTTP/1.1 client with the habits that servers meet in TLS 1.3 and seldom test: it changes its keys before every request and
 * wants the server to change its own too, and it may leave without a word.
 */
final class WaywardClient implements AutoCloseable {
    private static final Pattern LENGTH =
            Pattern.compile("^content-length: *(\\d+)", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    private final String host;
    private final Socket socket;
    private final TlsConnection connection;
    private final AtomicInteger keyUpdatesOfServer = new AtomicInteger();

    /** Connects to localhost, and offers {@code applicationProtocols} by ALPN if there are any. */
    WaywardClient(int port, String... applicationProtocols) throws Exception {
        this("localhost", port, applicationProtocols);
    }

    /** Connects to the loopback interface, where the server should show a certificate for {@code host}. */
    WaywardClient(String host, int port, String... applicationProtocols) throws Exception {
        this.host = host;
        TlsClient.Builder builder = TlsClient.builder(Trust.anchors(List.of(Pki.SHARED.root()), "tests"))
                .observer(event -> {
                    if (event instanceof TraceEvent.KeyUpdated updated && updated.flow() == Flow.RECEIVED) {
                        keyUpdatesOfServer.incrementAndGet();
                    }
                });
        if (applicationProtocols.length > 0) {
            builder.applicationProtocols(applicationProtocols);
        }
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        connection = TlsConnection.overSocket(builder.build(), socket, host, port);
        // A server that keeps silent fails the test, which otherwise would wait for ever.
        connection.readTimeout(Duration.ofSeconds(30));
        connection.handshake();
    }

    TlsSession session() {
        return connection.session().orElseThrow();
    }

    /** How often the server changed its keys so far. */
    int keyUpdatesOfServer() {
        return keyUpdatesOfServer.get();
    }

    /** The body of the answer; its length must be told by Content-Length. */
    String get(String path) throws IOException {
        connection.updateKeys(true);
        send("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
        String head = readHead();
        Matcher length = LENGTH.matcher(head);
        if (!head.startsWith("HTTP/1.1 200") || !length.find()) {
            throw new IOException("not what is expected: " + head);
        }
        byte[] body = connection.input().readNBytes(Integer.parseInt(length.group(1)));
        return new String(body, ISO_8859_1);
    }

    /** Sends part of a request and is gone, without close_notify. */
    void leaveWithoutAWord() throws IOException {
        send("GET / HT");
        socket.close();
    }

    /** Reads up to the server's close_notify; fails if the stream ends without. */
    void awaitCloseNotify() throws IOException {
        connection.input().readAllBytes();
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }

    /** Sends what need not be a request. */
    void send(String text) throws IOException {
        connection.output().write(text.getBytes(ISO_8859_1));
    }

    private String readHead() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = connection.input().read();
            if (next < 0) {
                throw new EOFException("the server closed after " + head.toString(ISO_8859_1));
            }
            head.write(next);
        }
        return head.toString(ISO_8859_1);
    }
}
