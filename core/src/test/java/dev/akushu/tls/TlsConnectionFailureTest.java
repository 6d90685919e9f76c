package dev.akushu.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.akushu.tls.testing.Issued;
import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.testing.TestPki;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is left of a connection over a socket that has failed, or whose peer has gone or says nothing. */
@Timeout(60)
class TlsConnectionFailureTest {
    private static final TestPki PKI = TestPki.create();
    private static final Issued LEAF = PKI.leaf(TestKey.P256, "localhost");
    private static final int ALERT_RECORD_LENGTH = 7;
    // More than one read of the connection takes, and less than it discards.
    private static final byte[] NO_TLS = "no TLS, but much of it ".repeat(1500).getBytes(US_ASCII);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final TlsClient client = TlsClient.builder(PKI.trust()).build();
    private final TlsServer server = TlsServer.builder(LEAF.identity()).build();
    private final ServerSocket listener = listen();

    private Socket near;
    private Socket far;

    private static ServerSocket listen() {
        try {
            return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    @BeforeEach
    void connect() throws IOException {
        near = new Socket(InetAddress.getLoopbackAddress(), listener.getLocalPort());
        far = listener.accept();
    }

    @AfterEach
    void closeAll() throws IOException {
        near.close();
        far.close();
        listener.close();
        threads.shutdownNow();
        threads.close();
    }

    private <T extends @Nullable Object> Future<T> start(Callable<T> work) {
        return threads.submit(work);
    }

    private static <T extends @Nullable Object> T result(Future<T> future) throws Exception {
        return future.get(30, TimeUnit.SECONDS);
    }

    private TlsConnection serving(Duration limit) throws TlsException {
        return TlsConnection.overSocket(server.engine(), far, InputStream.nullInputStream(), limit);
    }

    private TlsConnection borrowing() throws TlsException {
        return TlsConnection.overBorrowedSocket(
                client.engine("localhost", 443), near, InputStream.nullInputStream(), Duration.ZERO);
    }

    private TlsConnection establishedOverBorrowed() throws Exception {
        TlsConnection connection = borrowing();
        Future<?> shaking = start(() -> {
            serving(Duration.ZERO).handshake();
            return null;
        });
        connection.handshake();
        result(shaking);
        return connection;
    }

    private static TlsException failure(Future<?> work) {
        return (TlsException)
                catchThrowableOfType(Exception.class, () -> result(work)).getCause();
    }

    @Test
    void thePeerGetsTheAlertThoughItsOwnBytesAreUnread() throws Exception {
        near.getOutputStream().write(NO_TLS);
        TlsConnection peer = serving(Duration.ZERO);
        assertThat(catchThrowableOfType(TlsException.class, peer::handshake).problem())
                .isEqualTo(Problem.NOT_TLS);
        peer.close();
        assertThat(far.isClosed()).isTrue();
        assertThat(near.getInputStream().readAllBytes()).hasSize(ALERT_RECORD_LENGTH);
    }

    @Test
    void aServerGetsTheAlertOfAClientThatFailsToConnectThoughItsBytesAreUnread() throws Exception {
        Future<byte[]> received = start(() -> {
            try (Socket accepted = listener.accept()) {
                accepted.getOutputStream().write(NO_TLS);
                InputStream in = accepted.getInputStream();
                byte[] header = in.readNBytes(5);
                in.readNBytes(Byte.toUnsignedInt(header[3]) << 8 | Byte.toUnsignedInt(header[4]));
                return in.readAllBytes();
            }
        });
        TlsException failed =
                catchThrowableOfType(TlsException.class, () -> client.connect("localhost", listener.getLocalPort()));
        assertThat(failed.problem()).isEqualTo(Problem.NOT_TLS);
        assertThat(result(received)).hasSize(ALERT_RECORD_LENGTH);
    }

    @Test
    void closingABorrowedSocketThatIsClosedAlreadyIsNoError() throws Exception {
        TlsConnection connection = establishedOverBorrowed();
        near.close();
        connection.close();
    }

    @Test
    void closingABorrowedSocketWhosePeerHasResetItIsNoError() throws Exception {
        TlsConnection connection = establishedOverBorrowed();
        far.setSoLinger(true, 0);
        far.close();
        assertThat(failure(start(() -> connection.input().readAllBytes())).problem())
                .isEqualTo(Problem.TRANSPORT_FAILED);
        connection.close();
        assertThat(near.isClosed()).isFalse();
    }

    @Test
    void aClientHelloThatDoesNotComeTimesOutAsTheHandshakeDoes() throws Exception {
        TlsConnection silent = serving(Duration.ofMillis(50));
        TlsException slow = failure(start(() -> {
            silent.receiveHello();
            return null;
        }));
        assertThat(slow.problem()).isEqualTo(Problem.TIMED_OUT);
        assertThat(slow).hasMessageContaining("50 ms");
        assertThat(slow.diagnosis().fact("peer"))
                .isEqualTo("127.0.0.1:" + silent.remoteAddress().getPort());
    }

    @Test
    void theTimeThatAClientHelloTookIsPartOfTheHandshakesLimit() throws Exception {
        TlsConnection peer = serving(Duration.ofMillis(500));
        assertThat(failure(start(() -> {
                            peer.receiveHello();
                            return null;
                        }))
                        .problem())
                .isEqualTo(Problem.TIMED_OUT);
        TlsConnection connection = TlsConnection.overSocket(client, near, "localhost", 443);
        Future<?> late = start(() -> {
            connection.handshake();
            return null;
        });
        TlsException slow = catchThrowableOfType(TlsException.class, peer::handshake);
        assertThat(slow.problem()).as("nothing of the limit is left").isEqualTo(Problem.TIMED_OUT);
        peer.close();
        try {
            // The server's flight may have gone out in time: then the client is done.
            late.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException tooLate) {
            assertThat(tooLate).hasCauseInstanceOf(TlsException.class);
        }
    }

    @Test
    void nothingIsKeptOfAClientThatThisEndServes() throws Exception {
        CompletableFuture<Void> verdict = new CompletableFuture<>();
        TlsClient undecided = TlsClient.builder(peer -> {
                    verdict.join();
                    return PKI.trust().verify(peer);
                })
                .build();
        Future<Boolean> waiting = start(() -> {
            try {
                TlsConnection.overSocket(undecided, near, "localhost", 443).handshake();
                return true;
            } catch (TlsException tooLate) {
                // Its Finished may come to a socket that is closed.
                return false;
            }
        });
        TlsConnection peer = serving(Duration.ZERO);
        peer.receiveHello();
        assertThat(peer.received().read()).as("a handshake record").isEqualTo(22);
        peer.readTimeout(Duration.ofMillis(50));
        assertThat(catchThrowableOfType(TlsException.class, peer::handshake).problem())
                .isEqualTo(Problem.TIMED_OUT);
        assertThat(peer.received().read()).isEqualTo(-1);
        peer.close();
        verdict.complete(null);
        assertThat(result(waiting)).isNotNull();
    }
}
