package dev.akushu.lab.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.lab.record.Recording;
import dev.akushu.lab.record.RecordingListener;
import dev.akushu.lab.record.TimedStep;
import dev.akushu.lab.throwaway.KeyType;
import dev.akushu.lab.throwaway.ThrowawayCa;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.Problem;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsListener;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.Trust;
import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.trace.TraceEvent;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Servers somewhere else, which for a test are on loopback, behave as they like. */
class RemoteCallTest {
    private static final RecordingListener NOBODY = new RecordingListener() {
        @Override
        public void begin(Recording recording) {}

        @Override
        public void step(Recording recording, TimedStep step) {}

        @Override
        public void end(Recording recording) {}
    };

    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final ThrowawayCa AUTHORITY = ThrowawayCa.create(KeyType.EC, Crypto.jdk());

    @FunctionalInterface
    private interface Stranger {
        void meet(Socket client) throws IOException;
    }

    private static Recording call(int port, Trust trust) throws IOException {
        return call(Order.remote("localhost", port), trust);
    }

    private static Recording call(Order order, Trust trust) throws IOException {
        Recording recording = new Recording(1, Recording.Part.MAIN, EnumSet.of(Role.CLIENT), NOBODY);
        new RemoteCall(order, trust, LIMIT, recording).make();
        return recording;
    }

    private static Recording callStranger(Stranger stranger) throws IOException {
        try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (Socket client = door.accept()) {
                    stranger.meet(client);
                } catch (IOException clientLeft) {
                    // What the client makes of it is what the test looks at.
                    return;
                }
            });
            return call(door.getLocalPort(), Trust.dangerAcceptAnyCertificate());
        }
    }

    /** A server that shakes hands as it should; what it does then is up to {@code afterwards}, over the connection and the socket below. */
    private static Recording callServer(Afterwards afterwards) throws IOException {
        TlsServer server = server();
        return callStranger(client -> {
            TlsConnection connection = TlsConnection.overSocket(server, client);
            connection.handshake();
            afterwards.go(connection, client.getOutputStream());
        });
    }

    @FunctionalInterface
    private interface Afterwards {
        void go(TlsConnection connection, OutputStream raw) throws IOException;
    }

    private static TlsServer server() throws IOException {
        return TlsServer.builder(AUTHORITY.server(List.of("localhost"))).build();
    }

    /** A server on a port of its own that shakes hands with one client and goes on with it as {@code afterwards} says. */
    private static TlsListener serve(Handshaken afterwards) throws IOException {
        TlsListener listener = server().listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread.ofVirtual().start(() -> {
            try (TlsConnection connection = listener.accept().orElseThrow()) {
                connection.handshake();
                afterwards.go(connection);
            } catch (IOException clientLeft) {
                return;
            }
        });
        return listener;
    }

    @FunctionalInterface
    private interface Handshaken {
        void go(TlsConnection connection) throws IOException;
    }

    /** The header of a long record, then a byte now and then until the client has enough of it. */
    private static void drip(int contentType, OutputStream raw) throws IOException {
        raw.write(new byte[] {(byte) contentType, 3, 3, 0x40, 0});
        while (true) {
            raw.write(0);
            raw.flush();
            LockSupport.parkNanos(LIMIT.toNanos() / 20);
        }
    }

    private static boolean shookHands(Recording recording) {
        return recording.steps().stream().anyMatch(timed -> timed.step().event() instanceof TraceEvent.HandshakeDone);
    }

    private static List<Problem> problems(Recording recording) {
        return recording.steps().stream()
                .map(timed -> timed.step().event())
                .filter(TraceEvent.Failed.class::isInstance)
                .map(event -> ((TraceEvent.Failed) event).diagnosis().problem())
                .toList();
    }

    @Test
    void handshakeIsToldByTheClientAlone() throws Exception {
        try (TlsListener listener = serve(connection -> Talk.answer(connection, new byte[0]))) {
            Recording recording = call(listener.localAddress().getPort(), AUTHORITY.trust("test"));

            assertThat(problems(recording)).isEmpty();
            assertThat(recording.steps())
                    .anyMatch(timed -> timed.step().event() instanceof TraceEvent.HandshakeDone)
                    .anyMatch(timed -> timed.step().event() instanceof TraceEvent.TicketReceived)
                    .allMatch(timed -> timed.step().teller() == Role.CLIENT);
            assertThat(recording.steps().stream()
                            .map(timed -> timed.step().event())
                            .filter(TraceEvent.Message.class::isInstance))
                    .allSatisfy(message -> assertThat(recording.places(message))
                            .as(message.toString())
                            .isNotEmpty());
        }
    }

    @Test
    void groupAndSuiteAreThoseThatWereChosen() throws Exception {
        try (TlsListener listener = serve(connection -> {})) {
            Order order = new Order(
                    Scenario.REMOTE,
                    null,
                    null,
                    NamedGroup.SECP384R1,
                    CipherSuite.TLS_CHACHA20_POLY1305_SHA256,
                    KeyType.EC,
                    null,
                    "localhost",
                    listener.localAddress().getPort());
            Recording recording = call(order, AUTHORITY.trust("test"));

            assertThat(recording.steps())
                    .anyMatch(timed -> timed.step().event() instanceof TraceEvent.GroupChosen group
                            && group.chosen().equals(NamedGroup.SECP384R1))
                    .anyMatch(timed -> timed.step().event() instanceof TraceEvent.SuiteChosen suite
                            && suite.chosen() == CipherSuite.TLS_CHACHA20_POLY1305_SHA256);
        }
    }

    @Test
    void portWhereNobodyListensIsAFinding() throws Exception {
        int free;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = closed.getLocalPort();
        }

        assertThat(problems(call(free, Trust.dangerAcceptAnyCertificate()))).containsExactly(Problem.CONNECT_FAILED);
    }

    @Test
    void serverThatSpeaksNoTlsIsAFinding() throws Exception {
        Recording recording = callStranger(client -> {
            client.getOutputStream().write("220 mail.example.org ESMTP ready\r\n".getBytes(StandardCharsets.US_ASCII));
            client.getOutputStream().flush();
            // As a mail server does, it waits for an answer and says nothing of an end.
            client.getInputStream().readAllBytes();
        });

        assertThat(problems(recording)).containsExactly(Problem.NOT_TLS);
    }

    @Test
    void serverThatHangsUpIsAFinding() throws Exception {
        Recording recording = callStranger(client -> client.getInputStream().read());

        assertThat(problems(recording)).hasSize(1);
    }

    @Test
    void serverThatSaysSomethingElseWithoutEndIsAFinding() throws Exception {
        Recording recording = callStranger(client -> {
            while (true) {
                client.getOutputStream().write(new byte[1 << 16]);
            }
        });

        assertThat(problems(recording)).containsExactly(Problem.NOT_TLS);
    }

    @Test
    void serverThatSaysNothingIsAFinding() throws Exception {
        Recording recording = callStranger(client -> client.getInputStream().readAllBytes());

        assertThat(problems(recording)).containsExactly(Problem.TIMED_OUT);
    }

    @Test
    void handshakeByteByByteIsAFinding() throws Exception {
        Recording recording = callStranger(client -> drip(22, client.getOutputStream()));

        assertThat(problems(recording)).containsExactly(Problem.TIMED_OUT);
    }

    @Test
    void answerByteByByteIsNotWaitedForToItsEnd() throws Exception {
        Recording recording = callServer((connection, raw) -> drip(23, raw));

        assertThat(shookHands(recording)).isTrue();
        assertThat(problems(recording)).isEmpty();
    }

    @Test
    void answerHasAsMuchTimeAfterAQuickHandshakeAsAfterASlowOne() throws Exception {
        AtomicInteger dripped = new AtomicInteger();
        callServer((connection, raw) -> drip(23, new FilterOutputStream(raw) {
            @Override
            public void flush() throws IOException {
                super.flush();
                dripped.incrementAndGet();
            }
        }));

        // Each byte takes a twentieth of the limit or more. Two limits' worth would come if the handshake's were not
        // used up.
        assertThat(dripped.get()).isLessThan(32);
    }

    @Test
    void answerWithoutEndIsReadAsFarAsItShowsThatThereIsOne() throws Exception {
        Recording recording = callServer((connection, raw) -> {
            while (true) {
                connection.output().write(new byte[1 << 14]);
            }
        });

        assertThat(shookHands(recording)).isTrue();
        assertThat(problems(recording)).isEmpty();
        assertThat(recording.records().stream()
                        .mapToInt(record -> record.bytes().length())
                        .sum())
                .isBetween(1 << 16, 1 << 18);
    }

    @Test
    void silenceAfterTheHandshakeIsNoFailure() throws Exception {
        Recording recording = callServer((connection, raw) -> connection.input().readAllBytes());

        assertThat(shookHands(recording)).isTrue();
        assertThat(problems(recording)).isEmpty();
    }
}
