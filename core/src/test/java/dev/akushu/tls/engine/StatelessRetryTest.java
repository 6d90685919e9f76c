package dev.akushu.tls.engine;

import static dev.akushu.tls.AlertDescription.ILLEGAL_PARAMETER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.akushu.tls.AlertDescription;
import dev.akushu.tls.Bytes;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.EarlyData;
import dev.akushu.tls.EarlyDataOutcome;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.ExternalPsk;
import dev.akushu.tls.Kdf;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.Policy;
import dev.akushu.tls.Problem;
import dev.akushu.tls.PskSource;
import dev.akushu.tls.Role;
import dev.akushu.tls.TicketKeys;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.resume.PskImporter;
import dev.akushu.tls.testing.EnginePair;
import dev.akushu.tls.trace.TraceEvent;
import dev.akushu.tls.wire.ClientHello;
import dev.akushu.tls.wire.Cookie;
import dev.akushu.tls.wire.HandshakeCodec;
import dev.akushu.tls.wire.HelloRetryRequest;
import dev.akushu.tls.wire.KeyShareServerHello;
import dev.akushu.tls.wire.OfferedPsks;
import dev.akushu.tls.wire.PskIdentity;
import dev.akushu.tls.wire.ServerHello;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server under load sends clients away with a cookie, and forgets them. RFC 9846 section 4.3.2. */
class StatelessRetryTest {
    /** What a client must not change between its two hellos, though the server has nothing of the first but a hash. */
    static final List<Change> CHANGES = List.of(
            new Change("random", hello -> Altered.random(hello, Altered.flipped(hello.random(), 3))),
            new Change(
                    "suites",
                    hello -> Altered.suites(
                            hello, List.of(CipherSuite.TLS_AES_128_GCM_SHA256, CipherSuite.TLS_AES_256_GCM_SHA384))),
            new Change(
                    "suites that give another one",
                    hello -> Altered.suites(hello, List.of(CipherSuite.TLS_AES_256_GCM_SHA384))),
            new Change(
                    "an extension less",
                    hello -> Altered.extensions(
                            hello,
                            Altered.without(ExtensionType.SIGNATURE_ALGORITHMS_CERT, ExtensionType.SERVER_NAME))),
            new Change(
                    "an extension more",
                    hello -> Altered.extensions(hello, Altered.inFront(Altered.raw(ExtensionType.of(0xcaca), "00")))),
            new Change(
                    "the limit of records",
                    hello -> Altered.extensions(
                            hello, Altered.with(Altered.raw(ExtensionType.RECORD_SIZE_LIMIT, "0100")))),
            new Change(
                    "early data",
                    hello -> Altered.extensions(hello, Altered.inFront(Altered.raw(ExtensionType.EARLY_DATA, "")))));

    private final TicketKeys keys = TicketKeys.rotating();
    private final List<TraceEvent> told = new ArrayList<>();
    private final TlsClient client = Ends.client().build();

    record Change(String what, UnaryOperator<ClientHello> change) {
        @Override
        public String toString() {
            return what;
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theHandshakeGoesOnWhetherTheShareWasGoodOrNot(boolean good) throws TlsException {
        Policy policy = good ? Ends.QUICK : Ends.QUICK.withKeyShares(List.of());
        EnginePair pair = EnginePair.connected(
                Ends.client().policy(policy).observer(told::add).build(),
                stateless().build());
        pair.server().input(pair.client().seal("hello"));

        assertThat(pair.server().received()).isEqualTo("hello");
        assertThat(pair.client().session().retried()).isTrue();
        assertThat(pair.server().session().retried()).isTrue();
        assertThat(told).contains(new TraceEvent.RetryRequested(good ? null : NamedGroup.X25519, true));
    }

    @Test
    void anyEngineOfAnyServerWithTheSameKeysGoesOn() throws TlsException {
        EnginePair first = EnginePair.of(client, stateless().build());
        first.server().input(first.client().output());
        first.client().input(first.server().output());
        // The first engine is gone, and with it all that it might have known.
        TlsServer another = stateless().observer(told::add).build();
        EnginePair second = EnginePair.of(first.client().engine(), another.engine());
        second.shakeHands();
        second.client().input(second.server().seal("it works"));

        assertThat(second.client().received()).isEqualTo("it works");
        assertThat(second.server().session().retried()).isTrue();
        assertThat(told).anyMatch(event -> event instanceof TraceEvent.CookieReturned);
    }

    @Test
    void theEngineThatGoesOnLogsItsKeysAsTheClientDoes() throws TlsException {
        List<String> ofClient = new ArrayList<>();
        List<String> ofServer = new ArrayList<>();
        TlsServer server = stateless().keyLog(ofServer::add).build();
        EnginePair first = EnginePair.of(Ends.client().keyLog(ofClient::add).build(), server);
        first.server().input(first.client().output());
        first.client().input(first.server().output());
        EnginePair.of(first.client().engine(), server.engine()).shakeHands();

        assertThat(ofServer).isNotEmpty().containsExactlyInAnyOrderElementsOf(ofClient);
    }

    @Test
    void sessionsResumeThroughARetryToo() throws TlsException {
        TlsServer server = stateless().build();
        EnginePair.connected(client, server);
        EnginePair second = EnginePair.connected(client, server);

        assertThat(second.server().session().resumed()).isTrue();
        assertThat(second.server().session().retried()).isTrue();
    }

    @Test
    void earlyDataIsRefusedByTheRetryAndToldSo() throws TlsException {
        TlsServer server = stateless().earlyData(1000).build();
        EnginePair.connected(client, server);
        EnginePair second =
                EnginePair.of(client.engine("localhost", 443, EarlyData.of(new byte[100])), server.engine());
        second.shakeHands();

        assertThat(second.client().engine().earlyData()).contains(EarlyDataOutcome.RETRY);
        assertThat(second.server().session().earlyData().outcome()).isEqualTo(EarlyDataOutcome.RETRY);
    }

    @Test
    void anotherEngineKnowsThatNoEarlyDataCanCome() throws TlsException {
        TlsServer server = stateless().earlyData(1000).build();
        EnginePair.connected(client, server);
        EnginePair first = EnginePair.of(client.engine("localhost", 443, EarlyData.of(new byte[100])), server.engine());
        byte[] flight = first.client().output();
        first.server().input(flight);
        first.client().input(first.server().output());
        EnginePair second = EnginePair.of(first.client().engine(), server.engine());
        second.shakeHands();

        assertThat(second.server().engine().earlyData()).contains(EarlyDataOutcome.RETRY);
        assertThat(second.server().engine().isEarlyDataComplete()).isTrue();
    }

    @Test
    void whoSawACookieLearnsNothingOfTheIdentitiesThatExist() throws TlsException {
        ExternalPsk lamp = ExternalPsk.of("lamp 7", new byte[32]);
        ExternalPsk door = ExternalPsk.of("door 1", new byte[32]);
        TlsServer server = TlsServer.pskBuilder(PskSource.of(List.of(lamp, door)))
                .ticketKeys(keys)
                .statelessRetry(() -> true)
                .build();
        for (String guessed : List.of("door 1", "door 2")) {
            // Both hellos pass in the clear, so whoever sees them may send the second with other keys of another hash.
            Bytes identity = PskImporter.identity(ExternalPsk.of(guessed, new byte[32]), Kdf.HKDF_SHA384);
            OfferedPsks other =
                    new OfferedPsks(List.of(new PskIdentity(identity, 0)), List.of(Bytes.wrap(new byte[48])));
            Talk talk = new Talk(TlsClient.pskBuilder(lamp).policy(Ends.QUICK).build(), server);
            byte[] second = secondHello(talk);
            ClientHello honest = (ClientHello) HandshakeCodec.decode(second, 0, second.length);
            byte[] altered = HandshakeCodec.encode(Altered.extensions(honest, Altered.with(other)));

            TlsException failed = catchThrowableOfType(TlsException.class, () -> talk.give(Role.SERVER, altered));
            assertThat(failed.problem().alert()).as(guessed).isEqualTo(AlertDescription.DECRYPT_ERROR);
        }
    }

    @Test
    void onlyWhileItIsUnderLoad() throws TlsException {
        boolean[] load = new boolean[1];
        TlsServer server = stateless().statelessRetry(() -> load[0]).build();

        assertThat(EnginePair.connected(client, server).server().session().retried())
                .isFalse();
        load[0] = true;
        assertThat(EnginePair.connected(client, server).server().session().retried())
                .isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("CHANGES")
    void nothingMayChangeThoughTheFirstIsForgotten(Change change) throws TlsException {
        requireFailure(stateless().build(), change.change(), Problem.HELLO_CHANGED_AFTER_RETRY, ILLEGAL_PARAMETER);
    }

    @Test
    void aGroupWithAGoodShareMustKeepOne() throws TlsException {
        requireFailure(
                stateless().build(),
                hello -> Altered.extensions(hello, Altered.with(Altered.raw(ExtensionType.KEY_SHARE, "0000"))),
                Problem.HELLO_CHANGED_AFTER_RETRY,
                ILLEGAL_PARAMETER);
    }

    /** SunJSSE does so, though RFC 9846 4.2.2 lets it bring the cookie alone. */
    @Test
    void aShareForTheSameGroupMayBeNew() throws TlsException {
        Talk talk = new Talk(client, stateless().build());
        byte[] second = secondHello(talk);
        ClientHello hello = Altered.extensions(
                (ClientHello) HandshakeCodec.decode(second, 0, second.length),
                Altered.with(Altered.raw(ExtensionType.KEY_SHARE, "0024001d0020" + "09".repeat(32))));
        talk.give(Role.SERVER, HandshakeCodec.encode(hello));

        assertThat(share(Honest.next(talk, Role.CLIENT)).serverShare().group()).isEqualTo(NamedGroup.X25519);
    }

    @Test
    void theCookieMustComeBack() throws TlsException {
        requireFailure(
                stateless().build(),
                hello -> Altered.extensions(hello, Altered.without(ExtensionType.COOKIE)),
                Problem.MISSING_EXTENSION,
                AlertDescription.MISSING_EXTENSION);
    }

    @Test
    void aCookieWithABitChangedIsNone() throws TlsException {
        Bytes cookie = Objects.requireNonNull(
                        second(stateless().build()).extensions().find(Cookie.class))
                .cookie();
        for (int bit = 0; bit < 8 * cookie.length(); bit += 13) {
            Bytes changed = Altered.flipped(cookie, bit);
            TlsException failed = catchThrowableOfType(
                    TlsException.class, () -> answer(stateless().build(), hello -> withCookie(hello, changed)));
            assertThat(failed.problem()).isEqualTo(Problem.UNKNOWN_COOKIE);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 17, 64, 65, 200})
    void aCookieThatNobodyMadeIsNone(int length) throws TlsException {
        requireFailure(
                stateless().build(),
                hello -> withCookie(hello, Bytes.wrap(new byte[length])),
                Problem.UNKNOWN_COOKIE,
                ILLEGAL_PARAMETER);
    }

    @Test
    void aTicketIsNoCookie() throws TlsException {
        // Both are sealed under the same keys, for different purposes.
        EnginePair.connected(client, stateless().build());
        Talk talk = new Talk(client, stateless().build());
        ClientHello resuming = Honest.next(talk, Role.SERVER, ClientHello.class);
        Bytes ticket = Objects.requireNonNull(resuming.extensions().find(OfferedPsks.class))
                .identities()
                .getFirst()
                .identity();

        requireFailure(
                stateless().build(), hello -> withCookie(hello, ticket), Problem.UNKNOWN_COOKIE, ILLEGAL_PARAMETER);
    }

    @Test
    void anotherScopeAndOtherKeysDoNotOpenIt() throws TlsException {
        Bytes elsewhere = Objects.requireNonNull(
                        second(stateless().ticketScope("elsewhere").build())
                                .extensions()
                                .find(Cookie.class))
                .cookie();
        requireFailure(
                stateless().build(), hello -> withCookie(hello, elsewhere), Problem.UNKNOWN_COOKIE, ILLEGAL_PARAMETER);
        Bytes foreign = Objects.requireNonNull(
                        second(stateless().ticketKeys(TicketKeys.rotating()).build())
                                .extensions()
                                .find(Cookie.class))
                .cookie();
        requireFailure(
                stateless().build(), hello -> withCookie(hello, foreign), Problem.UNKNOWN_COOKIE, ILLEGAL_PARAMETER);
    }

    @Test
    void anotherClientsCookieFitsNoHelloButItsOwn() throws TlsException {
        Bytes others = Objects.requireNonNull(
                        second(stateless().build()).extensions().find(Cookie.class))
                .cookie();

        requireFailure(
                stateless().build(),
                hello -> withCookie(hello, others),
                Problem.HELLO_CHANGED_AFTER_RETRY,
                ILLEGAL_PARAMETER);
    }

    @Test
    void aCookieIsGoodForAMinute() throws TlsException {
        Instant[] now = {Instant.now()};
        TlsServer server = stateless().clock(() -> now[0]).build();
        Talk talk = new Talk(client, server);
        byte[] second = secondHello(talk);
        now[0] = now[0].plus(Duration.ofSeconds(60));
        talk.give(Role.SERVER, second);

        Talk late = new Talk(client, server);
        byte[] lateHello = secondHello(late);
        now[0] = now[0].plus(Duration.ofMillis(60_001));
        TlsException failed = catchThrowableOfType(TlsException.class, () -> late.give(Role.SERVER, lateHello));
        assertThat(failed.problem()).isEqualTo(Problem.STALE_COOKIE);
        assertThat(failed.problem().alert()).isEqualTo(ILLEGAL_PARAMETER);
    }

    @Test
    void aReplayedHelloGetsAnotherServerShareAndNoMore() throws TlsException {
        TlsServer server = stateless().build();
        Talk talk = new Talk(client, server);
        byte[] second = secondHello(talk);
        talk.give(Role.SERVER, second);
        Talk replayed = new Talk(client, server);
        replayed.give(Role.SERVER, second);

        assertThat(share(Honest.next(replayed, Role.CLIENT))).isNotEqualTo(share(Honest.next(talk, Role.CLIENT)));
        assertThat(replayed.end(Role.SERVER).isEstablished()).isFalse();
    }

    @Test
    void withoutAKeyThereIsNoCookieAndNoRetry() throws TlsException {
        TlsServer keyless = Ends.server()
                .ticketsPerHandshake(0)
                .ticketKeys(() -> List.of())
                .statelessRetry(() -> true)
                .build();

        assertThat(EnginePair.connected(client, keyless).server().session().retried())
                .isFalse();
    }

    private static KeyShareServerHello share(byte[] serverHello) throws TlsException {
        ServerHello hello = (ServerHello) HandshakeCodec.decode(serverHello, 0, serverHello.length);
        return Objects.requireNonNull(hello.extensions().find(KeyShareServerHello.class));
    }

    private TlsServer.Builder stateless() {
        return Ends.server().ticketKeys(keys).statelessRetry(() -> true);
    }

    private static ClientHello withCookie(ClientHello hello, Bytes cookie) {
        return Altered.extensions(hello, Altered.with(new Cookie(cookie)));
    }

    /** The client's second hello in {@code talk}, in which nothing has been said yet. */
    private static byte[] secondHello(Talk talk) throws TlsException {
        talk.give(Role.SERVER, Honest.next(talk, Role.SERVER));
        byte[] retry = Honest.next(talk, Role.CLIENT);
        assertThat(HandshakeCodec.decode(retry, 0, retry.length)).isInstanceOf(HelloRetryRequest.class);
        talk.give(Role.CLIENT, retry);
        return Honest.next(talk, Role.SERVER);
    }

    private ClientHello second(TlsServer server) throws TlsException {
        byte[] second = secondHello(new Talk(Ends.client().build(), server));
        return (ClientHello) HandshakeCodec.decode(second, 0, second.length);
    }

    /** Gives {@code server} a second hello that was changed. */
    private static void answer(TlsServer server, UnaryOperator<ClientHello> change) throws TlsException {
        Talk talk = new Talk(Ends.client().build(), server);
        byte[] second = secondHello(talk);
        ClientHello honest = (ClientHello) HandshakeCodec.decode(second, 0, second.length);
        talk.give(Role.SERVER, HandshakeCodec.encode(change.apply(honest)));
    }

    private static void requireFailure(
            TlsServer server, UnaryOperator<ClientHello> change, Problem problem, AlertDescription alert) {
        TlsException failed = catchThrowableOfType(TlsException.class, () -> answer(server, change));
        assertThat(failed).isNotNull();
        assertThat(failed.problem()).as(failed.getMessage()).isEqualTo(problem);
        assertThat(failed.problem().alert()).isEqualTo(alert);
    }
}
