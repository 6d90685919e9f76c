package dev.akushu.tls.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CertificateCheck;
import dev.akushu.tls.ChainChecks;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.Trust;
import dev.akushu.tls.Trust.PeerChain;
import dev.akushu.tls.testing.CertificateRecipe;
import dev.akushu.tls.testing.Issued;
import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.testing.TestPki;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A refusal tells which checks had passed, which failed by what values, and which were not reached. */
class ChainChecksTest {
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private static final Instant YESTERDAY = NOW.minus(Duration.ofDays(1));
    private static final String LEAF = "CN=example.org";
    private static final String INTERMEDIATE = "CN=Test Intermediate, O=Akushu";
    private static final String ROOT = "CN=Test Root, O=Akushu";

    private final TestPki pki = TestPki.create();

    @Test
    void hostNameFailsAfterAllElseHasPassed() {
        ChainChecks checks = refusal(pki.root(), pki.issue(host()).chainDer(), "other.example");

        assertThat(names(checks.passed()))
                .containsExactly(
                        "SIGNATURE " + LEAF,
                        "VALIDITY " + LEAF,
                        "USAGE " + LEAF,
                        "SIGNATURE " + INTERMEDIATE,
                        "VALIDITY " + INTERMEDIATE,
                        "AUTHORITY " + INTERMEDIATE,
                        "TRUST_ANCHOR " + ROOT);
        assertThat(checks.passed()).noneMatch(check -> check.detail().isEmpty());
        assertThat(name(checks.failed())).isEqualTo("HOST_NAME " + LEAF);
        assertThat(checks.failed().detail()).isEqualTo("expected other.example, names [example.org]");
        assertThat(checks.notReached()).isEmpty();
    }

    @Test
    void expiredLeafFailsBeforeAnySignatureIsVerified() {
        CertificateRecipe expired = host().notBefore(YESTERDAY.minusSeconds(9)).notAfter(YESTERDAY);

        ChainChecks checks = refusal(pki.root(), pki.issue(expired).chainDer(), "example.org");

        assertThat(checks.passed()).isEmpty();
        assertThat(name(checks.failed())).isEqualTo("VALIDITY " + LEAF);
        assertThat(checks.failed().detail()).isEqualTo("notAfter " + YESTERDAY + ", now " + NOW);
        assertThat(names(checks.notReached()))
                .contains("SIGNATURE " + LEAF, "VALIDITY " + INTERMEDIATE, "TRUST_ANCHOR " + ROOT, "HOST_NAME " + LEAF);
    }

    @Test
    void signatureOfTheLeafFailsAfterThoseAboveItHavePassed() {
        Issued other = CertificateRecipe.authority(TestKey.P256, "O=Akushu, CN=Test Intermediate")
                .issuedBy(pki.root());
        List<Bytes> chain =
                List.of(host().issuedBy(other).der(), pki.intermediate().der());

        ChainChecks checks = refusal(pki.root(), chain, "example.org");

        assertThat(names(checks.passed()))
                .containsExactly(
                        "VALIDITY " + LEAF,
                        "SIGNATURE " + INTERMEDIATE,
                        "VALIDITY " + INTERMEDIATE,
                        "AUTHORITY " + INTERMEDIATE);
        assertThat(name(checks.failed())).isEqualTo("SIGNATURE " + LEAF);
        assertThat(names(checks.notReached()))
                .containsExactly("USAGE " + LEAF, "TRUST_ANCHOR " + ROOT, "HOST_NAME " + LEAF);
    }

    @Test
    void withoutAnAnchorNothingElseIsReached() {
        Issued stranger =
                CertificateRecipe.authority(TestKey.P256, "CN=Stranger").selfSigned();

        ChainChecks checks = refusal(stranger, pki.issue(host()).chainDer(), "example.org");

        assertThat(checks.passed()).isEmpty();
        assertThat(name(checks.failed())).isEqualTo("TRUST_ANCHOR " + INTERMEDIATE);
        assertThat(checks.failed().detail()).contains("issuer " + ROOT).contains("anchors 1");
        assertThat(names(checks.notReached())).contains("SIGNATURE " + LEAF, "HOST_NAME " + LEAF);
    }

    @Test
    void everyCheckOfAChainIsAccountedForOnce() throws Exception {
        Trust trust = trusting(pki.root().certificate());
        List<Bytes> chain = pki.issue(host()).chainDer();
        List<String> accepted = names(trust.verify(server(chain, "example.org")));

        ChainChecks checks = refusal(pki.root(), chain, "other.example");

        List<CertificateCheck> all = new ArrayList<>(checks.passed());
        all.add(checks.failed());
        all.addAll(checks.notReached());
        assertThat(names(all)).containsExactlyInAnyOrderElementsOf(accepted);
    }

    private static CertificateRecipe host() {
        return CertificateRecipe.host(TestKey.P256, "example.org");
    }

    private static ChainChecks refusal(Issued root, List<Bytes> chain, String hostName) {
        List<ChainChecks> found = new ArrayList<>();
        assertThatThrownBy(() -> trusting(root.certificate()).verify(server(chain, hostName)))
                .isInstanceOfSatisfying(
                        TlsException.CertificateRejected.class,
                        refused -> found.add(refused.checks().orElseThrow()));
        return found.getFirst();
    }

    private static List<String> names(List<CertificateCheck> checks) {
        return checks.stream().map(ChainChecksTest::name).toList();
    }

    private static String name(CertificateCheck check) {
        return check.kind() + " " + check.subject();
    }

    private static Trust trusting(X509Certificate root) {
        return PkixTrust.of(List.of(root), "test roots").withClock(InstantSource.fixed(NOW));
    }

    private static PeerChain server(List<Bytes> chain, String hostName) {
        return new PeerChain(Role.SERVER, chain, hostName, null);
    }
}
