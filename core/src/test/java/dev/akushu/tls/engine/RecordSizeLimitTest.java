package dev.akushu.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.AlertDescription;
import dev.akushu.tls.ClientAuthentication;
import dev.akushu.tls.ContentType;
import dev.akushu.tls.EarlyData;
import dev.akushu.tls.EarlyDataOutcome;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.Problem;
import dev.akushu.tls.RecordPadding;
import dev.akushu.tls.RecordPolicy;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.testing.EnginePair;
import dev.akushu.tls.trace.Flow;
import dev.akushu.tls.trace.Protection;
import dev.akushu.tls.trace.TraceEvent;
import dev.akushu.tls.wire.ClientHello;
import dev.akushu.tls.wire.EncryptedExtensions;
import dev.akushu.tls.wire.HandshakeCodec;
import dev.akushu.tls.wire.HandshakeMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Neither end sends records longer than the other takes, and no end takes them. RFC 8449. */
class RecordSizeLimitTest {
    /** Header and tag of a protected record. */
    private static final int AROUND = 5 + 16;

    private static final byte[] MUCH = new byte[40_000];
    private static final int FULL = 16_385;

    private final List<TraceEvent> ofClient = new ArrayList<>();
    private final List<TraceEvent> ofServer = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({"64, 16385", "16385, 64", "64, 64", "65, 100", "512, 1024", "16385, 16385"})
    void everyProtectedRecordFitsWhatItsReceiverTakes(int client, int server) throws TlsException {
        EnginePair pair = EnginePair.connected(
                client(client).identity(Ends.LEAF.identity()).build(),
                server(server)
                        .clientAuthentication(ClientAuthentication.REQUIRED, Ends.PKI.trust())
                        .build());
        pair.server().input(pair.client().seal(MUCH));
        pair.client().input(pair.server().seal(MUCH));
        pair.client().engine().updateKeys(true);
        pair.shakeHands();
        pair.server().input(pair.client().seal(MUCH));
        pair.client().input(pair.server().seal(MUCH));

        assertThat(pair.server().receivedBytes()).hasSize(2 * MUCH.length);
        assertThat(pair.client().receivedBytes()).hasSize(2 * MUCH.length);
        // With so much to say, the limit is reached; header and tag come on top of it.
        assertThat(longest(ofClient, Protection.HANDSHAKE)).isLessThanOrEqualTo(server + AROUND);
        assertThat(longest(ofServer, Protection.HANDSHAKE)).isLessThanOrEqualTo(client + AROUND);
        assertThat(longest(ofClient, Protection.APPLICATION)).isEqualTo(server + AROUND);
        assertThat(longest(ofServer, Protection.APPLICATION)).isEqualTo(client + AROUND);
        assertThat(ofClient).contains(new TraceEvent.RecordSizesAgreed(client, server));
        assertThat(ofServer).contains(new TraceEvent.RecordSizesAgreed(client, server));
    }

    @ParameterizedTest
    @CsvSource({"64, 16385", "100, 16385", "512, 300", "16384, 16385"})
    void noRecordHoldsMoreThanItsSenderWants(int sendLimit, int taken) throws TlsException {
        RecordPolicy records = RecordPolicy.DEFAULT.withSendLimit(sendLimit);
        EnginePair pair = EnginePair.connected(
                client(taken).records(records.withSizeLimit(taken)).build(),
                server(taken).records(records.withSizeLimit(taken)).build());
        pair.server().input(pair.client().seal(MUCH));
        pair.client().input(pair.server().seal(MUCH));

        assertThat(pair.server().receivedBytes()).isEqualTo(MUCH);
        assertThat(pair.client().receivedBytes()).isEqualTo(MUCH);
        int most = Math.min(sendLimit, taken - 1);
        for (List<TraceEvent> end : List.of(ofClient, ofServer)) {
            assertThat(longest(end, Protection.CLEAR)).isLessThanOrEqualTo(5 + sendLimit);
            assertThat(longest(end, Protection.HANDSHAKE)).isLessThanOrEqualTo(most + 1 + AROUND);
            assertThat(longest(end, Protection.APPLICATION)).isEqualTo(most + 1 + AROUND);
        }
    }

    @Test
    void paddingDoesNotMakeARecordLongerThanItsSenderWants() throws TlsException {
        RecordPolicy records = RecordPolicy.DEFAULT.withSendLimit(200).withPadding(RecordPadding.toMultipleOf(1000));
        EnginePair pair = EnginePair.connected(
                client(FULL).records(records).build(), server(FULL).build());
        pair.server().input(pair.client().seal(new byte[10]));

        assertThat(longest(ofClient, Protection.APPLICATION)).isEqualTo(200 + 1 + AROUND);
    }

    @ParameterizedTest
    @ValueSource(ints = {63, 16_385})
    void aLimitOfWhatIsSentIsWithinBounds(int bytes) {
        assertThatThrownBy(() -> RecordPolicy.DEFAULT.withSendLimit(bytes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(String.valueOf(bytes));
    }

    @Test
    void recordsThatTheSenderKeepsShortCountAgainstTheKeyOfEarlyDataByTheirRealNumber() throws TlsException {
        TlsClient client = client(FULL).recordsPerKey(16).build();
        TlsServer server = server(FULL).earlyData(1 << 16).build();
        EnginePair.connected(client, server);
        TlsClient narrow = client.toBuilder()
                .records(RecordPolicy.DEFAULT.withSendLimit(64))
                .build();
        EnginePair pair = EnginePair.of(narrow.engine("localhost", 443, EarlyData.of(new byte[2000])), server.engine());

        assertThat(pair.client().engine().earlyData()).contains(EarlyDataOutcome.TOO_LONG_FOR_KEY);
    }

    @Test
    void earlyDataKeepsToTheLimitThatTheServerNamedWithTheTicket() throws TlsException {
        TlsClient client = client(FULL).build();
        TlsServer server = server(100).earlyData(1 << 16).build();
        EnginePair.connected(client, server);
        ofClient.clear();
        EnginePair pair = EnginePair.of(client.engine("localhost", 443, EarlyData.of(new byte[5000])), server.engine());
        pair.shakeHands();

        assertThat(pair.client().engine().earlyData()).contains(EarlyDataOutcome.ACCEPTED);
        assertThat(longest(ofClient, Protection.EARLY)).isEqualTo(100 + AROUND);
    }

    @Test
    void theRecordsOfEarlyDataCountAgainstItsKeyByTheirRealNumber() throws TlsException {
        TlsClient client = client(FULL).recordsPerKey(16).build();
        TlsServer server = server(64).earlyData(1 << 16).build();
        EnginePair.connected(client, server);
        // 1,000 bytes are one record of full size, but sixteen of 63 bytes each.
        EnginePair pair = EnginePair.of(client.engine("localhost", 443, EarlyData.of(new byte[1000])), server.engine());

        assertThat(pair.client().engine().earlyData()).contains(EarlyDataOutcome.TOO_LONG_FOR_KEY);
    }

    @Test
    void aServerDoesNotHoldEarlyDataAgainstAClientThatCouldNotKnowItsLimit() throws TlsException {
        TlsClient client = client(FULL).build();
        TlsServer roomy = server(FULL).earlyData(1 << 16).build();
        EnginePair.connected(client, roomy);
        TlsServer narrow = roomy.toBuilder()
                .records(RecordPolicy.DEFAULT.withSizeLimit(64))
                .build();
        EnginePair pair = EnginePair.of(client.engine("localhost", 443, EarlyData.of(new byte[5000])), narrow.engine());
        ofClient.clear();
        pair.shakeHands();
        pair.server().input(pair.client().seal(MUCH));

        assertThat(pair.server().engine().earlyData()).contains(EarlyDataOutcome.ACCEPTED);
        assertThat(longest(ofClient, Protection.HANDSHAKE)).isLessThanOrEqualTo(64 + AROUND);
        assertThat(longest(ofClient, Protection.APPLICATION)).isEqualTo(64 + AROUND);
    }

    @Test
    void theLimitHoldsBehindEarlyDataToo() throws TlsException {
        TappedPair tapped =
                new TappedPair(client(FULL).build(), server(100).earlyData(1 << 16), EarlyData.of(new byte[50]));
        tapped.shakeHands();
        assertThat(tapped.server().engine().readEarlyData(ByteBuffer.allocate(50)))
                .isEqualTo(50);
        ForgedRecords forged = tapped.application(Role.CLIENT);
        tapped.end(Role.SERVER).input(forged.seal(ForgedRecords.APPLICATION_DATA, new byte[99]));

        tapped.requireFailure(
                Role.SERVER,
                forged.seal(ForgedRecords.APPLICATION_DATA, new byte[100]),
                Problem.PLAINTEXT_TOO_LONG,
                AlertDescription.RECORD_OVERFLOW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CLIENT", "SERVER"})
    void aRecordThatIsLongerEndsTheConnection(Role victim) throws TlsException {
        Role sender = victim.peer();
        TappedPair tapped = tapped(200, 100);
        tapped.shakeHands();
        int limit = victim == Role.CLIENT ? 200 : 100;
        ForgedRecords forged = tapped.application(sender);
        tapped.end(victim).input(forged.seal(ForgedRecords.APPLICATION_DATA, new byte[limit - 1]));

        tapped.requireFailure(
                victim,
                forged.seal(ForgedRecords.APPLICATION_DATA, new byte[limit]),
                Problem.PLAINTEXT_TOO_LONG,
                AlertDescription.RECORD_OVERFLOW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "40", "400100"})
    void aLimitHasTwoBytes(String hex) throws TlsException {
        Problem problem = hex.length() < 4 ? Problem.TRUNCATED_FIELD : Problem.TRAILING_BYTES;
        hello(hex, problem, AlertDescription.DECODE_ERROR).mustBeFoundBy(Role.SERVER);
        answer(hex, problem, AlertDescription.DECODE_ERROR).mustBeFoundBy(Role.CLIENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000", "0001", "003f"})
    void aLimitBelow64IsRefused(String hex) throws TlsException {
        hello(hex, Problem.ILLEGAL_VALUE, AlertDescription.ILLEGAL_PARAMETER).mustBeFoundBy(Role.SERVER);
        answer(hex, Problem.ILLEGAL_VALUE, AlertDescription.ILLEGAL_PARAMETER).mustBeFoundBy(Role.CLIENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"4002", "7fff", "ffff"})
    void aLimitBeyondTheProtocolsMeansTheProtocols(String hex) throws TlsException {
        // RFC 8449 4: a server MUST NOT refuse it; it may come from a client that knows a later version.
        Talk talk = new Talk(Ends.client().build(), Ends.server().build());
        Deception.Change change = Deception.Change.of(ClientHello.class, limited(hex));

        assertThat(change.fate(Role.SERVER, talk)).isNull();
        assertThat(talk.end(Role.SERVER).handshake()).isNotNull();
    }

    @Test
    void aServerAnswersOnlyWhoAsks() throws TlsException {
        Talk talk = new Talk(
                Ends.client().build(),
                Ends.server().records(RecordPolicy.DEFAULT.withSizeLimit(100)).build());
        ClientHello offered = Honest.next(talk, Role.SERVER, ClientHello.class);
        talk.give(
                Role.SERVER,
                HandshakeCodec.encode(Altered.extensions(offered, Altered.without(ExtensionType.RECORD_SIZE_LIMIT))));
        Honest.next(talk, Role.CLIENT);
        EncryptedExtensions answers = Honest.next(talk, Role.CLIENT, EncryptedExtensions.class);

        assertThat(answers.extensions().has(ExtensionType.RECORD_SIZE_LIMIT)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 63, 16_386, 65_536})
    void noEndCanBeSetToALimitThatItCouldNotSay(int limit) {
        assertThatThrownBy(() -> Ends.client().records(RecordPolicy.DEFAULT.withSizeLimit(limit)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Ends.server().records(RecordPolicy.DEFAULT.withSizeLimit(limit)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private TlsClient.Builder client(int limit) {
        return Ends.client().records(RecordPolicy.DEFAULT.withSizeLimit(limit)).observer(ofClient::add);
    }

    private TlsServer.Builder server(int limit) {
        return Ends.server().records(RecordPolicy.DEFAULT.withSizeLimit(limit)).observer(ofServer::add);
    }

    /** A pair of which the server gives no tickets. */
    private static TappedPair tapped(int client, int server) throws TlsException {
        return new TappedPair(
                Ends.client().records(RecordPolicy.DEFAULT.withSizeLimit(client)),
                Ends.server()
                        .records(RecordPolicy.DEFAULT.withSizeLimit(server))
                        .ticketsPerHandshake(0));
    }

    private static int longest(List<TraceEvent> events, Protection protection) {
        return events.stream()
                .filter(event -> event instanceof TraceEvent.RecordPassed passed
                        && passed.flow() == Flow.SENT
                        && passed.protection() == protection
                        && passed.type() != ContentType.CHANGE_CIPHER_SPEC)
                .mapToInt(event -> ((TraceEvent.RecordPassed) event).length())
                .max()
                .orElseThrow();
    }

    private static Function<ClientHello, HandshakeMessage> limited(String hex) {
        return hello -> Altered.extensions(hello, Altered.with(Altered.raw(ExtensionType.RECORD_SIZE_LIMIT, hex)));
    }

    private static Deception hello(String hex, Problem problem, AlertDescription alert) {
        return Deception.of("limits by " + hex, ClientHello.class, limited(hex), problem, alert);
    }

    private static Deception answer(String hex, Problem problem, AlertDescription alert) {
        return Deception.of(
                "limits by " + hex,
                EncryptedExtensions.class,
                message -> new EncryptedExtensions(Altered.with(Altered.raw(ExtensionType.RECORD_SIZE_LIMIT, hex))
                        .apply(message.extensions())),
                problem,
                alert);
    }
}
