package dev.akushu.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.akushu.tls.testing.Issued;
import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.testing.TestPki;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections over real sockets on loopback. */
@Timeout(60)
class TlsConnectionTest {
    private static final TestPki PKI = TestPki.create();
    private static final Issued LEAF = PKI.leaf(TestKey.P256, "localhost");
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<IOException> serverFailures = new CopyOnWriteArrayList<>();

    private TlsClient client;

    @BeforeEach
    void makeClient() {
        client = TlsClient.builder(PKI.trust()).build();
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
        // A test that failed may have left others waiting for it.
        threads.shutdownNow();
        threads.close();
    }

    @Test
    void dataOfAnySizeComesBackAsItWasSent() throws Exception {
        int port = serve(server().build(), TlsConnectionTest::echo);
        byte[] data = new byte[3_000_000];
        new Random(1).nextBytes(data);
        try (TlsConnection connection = client.connect("localhost", port)) {
            Future<?> writing = threads.submit(() -> writeAndClose(connection, data));
            byte[] back = connection.input().readAllBytes();
            writing.get();
            assertThat(back).isEqualTo(data);
        }
        assertThat(serverFailures).isEmpty();
    }

    @Test
    void keysChangeByThemselvesWhileDataFlows() throws Exception {
        client = TlsClient.builder(PKI.trust())
                .recordsPerKey(TlsEngine.LEAST_RECORDS_PER_KEY)
                .build();
        int port = serve(server().recordsPerKey(TlsEngine.LEAST_RECORDS_PER_KEY).build(), TlsConnectionTest::echo);
        byte[] data = new byte[2_000_000];
        try (TlsConnection connection = client.connect("localhost", port)) {
            Future<?> writing = threads.submit(() -> writeAndClose(connection, data));
            assertThat(connection.input().readAllBytes()).hasSize(data.length);
            writing.get();
        }
    }

    @Test
    void aReadThatTimedOutCanBeTriedAgain() throws Exception {
        CompletableFuture<Void> go = new CompletableFuture<>();
        int port = serve(server().build(), connection -> {
            connection.handshake();
            go.join();
            connection.output().write('x');
        });
        try (TlsConnection connection = client.connect("localhost", port)) {
            connection.readTimeout(Duration.ofMillis(20));
            TlsException slow = catchThrowableOfType(
                    TlsException.class, () -> connection.input().read());
            assertThat(slow.problem()).isEqualTo(Problem.TIMED_OUT);
            connection.readTimeout(Duration.ZERO);
            go.complete(null);
            assertThat(connection.input().read()).isEqualTo('x');
        }
    }

    @Test
    void anEndThatSaidItIsDoneCanStillListen() throws Exception {
        int port = serve(server().build(), connection -> {
            byte[] all = connection.input().readAllBytes();
            connection.output().write(("got " + all.length).getBytes(StandardCharsets.US_ASCII));
        });
        try (TlsConnection connection = client.connect("localhost", port)) {
            connection.output().write(new byte[] {1, 2, 3});
            connection.closeOutput();
            assertThat(new String(connection.input().readAllBytes(), StandardCharsets.US_ASCII))
                    .isEqualTo("got 3");
            TlsException late = catchThrowableOfType(
                    TlsException.class, () -> connection.output().write(4));
            assertThat(late.problem()).isEqualTo(Problem.ALREADY_CLOSED);
        }
    }

    @Test
    void aStreamThatIsCutIsAnErrorAndNoEnd() throws Exception {
        CompletableFuture<Socket> socket = new CompletableFuture<>();
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Future<?> serving = threads.submit(() -> {
                Socket accepted = listener.accept();
                socket.complete(accepted);
                TlsConnection.overSocket(server().build(), accepted).handshake();
                accepted.shutdownOutput();
                return null;
            });
            try (TlsConnection connection = client.connect("localhost", listener.getLocalPort())) {
                TlsException cut = catchThrowableOfType(
                        TlsException.class, () -> connection.input().readAllBytes());
                assertThat(cut.problem()).isEqualTo(Problem.TRUNCATED);
            }
            serving.get();
            socket.get().close();
        }
    }

    @Test
    void aPeerThatSpeaksNoTlsIsNamedByItsFirstBytes() throws Exception {
        int port = plain(socket ->
                socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));

        TlsException failed = catchThrowableOfType(TlsException.class, () -> client.connect("localhost", port));
        assertThat(failed.problem()).isEqualTo(Problem.NOT_TLS);
        assertThat(failed).hasMessageContaining("HTTP/1.1");
    }

    @Test
    void aServerThatSaysNothingTimesOut() throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        int port = plain(socket -> done.join());
        TlsClient hasty =
                client.toBuilder().handshakeTimeout(Duration.ofMillis(50)).build();

        TlsException failed = catchThrowableOfType(TlsException.class, () -> hasty.connect("localhost", port));
        done.complete(null);
        assertThat(failed.problem()).isEqualTo(Problem.TIMED_OUT);
        assertThat(failed).hasMessageContaining("\"handshake\" with localhost:" + port + " did not");
    }

    @Test
    void aServerThatKeepsBytesComingDoesNotStretchTheLimit() throws Exception {
        int port = plain(socket -> {
            byte[] oneByteOfAMessage = {22, 3, 3, 0, 1, 2};
            while (!socket.isClosed()) {
                socket.getOutputStream().write(oneByteOfAMessage);
            }
        });
        TlsClient hasty =
                client.toBuilder().handshakeTimeout(Duration.ofMillis(100)).build();

        TlsException failed = catchThrowableOfType(TlsException.class, () -> hasty.connect("localhost", port));
        assertThat(failed.problem()).isIn(Problem.TIMED_OUT, Problem.HANDSHAKE_MESSAGE_TOO_LONG);
    }

    @Test
    void aClientThatBreaksLeavesNoSocketOpen() throws Exception {
        CompletableFuture<Integer> received = new CompletableFuture<>();
        int port = plain(socket -> received.complete(socket.getInputStream().read()));
        TlsClient broken = client.toBuilder()
                .observers(() -> {
                    throw new IllegalStateException("no observer to be had");
                })
                .build();

        assertThat(catchThrowableOfType(IllegalStateException.class, () -> broken.connect("localhost", port)))
                .isNotNull();
        assertThat(received.get(30, TimeUnit.SECONDS))
                .as("the end of the connection")
                .isEqualTo(-1);
    }

    @Test
    void closingDoesNotWaitForAPeerThatDoesNotRead() throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        int port = serve(server().build(), connection -> {
            connection.handshake();
            done.join();
        });
        TlsConnection connection = client.connect("localhost", port);
        Future<?> stuck = threads.submit(() -> {
            while (true) {
                connection.output().write(new byte[1 << 16]);
            }
        });
        connection.close();
        done.complete(null);
        assertThat(catchThrowableOfType(Throwable.class, stuck::get)).isNotNull();
    }

    @Test
    void aServerThatHangsUpIsNamed() throws Exception {
        int port = plain(socket -> {
            socket.getInputStream().read();
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        });

        TlsException failed = catchThrowableOfType(TlsException.class, () -> client.connect("localhost", port));
        assertThat(failed.problem()).isEqualTo(Problem.CLOSED_DURING_HANDSHAKE);
    }

    @Test
    void aPortThatNobodyListensOnIsNamed() throws Exception {
        int port;
        try (ServerSocket once = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = once.getLocalPort();
        }
        TlsException failed = catchThrowableOfType(TlsException.class, () -> client.connect("localhost", port));
        assertThat(failed.problem()).isEqualTo(Problem.CONNECT_FAILED);
        assertThat(failed).hasMessageContaining(Integer.toString(port));
    }

    @Test
    void aNameWithoutAnAddressIsNamed() {
        TlsException failed =
                catchThrowableOfType(TlsException.class, () -> client.connect("no-such-host.invalid", 443));
        assertThat(failed.problem()).isEqualTo(Problem.UNKNOWN_HOST);
    }

    @Test
    void hostileClientsDoNotHurtTheOthers() throws Exception {
        int port = serve(server().handshakeTimeout(Duration.ofSeconds(5)).build(), TlsConnectionTest::echo);
        for (String garbage : List.of(
                "GET / HTTP/1.1\r\n\r\n", "\u0016\u0003\u0001\uffff", "\u0016\u0003\u0001\u0000\u0005hello", "")) {
            try (Socket hostile = new Socket(InetAddress.getLoopbackAddress(), port)) {
                hostile.getOutputStream().write(garbage.getBytes(StandardCharsets.ISO_8859_1));
                hostile.shutdownOutput();
                hostile.getInputStream().readAllBytes();
            }
        }
        try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), port)) {
            assertThat(silent.isConnected()).isTrue();
            try (TlsConnection good = client.connect("localhost", port)) {
                good.output().write('!');
                assertThat(good.input().read()).isEqualTo('!');
            }
        }
    }

    @Test
    void manyConnectionsAtOnceEachResume() throws Exception {
        int port = serve(server().build(), TlsConnectionTest::echo);
        TlsClient shared = client.toBuilder().tickets(TicketStore.inMemory(64)).build();
        for (int i = 0; i < 4; i++) {
            ping(shared, port);
        }
        List<Future<TlsSession>> sessions = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            sessions.add(threads.submit(() -> ping(shared, port)));
        }
        int resumed = 0;
        for (Future<TlsSession> session : sessions) {
            resumed += session.get().resumed() ? 1 : 0;
        }
        assertThat(resumed).isPositive();
    }

    @Test
    void closingFromAnotherThreadEndsARead() throws Exception {
        int port = serve(server().build(), connection -> connection.input().read());
        TlsConnection connection = client.connect("localhost", port);
        Future<Throwable> reading = threads.submit(() ->
                catchThrowableOfType(Throwable.class, () -> connection.input().read()));
        connection.close();
        Throwable ended = reading.get();
        assertThat(ended == null || ended instanceof TlsException).isTrue();
    }

    private static TlsSession ping(TlsClient client, int port) throws IOException {
        try (TlsConnection connection = client.connect("localhost", port)) {
            connection.output().write('p');
            assertThat(connection.input().read()).isEqualTo('p');
            return connection.session().orElseThrow();
        }
    }

    private static void echo(TlsConnection connection) throws IOException {
        connection.input().transferTo(connection.output());
    }

    private static Void writeAndClose(TlsConnection connection, byte[] data) throws TlsException {
        try {
            connection.output().write(data);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        connection.closeOutput();
        return null;
    }

    private static TlsServer.Builder server() {
        return TlsServer.builder(LEAF.identity());
    }

    /** Starts a server that does {@code service} with each connection; what its clients do to it stays between it and them. */
    private int serve(TlsServer config, Service service) throws TlsException {
        TlsListener listener = config.listen(ANY_PORT);
        open.add(listener);
        inBackground(() -> {
            for (Optional<TlsConnection> next = listener.accept(); next.isPresent(); next = listener.accept()) {
                TlsConnection connection = next.get();
                inBackground(() -> {
                    try (connection) {
                        service.serve(connection);
                    }
                });
            }
        });
        return listener.localAddress().getPort();
    }

    /** Starts something on a port that is no TLS server; it takes one connection. */
    private int plain(Plain service) throws IOException {
        ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        open.add(listener);
        inBackground(() -> {
            try (Socket socket = listener.accept()) {
                service.serve(socket);
                InputStream rest = socket.getInputStream();
                rest.readAllBytes();
            }
        });
        return listener.getLocalPort();
    }

    /** Runs a server's part. What its clients do to it is what the tests are about, so it is theirs to assert. */
    private void inBackground(Task task) {
        threads.execute(() -> {
            try {
                task.run();
            } catch (IOException failed) {
                serverFailures.add(failed);
            }
        });
    }

    @FunctionalInterface
    private interface Task {
        void run() throws IOException;
    }

    @FunctionalInterface
    private interface Service {
        void serve(TlsConnection connection) throws IOException;
    }

    @FunctionalInterface
    private interface Plain {
        void serve(Socket socket) throws IOException;
    }
}
