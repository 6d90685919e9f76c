package dev.akushu.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.crypto.HashAlgorithm;
import dev.akushu.tls.crypto.SuiteCrypto;
import dev.akushu.tls.testing.EnginePair;
import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.testing.TestPki;
import dev.akushu.tls.trace.TraceEvent;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Keys that both ends were given by other means than TLS. RFC 9846 section 4.3.11, RFC 9258. */
class ExternalPskTest {
    private static final TestPki PKI = TestPki.create();
    private static final Identity IDENTITY = PKI.leaf(TestKey.P256, "localhost").identity();
    private static final ExternalPsk LAMP = ExternalPsk.of("lamp 7", key(1));
    private static final ExternalPsk RAW_384 = ExternalPsk.dangerRaw(Bytes.ofAscii("lamp 7"), key(1), Kdf.HKDF_SHA384);

    @Test
    void bothEndsProveThemselvesByTheKeyAndNobodyShowsACertificate() throws TlsException {
        EnginePair pair =
                EnginePair.connected(client(LAMP).build(), server(LAMP).build());

        for (EnginePair.End end : List.of(pair.client(), pair.server())) {
            assertThat(end.session().externalPsk()).isEqualTo(Bytes.ofAscii("lamp 7"));
            assertThat(end.session().peerCertificates()).isEmpty();
            assertThat(end.session().localCertificates()).isEmpty();
            assertThat(end.session().signatureScheme()).isNull();
            assertThat(end.session().resumed()).isFalse();
        }
        pair.server().input(pair.client().seal("hello"));
        assertThat(pair.server().received()).isEqualTo("hello");
        assertThat(pair.client().engine().exportKeyingMaterial("EXPERIMENTAL", new byte[0], 32))
                .isEqualTo(pair.server().engine().exportKeyingMaterial("EXPERIMENTAL", new byte[0], 32));
    }

    @Test
    void aServerNeedsNoCertificateAndAClientNoTrust() throws TlsException {
        EnginePair pair = EnginePair.connected(
                TlsClient.pskBuilder(LAMP).build(),
                TlsServer.pskBuilder(PskSource.of(List.of(LAMP))).build());

        assertThat(pair.client().session().externalPsk()).isEqualTo(Bytes.ofAscii("lamp 7"));
    }

    @Test
    void anImportedKeyIsGoodForTheSuitesOfEitherHash() throws TlsException {
        for (CipherSuite suite : Policy.MODERN_2026_11.suites()) {
            Policy only = Policy.MODERN_2026_11.withSuites(List.of(suite));
            EnginePair pair = EnginePair.connected(
                    client(LAMP).build(), server(LAMP).policy(only).build());
            assertThat(pair.client().session().suite()).isEqualTo(suite);
            assertThat(pair.client().session().externalPsk()).isNotNull();
        }
    }

    @Test
    void aRawKeyDecidesWhichSuiteItIs() throws TlsException {
        // RFC 9846 4.3.11: external keys SHOULD influence the choice of the suite.
        EnginePair pair =
                EnginePair.connected(client(RAW_384).build(), server(RAW_384).build());

        assertThat(pair.client().session().suite()).isEqualTo(CipherSuite.TLS_AES_256_GCM_SHA384);
        assertThat(pair.client().session().externalPsk()).isNotNull();
    }

    @Test
    void aRawKeyThatNoCommonSuiteCanUseIsPassedOver() throws TlsException {
        Policy sha256 = Policy.MODERN_2026_11.withSuites(List.of(CipherSuite.TLS_AES_128_GCM_SHA256));
        EnginePair pair = EnginePair.connected(
                client(RAW_384).build(), server(RAW_384).policy(sha256).build());

        assertThat(pair.client().session().externalPsk()).isNull();
        assertThat(pair.client().session().peerCertificates()).isNotEmpty();
    }

    @Test
    void theKeyStaysOnOfferAfterARetry() throws TlsException {
        for (ExternalPsk psk : List.of(LAMP, RAW_384)) {
            TlsClient retried = client(psk)
                    .policy(Policy.MODERN_2026_11.withKeyShares(List.of()))
                    .build();
            EnginePair pair = EnginePair.connected(retried, server(psk).build());
            assertThat(pair.client().session().retried()).isTrue();
            assertThat(pair.client().session().externalPsk()).isNotNull();
        }
    }

    @Test
    void ofSeveralKeysTheFirstThatTheServerHasIsTaken() throws TlsException {
        ExternalPsk stranger = ExternalPsk.of("stranger", key(2));
        ExternalPsk door = ExternalPsk.of("door", key(3))
                .withContext(Bytes.ofAscii("hall"))
                .withKdf(Kdf.HKDF_SHA384);
        EnginePair pair = EnginePair.connected(
                client(stranger, door, LAMP).build(), server(LAMP, door).build());

        assertThat(pair.server().session().externalPsk()).isEqualTo(Bytes.ofAscii("door"));
    }

    @Test
    void aTicketGoesBeforeAnExternalKey() throws TlsException {
        TlsServer plain = TlsServer.builder(IDENTITY).build();
        TlsClient visitor = TlsClient.builder(PKI.trust()).build();
        EnginePair.connected(visitor, plain);

        EnginePair pair = EnginePair.connected(
                visitor.toBuilder().externalPsks(LAMP).build(),
                plain.toBuilder().externalPsks(PskSource.of(List.of(LAMP))).build());

        assertThat(pair.client().session().resumed()).isTrue();
        assertThat(pair.client().session().externalPsk()).isNull();
    }

    @Test
    void anExternalKeyIsTakenWhereTheTicketIsNot() throws TlsException {
        TlsClient visitor = TlsClient.builder(PKI.trust()).build();
        EnginePair.connected(visitor, TlsServer.builder(IDENTITY).build());

        EnginePair pair = EnginePair.connected(
                visitor.toBuilder().externalPsks(LAMP).build(), server(LAMP).build());

        assertThat(pair.client().session().notResumed()).isEqualTo(NotResumed.REFUSED_BY_SERVER);
        assertThat(pair.server().session().notResumed()).isEqualTo(NotResumed.UNKNOWN_TICKET_KEY);
        assertThat(pair.client().session().externalPsk()).isNotNull();
    }

    @Test
    void aSessionByAnExternalKeyLeavesNoTicket() throws TlsException {
        TlsClient client = client(LAMP).build();
        TlsServer server = server(LAMP).build();
        List<TraceEvent> events = new ArrayList<>();
        EnginePair.connected(client, server);
        EnginePair.connected(client.toBuilder().observer(events::add).build(), server);

        assertThat(events).noneMatch(event -> event instanceof TraceEvent.ResumptionOffered);
        assertThat(events).noneMatch(event -> event instanceof TraceEvent.TicketReceived);
    }

    @Test
    void anIdentityThatTheServerDoesNotHaveGetsTheCertificate() throws TlsException {
        // RFC 9846 4.3.11: unknown PSKs SHOULD simply be ignored.
        EnginePair pair = EnginePair.connected(
                client(ExternalPsk.of("stranger", key(1))).build(), server(LAMP).build());

        assertThat(pair.client().session().externalPsk()).isNull();
        assertThat(pair.client().session().peerCertificates()).isNotEmpty();
    }

    @Test
    void theSameNameWithAnotherContextOrKindIsAnotherKey() throws TlsException {
        ExternalPsk raw = ExternalPsk.dangerRaw(LAMP.identity(), key(1), Kdf.HKDF_SHA256);
        for (ExternalPsk other : List.of(LAMP.withContext(Bytes.ofAscii("hall")), raw)) {
            EnginePair pair =
                    EnginePair.connected(client(other).build(), server(LAMP).build());
            assertThat(pair.client().session().externalPsk()).as("%s", other).isNull();
        }
    }

    @Test
    void anotherKeyUnderTheSameNameEndsTheHandshake() throws TlsException {
        EnginePair pair = EnginePair.of(
                client(ExternalPsk.of("lamp 7", key(2))).build(), server(LAMP).build());

        Failures.ofServer(pair, Problem.BAD_BINDER);
    }

    @Test
    void nobodyLearnsFromAServerWithoutCertificateWhichIdentitiesExist() throws TlsException {
        TlsServer server = TlsServer.pskBuilder(PskSource.of(List.of(LAMP))).build();
        EnginePair wrongKey = EnginePair.of(
                TlsClient.pskBuilder(ExternalPsk.of("lamp 7", key(2))).build(), server);
        EnginePair unknown = EnginePair.of(
                TlsClient.pskBuilder(ExternalPsk.of("lamp 8", key(2))).build(), server);

        assertThatThrownBy(wrongKey::shakeHands).isInstanceOf(TlsException.class);
        TlsException failed = catchThrowableOfType(TlsException.class, unknown::shakeHands);
        assertThat(failed.problem()).isEqualTo(Problem.PSK_UNKNOWN);
        assertThat(unknown.server().output())
                .isEqualTo(wrongKey.server().output())
                .isNotEmpty();
    }

    @Test
    void aTicketOfAServerThatIsOpenToAllOpensNoneThatHasKeysAlone() throws TlsException {
        TicketKeys shared = TicketKeys.rotating();
        TlsClient anonymous = TlsClient.builder(PKI.trust()).build();
        EnginePair.connected(
                anonymous, TlsServer.builder(IDENTITY).ticketKeys(shared).build());
        TlsServer closed = TlsServer.pskBuilder(PskSource.of(List.of(LAMP)))
                .ticketKeys(shared)
                .build();

        Failures.ofServer(EnginePair.of(anonymous, closed), Problem.PSK_UNKNOWN);
    }

    @Test
    void aServerWithoutCertificateRetriesForThoseAloneWhoHaveAKey() throws TlsException {
        // RFC 9846 4.2.4: a retry names the suite, and which one that is depends on the keys that were found.
        TlsServer server = TlsServer.pskBuilder(PskSource.of(List.of(RAW_384))).build();
        ExternalPsk wrongKey = ExternalPsk.dangerRaw(RAW_384.identity(), key(2), Kdf.HKDF_SHA384);
        ExternalPsk unknown = ExternalPsk.dangerRaw(Bytes.ofAscii("lamp 8"), key(2), Kdf.HKDF_SHA384);

        byte[] refusal = answerToFirstFlight(withoutShare(wrongKey), server);
        assertThat(refusal[0]).as("an alert").isEqualTo((byte) 21);
        assertThat(answerToFirstFlight(withoutShare(unknown), server)).isEqualTo(refusal);
        EnginePair honest = EnginePair.connected(withoutShare(RAW_384), server);
        assertThat(honest.client().session().retried()).isTrue();
        assertThat(honest.client().session().suite()).isEqualTo(CipherSuite.TLS_AES_256_GCM_SHA384);
    }

    @Test
    void aServerWithoutCertificateDoesTheSameWorkForAnUnknownIdentityAsForAWrongKey() throws TlsException {
        for (UnaryOperator<ExternalPsk> kind : List.<UnaryOperator<ExternalPsk>>of(
                psk -> psk, psk -> psk.withContext(Bytes.ofAscii("hall")), ExternalPskTest::raw)) {
            ExternalPsk known = kind.apply(LAMP);
            ExternalPsk wrongKey = kind.apply(ExternalPsk.of("lamp 7", key(2)));
            ExternalPsk unknown = kind.apply(ExternalPsk.of("lamp 8", key(2)));
            assertThat(digestsToRefuse(unknown, known)).as("%s", known).isEqualTo(digestsToRefuse(wrongKey, known));
        }
    }

    @Test
    void aServerWithoutCertificateSaysThatItWantsAKey() throws TlsException {
        EnginePair pair = EnginePair.of(
                TlsClient.builder(PKI.trust()).build(),
                TlsServer.pskBuilder(PskSource.of(List.of(LAMP))).build());

        Failures.ofServer(pair, Problem.PSK_REQUIRED);
    }

    @Test
    void aClientWithoutTrustAsksForNoCertificate() throws TlsException {
        EnginePair pair = EnginePair.of(
                TlsClient.pskBuilder(LAMP).build(), TlsServer.builder(IDENTITY).build());

        Failures.ofServer(pair, Problem.MISSING_EXTENSION);
    }

    @Test
    void aClientWithoutTrustDoesNotGoOnAfterARetryThatFitsNoneOfItsKeys() throws TlsException {
        ExternalPsk raw256 = raw(LAMP);
        Policy sha384 = Policy.MODERN_2026_11.withSuites(List.of(CipherSuite.TLS_AES_256_GCM_SHA384));
        EnginePair pair = EnginePair.of(
                withoutShare(raw256), TlsServer.builder(IDENTITY).policy(sha384).build());

        Failures.ofClient(pair, Problem.PSK_NOT_TAKEN);
    }

    @Test
    void aClientWithoutTrustNeedsAKeyForOneOfItsSuites() {
        Policy sha256 = Policy.MODERN_2026_11.withSuites(List.of(CipherSuite.TLS_AES_128_GCM_SHA256));

        assertThatThrownBy(() -> TlsClient.pskBuilder(RAW_384).policy(sha256).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("TLS_AES_128_GCM_SHA256", "lamp 7");
        assertThat(TlsClient.pskBuilder(LAMP).policy(sha256).build().externalPsks())
                .hasSize(1);
    }

    @Test
    void aKeyThatWasWipedUsesUpNoTicket() throws TlsException {
        TlsServer server = TlsServer.builder(IDENTITY).ticketsPerHandshake(1).build();
        TlsClient visitor = TlsClient.builder(PKI.trust()).build();
        EnginePair.connected(visitor, server);
        ExternalPsk wiped = ExternalPsk.of("gone", key(4));
        wiped.wipe();

        TlsClient broken = visitor.toBuilder().externalPsks(LAMP, wiped).build();
        assertThatThrownBy(() -> broken.engine("localhost", 443)).isInstanceOf(IllegalStateException.class);

        assertThat(EnginePair.connected(visitor, server).client().session().resumed())
                .isTrue();
    }

    @Test
    void theSourceMayAnswerLater() throws TlsException {
        CompletableFuture<Optional<ExternalPsk>> answer = new CompletableFuture<>();
        TlsServer server =
                TlsServer.builder(IDENTITY).externalPsks(wanted -> answer).build();
        TlsEngine engine = server.engine();
        EnginePair pair = EnginePair.of(client(LAMP).build().engine("localhost", 443), engine);
        byte[] hello = pair.client().output();
        java.nio.ByteBuffer network = java.nio.ByteBuffer.wrap(hello);
        java.nio.ByteBuffer none = java.nio.ByteBuffer.allocate(0);

        assertThat(engine.receive(network, none)).isEqualTo(TlsEngine.Status.OK);
        assertThat(engine.receive(network, none)).isEqualTo(TlsEngine.Status.NEED_WORK);
        Work work = engine.work().orElseThrow();
        assertThat(work.kind()).isEqualTo(Work.Kind.FIND_PSK);
        CompletableFuture<Void> done = work.start().toCompletableFuture();
        assertThat(done).isNotDone();
        answer.complete(Optional.of(LAMP));
        assertThat(done).isDone();
        pair.shakeHands();
        assertThat(pair.client().session().externalPsk()).isNotNull();
    }

    @Test
    void aSourceThatFailsEndsTheHandshakeAndIsNamed() throws TlsException {
        IllegalStateException broken = new IllegalStateException("the key store is locked");
        for (PskSource source : List.<PskSource>of(wanted -> CompletableFuture.failedFuture(broken), wanted -> {
            throw broken;
        })) {
            TlsServer server = TlsServer.builder(IDENTITY).externalPsks(source).build();
            TlsException failed =
                    Failures.ofServer(EnginePair.of(client(LAMP).build(), server), Problem.PSK_SOURCE_FAILED);
            assertThat(failed).hasMessageContaining("the key store is locked").hasRootCause(broken);
        }
    }

    @Test
    void aSourceThatDoesNotAnswerEndsTheHandshakeInTime() throws TlsException {
        CompletableFuture<Optional<ExternalPsk>> never = new CompletableFuture<>();
        TlsServer server = TlsServer.builder(IDENTITY)
                .externalPsks(wanted -> never)
                .pskSourceTimeout(Duration.ofMillis(1))
                .build()
                .toBuilder()
                .build();

        TlsException failed = Failures.ofServer(EnginePair.of(client(LAMP).build(), server), Problem.PSK_SOURCE_FAILED);
        assertThat(failed).hasMessageContaining("PT0.001S");
        assertThat(never).as("the source's own stage").isNotDone();
    }

    @Test
    void theTimeOfASourceIsMoreThanNothingAndAtMostAMinute() {
        for (Duration wrong : List.of(Duration.ZERO, Duration.ofSeconds(61))) {
            assertThatThrownBy(() -> server(LAMP).pskSourceTimeout(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(wrong.toString());
        }
    }

    @Test
    @SuppressWarnings("NullAway") // A source may be written without NullAway.
    void aSourceThatGivesNullIsNamed() throws TlsException {
        for (PskSource source : List.<PskSource>of(wanted -> null, wanted -> CompletableFuture.completedFuture(null))) {
            TlsServer server = TlsServer.builder(IDENTITY).externalPsks(source).build();
            TlsException failed =
                    Failures.ofServer(EnginePair.of(client(LAMP).build(), server), Problem.PSK_SOURCE_FAILED);
            assertThat(failed).hasMessageContaining("PskSource");
        }
    }

    @Test
    void aTicketIsNoIdentityToAskTheSourceAbout() throws TlsException {
        List<Bytes> asked = new ArrayList<>();
        TlsServer plain = TlsServer.builder(IDENTITY).build();
        TlsClient visitor = TlsClient.builder(PKI.trust()).build();
        EnginePair.connected(visitor, plain);

        EnginePair.connected(
                visitor.toBuilder().externalPsks(LAMP).build(),
                plain.toBuilder()
                        .externalPsks(wanted -> {
                            asked.add(wanted.identity());
                            return CompletableFuture.completedFuture(Optional.empty());
                        })
                        .build());

        assertThat(asked).containsExactly(LAMP.identity());
    }

    @Test
    void aKeyOfAnotherNameThanWasAskedForIsNotUsed() throws TlsException {
        TlsServer careless = TlsServer.builder(IDENTITY)
                .externalPsks(wanted -> CompletableFuture.completedFuture(Optional.of(LAMP)))
                .build();
        EnginePair pair =
                EnginePair.connected(client(ExternalPsk.of("lamp 8", key(1))).build(), careless);

        assertThat(pair.server().session().externalPsk()).isNull();
    }

    @Test
    void onlySomeKeysOfAClientAreLookedUpAndEachOnce() throws TlsException {
        List<PskSource.Request> asked = new ArrayList<>();
        TlsServer server = TlsServer.builder(IDENTITY)
                .externalPsks(wanted -> {
                    asked.add(wanted);
                    return CompletableFuture.completedFuture(Optional.empty());
                })
                .build();
        EnginePair.connected(
                client(named("1"), named("2"), named("3"), named("4")).build(), server);

        assertThat(asked)
                .extracting(PskSource.Request::identity)
                .containsExactly(Bytes.ofAscii("1"), Bytes.ofAscii("2"), Bytes.ofAscii("3"), Bytes.ofAscii("4"));
    }

    @Test
    void whatIsNoGoodKeyIsRefused() {
        assertThatThrownBy(() -> ExternalPsk.of("short", new byte[15])).hasMessageContaining("15");
        assertThatThrownBy(() -> ExternalPsk.of("", new byte[16])).hasMessageContaining("at least 1 byte");
        assertThatThrownBy(() -> ExternalPsk.of("x".repeat(1025), new byte[16])).hasMessageContaining("1025");
        assertThatThrownBy(() -> RAW_384.withContext(Bytes.empty())).isInstanceOf(IllegalStateException.class);
        assertThat(LAMP.toString()).contains("lamp 7").doesNotContain("01010101");
    }

    @Test
    void aRequiredCertificateAndKeysDoNotGoTogether() {
        assertThatThrownBy(() -> server(LAMP)
                        .clientAuthentication(ClientAuthentication.REQUIRED, PKI.trust())
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("WANTED");
    }

    private static TlsClient.Builder client(ExternalPsk... psks) {
        return TlsClient.builder(PKI.trust()).externalPsks(psks);
    }

    private static TlsServer.Builder server(ExternalPsk... psks) {
        return TlsServer.builder(IDENTITY).externalPsks(PskSource.of(List.of(psks)));
    }

    private static TlsClient withoutShare(ExternalPsk psk) {
        return TlsClient.pskBuilder(psk)
                .policy(Policy.MODERN_2026_11.withKeyShares(List.of()))
                .build();
    }

    private static byte[] answerToFirstFlight(TlsClient client, TlsServer server) throws TlsException {
        EnginePair pair = EnginePair.of(client, server);
        byte[] hello = pair.client().output();
        var _ = catchThrowableOfType(TlsException.class, () -> pair.server().input(hello));
        return pair.server().output();
    }

    /** How many digests the server begins until it has refused {@code offered}. */
    private static int digestsToRefuse(ExternalPsk offered, ExternalPsk known) throws TlsException {
        AtomicInteger digests = new AtomicInteger();
        Crypto counting = Crypto.jdk();
        for (SuiteCrypto suite : Crypto.jdk().suites()) {
            counting =
                    counting.with(new SuiteCrypto(suite.suite(), suite.aead(), new CountedHash(suite.hash(), digests)));
        }
        TlsServer server = TlsServer.pskBuilder(PskSource.of(List.of(known)))
                .crypto(counting)
                .build();
        digests.set(0);
        assertThatThrownBy(() -> EnginePair.of(TlsClient.pskBuilder(offered).build(), server)
                        .shakeHands())
                .isInstanceOf(TlsException.class);
        assertThat(digests).hasPositiveValue();
        return digests.get();
    }

    private static ExternalPsk raw(ExternalPsk psk) {
        return ExternalPsk.dangerRaw(psk.identity(), psk.copyKey(), Kdf.HKDF_SHA256);
    }

    /** Counts how often a digest is begun. */
    private record CountedHash(HashAlgorithm hash, AtomicInteger digests) implements HashAlgorithm {
        @Override
        public String name() {
            return hash.name();
        }

        @Override
        public int length() {
            return hash.length();
        }

        @Override
        public int blockLength() {
            return hash.blockLength();
        }

        @Override
        public MessageDigest newDigest() {
            digests.incrementAndGet();
            return hash.newDigest();
        }
    }

    private static ExternalPsk named(String name) {
        return ExternalPsk.of(name, key(9));
    }

    private static byte[] key(int octet) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) octet);
        return key;
    }
}
