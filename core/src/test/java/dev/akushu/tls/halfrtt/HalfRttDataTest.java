package dev.akushu.tls.halfrtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.akushu.tls.CertificateCheck;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.ClientAuthentication;
import dev.akushu.tls.EarlyData;
import dev.akushu.tls.EarlyDataOutcome;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.Policy;
import dev.akushu.tls.Problem;
import dev.akushu.tls.RawKeyTrust;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsEngine;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.testing.EnginePair;
import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.testing.TestPki;
import dev.akushu.tls.trace.TraceEvent;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Data that a server sends before it has the client's Finished. RFC 9846 section 4.5.3. */
class HalfRttDataTest {
    private static final TestPki PKI = TestPki.create();
    private static final Policy QUICK = Policy.MODERN_2026_11
            .withGroups(List.of(NamedGroup.X25519))
            .withSuites(List.of(CipherSuite.TLS_AES_128_GCM_SHA256));
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final List<String> keyLog = new ArrayList<>();
    private final List<TraceEvent> events = new ArrayList<>();
    private final TlsServer server = TlsServer.builder(
                    PKI.leaf(TestKey.P256, "localhost").identity())
            .policy(QUICK)
            .keyLog(keyLog::add)
            .observer(events::add)
            .earlyData(100)
            .halfRttData(true)
            .build();
    private final TlsClient client =
            TlsClient.builder(PKI.trust()).policy(QUICK).build();

    @Test
    void reachesTheClientBeforeItHasAnswered() throws TlsException {
        EnginePair pair = EnginePair.of(client, server);
        pair.server().input(pair.client().output());
        assertThat(pair.server().engine().maySendHalfRttData()).isTrue();
        byte[] flight = send(pair, "greeting");
        assertThat(pair.server().engine().isEstablished())
                .as("the client has not answered")
                .isFalse();
        pair.client().input(flight);

        assertThat(pair.client().received()).isEqualTo("greeting");
        pair.shakeHands();
        assertThat(pair.server().engine().isEstablished()).isTrue();
        assertThat(pair.server().engine().maySendHalfRttData()).isFalse();
        pair.client().input(pair.server().seal(" and more"));
        pair.client().input(send(pair, " by either way"));
        pair.server().input(pair.client().seal("answer"));
        assertThat(pair.client().received()).isEqualTo("greeting and more by either way");
        assertThat(pair.server().received()).isEqualTo("answer");
    }

    /** RFC 9846 section 2: not prior to the Finished, and under server_application_traffic_secret_0. */
    @Test
    void standsBehindTheFinishedUnderTheFirstApplicationKeys() throws TlsException, GeneralSecurityException {
        EnginePair pair = EnginePair.of(client, server);
        pair.server().input(pair.client().output());
        List<byte[]> records = records(send(pair, "greeting"));

        assertThat(records.stream().map(record -> record[0]))
                .containsExactly((byte) 22, (byte) 20, (byte) 23, (byte) 23);
        byte[] flight = new TrafficKeys(keyLog, "SERVER_HANDSHAKE_TRAFFIC_SECRET").open(records.get(2), 0);
        assertThat(Arrays.copyOfRange(flight, flight.length - 37, flight.length - 33))
                .as("the header of Finished, the last message")
                .containsExactly(20, 0, 0, 32);
        assertThat(flight).endsWith((byte) 22);
        byte[] data = new TrafficKeys(keyLog, "SERVER_TRAFFIC_SECRET_0").open(records.get(3), 0);
        assertThat(data).isEqualTo("greeting\u0017".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void isSentInAResumedHandshakeToo() throws TlsException {
        EnginePair.connected(client, server);
        EnginePair pair = EnginePair.of(client, server);
        pair.server().input(pair.client().output());
        pair.client().input(send(pair, "greeting"));

        assertThat(pair.client().received()).isEqualTo("greeting");
        pair.shakeHands();
        assertThat(pair.server().session().resumed()).isTrue();
    }

    @Test
    void isSentAfterARetryToo() throws TlsException {
        TlsClient shareless = TlsClient.builder(PKI.trust())
                .policy(QUICK.withKeyShares(List.of()))
                .build();
        EnginePair pair = EnginePair.of(shareless, server);
        pair.server().input(pair.client().output());
        assertThat(pair.server().engine().maySendHalfRttData()).isFalse();
        ByteBuffer data = ByteBuffer.wrap(bytes("greeting"));
        ByteBuffer retry = ByteBuffer.allocate(TlsEngine.NETWORK_BUFFER_SIZE);
        pair.server().engine().sendHalfRttData(data, retry);
        assertThat(data.remaining()).as("there is no Finished yet").isEqualTo(8);
        pair.client().input(Arrays.copyOf(retry.array(), retry.position()));
        pair.server().input(pair.client().output());
        pair.client().input(send(pair, "greeting"));

        assertThat(pair.client().received()).isEqualTo("greeting");
        pair.shakeHands();
        assertThat(pair.server().session().retried()).isTrue();
    }

    @Test
    void answersEarlyDataToo() throws TlsException {
        EnginePair pair = offeringEarlyData();
        pair.server().input(pair.client().output());
        assertThat(pair.server().engine().earlyData()).contains(EarlyDataOutcome.ACCEPTED);
        pair.client().input(send(pair, "greeting"));

        assertThat(pair.client().received()).isEqualTo("greeting");
        assertThat(pair.server().engine().isEstablished()).isFalse();
        pair.shakeHands();
        assertThat(pair.server().engine().isEstablished()).isTrue();
    }

    @Test
    void isSentWhereEarlyDataWasRefused() throws TlsException {
        EnginePair.connected(client, server);
        TlsServer refusing = server.toBuilder().earlyData(0).build();
        EnginePair pair = EnginePair.of(
                client.engine("localhost", 443, EarlyData.of(bytes("early")).resendIfRefused()), refusing.engine());
        pair.server().input(pair.client().output());
        pair.client().input(send(pair, "greeting"));

        assertThat(pair.client().received()).isEqualTo("greeting");
        pair.shakeHands();
        assertThat(pair.server().received()).isEqualTo("early");
    }

    @Test
    void waitsForTheClientHello() throws TlsException {
        TlsEngine engine = server.engine();
        ByteBuffer data = ByteBuffer.wrap(bytes("greeting"));
        ByteBuffer network = ByteBuffer.allocate(TlsEngine.NETWORK_BUFFER_SIZE);

        assertThat(engine.sendHalfRttData(data, network)).isEqualTo(TlsEngine.Status.NEED_INPUT);
        assertThat(data.position()).isZero();
        assertThat(network.position()).isZero();
    }

    /** The flight, and with it the Finished, is made by the call that sends. */
    @Test
    void goesOutWithTheFlightThatWaitedForASignature() throws TlsException {
        EnginePair pair = EnginePair.of(client, server);
        TlsEngine engine = pair.server().engine();
        ByteBuffer hello = ByteBuffer.wrap(pair.client().output());
        ByteBuffer network = ByteBuffer.allocate(TlsEngine.NETWORK_BUFFER_SIZE);
        ByteBuffer data = ByteBuffer.wrap(bytes("greeting"));
        engine.receive(hello, NOTHING);
        while (!engine.maySendHalfRttData()) {
            engine.work().orElseThrow().run();
            assertThat(data.hasRemaining()).isTrue();
            engine.sendHalfRttData(data, network);
        }

        assertThat(data.hasRemaining())
                .as("sent by the call that made the flight")
                .isFalse();
        pair.client().input(Arrays.copyOf(network.array(), network.position()));
        assertThat(pair.client().received()).isEqualTo("greeting");
    }

    @Test
    void isNoBusinessOfAServerThatIsNotConfiguredForItNorOfAClient() throws TlsException {
        EnginePair pair =
                EnginePair.of(client, server.toBuilder().halfRttData(false).build());
        pair.server().input(pair.client().output());
        for (EnginePair.End end : List.of(pair.server(), pair.client())) {
            TlsException refused = catchThrowableOfType(
                    TlsException.class,
                    () -> end.engine().sendHalfRttData(NOTHING, ByteBuffer.allocate(TlsEngine.NETWORK_BUFFER_SIZE)));
            assertThat(refused.problem()).isEqualTo(Problem.NO_HALF_RTT_DATA);
            assertThat(end.engine().maySendHalfRttData()).isFalse();
            assertThat(end.engine().failure()).isEmpty();
        }
        pair.shakeHands();
        assertThat(pair.server().engine().isEstablished()).isTrue();
    }

    /** RFC 9846 section 2: such data is sent to an unauthenticated peer. */
    @Test
    void excludesCertificatesOfClientsInTheHandshake() {
        RawKeyTrust anyKey = key -> new CertificateCheck(CertificateCheck.Kind.DANGER_NOT_CHECKED, "a key", "");
        for (ClientAuthentication asking : List.of(ClientAuthentication.WANTED, ClientAuthentication.REQUIRED)) {
            TlsServer.Builder certificates = server.toBuilder().clientAuthentication(asking, PKI.trust());
            TlsServer.Builder keys = server.toBuilder().rawClientAuthentication(asking, anyKey);
            assertThatIllegalArgumentException().isThrownBy(certificates::build).withMessageContaining("half-RTT");
            assertThatIllegalArgumentException().isThrownBy(keys::build).withMessageContaining("half-RTT");
        }
        TlsServer.Builder later = server.toBuilder().clientAuthentication(ClientAuthentication.NONE, PKI.trust());
        assertThatCode(later::build).as("after the handshake").doesNotThrowAnyException();
    }

    @Test
    void isSentEvenIfTheClientsFinishedTurnsOutToBeWrong() throws TlsException, GeneralSecurityException {
        EnginePair pair = EnginePair.of(client, server);
        pair.server().input(pair.client().output());
        pair.client().input(send(pair, "greeting"));
        assertThat(pair.client().received()).isEqualTo("greeting");
        byte[] finished = new byte[4 + 32 + 1];
        finished[0] = 20;
        finished[3] = 32;
        finished[36] = 22;
        byte[] record = new TrafficKeys(keyLog, "CLIENT_HANDSHAKE_TRAFFIC_SECRET").seal(finished, 0);

        TlsException failed =
                catchThrowableOfType(TlsException.class, () -> pair.server().input(record));
        assertThat(failed.problem()).isEqualTo(Problem.BAD_FINISHED);
        assertThat(pair.server().engine().isEstablished()).isFalse();
        TlsException atClient = catchThrowableOfType(
                TlsException.class, () -> pair.client().input(pair.server().output()));
        assertThat(atClient.problem()).isEqualTo(Problem.ALERT_RECEIVED);
        TlsException later = catchThrowableOfType(TlsException.class, () -> send(pair, "more"));
        assertThat(later).isSameAs(failed);
    }

    @Test
    void mayBeMoreThanOneKeyProtects() throws TlsException {
        EnginePair pair = EnginePair.of(
                client,
                server.toBuilder()
                        .recordsPerKey(TlsEngine.LEAST_RECORDS_PER_KEY)
                        .build());
        pair.server().input(pair.client().output());
        for (int i = 0; i < 3 * TlsEngine.LEAST_RECORDS_PER_KEY; i++) {
            pair.client().input(send(pair, "x"));
        }

        assertThat(pair.client().received()).isEqualTo("x".repeat(3 * (int) TlsEngine.LEAST_RECORDS_PER_KEY));
        assertThat(events).anyMatch(TraceEvent.KeyUpdated.class::isInstance);
        pair.shakeHands();
        assertThat(pair.server().engine().isEstablished()).isTrue();
    }

    @Test
    void isToldApartFromWhatFollows() throws TlsException {
        EnginePair pair = EnginePair.of(client, server);
        pair.server().input(pair.client().output());
        pair.client().input(send(pair, "early"));
        pair.shakeHands();
        send(pair, "late");

        assertThat(events.stream()
                        .filter(TraceEvent.ApplicationData.class::isInstance)
                        .map(TraceEvent.ApplicationData.class::cast)
                        .map(TraceEvent.ApplicationData::halfRtt))
                .containsExactly(true, false);
    }

    private EnginePair offeringEarlyData() throws TlsException {
        EnginePair.connected(client, server);
        return EnginePair.of(client.engine("localhost", 443, EarlyData.of(bytes("early"))), server.engine());
    }

    /** What the server sends, with {@code data} at the end. */
    private static byte[] send(EnginePair pair, String data) throws TlsException {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        ByteBuffer source = ByteBuffer.wrap(bytes(data));
        ByteBuffer network = ByteBuffer.allocate(TlsEngine.NETWORK_BUFFER_SIZE);
        while (source.hasRemaining()) {
            pair.server().engine().sendHalfRttData(source, network.clear());
            assertThat(network.position()).as("what was written").isPositive();
            sent.write(network.array(), 0, network.position());
        }
        return sent.toByteArray();
    }

    private static List<byte[]> records(byte[] flight) {
        List<byte[]> records = new ArrayList<>();
        for (int at = 0; at < flight.length; ) {
            int end = at + 5 + ((flight[at + 3] & 0xff) << 8 | flight[at + 4] & 0xff);
            records.add(Arrays.copyOfRange(flight, at, end));
            at = end;
        }
        return records;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
