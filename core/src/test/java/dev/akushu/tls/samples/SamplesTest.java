package dev.akushu.tls.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsEngine;
import dev.akushu.tls.TlsListener;
import dev.akushu.tls.testing.Issued;
import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.testing.TestPki;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The samples of the documentation do what they say. */
class SamplesTest {
    private final TestPki pki = TestPki.create();

    @TempDir
    private Path folder;

    private TlsListener listener;
    private CompletableFuture<Void> serving;

    @BeforeEach
    void listen() throws Exception {
        Issued leaf = pki.leaf(TestKey.P256, "localhost");
        listener = ServeSample.listen(leaf.writeChain(folder), leaf.writeKey(folder));
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
        Path ca = Files.writeString(
                folder.resolve("ca.pem"),
                Issued.pem("CERTIFICATE", pki.root().der().toArray()));

        assertThat(ConnectSample.connect(ca, "localhost", port())).isEqualTo("hello");
    }

    @Test
    void theEngineOfTheSampleShakesHandsOverAnyChannel() throws Exception {
        TlsEngine engine = TlsClient.builder(pki.trust()).build().engine("localhost", port());
        try (SocketChannel channel = SocketChannel.open(listener.localAddress())) {
            EngineSample.shakeHands(engine, channel);
        }
        assertThat(engine.session()).isPresent();
    }

    @Test
    void aSecondConnectionOfOneClientResumes() throws Exception {
        TlsClient client = TlsClient.builder(pki.trust()).build();
        try (TlsConnection first = client.connect("localhost", port())) {
            first.closeOutput();
            first.input().readAllBytes();
        }
        try (TlsConnection second = client.connect("localhost", port())) {
            assertThat(second.session().orElseThrow().resumed()).isTrue();
        }
    }

    private int port() {
        return listener.localAddress().getPort();
    }
}
