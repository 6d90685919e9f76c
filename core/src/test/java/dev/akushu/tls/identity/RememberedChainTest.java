package dev.akushu.tls.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CertificateCheck;
import dev.akushu.tls.CertificateCheck.Kind;
import dev.akushu.tls.ClientAuthentication;
import dev.akushu.tls.Problem;
import dev.akushu.tls.Revocation;
import dev.akushu.tls.Role;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.Trust;
import dev.akushu.tls.Trust.PeerChain;
import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.testing.CertificateRecipe;
import dev.akushu.tls.testing.EnginePair;
import dev.akushu.tls.testing.Issued;
import dev.akushu.tls.testing.RevocationRecipe;
import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.testing.TestPki;
import dev.akushu.tls.trace.TraceEvent;
import java.security.cert.X509CRL;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.x509.CRLReason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When {@link PkixTrust} accepts a chain without checking it anew, and when it does not. */
class RememberedChainTest {
    private static final Instant START = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final TestPki pki = TestPki.create();
    private final Issued leaf = pki.leaf(TestKey.P256, "example.org", "example.com");
    private final RevocationRecipe intermediate = RevocationRecipe.by(pki.intermediate());
    private Instant now = START;

    @Test
    void aChainThatWasAcceptedIsAcceptedAgainAndTheChecksAreThoseOfThen() throws TlsException {
        Trust trust = trust(pki.root());
        List<CertificateCheck> first = trust.verify(server(leaf));
        now = now.plus(MINUTE);
        List<CertificateCheck> second = trust.verify(server(leaf));

        assertThat(first).noneMatch(check -> check.kind() == Kind.REMEMBERED);
        assertThat(second.getFirst())
                .isEqualTo(new CertificateCheck(Kind.REMEMBERED, "CN=example.org", START.toString()));
        assertThat(second.subList(1, second.size())).isEqualTo(first);
    }

    @Test
    void noCertificateIsParsedAndNoSignatureVerifiedForIt() throws TlsException {
        List<SignatureScheme> verified = new ArrayList<>();
        Trust trust = trust(pki.root()).using(NotedSignatures.in(Crypto.jdk(), verified));
        trust.verify(server(leaf));
        assertThat(verified).hasSize(2);

        trust.verify(server(leaf));
        assertThat(verified).hasSize(2);
    }

    @Test
    void anotherHostAnotherRoleAndOtherCertificatesAreCheckedAnew() throws TlsException {
        Trust trust = trust(pki.root());
        trust.verify(server(leaf));
        List<Bytes> more =
                List.of(leaf.der(), pki.intermediate().der(), pki.root().der());

        assertThat(isRemembered(trust, new PeerChain(Role.SERVER, leaf.chainDer(), "example.com", null)))
                .isFalse();
        assertThat(isRemembered(trust, new PeerChain(Role.CLIENT, leaf.chainDer(), null, null)))
                .isFalse();
        assertThat(isRemembered(trust, new PeerChain(Role.SERVER, more, "example.org", null)))
                .isFalse();
        assertThat(isRemembered(trust, server(leaf))).isTrue();
        assertThatThrownBy(() -> trust.verify(new PeerChain(Role.SERVER, leaf.chainDer(), "other.example", null)))
                .isInstanceOfSatisfying(
                        TlsException.class, e -> assertThat(e.problem()).isEqualTo(Problem.HOST_NAME_MISMATCH));
    }

    @Test
    void aRefusalIsNotRemembered() throws TlsException {
        Issued early = pki.issue(host().notBefore(START.plusSeconds(10)));
        Trust trust = trust(pki.root());

        assertRefused(trust, server(early), Problem.CERTIFICATE_NOT_YET_VALID);
        now = START.plusSeconds(10);
        assertThat(isRemembered(trust, server(early))).isFalse();
        assertThat(isRemembered(trust, server(early))).isTrue();
    }

    @Test
    void noVerdictIsOlderThanFiveMinutes() throws TlsException {
        Trust trust = trust(pki.root());
        trust.verify(server(leaf));

        now = START.plus(Duration.ofMinutes(5));
        assertThat(isRemembered(trust, server(leaf))).isTrue();
        now = now.plusSeconds(1);
        assertThat(isRemembered(trust, server(leaf))).isFalse();
    }

    @Test
    void noCertificateOfThePathOutlivesItsLastSecond() throws TlsException {
        Instant end = START.plus(MINUTE);
        Issued shortRoot = CertificateRecipe.authority(TestKey.P256, "CN=Short Root")
                .notAfter(end)
                .selfSigned();
        Issued shortIntermediate = CertificateRecipe.authority(TestKey.P256, "CN=Short")
                .notAfter(end)
                .issuedBy(pki.root());

        assertEnds(trust(pki.root()), pki.issue(host().notAfter(end)), end);
        assertEnds(trust(pki.root()), host().issuedBy(shortIntermediate), end);
        assertEnds(trust(shortRoot), host().issuedBy(shortRoot), end);
    }

    @Test
    void aStapledResponseIsBelievedUntilItsNextUpdate() throws TlsException {
        Instant end = START.plus(MINUTE);
        PeerChain peer = server(leaf, intermediate.nextUpdate(end).good(leaf.certificate()));
        Trust trust = trust(pki.root());
        trust.verify(peer);

        now = end;
        assertThat(isRemembered(trust, peer)).isTrue();
        now = end.plusSeconds(1);
        assertThat(isRemembered(trust, peer)).isFalse();
    }

    @Test
    void aResponseThatSaysRevokedIsAnotherOneThanTheOneBefore() throws TlsException {
        Trust trust = trust(pki.root());
        trust.verify(server(leaf, intermediate.good(leaf.certificate())));

        assertRefused(trust, server(leaf, intermediate.revoked(leaf.certificate())), Problem.CERTIFICATE_REVOKED);
    }

    @Test
    void whatAResponseDoesNotProveIsNotRemembered() throws TlsException {
        Trust withLists = trust(
                pki.root(),
                Revocation.lists(List.of(
                        rootList(), RevocationRecipe.by(pki.intermediate()).list())));
        Bytes ended = intermediate
                .thisUpdate(START.minus(Duration.ofDays(9)))
                .nextUpdate(START.minus(Duration.ofDays(2)))
                .good(leaf.certificate());

        for (Bytes response : List.of(ended, Bytes.fromHex("3000"))) {
            for (Trust trust : List.of(trust(pki.root()), withLists)) {
                assertThat(isRemembered(trust, server(leaf, response))).isFalse();
                assertThat(isRemembered(trust, server(leaf, response))).isFalse();
            }
        }
    }

    /** RFC 6960 4.2.2.1: without nextUpdate newer information is there all the time. */
    @Test
    void aResponseThatNamesNoEndIsNotRemembered() throws TlsException {
        PeerChain peer =
                server(leaf, intermediate.thisUpdate(START).withoutNextUpdate().good(leaf.certificate()));
        Trust trust = trust(pki.root());

        assertThat(trust.verify(peer)).anyMatch(check -> check.kind() == Kind.REVOCATION);
        assertThat(isRemembered(trust, peer)).isFalse();
    }

    @Test
    void whatListsSayIsRememberedUntilTheFirstOfThemIsToBeReplaced() throws TlsException {
        Instant end = START.plus(MINUTE);
        X509CRL own = intermediate.nextUpdate(end).list();
        Trust trust = trust(pki.root(), Revocation.lists(List.of(rootList(), own)));
        trust.verify(server(leaf));

        now = end;
        assertThat(isRemembered(trust, server(leaf))).isTrue();
        now = end.plusSeconds(1);
        assertRefused(trust, server(leaf), Problem.REVOCATION_UNKNOWN);
    }

    @Test
    void aListOfTheFutureCountsFromItsFirstSecondOn() throws TlsException {
        Instant begin = START.plus(MINUTE);
        X509CRL clean = intermediate.list();
        X509CRL later = RevocationRecipe.by(pki.intermediate())
                .revoking(leaf.certificate(), CRLReason.superseded)
                .thisUpdate(begin)
                .list();
        Trust trust = trust(pki.root(), Revocation.lists(List.of(rootList(), clean, later)));
        trust.verify(server(leaf));

        now = begin.minusSeconds(1);
        assertThat(isRemembered(trust, server(leaf))).isTrue();
        now = begin;
        assertRefused(trust, server(leaf), Problem.CERTIFICATE_REVOKED);
    }

    @Test
    void whatIsUnknownIsNotRememberedThoughItIsAccepted() throws TlsException {
        Trust trust = trust(pki.root(), Revocation.lists(List.of(rootList())).dangerAcceptUnknown());

        assertThat(isRemembered(trust, server(leaf))).isFalse();
        assertThat(isRemembered(trust, server(leaf))).isFalse();
    }

    @Test
    void whereTheNetworkIsAskedOnlyTheResponseOfThePeerIsRemembered() throws TlsException {
        Trust trust = trust(pki.root(), Revocation.network().forOwnCertificateOnly());
        PeerChain peer = server(leaf, intermediate.good(leaf.certificate()));

        assertThat(isRemembered(trust, peer)).isFalse();
        assertThat(isRemembered(trust, peer)).isTrue();
    }

    @Test
    void eachTrustHasAMemoryOfItsOwn() throws TlsException {
        Crypto crypto = Crypto.jdk();
        Trust trust = trust(pki.root()).using(crypto);
        trust.verify(server(leaf));

        assertThat(isRemembered(trust.using(Crypto.jdk()), server(leaf)))
                .as("other cryptography may come to another verdict")
                .isFalse();
        assertThat(isRemembered(trust(pki.root()), server(leaf))).isFalse();
        assertThat(isRemembered(trust.using(crypto), server(leaf))).isTrue();
    }

    @Test
    void aClientTellsOfTheMemoryInItsSecondFullHandshakeAndSoDoItsCopies() throws TlsException {
        List<TraceEvent.PeerChainVerified> told = new ArrayList<>();
        TlsClient client = TlsClient.builder(pki.trust())
                .observer(event -> note(event, told))
                .build();
        TlsServer server = TlsServer.builder(pki.leaf(TestKey.P256, "localhost").identity())
                .ticketsPerHandshake(0)
                .build();
        EnginePair.connected(client, server);
        EnginePair.connected(client, server);
        EnginePair.connected(client.toBuilder().build(), server);

        assertThat(told)
                .extracting(verified -> verified.checks().getFirst().kind() == Kind.REMEMBERED)
                .containsExactly(false, true, true);
    }

    @Test
    void aServerRemembersItsClients() throws TlsException {
        List<TraceEvent.PeerChainVerified> told = new ArrayList<>();
        TlsServer server = TlsServer.builder(pki.leaf(TestKey.P256, "localhost").identity())
                .clientAuthentication(ClientAuthentication.REQUIRED, pki.trust())
                .observer(event -> note(event, told))
                .build();
        Issued alice = pki.leaf(TestKey.P256, "alice");
        for (int i = 0; i < 2; i++) {
            EnginePair.connected(
                    TlsClient.builder(pki.trust()).identity(alice.identity()).build(), server);
        }

        assertThat(told)
                .extracting(verified -> verified.checks().getFirst().kind() == Kind.REMEMBERED)
                .containsExactly(false, true);
    }

    private static void note(TraceEvent event, List<TraceEvent.PeerChainVerified> told) {
        if (event instanceof TraceEvent.PeerChainVerified verified) {
            told.add(verified);
        }
    }

    private void assertEnds(Trust trust, Issued own, Instant end) throws TlsException {
        now = START;
        trust.verify(server(own));
        now = end;
        assertThat(isRemembered(trust, server(own))).isTrue();
        now = end.plusSeconds(1);
        assertRefused(trust, server(own), Problem.CERTIFICATE_EXPIRED);
    }

    private static void assertRefused(Trust trust, PeerChain peer, Problem problem) {
        assertThatThrownBy(() -> trust.verify(peer))
                .isInstanceOfSatisfying(
                        TlsException.class, e -> assertThat(e.problem()).isEqualTo(problem));
    }

    private static boolean isRemembered(Trust trust, PeerChain peer) throws TlsException {
        return trust.verify(peer).getFirst().kind() == Kind.REMEMBERED;
    }

    private PkixTrust trust(Issued root) {
        InstantSource clock = () -> now;
        return PkixTrust.of(List.of(root.certificate()), "test roots").withClock(clock);
    }

    private PkixTrust trust(Issued root, Revocation revocation) {
        return trust(root).withRevocation(revocation);
    }

    private X509CRL rootList() {
        return RevocationRecipe.by(pki.root()).list();
    }

    private static CertificateRecipe host() {
        return CertificateRecipe.host(TestKey.P256, "example.org");
    }

    private static PeerChain server(Issued own) {
        return server(own, null);
    }

    private static PeerChain server(Issued own, @Nullable Bytes ocspResponse) {
        return new PeerChain(Role.SERVER, own.chainDer(), "example.org", ocspResponse);
    }
}
