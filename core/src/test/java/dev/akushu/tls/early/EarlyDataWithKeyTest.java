package dev.akushu.tls.early;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.EarlyData;
import dev.akushu.tls.EarlyDataOutcome;
import dev.akushu.tls.EarlyDataTerms;
import dev.akushu.tls.ExternalPsk;
import dev.akushu.tls.Kdf;
import dev.akushu.tls.Policy;
import dev.akushu.tls.Problem;
import dev.akushu.tls.PskSource;
import dev.akushu.tls.ReplayGuard;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.resume.HellosInMemory;
import dev.akushu.tls.testing.EnginePair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Early data under external keys, by what both ends agreed on beside them. RFC 9846 section 4.3.10. */
class EarlyDataWithKeyTest {
    private static final byte[] KEY = new byte[32];
    private static final CipherSuite AES_128 = CipherSuite.TLS_AES_128_GCM_SHA256;
    private static final CipherSuite AES_256 = CipherSuite.TLS_AES_256_GCM_SHA384;

    // A span that begins a little after the server, whose replay guard so misses nothing of it.
    private final Instant from = Instant.now().plusSeconds(1);
    private final AtomicReference<Instant> now = new AtomicReference<>(from);
    private final EarlyDataTerms terms = EarlyDataTerms.of(AES_128, 1000, from, from.plus(Duration.ofHours(1)));

    @Test
    void eachKindOfKeyWithTermsTakesEarlyDataUnderTheirSuite() throws TlsException {
        for (CipherSuite suite : List.of(AES_128, AES_256, CipherSuite.TLS_CHACHA20_POLY1305_SHA256)) {
            ExternalPsk key = lamp().withEarlyData(EarlyDataTerms.of(suite, 1000, terms.from(), terms.until()));
            EnginePair pair = offering(client(key), server(key));

            requireOutcomes(pair, EarlyDataOutcome.ACCEPTED, EarlyDataOutcome.ACCEPTED);
            assertThat(EarlyEnds.earlyData(pair)).isEqualTo("hello");
            assertThat(pair.server().session().suite()).isEqualTo(suite);
            assertThat(pair.server().session().externalPsk()).isEqualTo(key.identity());
        }
    }

    @Test
    void aRawKeyTakesItToo() throws TlsException {
        ExternalPsk raw = ExternalPsk.dangerRaw(Bytes.ofAscii("lamp"), KEY, Kdf.HKDF_SHA256)
                .withEarlyData(terms);

        requireOutcomes(offering(client(raw), server(raw)), EarlyDataOutcome.ACCEPTED, EarlyDataOutcome.ACCEPTED);
    }

    @Test
    void theKeyWithTermsComesFirstWhereThereIsEarlyData() throws TlsException {
        ExternalPsk other = ExternalPsk.of("other", KEY);
        ExternalPsk key = lamp().withEarlyData(terms);
        EnginePair pair = offering(client(other, key), server(other, key));

        requireOutcomes(pair, EarlyDataOutcome.ACCEPTED, EarlyDataOutcome.ACCEPTED);
        assertThat(pair.client().session().externalPsk()).isEqualTo(key.identity());
    }

    @Test
    void withoutTermsNoneIsOfferedAndNoneTaken() throws TlsException {
        ExternalPsk key = lamp();
        requireOutcomes(
                offering(client(key), server(key.withEarlyData(terms))),
                EarlyDataOutcome.KEY_WITHOUT_EARLY_DATA,
                EarlyDataOutcome.NOT_OFFERED);
        requireOutcomes(
                offering(client(key.withEarlyData(terms)), server(key)),
                EarlyDataOutcome.REFUSED_BY_SERVER,
                EarlyDataOutcome.KEY_WITHOUT_EARLY_DATA);
    }

    @Test
    void aServerThatTakesNoEarlyDataTakesNoneUnderKeys() throws TlsException {
        ExternalPsk key = lamp().withEarlyData(terms);
        requireOutcomes(
                offering(client(key), server(key).toBuilder().earlyData(0).build()),
                EarlyDataOutcome.REFUSED_BY_SERVER,
                EarlyDataOutcome.TURNED_OFF);
        requireOutcomes(
                offering(client(key), server(key).toBuilder().earlyData(999).build()),
                EarlyDataOutcome.REFUSED_BY_SERVER,
                EarlyDataOutcome.TICKET_ALLOWS_MORE);
    }

    @Test
    void aServerThatRefusesItSkipsAsMuchAsTheKeyAllows() throws TlsException {
        ExternalPsk key = lamp().withEarlyData(EarlyDataTerms.of(AES_128, 100_000, terms.from(), terms.until()));
        TlsServer refusing = server(key).toBuilder().earlyData(0).build();
        EnginePair pair =
                EnginePair.of(client(key).engine("localhost", 443, EarlyData.of(new byte[100_000])), refusing.engine());
        pair.shakeHands();

        requireOutcomes(pair, EarlyDataOutcome.REFUSED_BY_SERVER, EarlyDataOutcome.TURNED_OFF);
    }

    @Test
    void theClientKeepsToTheLimitOfTheKey() throws TlsException {
        ExternalPsk small = lamp().withEarlyData(EarlyDataTerms.of(AES_128, 4, terms.from(), terms.until()));

        requireOutcomes(
                offering(client(small), server(small)),
                EarlyDataOutcome.TOO_LONG_FOR_TICKET,
                EarlyDataOutcome.NOT_OFFERED);
    }

    @Test
    void aServerWithOtherTermsThanTheClientTakesNone() throws TlsException {
        ExternalPsk agreed = lamp().withEarlyData(terms);
        ExternalPsk sameHash = lamp().withEarlyData(
                        EarlyDataTerms.of(CipherSuite.TLS_CHACHA20_POLY1305_SHA256, 1000, terms.from(), terms.until()));
        ExternalPsk withProtocol = lamp().withEarlyData(terms.withApplicationProtocol("h2"));

        // Nothing tells the server which suite the client goes by, so it tries the one that it was told.
        assertThatThrownBy(() -> offering(client(agreed), server(sameHash)))
                .isInstanceOfSatisfying(
                        TlsException.class,
                        failure -> assertThat(failure.problem()).isEqualTo(Problem.BAD_RECORD_MAC));
        requireOutcomes(
                offering(client(agreed), server(withProtocol)),
                EarlyDataOutcome.REFUSED_BY_SERVER,
                EarlyDataOutcome.OTHER_APPLICATION_PROTOCOL);
        Policy other = Policy.MODERN_2026_11.withSuites(List.of(CipherSuite.TLS_CHACHA20_POLY1305_SHA256));
        requireOutcomes(
                offering(
                        client(agreed), server(agreed).toBuilder().policy(other).build()),
                EarlyDataOutcome.REFUSED_BY_SERVER,
                EarlyDataOutcome.OTHER_SUITE);
    }

    @Test
    void theApplicationProtocolIsTheAgreedOne() throws TlsException {
        ExternalPsk key = lamp().withEarlyData(terms.withApplicationProtocol("h2"));
        TlsClient both =
                client(key).toBuilder().applicationProtocols("h2", "http/1.1").build();
        TlsServer h2 = server(key).toBuilder().applicationProtocols("h2").build();
        TlsServer http1 =
                server(key).toBuilder().applicationProtocols("http/1.1").build();

        requireOutcomes(
                offering(both, h2, EarlyData.of(EarlyEnds.bytes("hello"), "h2")),
                EarlyDataOutcome.ACCEPTED,
                EarlyDataOutcome.ACCEPTED);
        requireOutcomes(
                offering(both, h2, EarlyData.of(EarlyEnds.bytes("hello"), "http/1.1")),
                EarlyDataOutcome.OTHER_APPLICATION_PROTOCOL,
                EarlyDataOutcome.NOT_OFFERED);
        requireOutcomes(
                offering(both, http1, EarlyData.of(EarlyEnds.bytes("hello"), "h2")),
                EarlyDataOutcome.REFUSED_BY_SERVER,
                EarlyDataOutcome.OTHER_APPLICATION_PROTOCOL);
    }

    @Test
    void outsideTheSpanNoneIsOfferedAndNoneTaken() throws TlsException {
        ExternalPsk key = lamp().withEarlyData(terms);
        ExternalPsk later = lamp().withEarlyData(
                        EarlyDataTerms.of(AES_128, 1000, terms.from().plusSeconds(60), terms.until()));

        requireOutcomes(
                offering(client(later), server(later)),
                EarlyDataOutcome.OUTSIDE_KEY_TERMS,
                EarlyDataOutcome.NOT_OFFERED);
        requireOutcomes(
                offering(client(key), server(later)),
                EarlyDataOutcome.REFUSED_BY_SERVER,
                EarlyDataOutcome.OUTSIDE_KEY_TERMS);
    }

    @Test
    void aCopyIsTakenOnlyOnceHoweverLateItComes() throws TlsException {
        ExternalPsk key = lamp().withEarlyData(terms);
        TlsServer server = server(key).toBuilder()
                .replayGuard(HellosInMemory.fromTheBeginning(10))
                .build();
        byte[] flight = flight(key);

        assertThat(outcomeOf(flight, server)).isEqualTo(EarlyDataOutcome.ACCEPTED);
        now.set(terms.until());
        assertThat(outcomeOf(flight, server)).isEqualTo(EarlyDataOutcome.REPLAYED);
        now.set(terms.until().plusMillis(1));
        assertThat(outcomeOf(flight, server)).isEqualTo(EarlyDataOutcome.OUTSIDE_KEY_TERMS);
    }

    @Test
    void whatARetryHasRefusedIsNotTakenLater() throws TlsException {
        ExternalPsk key = lamp().withEarlyData(terms);
        for (TlsServer.Builder kind : List.of(server(key).toBuilder(), withCertificateToo(key))) {
            AtomicBoolean underLoad = new AtomicBoolean(true);
            TlsServer server = kind.statelessRetry(underLoad::get).build();
            byte[] flight = flight(key);

            assertThat(outcomeOf(flight, server)).isEqualTo(EarlyDataOutcome.RETRY);
            underLoad.set(false);
            assertThat(outcomeOf(flight, server)).isEqualTo(EarlyDataOutcome.REPLAYED);
        }
    }

    @Test
    void whatCameBeforeTheSpanIsNotTakenInIt() throws TlsException {
        ExternalPsk key = lamp().withEarlyData(terms);
        TlsServer server = server(key);
        byte[] flight = flight(key);

        now.set(terms.from().minusSeconds(1));
        assertThat(outcomeOf(flight, server)).isEqualTo(EarlyDataOutcome.OUTSIDE_KEY_TERMS);
        now.set(terms.from());
        assertThat(outcomeOf(flight, server)).isEqualTo(EarlyDataOutcome.REPLAYED);
        assertThat(outcomeOf(flight(key), server)).as("another").isEqualTo(EarlyDataOutcome.ACCEPTED);
    }

    @Test
    void whatOtherSettingsHaveRefusedIsNotTakenUnderNewOnes() throws TlsException {
        ExternalPsk key = lamp().withEarlyData(terms);
        TlsServer without = server(key).toBuilder().earlyData(0).build();
        byte[] flight = flight(key);

        assertThat(outcomeOf(flight, without)).isEqualTo(EarlyDataOutcome.TURNED_OFF);
        assertThat(outcomeOf(flight, without.toBuilder().earlyData(1000).build()))
                .isEqualTo(EarlyDataOutcome.REPLAYED);
    }

    @Test
    void theGuardIsNotToldOfARefusedBinderThatNobodyProved() throws TlsException {
        ExternalPsk key = lamp().withEarlyData(terms);
        ExternalPsk wrong = ExternalPsk.of("lamp", new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
                .withEarlyData(terms);
        List<ReplayGuard.Hello> asked = new ArrayList<>();
        TlsServer server = withCertificateToo(key)
                .statelessRetry(() -> true)
                .replayGuard(hello -> {
                    asked.add(hello);
                    return CompletableFuture.completedFuture(ReplayGuard.Answer.FRESH);
                })
                .build();

        assertThat(outcomeOf(flight(wrong), server)).isEqualTo(EarlyDataOutcome.RETRY);
        assertThat(asked).isEmpty();
        assertThat(outcomeOf(flight(key), server)).isEqualTo(EarlyDataOutcome.RETRY);
        assertThat(asked).hasSize(1);
    }

    @Test
    void aServerMadeFromAnotherRemembersTheSameClientHellos() throws TlsException {
        ExternalPsk key = lamp().withEarlyData(terms);
        TlsServer server = server(key);
        byte[] flight = flight(key);

        assertThat(outcomeOf(flight, server)).isEqualTo(EarlyDataOutcome.ACCEPTED);
        assertThat(outcomeOf(flight, server.toBuilder().build())).isEqualTo(EarlyDataOutcome.REPLAYED);
    }

    @Test
    void aServerThatBeganAfterTheSpanCannotTellWhatCameBefore() throws TlsException {
        ExternalPsk key = lamp().withEarlyData(
                        EarlyDataTerms.of(AES_128, 1000, Instant.now().minusSeconds(600), terms.until()));

        requireOutcomes(
                offering(client(key), server(key)),
                EarlyDataOutcome.REFUSED_BY_SERVER,
                EarlyDataOutcome.REPLAY_UNKNOWN);
    }

    @Test
    void theGuardOfTheApplicationIsAskedAboutTheWholeSpan() throws TlsException {
        ExternalPsk key = lamp().withEarlyData(terms);
        AtomicReference<ReplayGuard.Hello> asked = new AtomicReference<>();
        TlsServer server = server(key).toBuilder()
                .replayGuard(hello -> {
                    asked.set(hello);
                    return CompletableFuture.completedFuture(ReplayGuard.Answer.SEEN);
                })
                .build();

        requireOutcomes(offering(client(key), server), EarlyDataOutcome.REFUSED_BY_SERVER, EarlyDataOutcome.REPLAYED);
        assertThat(asked.get().rememberUntil()).isEqualTo(terms.until());
        assertThat(asked.get().expectedArrival().minus(asked.get().window())).isEqualTo(terms.from());
    }

    @Test
    void earlyDataOfAKeyThatTheServerLacksIsPassedOver() throws TlsException {
        ExternalPsk unknown = lamp().withEarlyData(terms);
        ExternalPsk known = ExternalPsk.of("known", KEY);

        EnginePair pair = offering(client(unknown, known), server(known));

        requireOutcomes(pair, EarlyDataOutcome.SESSION_NOT_RESUMED, EarlyDataOutcome.NOT_FIRST_TICKET);
        pair.server().input(pair.client().seal("after"));
        assertThat(pair.server().received()).isEqualTo("after");
    }

    @Test
    void aRetryEndsIt() throws TlsException {
        ExternalPsk key = lamp().withEarlyData(terms);
        TlsClient without = client(key).toBuilder()
                .policy(Policy.MODERN_2026_11.withKeyShares(List.of()))
                .build();

        requireOutcomes(offering(without, server(key)), EarlyDataOutcome.RETRY, EarlyDataOutcome.RETRY);
    }

    @Test
    void termsHaveLimits() {
        Instant from = terms.from();
        assertThatIllegalArgumentException().isThrownBy(() -> EarlyDataTerms.of(AES_128, 0, from, from.plusSeconds(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EarlyDataTerms.of(AES_128, (1 << 24) + 1, from, from.plusSeconds(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> EarlyDataTerms.of(AES_128, 1, from, from));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EarlyDataTerms.of(
                        AES_128, 1, from, from.plus(EarlyDataTerms.LONGEST).plusNanos(1)));
    }

    private static ExternalPsk lamp() {
        return ExternalPsk.of("lamp", KEY);
    }

    private TlsClient client(ExternalPsk... keys) {
        return TlsClient.pskBuilder(keys[0]).externalPsks(keys).clock(now::get).build();
    }

    private TlsServer server(ExternalPsk... keys) {
        return TlsServer.pskBuilder(PskSource.of(List.of(keys)))
                .clock(now::get)
                .earlyData(1000)
                .build();
    }

    private TlsServer.Builder withCertificateToo(ExternalPsk key) {
        return new EarlyEnds()
                .server().toBuilder().externalPsks(PskSource.of(List.of(key))).clock(now::get);
    }

    private static EarlyData hello() {
        return EarlyData.of(EarlyEnds.bytes("hello"));
    }

    private static EnginePair offering(TlsClient client, TlsServer server) throws TlsException {
        return offering(client, server, hello());
    }

    private static EnginePair offering(TlsClient client, TlsServer server, EarlyData data) throws TlsException {
        EnginePair pair = EnginePair.of(client.engine("localhost", 443, data), server.engine());
        pair.server().leaveEarlyDataUnread();
        pair.shakeHands();
        return pair;
    }

    private byte[] flight(ExternalPsk key) throws TlsException {
        return new EnginePair.End(client(key).engine("localhost", 443, hello())).output();
    }

    private static EarlyDataOutcome outcomeOf(byte[] flight, TlsServer server) throws TlsException {
        EnginePair.End end = new EnginePair.End(server.engine());
        end.input(flight);
        return end.engine().earlyData().orElseThrow();
    }

    private static void requireOutcomes(EnginePair pair, EarlyDataOutcome atClient, EarlyDataOutcome atServer)
            throws TlsException {
        assertThat(pair.client().session().earlyData().outcome()).isEqualTo(atClient);
        assertThat(pair.server().session().earlyData().outcome()).isEqualTo(atServer);
    }
}
