package dev.akushu.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.akushu.tls.testing.Issued;
import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.testing.TestPki;
import java.io.ByteArrayInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How connections over sockets end, whatever other threads and the peer do meanwhile. */
@Timeout(60)
class TlsConnectionCloseTest {
    private static final TestPki PKI = TestPki.create();
    private static final Issued LEAF = PKI.leaf(TestKey.P256, "localhost");
    private static final byte[] USER_CANCELED_AND_CLOSE_NOTIFY = {21, 3, 3, 0, 2, 1, 90, 21, 3, 3, 0, 2, 1, 0};

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final TlsClient client = TlsClient.builder(PKI.trust()).build();
    private final TlsServer server = TlsServer.builder(LEAF.identity()).build();
    private final ServerSocket listener = listen();

    private HeldSocket near;
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
        near = new HeldSocket();
        near.connect(listener.getLocalSocketAddress());
        far = listener.accept();
    }

    @AfterEach
    void closeAll() throws IOException {
        near.release();
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

    private TlsConnection established() throws Exception {
        TlsConnection connection = TlsConnection.overSocket(client, near, "localhost", 443);
        Future<?> serving = start(() -> {
            accepted().handshake();
            return null;
        });
        connection.handshake();
        result(serving);
        return connection;
    }

    private TlsConnection accepted() throws TlsException {
        return TlsConnection.overSocket(server, far);
    }

    private Future<@Nullable Throwable> failureOf(Callable<?> work) {
        return start(() -> {
            try {
                work.call();
                return null;
            } catch (Exception failed) {
                return failed;
            }
        });
    }

    @Test
    void closingEndsAHandshakeThatAnotherThreadWaitsInAndTellsThePeer() throws Exception {
        TlsConnection connection = TlsConnection.overSocket(client, near, "localhost", 443);
        Future<@Nullable Throwable> handshake = failureOf(() -> {
            connection.handshake();
            return null;
        });
        InputStream in = far.getInputStream();
        // The ClientHello: the other thread waits for the answer, or is about to.
        byte[] header = in.readNBytes(5);
        in.readNBytes(Byte.toUnsignedInt(header[3]) << 8 | Byte.toUnsignedInt(header[4]));
        connection.close();
        assertThat(near.isClosed()).isTrue();
        assertThat(in.readAllBytes()).isEqualTo(USER_CANCELED_AND_CLOSE_NOTIFY);
        assertThat(result(handshake)).isInstanceOf(TlsException.class);
    }

    @Test
    void closingDoesNotWaitForAVerdictThatTakesItsTime() throws Exception {
        CompletableFuture<Void> asked = new CompletableFuture<>();
        CompletableFuture<Void> verdict = new CompletableFuture<>();
        Trust slow = peer -> {
            asked.complete(null);
            verdict.join();
            return PKI.trust().verify(peer);
        };
        TlsConnection connection =
                TlsConnection.overSocket(TlsClient.builder(slow).build(), near, "localhost", 443);
        Future<@Nullable Throwable> serving = failureOf(() -> accepted().input().read());
        Future<@Nullable Throwable> handshake = failureOf(() -> {
            connection.handshake();
            return null;
        });
        result(asked);
        connection.close();
        // user_canceled, and close_notify before the handshake was done.
        assertThat(result(serving)).isInstanceOf(TlsException.class);
        assertThat(handshake.isDone()).as("its verdict has not come").isFalse();
        verdict.complete(null);
        assertThat(result(handshake))
                .isInstanceOfSatisfying(
                        TlsException.class,
                        failed -> assertThat(failed.problem()).isEqualTo(Problem.CANCELED));
    }

    @Test
    void anInterruptDoesNotLoseCloseNotify() throws Exception {
        TlsConnection connection = TlsConnection.overSocket(client, near, "localhost", 443);
        Future<byte[]> received = start(() -> accepted().input().readAllBytes());
        connection.output().write("all".getBytes(US_ASCII));
        Thread.currentThread().interrupt();
        connection.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(result(received)).asString(US_ASCII).isEqualTo("all");
    }

    @Test
    void aPeerThatReadsLateStillGetsCloseNotify() throws Exception {
        TlsConnection connection = TlsConnection.overSocket(client, near, "localhost", 443);
        TlsConnection peer = accepted();
        Future<?> serving = start(() -> {
            peer.handshake();
            return null;
        });
        connection.handshake();
        result(serving);
        Future<@Nullable Throwable> reader = failureOf(() -> connection.input().read());
        near.hold();
        connection.close();
        assertThat(result(reader)).hasRootCauseInstanceOf(SocketException.class);
        near.release();
        assertThat(peer.input().read()).isEqualTo(-1);
    }

    @Test
    void lingerLimitsHowLongClosingTakes() throws Exception {
        TlsConnection connection = established();
        near.setSoLinger(true, 0);
        near.hold();
        connection.close();
        assertThat(near.isClosed()).isTrue();
    }

    /** More than the server's socket takes before it reads; TCP still has it when the client closes. */
    @Test
    void whatAClientHasWrittenArrivesThoughTheTicketsComeWhenItHasClosed() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        TlsServer slow = TlsServer.builder(LEAF.identity())
                .ticketData(session -> {
                    awaitQuietly(closed);
                    return Bytes.empty();
                })
                .build();
        TlsConnection peer = TlsConnection.overSocket(slow, far);
        Future<byte[]> received = start(() -> peer.input().readAllBytes());
        TlsConnection connection = TlsConnection.overSocket(client, near, "localhost", 443);
        byte[] sent = new byte[600_000];
        connection.output().write(sent);
        connection.close();
        closed.countDown();
        assertThat(result(received)).hasSize(sent.length);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aWriterWhoseServerSendsNoTicketsIsDoneWhenTheServerIs() throws Exception {
        TlsConnection peer = TlsConnection.overSocket(
                TlsServer.builder(LEAF.identity()).ticketsPerHandshake(0).build(), far);
        Future<byte[]> received = start(() -> {
            try (peer) {
                return peer.input().readAllBytes();
            }
        });
        TlsConnection connection = TlsConnection.overSocket(client, near, "localhost", 443);
        connection.output().write(new byte[] {1, 2, 3});
        connection.close();
        assertThat(result(received)).containsExactly(1, 2, 3);
        while (!near.isClosed()) {
            Thread.onSpinWait();
        }
    }

    /** Clients of Redis set it so that they leave no connections in TIME_WAIT, not to cut what they have said. */
    @Test
    void whoDoesNotLingerSendsCloseNotifyAllTheSame() throws Exception {
        TlsConnection connection = TlsConnection.overSocket(client, near, "localhost", 443);
        TlsConnection peer = accepted();
        Future<?> serving = start(() -> {
            peer.handshake();
            return null;
        });
        connection.handshake();
        result(serving);
        near.setSoLinger(true, 0);
        connection.close();
        assertThat(near.isClosed()).isTrue();
        assertThat(peer.input().read()).isEqualTo(-1);
    }

    @Test
    void aWriterThatIsStuckKeepsABorrowedSocketFromClosingOnlyAsLongAsLingerSays() throws Exception {
        TlsConnection connection = TlsConnection.overBorrowedSocket(
                client.engine("localhost", 443), near, InputStream.nullInputStream(), Duration.ZERO);
        Future<?> serving = start(() -> {
            accepted().handshake();
            return null;
        });
        connection.handshake();
        result(serving);
        near.setSoLinger(true, 0);
        near.hold();
        Future<@Nullable Throwable> stuck = failureOf(() -> {
            connection.output().write(1);
            return null;
        });
        near.held.await();
        TlsException failed = catchThrowableOfType(TlsException.class, connection::close);
        assertThat(failed.problem()).isEqualTo(Problem.TIMED_OUT);
        assertThat(failed).hasMessageContaining("SO_LINGER");
        assertThat(failed.diagnosis().fact("peer").toString()).endsWith(":" + near.getPort());
        assertThat(near.isClosed()).isFalse();
        near.release();
        assertThat(result(stuck)).isNull();
    }

    @Test
    void aFailedBorrowedConnectionIsClosedThoughAWriterIsStuck() throws Exception {
        TlsConnection connection = TlsConnection.overBorrowedSocket(
                client.engine("localhost", 443), near, InputStream.nullInputStream(), Duration.ZERO);
        Future<?> serving = start(() -> {
            accepted().handshake();
            return null;
        });
        connection.handshake();
        result(serving);
        near.hold();
        Future<@Nullable Throwable> stuck = failureOf(() -> {
            connection.output().write(1);
            return null;
        });
        near.held.await();
        byte[] forged = new byte[5 + 30];
        System.arraycopy(new byte[] {23, 3, 3, 0, 30}, 0, forged, 0, 5);
        far.getOutputStream().write(forged);
        Future<@Nullable Throwable> reader = failureOf(() -> connection.input().readAllBytes());
        assertThat(result(reader))
                .isInstanceOfSatisfying(
                        TlsException.class,
                        failed -> assertThat(failed.problem()).isEqualTo(Problem.BAD_RECORD_MAC));
        assertThat(result(failureOf(() -> {
                    connection.close();
                    return null;
                })))
                .isNull();
        assertThat(stuck.isDone()).isFalse();
        assertThat(near.isClosed()).isFalse();
        near.release();
        assertThat(result(stuck)).isNull();
    }

    @Test
    void aBorrowedSocketIsUsedOnWithoutTlsAfterCloseNotify() throws Exception {
        TlsConnection connection = TlsConnection.overBorrowedSocket(
                client.engine("localhost", 443), near, InputStream.nullInputStream(), Duration.ZERO);
        Future<Integer> serving = start(() -> {
            TlsConnection peer = TlsConnection.overBorrowedSocket(
                    server.engine(), far, InputStream.nullInputStream(), Duration.ZERO);
            peer.output().write("under TLS".getBytes(US_ASCII));
            peer.close();
            far.getOutputStream().write("in clear".getBytes(US_ASCII));
            assertThat(peer.input().read()).isEqualTo(-1);
            return far.getInputStream().read();
        });
        assertThat(connection.input().readAllBytes()).asString(US_ASCII).isEqualTo("under TLS");
        connection.close();
        assertThat(near.getInputStream().readNBytes(8)).asString(US_ASCII).isEqualTo("in clear");
        near.getOutputStream().write('!');
        assertThat(result(serving)).isEqualTo('!');
    }

    @Test
    void aBorrowedSocketThatWasCutIsNotClosed() throws Exception {
        byte[] firstBytes = {22, 3, 1};
        TlsConnection peer = TlsConnection.overBorrowedSocket(
                server.engine(), far, new ByteArrayInputStream(firstBytes), Duration.ZERO);
        near.shutdownOutput();
        TlsException cut = catchThrowableOfType(TlsException.class, peer::handshake);
        assertThat(cut.problem()).isEqualTo(Problem.CLOSED_DURING_HANDSHAKE);
        assertThat(far.isClosed()).isFalse();
        far.getOutputStream().write("bye".getBytes(US_ASCII));
        far.shutdownOutput();
        assertThat(near.getInputStream().readAllBytes()).asString(US_ASCII).endsWith("bye");
    }

    @Test
    void aClientHelloThatWasOnlyLookedAtCanBeReadAgain() throws Exception {
        TlsConnection connection = TlsConnection.overSocket(client, near, "localhost", 443);
        Future<?> handshake = start(() -> {
            connection.handshake();
            return null;
        });
        byte[] peeked = far.getInputStream().readNBytes(7);
        TlsConnection first =
                TlsConnection.overSocket(server.engine(), far, new ByteArrayInputStream(peeked), Duration.ZERO);
        first.receiveHello();
        TlsConnection second = TlsConnection.overSocket(server.engine(), far, first.received(), Duration.ZERO);
        second.handshake();
        result(handshake);
        connection.output().write('x');
        assertThat(second.input().read()).isEqualTo('x');
    }

    @Test
    void theSocketsOwnTimeoutHoldsAndIsLeftAsItWas() throws Exception {
        TlsConnection connection = established();
        near.setSoTimeout(10);
        TlsException slow = catchThrowableOfType(
                TlsException.class, () -> connection.input().read());
        assertThat(slow.problem()).isEqualTo(Problem.TIMED_OUT);
        assertThat(slow).hasMessageContaining("10 ms");
        connection.readTimeout(Duration.ofMillis(20));
        slow = catchThrowableOfType(TlsException.class, () -> connection.input().read());
        assertThat(slow).hasMessageContaining("20 ms");
        assertThat(near.getSoTimeout()).isEqualTo(10);
    }

    /** A socket on whose way to the peer there is no room while the test holds it. */
    private static final class HeldSocket extends Socket {
        final CountDownLatch held = new CountDownLatch(1);
        private volatile CountDownLatch open = new CountDownLatch(0);

        void hold() {
            open = new CountDownLatch(1);
        }

        void release() {
            open.countDown();
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return new FilterOutputStream(super.getOutputStream()) {
                @Override
                public void write(byte[] source, int offset, int length) throws IOException {
                    if (open.getCount() > 0) {
                        held.countDown();
                    }
                    try {
                        open.await();
                    } catch (InterruptedException interrupted) {
                        Thread.currentThread().interrupt();
                        throw new IOException(interrupted);
                    }
                    out.write(source, offset, length);
                }
            };
        }
    }
}
