package dev.akushu.tls.early;

import static dev.akushu.tls.EarlyDataOutcome.ACCEPTED;
import static dev.akushu.tls.EarlyDataOutcome.NOT_OFFERED;
import static dev.akushu.tls.EarlyDataOutcome.REFUSED_BY_SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.akushu.tls.EarlyData;
import dev.akushu.tls.EarlyDataReport;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsEngine;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.testing.EnginePair;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Early data over real sockets on loopback, which hold little, so that whoever does not read stops the other. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EarlyConnectionTest {
    private static final int LITTLE = 16_384;
    private static final int MUCH = 1 << 20;
    private static final Duration LONG = Duration.ofMinutes(1);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final EarlyEnds ends = new EarlyEnds().server(server -> server.earlyData(1 << 24));
    private final Socket clientSide = new Socket();
    private Socket serverSide;

    @BeforeEach
    void dial() throws IOException {
        try (ServerSocket door = new ServerSocket()) {
            door.setReceiveBufferSize(LITTLE);
            door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            clientSide.setReceiveBufferSize(LITTLE);
            clientSide.setSendBufferSize(LITTLE);
            clientSide.connect(door.getLocalSocketAddress());
            serverSide = door.accept();
            serverSide.setSendBufferSize(LITTLE);
        }
    }

    @AfterEach
    void hangUp() throws IOException {
        clientSide.close();
        serverSide.close();
        threads.shutdownNow();
        threads.close();
    }

    @Test
    void isAnsweredBeforeTheHandshakeIsDoneAndOrdinaryDataFollows() throws Exception {
        TlsConnection client = client("question".getBytes(StandardCharsets.UTF_8));
        TlsConnection server = server(LONG);
        Future<String> answer = threads.submit(() -> {
            client.output().write("late".getBytes(StandardCharsets.UTF_8));
            return text(client.input(), 6);
        });
        assertThat(text(server.earlyInput(), 8)).isEqualTo("question");
        assertThat(server.session()).as("the handshake is not done").isEmpty();
        server.halfRttOutput().write("answer".getBytes(StandardCharsets.UTF_8));

        assertThat(answer.get()).isEqualTo("answer");
        assertThat(server.earlyInput().read()).isEqualTo(-1);
        assertThat(text(server.input(), 4)).isEqualTo("late");
        EarlyDataReport expected = new EarlyDataReport(ACCEPTED, 8, false);
        assertThat(server.session().orElseThrow().earlyData()).isEqualTo(expected);
        assertThat(client.session().orElseThrow().earlyData()).isEqualTo(expected);
    }

    @Test
    void aServerWithoutEarlyDataHasNoneToRead() throws Exception {
        TlsConnection client = TlsConnection.overSocket(
                ends.clientBuilder().build().engine("localhost", 443), clientSide, InputStream.nullInputStream(), LONG);
        Future<?> shaking = threads.submit(handshake(client));
        TlsConnection server = server(LONG);
        assertThat(server.earlyInput().read()).isEqualTo(-1);
        assertThat(server.earlyData()).contains(NOT_OFFERED);
        server.handshake();
        shaking.get();
    }

    @Test
    void aServerMayAnswerAtLengthBeforeItReadsOn() throws Exception {
        byte[] question = octets(1);
        byte[] answer = octets(2);
        TlsConnection client = client(question);
        TlsConnection server = server(LONG);
        Future<byte[]> asking = threads.submit(() -> {
            client.handshake();
            return client.input().readNBytes(MUCH);
        });
        byte[] first = server.earlyInput().readNBytes(1);
        server.halfRttOutput().write(answer);
        byte[] rest = server.earlyInput().readAllBytes();

        assertThat(asking.get()).isEqualTo(answer);
        assertThat(first[0]).isEqualTo(question[0]);
        assertThat(rest).isEqualTo(Arrays.copyOfRange(question, 1, MUCH));
    }

    /** The server reads on when the caller of close has long stopped waiting. */
    @Test
    void whatIsStillLeavingIsNotCutByClose() throws Exception {
        byte[] question = octets(1);
        TlsConnection client = client(question);
        TlsConnection server = server(LONG);
        Future<?> sending = threads.submit(() -> {
            client.handshake();
            client.close();
            return null;
        });
        byte[] first = server.earlyInput().readNBytes(1);
        sending.get();
        LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
        byte[] rest = server.earlyInput().readAllBytes();
        server.handshake();

        assertThat(first[0]).isEqualTo(question[0]);
        assertThat(rest).isEqualTo(Arrays.copyOfRange(question, 1, MUCH));
        assertThat(server.input().read()).as("close_notify came").isEqualTo(-1);
    }

    @Test
    void oneThreadOfTheServerMayAnswerWhileAnotherWaits() throws Exception {
        EnginePair.End client = new EnginePair.End(engine("q".getBytes(StandardCharsets.UTF_8)));
        clientSide.getOutputStream().write(client.output());
        TlsConnection server = server(LONG);
        assertThat(server.earlyInput().read()).isEqualTo('q');
        Future<Integer> waiting = threads.submit(() -> server.earlyInput().read());
        Future<?> answering = threads.submit(writing(server.halfRttOutput(), octets(2)));
        // It does not let the server go on before it has all of the answer.
        byte[] all = clientSide.getInputStream().readNBytes(MUCH);
        assertThat(waiting.isDone()).isFalse();

        client.input(all);
        receiveMuch(client);
        answering.get();
        assertThat(client.receivedBytes()).isEqualTo(octets(2));
        clientSide.getOutputStream().write(client.output());
        assertThat(waiting.get()).isEqualTo(-1);
    }

    @Test
    void aServerThatIsStuckInItsAnswerStillReads() throws Exception {
        EnginePair.End client = new EnginePair.End(engine(octets(1)));
        TlsConnection server = server(LONG);
        // A client that reads nothing before it has sent everything.
        Future<?> asking = threads.submit(writing(clientSide.getOutputStream(), client.output()));
        byte[] first = server.earlyInput().readNBytes(1);
        Future<?> answering = threads.submit(writing(server.halfRttOutput(), octets(2)));
        byte[] most = server.earlyInput().readNBytes(MUCH - 1);
        asking.get();

        assertThat(first[0]).isEqualTo(octets(1)[0]);
        assertThat(most).isEqualTo(Arrays.copyOfRange(octets(1), 1, MUCH));
        assertThat(answering.isDone()).isFalse();
        receiveMuch(client);
        answering.get();
    }

    @Test
    void muchThatIsRefusedIsSentAgain() throws Exception {
        byte[] question = octets(1);
        ends.withTicket().server(server -> server.earlyData(0));
        EarlyData again = EarlyData.of(question).resendIfRefused();
        TlsConnection client = TlsConnection.overSocket(
                ends.clientBuilder().build().engine("localhost", 443, again),
                clientSide,
                InputStream.nullInputStream(),
                LONG);
        TlsConnection server = server(LONG);
        Future<?> shaking = threads.submit(handshake(client));

        assertThat(server.input().readNBytes(MUCH)).isEqualTo(question);
        shaking.get();
        assertThat(client.session().orElseThrow().earlyData())
                .isEqualTo(new EarlyDataReport(REFUSED_BY_SERVER, MUCH, true));
    }

    @Test
    void theTimeLimitOfTheHandshakeIsForAllReads() throws Exception {
        byte[] flight = new EnginePair.End(engine(new byte[1 << 24])).output();
        TlsConnection server = server(Duration.ofMillis(300));
        Future<?> sending = threads.submit(() -> {
            sendSlowly(flight, clientSide.getOutputStream());
            return true;
        });
        TlsException slow = catchThrowableOfType(
                TlsException.class, () -> server.earlyInput().transferTo(OutputStream.nullOutputStream()));
        assertThat(slow.problem()).isEqualTo(Problem.TIMED_OUT);
        server.close();
        assertThatExceptionOfType(ExecutionException.class)
                .as("it had more to send")
                .isThrownBy(sending::get);
    }

    private void receiveMuch(EnginePair.End client) throws IOException {
        byte[] buffer = new byte[1 << 16];
        while (client.receivedBytes().length < MUCH) {
            int count = clientSide.getInputStream().read(buffer);
            client.input(Arrays.copyOf(buffer, count));
        }
    }

    /** A record now and then: each in good time, and all together in twenty seconds. */
    private static void sendSlowly(byte[] flight, OutputStream to) throws IOException {
        for (int at = 0; at < flight.length; ) {
            int length = 5 + ((flight[at + 3] & 0xff) << 8 | flight[at + 4] & 0xff);
            to.write(flight, at, length);
            at += length;
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private TlsConnection client(byte[] early) throws TlsException {
        return TlsConnection.overSocket(engine(early), clientSide, InputStream.nullInputStream(), LONG);
    }

    /** Of a client with a ticket. */
    private TlsEngine engine(byte[] early) throws TlsException {
        ends.withTicket();
        return ends.clientBuilder().build().engine("localhost", 443, EarlyData.of(early));
    }

    private TlsConnection server(Duration limit) throws TlsException {
        return TlsConnection.overSocket(ends.server().engine(), serverSide, InputStream.nullInputStream(), limit);
    }

    private static Callable<Boolean> handshake(TlsConnection connection) {
        return () -> {
            connection.handshake();
            return true;
        };
    }

    private static Callable<Boolean> writing(OutputStream to, byte[] octets) {
        return () -> {
            to.write(octets);
            return true;
        };
    }

    private static String text(InputStream from, int length) throws IOException {
        return new String(from.readNBytes(length), StandardCharsets.UTF_8);
    }

    private static byte[] octets(int seed) {
        byte[] octets = new byte[MUCH];
        new Random(seed).nextBytes(octets);
        return octets;
    }
}
