package dev.akushu.programs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.programs.snippets.TlsChannelSnippet;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsSession;
import dev.akushu.tls.Trust;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tlschannel.NeedsReadException;
import tlschannel.NeedsWriteException;
import tlschannel.TlsChannel;

/** tls-channel at both ends, which drives engines by loops of its own over buffers of all sizes. */
@Timeout(60)
class TlsChannelTest {
    private static final byte[] BODY = JdkClient.tenMegabytes();

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true"})
    void echoesTenMegabytesInRandomPiecesUnderMutualTlsAndResumes(boolean clientIsAkushu, boolean serverIsAkushu)
            throws Exception {
        CountingTrust trust = Contexts.trust();
        CountingTrust trustOfClients = Contexts.trust();
        SSLContext context = context(clientIsAkushu, Pki.SHARED.client(), trust);
        try (TlsChannelEcho server =
                new TlsChannelEcho(context(serverIsAkushu, Pki.SHARED.server(), trustOfClients), true)) {
            for (boolean resumed : new boolean[] {false, true}) {
                try (TlsChannel client = TlsChannelEcho.connect(context, "localhost", server.port())) {
                    assertThat(echoInPieces(client, new Random(resumed ? 1 : 2)))
                            .isEqualTo(BODY);
                    SSLSession other = server.sessions().getLast();
                    assertThat(other.getPeerPrincipal().getName()).isEqualTo("CN=client");
                    if (clientIsAkushu) {
                        assertSession(client.getSslEngine().getSession(), resumed);
                    }
                    if (serverIsAkushu) {
                        assertSession(other, resumed);
                    }
                }
            }
            assertThat(trust.asked()).isEqualTo(1);
            assertThat(trustOfClients.asked()).isEqualTo(1);
            assertThat(server.failures()).isEmpty();
        }
    }

    @Test
    void echoesWithoutBlocking() throws Exception {
        try (TlsChannelEcho server = new TlsChannelEcho(Contexts.server(), false);
                Selector selector = Selector.open();
                TlsChannel client = TlsChannelEcho.connect(Contexts.client(), "localhost", server.port())) {
            SocketChannel socket = (SocketChannel) client.getUnderlying();
            socket.configureBlocking(false);
            SelectionKey key = socket.register(selector, 0);
            ByteBuffer out = ByteBuffer.wrap(BODY);
            ByteBuffer in = ByteBuffer.allocate(BODY.length);
            while (in.hasRemaining()) {
                assertThat(Thread.currentThread().isInterrupted()).isFalse();
                key.interestOps(step(client, out, in));
                if (key.interestOps() != 0) {
                    selector.select();
                    selector.selectedKeys().clear();
                }
            }
            assertThat(in.array()).isEqualTo(BODY);
        }
    }

    /** Writes or reads some; returns what has to be waited for before the next step, or 0. */
    private static int step(TlsChannel client, ByteBuffer out, ByteBuffer in) throws IOException {
        int wanted = 0;
        try {
            // With nothing left too: what it took last may still be on its way to the socket.
            client.write(out);
        } catch (NeedsWriteException full) {
            wanted |= SelectionKey.OP_WRITE;
        } catch (NeedsReadException empty) {
            wanted |= SelectionKey.OP_READ;
        }
        try {
            client.read(in);
            return 0;
        } catch (NeedsWriteException full) {
            return wanted | SelectionKey.OP_WRITE;
        } catch (NeedsReadException empty) {
            // As long as there is something to write that does not have to wait, it goes on.
            return wanted != 0 || !out.hasRemaining() ? wanted | SelectionKey.OP_READ : 0;
        }
    }

    @Test
    void refusesAHostThatTheCertificateDoesNotName() throws Exception {
        try (TlsChannelEcho server = new TlsChannelEcho(Contexts.server(), false);
                TlsChannel client = TlsChannelEcho.connect(Contexts.client(), Facts.OTHER_LOOPBACK, server.port())) {
            assertThatThrownBy(client::handshake)
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasMessageContainingAll("does not name 127.0.0.2", "localhost", "127.0.0.1");
        }
    }

    @Test
    void refusesAClientWithoutACertificate() throws Exception {
        try (TlsChannelEcho server = new TlsChannelEcho(Contexts.server(), true);
                TlsChannel client = TlsChannelEcho.connect(Contexts.client(), "localhost", server.port())) {
            client.handshake();
            // The library does not fetch the alert from the engine, so the client sees the end without a reason.
            assertThat(client.read(ByteBuffer.allocate(100))).isEqualTo(-1);
            assertThat(client.shutdownReceived()).isFalse();
            assertThat(server.failures()).singleElement().asString().contains("certificate");
            assertThat(server.sessions()).isEmpty();
        }
    }

    @Test
    void tellsACloseFromACut() throws Exception {
        SSLContext context = Contexts.client();
        try (TlsChannelEcho server = new TlsChannelEcho(Contexts.server(), false)) {
            try (TlsChannel client = TlsChannelEcho.connect(context, "localhost", server.port())) {
                client.write(ByteBuffer.wrap(new byte[] {1}));
                assertThat(client.read(ByteBuffer.allocate(1))).isEqualTo(1);
                // The second call waits for the close of the server.
                assertThat(client.shutdown()).isFalse();
                assertThat(client.shutdown()).isTrue();
            }
        }
        try (WaywardServer server = new WaywardServer(Pki.SHARED.server(), true);
                TlsChannel client = TlsChannelEcho.connect(context, "localhost", server.port())) {
            assertThat(get(client)).endsWith("hello");
            assertThat(get(client)).endsWith("he");
            assertThat(client.shutdownReceived()).isFalse();
        }
    }

    @Test
    void lateTicketsAndKeyUpdatesDoNotDisturbTheClient() throws Exception {
        CountingTrust trust = Contexts.trust();
        SSLContext context = Contexts.akushu(null, trust);
        try (WaywardServer server = new WaywardServer(Pki.SHARED.server(), false)) {
            for (int connection = 1; connection <= 2; connection++) {
                try (TlsChannel client = TlsChannelEcho.connect(context, "localhost", server.port())) {
                    for (int i = 0; i < 3; i++) {
                        assertThat(get(client)).endsWith("hello");
                    }
                }
                assertThat(server.awaitEnd()).isEqualTo("close_notify");
            }
            assertThat(server.sessions()).extracting(TlsSession::resumed).containsExactly(false, true);
            assertThat(trust.asked()).isEqualTo(1);
        }
    }

    @Test
    void keyUpdatesDoNotDisturbTheServer() throws Exception {
        try (TlsChannelEcho server = new TlsChannelEcho(Contexts.server(), false)) {
            TlsClient config = TlsClient.builder(Trust.anchors(List.of(Pki.SHARED.root()), "the shared root"))
                    .build();
            try (TlsConnection client = config.connect("localhost", server.port())) {
                for (int i = 0; i < 3; i++) {
                    client.updateKeys(true);
                    client.output().write(new byte[] {1, 2});
                    client.updateKeys(true);
                    client.output().write(3);
                    assertThat(client.input().readNBytes(3)).containsExactly(1, 2, 3);
                }
            }
            assertThat(server.sessions()).hasSize(1);
        }
    }

    @Test
    void theSnippetConnects() throws Exception {
        SSLContext context = TlsChannelSnippet.context(new TrustManager[] {Contexts.trust()});
        try (TlsChannelEcho server = new TlsChannelEcho(Contexts.server(), false);
                TlsChannel client = TlsChannelSnippet.connect(context, "localhost", server.port());
                TlsChannel wrong = TlsChannelSnippet.connect(context, Facts.OTHER_LOOPBACK, server.port())) {
            assertThat(echoInPieces(client, new Random(3))).isEqualTo(BODY);
            assertThatThrownBy(wrong::handshake).hasMessageContaining("does not name 127.0.0.2");
        }
    }

    /** Sends the body by scattered buffers, heap and direct, from none to 40,000 bytes, and reads it back into the same kind. */
    private static byte[] echoInPieces(TlsChannel client, Random random) throws Exception {
        Random ofWriter = new Random(random.nextLong());
        Thread writer = Thread.ofVirtual().start(() -> {
            try {
                for (int at = 0; at < BODY.length; ) {
                    int first = Math.min(ofWriter.nextInt(40_000), BODY.length - at);
                    int second = Math.min(ofWriter.nextInt(20), BODY.length - at - first);
                    ByteBuffer[] pieces = {
                        ByteBuffer.wrap(BODY, at, first),
                        ByteBuffer.allocateDirect(second).put(0, BODY, at + first, second)
                    };
                    at += first + second;
                    while (pieces[0].hasRemaining() || pieces[1].hasRemaining()) {
                        client.write(pieces);
                    }
                }
            } catch (IOException noticedByTheReader) {
                Thread.currentThread().interrupt();
            }
        });
        ByteBuffer all = ByteBuffer.allocate(BODY.length);
        while (all.hasRemaining()) {
            ByteBuffer[] pieces = {
                ByteBuffer.allocate(random.nextInt(20)), ByteBuffer.allocateDirect(1 + random.nextInt(40_000))
            };
            if (client.read(pieces) < 0) {
                throw new IOException("the echo ended after " + all.position() + " bytes");
            }
            Arrays.stream(pieces).map(ByteBuffer::flip).forEach(all::put);
        }
        writer.join();
        return all.array();
    }

    /** Asks by HTTP/1.1 for an answer of a known length. */
    private static String get(TlsChannel client) throws IOException {
        client.write(ByteBuffer.wrap("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(ISO_8859_1)));
        StringBuilder answer = new StringBuilder();
        ByteBuffer piece = ByteBuffer.allocate(10);
        while (!answer.toString().endsWith("hello") && client.read(piece.clear()) >= 0) {
            answer.append(ISO_8859_1.decode(piece.flip()));
        }
        return answer.toString();
    }

    private static SSLContext context(boolean akushu, Pki.Identity identity, TrustManager trust) throws Exception {
        if (akushu) {
            return Contexts.akushu(identity, trust);
        }
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(Contexts.keyManagers(identity), new TrustManager[] {trust}, null);
        return context;
    }

    private static void assertSession(SSLSession session, boolean resumed) {
        assertThat(session.getProtocol()).isEqualTo("TLSv1.3");
        assertThat(Facts.of(session).applicationProtocol()).isEqualTo("echo");
        assertThat(Facts.of(session).resumed()).isEqualTo(resumed);
    }
}
