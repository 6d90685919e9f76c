package dev.akushu.tls.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.Problem;
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
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;

/** What {@link PkixTrust} refuses, and what it says about it. */
class PkixTrustRefusalTest {
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private static final String INTERMEDIATE = "CN=Test Intermediate, O=Akushu";
    private static final String ROOT = "CN=Test Root, O=Akushu";

    private final TestPki pki = TestPki.create();

    @Test
    void expiredCertificateIsNamedWhereverItIsInTheChain() {
        Instant yesterday = NOW.minus(Duration.ofDays(1));
        CertificateRecipe host = CertificateRecipe.host(TestKey.P256, "example.org");
        Issued expiredLeaf = pki.issue(host.notBefore(yesterday.minusSeconds(9)).notAfter(yesterday));
        Issued expiredCa = CertificateRecipe.authority(TestKey.P256, "CN=Old CA")
                .notBefore(yesterday.minusSeconds(9))
                .notAfter(yesterday)
                .issuedBy(pki.root());
        Issued underExpiredCa =
                CertificateRecipe.host(TestKey.P256, "example.org").issuedBy(expiredCa);
        Issued expiredRoot = CertificateRecipe.authority(TestKey.P256, "CN=Old Root")
                .notBefore(yesterday.minusSeconds(9))
                .notAfter(yesterday)
                .selfSigned();
        Issued underExpiredRoot =
                CertificateRecipe.host(TestKey.P256, "example.org").issuedBy(expiredRoot);

        refused(pki.root(), expiredLeaf, Problem.CERTIFICATE_EXPIRED, "CN=example.org", yesterday, NOW);
        refused(pki.root(), underExpiredCa, Problem.CERTIFICATE_EXPIRED, "CN=Old CA", yesterday, NOW);
        refused(expiredRoot, underExpiredRoot, Problem.CERTIFICATE_EXPIRED, "CN=Old Root", yesterday, NOW);
    }

    @Test
    void certificateOfTheFutureIsNotYetValid() {
        Instant tomorrow = NOW.plus(Duration.ofDays(1));
        Issued leaf =
                pki.issue(CertificateRecipe.host(TestKey.P256, "example.org").notBefore(tomorrow));

        refused(pki.root(), leaf, Problem.CERTIFICATE_NOT_YET_VALID, "CN=example.org", tomorrow, NOW);
    }

    @Test
    void selfSignedCertificateThatNobodyTrustsIsNamedSo() {
        Issued leaf = CertificateRecipe.host(TestKey.P256, "example.org").selfSigned();

        refused(pki.root(), leaf, Problem.SELF_SIGNED, "CN=example.org", 1, "test roots");
    }

    @Test
    void rootThatIsSentAlongButNotTrustedIsNamed() {
        TestPki other = TestPki.create();
        Issued leaf = other.issue(CertificateRecipe.host(TestKey.P256, "example.org"));
        Issued root =
                CertificateRecipe.authority(TestKey.P256, "CN=Unknown Root").selfSigned();

        refused(root, with(leaf.chainDer(), other.root().der()), Problem.SELF_SIGNED, ROOT, 1, "test roots");
    }

    @Test
    void missingIntermediateIsNamedWithWhatWasReceived() {
        Issued leaf = pki.leaf(TestKey.P256, "example.org");

        refused(
                pki.root(),
                List.of(leaf.der()),
                Problem.UNKNOWN_ISSUER,
                "CN=example.org",
                INTERMEDIATE,
                List.of("CN=example.org"),
                1,
                "test roots");
    }

    @Test
    void issuerThatIsMissingIsThatOfTheLastCertificateWhichLeadsOn() {
        Issued root =
                CertificateRecipe.authority(TestKey.P256, "CN=Unknown Root").selfSigned();
        Issued stranger = CertificateRecipe.host(TestKey.P256, "example.com").issuedBy(root);
        Issued leaf = pki.leaf(TestKey.P256, "example.org");

        refused(
                root,
                List.of(leaf.der(), stranger.der(), pki.intermediate().der()),
                Problem.UNKNOWN_ISSUER,
                INTERMEDIATE,
                ROOT,
                List.of("CN=example.org", "CN=example.com", INTERMEDIATE),
                1,
                "test roots");
    }

    @Test
    void issuerThatIsNoCaIsNamed() {
        Issued noCa = pki.leaf(TestKey.P256, "example.com");
        refused(pki.root(), underneath(noCa), Problem.NOT_A_CA, "CN=example.com");

        Issued withoutTheFlag = CertificateRecipe.authority(TestKey.P256, "CN=No CA")
                .extension(Extension.basicConstraints, true, new BasicConstraints(false))
                .issuedBy(pki.root());
        refused(pki.root(), underneath(withoutTheFlag), Problem.NOT_A_CA, "CN=No CA");

        Issued withoutTheUsage = CertificateRecipe.authority(TestKey.P256, "CN=No CA")
                .keyUsage(KeyUsage.cRLSign)
                .issuedBy(pki.root());
        refused(pki.root(), underneath(withoutTheUsage), Problem.NOT_A_CA, "CN=No CA");
    }

    @Test
    void anchorThatIsNoCaIssuesNothing() {
        Issued pinned = CertificateRecipe.host(TestKey.P256, "example.com")
                .keys(TestKey.P256.fresh())
                .selfSigned();

        refused(pinned, underneath(pinned), Problem.NOT_A_CA, "CN=example.com");
    }

    @Test
    void forgedCertificateIsNamedWithItsPretendedIssuer() {
        // The same names, but keys of their own.
        TestPki impostor = TestPki.create();
        Issued leaf = impostor.leaf(TestKey.P256, "example.org");

        refused(pki.root(), leaf, Problem.CERTIFICATE_SIGNATURE_INVALID, INTERMEDIATE, ROOT);
        refused(
                pki.root(),
                List.of(leaf.der(), pki.intermediate().der()),
                Problem.CERTIFICATE_SIGNATURE_INVALID,
                "CN=example.org",
                INTERMEDIATE);
    }

    @Test
    void keyOfAnotherKindCannotHaveSigned() {
        Issued root = CertificateRecipe.authority(TestKey.RSA_2048, "O=Akushu, CN=Test Root")
                .selfSigned();

        refused(root, pki.leaf(TestKey.P256, "example.org"), Problem.CERTIFICATE_SIGNATURE_INVALID, INTERMEDIATE, ROOT);
    }

    @Test
    void certificateForAnotherUseIsRefused() {
        Issued client =
                pki.issue(CertificateRecipe.host(TestKey.P256, "example.org").purposes(KeyPurposeId.id_kp_clientAuth));
        refused(pki.root(), client, Problem.CERTIFICATE_USAGE, "CN=example.org", "serverAuth", List.of("clientAuth"));

        Issued encipherment = pki.issue(
                CertificateRecipe.host(TestKey.RSA_2048, "example.org").keyUsage(KeyUsage.keyEncipherment));
        refused(
                pki.root(),
                encipherment,
                Problem.CERTIFICATE_USAGE,
                "CN=example.org",
                "digitalSignature",
                List.of("keyEncipherment"));
    }

    @Test
    void serverCertificateIsNotGoodForAClient() {
        Issued server =
                pki.issue(CertificateRecipe.host(TestKey.P256, "example.org").purposes(KeyPurposeId.id_kp_serverAuth));
        PeerChain peer = new PeerChain(Role.CLIENT, server.chainDer(), null, null);

        assertDiagnosis(
                pki.trust(), peer, Problem.CERTIFICATE_USAGE, "CN=example.org", "clientAuth", List.of("serverAuth"));
    }

    @Test
    void extKeyUsageThatNamesNoUseIsMalformed() {
        Issued leaf = pki.issue(CertificateRecipe.host(TestKey.P256, "example.org")
                .extension(Extension.extendedKeyUsage, false, new DERSequence()));
        assertThatThrownBy(() -> pki.trust().verify(server(leaf.chainDer())))
                .isInstanceOfSatisfying(TlsException.class, e -> {
                    assertThat(e.problem()).isEqualTo(Problem.CERTIFICATE_UNPARSABLE);
                    assertThat(e.diagnosis().fact("reason")).isEqualTo("KeyPurposeId is missing");
                });
    }

    @Test
    void caForAnotherUseDoesNotIssueForThisOne() {
        Issued mailCa = CertificateRecipe.authority(TestKey.P256, "CN=Mail CA")
                .purposes(KeyPurposeId.id_kp_emailProtection)
                .issuedBy(pki.root());

        refused(
                pki.root(),
                underneath(mailCa),
                Problem.CERTIFICATE_USAGE,
                "CN=Mail CA",
                "serverAuth",
                List.of("emailProtection"));
    }

    @Test
    void weakSignatureIsRefused() {
        // RFC 9846 4.5.1.3.
        Issued root =
                CertificateRecipe.authority(TestKey.RSA_2048, "CN=RSA Root").selfSigned();
        refused(
                root,
                CertificateRecipe.host(TestKey.P256, "example.org")
                        .signature("SHA1withRSA")
                        .issuedBy(root),
                Problem.WEAK_CERTIFICATE,
                "CN=example.org",
                "sha1WithRSAEncryption");
        refused(
                root,
                CertificateRecipe.host(TestKey.P256, "example.org")
                        .signature("MD5withRSA")
                        .issuedBy(root),
                Problem.WEAK_CERTIFICATE,
                "CN=example.org",
                "md5WithRSAEncryption");
        refused(
                pki.root(),
                CertificateRecipe.host(TestKey.P256, "example.org")
                        .signature("SHA1withECDSA")
                        .issuedBy(pki.root()),
                Problem.WEAK_CERTIFICATE,
                "CN=example.org",
                "ecdsa-with-SHA1");
    }

    @Test
    void weakSignatureOfAnAnchorDoesNotMatterBecauseNobodyVerifiesIt() throws TlsException {
        Issued root = CertificateRecipe.authority(TestKey.RSA_2048, "CN=RSA Root")
                .signature("SHA1withRSA")
                .selfSigned();
        Issued leaf = CertificateRecipe.host(TestKey.P256, "example.org").issuedBy(root);

        assertThat(trusting(root.certificate()).verify(server(leaf.chainDer()))).isNotEmpty();
    }

    @Test
    void weakKeyIsRefusedInEveryCertificate() {
        refused(
                pki.root(),
                pki.leaf(TestKey.RSA_1024, "example.org"),
                Problem.WEAK_CERTIFICATE,
                "CN=example.org",
                "RSA 1024 bits");
        Issued root =
                CertificateRecipe.authority(TestKey.RSA_1024, "CN=RSA Root").selfSigned();
        refused(root, underneath(root), Problem.WEAK_CERTIFICATE, "CN=RSA Root", "RSA 1024 bits");
    }

    @Test
    void anchorThatMayNotSignCertificatesIssuesNothing() {
        Issued root = CertificateRecipe.authority(TestKey.P256, "CN=Root for Lists")
                .keyUsage(KeyUsage.cRLSign)
                .selfSigned();

        refused(root, underneath(root), Problem.NOT_A_CA, "CN=Root for Lists");
    }

    @Test
    void anchorWithACriticalExtensionThatNobodyKnowsIsNotTrusted() {
        Issued root = CertificateRecipe.authority(TestKey.P256, "CN=Strange Root")
                .extension(new ASN1ObjectIdentifier("1.3.6.1.4.1.4711"), true, DERNull.INSTANCE)
                .selfSigned();
        Issued pinned = CertificateRecipe.host(TestKey.P256, "example.org")
                .extension(new ASN1ObjectIdentifier("1.3.6.1.4.1.4711"), true, DERNull.INSTANCE)
                .selfSigned();
        String reason = "it has a critical extension that is not known here";

        refused(root, underneath(root), Problem.CERTIFICATE_PATH_INVALID, "CN=Strange Root", reason);
        refused(pinned, pinned, Problem.CERTIFICATE_PATH_INVALID, "CN=example.org", reason);
    }

    @Test
    void pathLengthConstraintIsObeyed() {
        Issued last = CertificateRecipe.authority(TestKey.P256, "CN=Last CA")
                .extension(Extension.basicConstraints, true, new BasicConstraints(0))
                .issuedBy(pki.root());
        Issued oneMore =
                CertificateRecipe.authority(TestKey.P256, "CN=One More").issuedBy(last);

        refused(
                pki.root(),
                underneath(oneMore),
                Problem.CERTIFICATE_PATH_INVALID,
                "CN=One More",
                "it is further down than the pathLenConstraint of an issuer allows");
    }

    @Test
    void criticalExtensionThatNobodyKnowsIsRefused() {
        Issued leaf = pki.issue(CertificateRecipe.host(TestKey.P256, "example.org")
                .extension(new ASN1ObjectIdentifier("1.3.6.1.4.1.4711"), true, DERNull.INSTANCE));

        refused(
                pki.root(),
                leaf,
                Problem.CERTIFICATE_PATH_INVALID,
                "CN=example.org",
                "it has a critical extension that is not known here");
    }

    @Test
    void certificateForAnotherHostIsRefusedWithTheNamesItHas() {
        Issued leaf = pki.leaf(TestKey.P256, "example.com", "*.example.com", "192.0.2.1");

        refused(
                pki.root(),
                leaf,
                Problem.HOST_NAME_MISMATCH,
                "example.org",
                List.of("example.com", "*.example.com", "192.0.2.1"));
    }

    @Test
    void commonNameIsNoHostName() {
        Issued leaf = pki.issue(CertificateRecipe.host(TestKey.P256).subject("CN=example.org"));

        refused(pki.root(), leaf, Problem.HOST_NAME_MISMATCH, "example.org", List.of());
    }

    @Test
    void pathIsReportedBeforeTheHostName() {
        Issued leaf = CertificateRecipe.host(TestKey.P256, "example.com").selfSigned();

        refused(pki.root(), leaf, Problem.SELF_SIGNED, "CN=example.com", 1, "test roots");
    }

    @Test
    void chainOfAbsurdLengthIsNotEvenRead() {
        refused(pki.root(), Collections.nCopies(11, Bytes.fromHex("00")), Problem.CERTIFICATE_CHAIN_TOO_LONG, 11, 10);
    }

    @Test
    void bytesThatAreNoCertificateAreRefused() {
        refused(
                pki.root(),
                List.of(Bytes.fromHex("3000")),
                Problem.CERTIFICATE_UNPARSABLE,
                2,
                "tbsCertificate is missing");
    }

    @Test
    void intermediateThatCannotBeReadIsReportedIfItWasNeeded() {
        Issued leaf = pki.leaf(TestKey.P256, "example.org");
        refused(
                pki.root(),
                List.of(leaf.der(), Bytes.fromHex("3000")),
                Problem.CERTIFICATE_UNPARSABLE,
                2,
                "tbsCertificate is missing");
    }

    @Test
    void certificateThatTheJdkRefusesIsRefusedWithItsWords() throws Exception {
        Bytes certificate = JdkRefuses.certificate();
        assertThatThrownBy(() -> pki.trust().verify(server(List.of(certificate))))
                .isInstanceOfSatisfying(TlsException.class, e -> {
                    assertThat(e.problem()).isEqualTo(Problem.CERTIFICATE_UNPARSABLE);
                    assertThat((String) e.diagnosis().fact("reason"))
                            .startsWith("example.org is refused by the JDK: ")
                            .contains("SubjectAlternativeName");
                });
    }

    @Test
    void chainThatCanBeOrderedInManyWaysIsTriedInFew() throws TlsException {
        // Nine CAs that all have one name and keys of their own: 9! orders of them are chains of names.
        List<Bytes> sameName = IntStream.range(0, 9)
                .mapToObj(i -> CertificateRecipe.authority(TestKey.P256, "O=Akushu, CN=Test Root")
                        .issuedBy(pki.root())
                        .der())
                .toList();
        Issued leaf = CertificateRecipe.host(TestKey.P256, "example.org")
                .issuedBy(CertificateRecipe.authority(TestKey.P256, "O=Akushu, CN=Test Root")
                        .selfSigned());
        List<Bytes> chain =
                Stream.concat(Stream.of(leaf.der()), sameName.stream()).toList();

        TrustAnchors anchors = TrustAnchors.of(pki.anchors(), "test roots");
        ReceivedChain received = ReceivedChain.read(
                chain, CertificateReader.of(leaf.der()), null, new RememberedSignatures(), new KnownCertificates<>());
        assertThat(PathSearch.search(received, anchors).paths()).hasSize(16);
        refused(pki.root(), chain, Problem.CERTIFICATE_SIGNATURE_INVALID, "CN=example.org", ROOT);
    }

    private static Issued underneath(Issued issuer) {
        return CertificateRecipe.host(TestKey.P256, "example.org").issuedBy(issuer);
    }

    private static void refused(Issued root, Issued leaf, Problem problem, Object... facts) {
        refused(root, leaf.chainDer(), problem, facts);
    }

    private static void refused(Issued root, List<Bytes> chain, Problem problem, Object... facts) {
        assertDiagnosis(trusting(root.certificate()), server(chain), problem, facts);
    }

    private static void assertDiagnosis(Trust trust, PeerChain peer, Problem problem, Object... facts) {
        assertThatThrownBy(() -> trust.verify(peer))
                .isInstanceOfSatisfying(
                        TlsException.class, e -> assertThat(e.diagnosis()).isEqualTo(problem.diagnosis(facts)));
    }

    private static Trust trusting(X509Certificate root) {
        return PkixTrust.of(List.of(root), "test roots").withClock(InstantSource.fixed(NOW));
    }

    private static PeerChain server(List<Bytes> chain) {
        return new PeerChain(Role.SERVER, chain, "example.org", null);
    }

    private static List<Bytes> with(List<Bytes> chain, Bytes more) {
        return Stream.concat(chain.stream(), Stream.of(more)).toList();
    }
}
