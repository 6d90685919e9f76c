package dev.akushu.tls.samples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsEngine;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsListener;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.testing.Issued;
import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.testing.TestPki;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The samples of the documentation do what they say. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SamplesTest {
    private final TestPki pki = TestPki.create();
    private final Issued leaf = pki.leaf(TestKey.P256, "localhost");

    @TempDir
    private Path folder;

    private TlsListener listener;
    private CompletableFuture<Void> serving;

    @BeforeEach
    void listen() throws Exception {
        listener = ServeSample.listen(leaf.writeChain(folder), leaf.writeKey(folder), Loopback.anyPort());
        serving = CompletableFuture.runAsync(
                () -> {
                    try {
                        ServeSample.serve(listener);
                    } catch (IOException failed) {
                        throw new UncheckedIOException(failed);
                    }
                },
                Executors.newVirtualThreadPerTaskExecutor());
    }

    @AfterEach
    void stop() throws Exception {
        listener.close();
        serving.join();
    }

    @Test
    void theClientOfTheSampleIsAnsweredByTheServerOfTheSample() throws Exception {
        Path ca = pki.root().writeAuthority(folder);

        assertThat(ConnectSample.connect(ca, "localhost", port())).isEqualTo("hello");
    }

    @Test
    void theEngineOfTheSampleAsksOverAnyChannel() throws Exception {
        TlsEngine engine = newClient().engine("localhost", port());
        byte[] question = "hello".repeat(10_000).getBytes(UTF_8);
        try (SocketChannel channel = SocketChannel.open(listener.localAddress())) {
            assertThat(EngineSample.ask(engine, channel, question)).isEqualTo(question);
        }
        assertThat(engine.session()).isPresent();
    }

    @Test
    void theEngineOfTheSampleTellsTheServerWhyItBreaksOff() throws Exception {
        TlsEngine engine = newClient().engine("other.example", 443);
        try (Loopback<Void> echo = Loopback.echo(newServer());
                SocketChannel channel = SocketChannel.open(echo.address())) {
            assertThat(failure(() -> EngineSample.ask(engine, channel, new byte[1]))
                            .problem())
                    .isEqualTo(Problem.HOST_NAME_MISMATCH);
            assertThat(failure(echo::outcome).diagnosis().fact("alert")).isEqualTo("bad_certificate");
        }
    }

    @Test
    void bothEndsOfTheSampleAgreeOnAnApplicationProtocol() throws Exception {
        try (Loopback<Void> server = new Loopback<>(AlpnSample.server(leaf.identity()), client -> {
            AlpnSample.serve(client);
            return null;
        })) {
            assertThat(agreedWith(server, AlpnSample.client(pki.trust()))).isEqualTo("h2: you speak h2");
            assertThat(agreedWith(server, newClient())).isEqualTo("http/1.1: you speak http/1.1");
            TlsClient foreign =
                    newClient().toBuilder().applicationProtocols("imap").build();
            assertThat(failure(() -> agreedWith(server, foreign)).diagnosis().fact("alert"))
                    .isEqualTo("no_application_protocol");
        }
    }

    @Test
    void theLogHasTheStepsOfEachConnection() throws Exception {
        List<String> log = new CopyOnWriteArrayList<>();
        TlsClient client = EventsSample.client(pki.trust(), log::add);
        client.connect("localhost", port()).close();
        failure(() -> client.connect("127.0.0.1", port()));

        assertThat(log)
                .contains("1: SENT ClientHello", "1: RECEIVED ServerHello", "2: SENT ClientHello")
                .anyMatch(line -> line.startsWith("1: HandshakeDone["))
                .anyMatch(line -> line.startsWith("2: The certificate does not name 127.0.0.1."));
    }

    @Test
    void aFailureIsToldInTheLanguageThatIsAskedFor() {
        assertThat(FailuresSample.connect(newClient(), "localhost", port(), Locale.JAPANESE))
                .startsWith("connected by TLS_");
        assertThat(FailuresSample.connect(newClient(), "127.0.0.1", port(), Locale.JAPANESE))
                .startsWith("証明書に 127.0.0.1 という名前がありません。")
                .contains("\n証明書にある名前で接続するか、");
        assertThat(FailuresSample.connect(newClient(), "127.0.0.1", port(), Locale.ENGLISH))
                .startsWith("The certificate does not name 127.0.0.1.");
    }

    @Test
    void failuresAreToldApart() throws Exception {
        TlsException otherName = failure(() -> newClient().connect("127.0.0.1", port()));
        assertThat(FailuresSample.whatToDo(otherName)).isEqualTo("use one of its names: [localhost]");

        TlsClient stranger = TlsClient.builder(TestPki.create().trust()).build();
        assertThat(FailuresSample.whatToDo(failure(() -> stranger.connect("localhost", port()))))
                .isEqualTo("do not trust this server");

        try (Socket nobodyListens = new Socket()) {
            nobodyListens.bind(Loopback.anyPort());
            int closed = nobodyListens.getLocalPort();
            assertThat(FailuresSample.whatToDo(failure(() -> newClient().connect("localhost", closed))))
                    .isEqualTo("try again later");
        }
    }

    @Test
    void bothEndsOfOneConnectionExportTheSame() throws Exception {
        try (Loopback<byte[]> server = new Loopback<>(newServer(), client -> {
            try (client) {
                client.handshake();
                return ExporterSample.keyOfThisConnection(client);
            }
        })) {
            for (int i = 0; i < 2; i++) {
                try (TlsConnection connection = newClient().connect("localhost", server.port())) {
                    assertThat(ExporterSample.keyOfThisConnection(connection))
                            .hasSize(32)
                            .isEqualTo(server.outcome());
                }
            }
        }
    }

    private static String agreedWith(Loopback<Void> server, TlsClient client) throws IOException {
        try (TlsConnection connection = client.connect("localhost", server.port())) {
            return AlpnSample.agreed(connection) + ": "
                    + new String(connection.input().readAllBytes(), UTF_8);
        }
    }

    private static TlsException failure(Attempt attempt) {
        return catchThrowableOfType(TlsException.class, attempt::run);
    }

    private TlsServer newServer() {
        return TlsServer.builder(leaf.identity()).build();
    }

    private TlsClient newClient() {
        return TlsClient.builder(pki.trust()).build();
    }

    private int port() {
        return listener.localAddress().getPort();
    }

    @FunctionalInterface
    private interface Attempt {
        Object run() throws Exception;
    }
}
