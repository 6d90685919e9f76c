package dev.akushu.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.testing.TestPki;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Requests for a certificate after the handshake, over sockets with a reader and a writer at each end. RFC 9846 section 4.7.2. */
class PostHandshakeSocketTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int PIECES = 200;
    private static final int PIECE = 16_000;

    private static final TestPki PKI = TestPki.create();
    private static final Identity CLIENT = PKI.leaf(TestKey.P256, "client").identity();

    @Test
    void anAnswerGoesOutThoughTheClientHasNothingToWrite() throws Exception {
        try (TlsListener listener = listen();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<TlsConnection> accepted = threads.submit(() -> accept(listener));
            try (TlsConnection client = connect(listener);
                    TlsConnection server = accepted.get(20, TimeUnit.SECONDS)) {
                CompletableFuture<List<Bytes>> answer =
                        server.requestClientCertificate().toCompletableFuture();
                // They wait for data that never comes, and end with the connection.
                var _ = threads.submit(() -> client.input().read());
                var _ = threads.submit(() -> server.input().read());

                assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo(CLIENT.chain());
            }
        }
    }

    @Test
    void whoClosesWaitsForNoAnswer() throws Exception {
        try (TlsListener listener = listen();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<TlsConnection> accepted = threads.submit(() -> accept(listener));
            try (TlsConnection client = connect(listener)) {
                TlsConnection server = accepted.get(20, TimeUnit.SECONDS);
                CompletableFuture<List<Bytes>> answer =
                        server.requestClientCertificate().toCompletableFuture();
                server.close();

                assertThat(answer).failsWithin(PATIENCE);
                assertThat(client.session()).isPresent();
            }
        }
    }

    @Test
    void answersGoOutBetweenTheDataOfBothDirections() throws Exception {
        try (TlsListener listener = listen();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<TlsConnection> accepted = threads.submit(() -> accept(listener));
            try (TlsConnection client = connect(listener);
                    TlsConnection server = accepted.get(20, TimeUnit.SECONDS)) {
                List<Future<Long>> directions = new ArrayList<>();
                List<Future<Void>> writers = new ArrayList<>();
                for (TlsConnection end : List.of(client, server)) {
                    directions.add(threads.submit(() -> readAll(end.input())));
                    writers.add(threads.submit(writing(end)));
                }
                List<CompletableFuture<List<Bytes>>> answers = new ArrayList<>();
                for (int i = 0; i < 5; i++) {
                    answers.add(server.requestClientCertificate().toCompletableFuture());
                }
                for (CompletableFuture<List<Bytes>> answer : answers) {
                    assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo(CLIENT.chain());
                }
                for (Future<Void> writer : writers) {
                    writer.get(20, TimeUnit.SECONDS);
                }
                client.closeOutput();
                server.closeOutput();
                for (Future<Long> received : directions) {
                    assertThat(received.get(20, TimeUnit.SECONDS)).isEqualTo((long) PIECES * PIECE);
                }
            }
        }
    }

    private static Callable<Void> writing(TlsConnection end) {
        return () -> {
            for (int i = 0; i < PIECES; i++) {
                end.output().write(new byte[PIECE]);
                if (i % 50 == 0) {
                    end.updateKeys(false);
                }
            }
            return null;
        };
    }

    /** All that the other end writes, which ends its output only when it has all its answers. */
    private static long readAll(InputStream in) throws IOException {
        byte[] buffer = new byte[20_000];
        long total = 0;
        for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
            total += length;
        }
        return total;
    }

    private static TlsListener listen() throws TlsException {
        return TlsServer.builder(PKI.leaf(TestKey.P256, "localhost").identity())
                .clientAuthentication(ClientAuthentication.NONE, PKI.trust())
                .build()
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private static TlsConnection accept(TlsListener listener) throws TlsException {
        TlsConnection connection = listener.accept().orElseThrow();
        connection.readTimeout(PATIENCE);
        connection.handshake();
        return connection;
    }

    private static TlsConnection connect(TlsListener listener) throws TlsException {
        TlsConnection connection = TlsClient.builder(PKI.trust())
                .identity(CLIENT)
                .postHandshakeAuthentication(true)
                .build()
                .connect("localhost", listener.localAddress().getPort());
        connection.readTimeout(PATIENCE);
        return connection;
    }
}
