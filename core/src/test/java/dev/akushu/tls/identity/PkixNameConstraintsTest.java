package dev.akushu.tls.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.Diagnosis;
import dev.akushu.tls.Problem;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.Trust.PeerChain;
import dev.akushu.tls.testing.CertificateRecipe;
import dev.akushu.tls.testing.Issued;
import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.testing.TestPki;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.OtherName;
import org.bouncycastle.asn1.x509.PolicyConstraints;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Name constraints, RFC 5280 section 4.2.1.10, of intermediates and of roots. */
class PkixNameConstraintsTest {
    private final Issued root = TestPki.create().root();

    @Test
    void nameOutsideOfWhatAnIntermediateMayCertifyIsRefused() throws TlsException {
        Issued issuer = intermediate(permitting(dns("example.com")));

        accepted(root, issuer, "www.example.com");
        notAllowed(root, issuer, "example.org", "CN=Constrained CA");
    }

    @Test
    void nameOutsideOfWhatARootMayCertifyIsRefused() throws TlsException {
        // The JDK passes over the constraints of an anchor.
        Issued constrained = root(permitting(dns("example.com")));
        Issued below =
                CertificateRecipe.authority(TestKey.P256, "CN=Issuing CA").issuedBy(constrained);

        accepted(constrained, below, "www.example.com");
        notAllowed(constrained, constrained, "example.org", "CN=Constrained Root");
        notAllowed(constrained, below, "example.org", "CN=Constrained Root");
    }

    @Test
    void wildcardDoesNotReachWhatIsExcluded() throws TlsException {
        Issued issuer = intermediate(excluding(dns("secret.example.com")));
        Issued leaf = CertificateRecipe.host(TestKey.P256, "*.example.com").issuedBy(issuer);

        assertThat(verify(root, leaf, "www.example.com")).isTrue();
        for (String secret : List.of("Secret.example.com", "secret.example.com.")) {
            assertDiagnosis(
                    root,
                    leaf,
                    secret,
                    Problem.NAME_NOT_ALLOWED.diagnosis("CN=any.example.com", secret, "CN=Constrained CA"));
        }
    }

    @Test
    void wildcardIsRefusedIfItReachesWhatIsExcludedAndTheHostIsNotKnown() throws TlsException {
        Issued issuer = intermediate(excluding(dns("secret.example.com")));
        Issued reaching = CertificateRecipe.host(TestKey.P256, "*.example.com").issuedBy(issuer);
        Issued elsewhere = CertificateRecipe.host(TestKey.P256, "*.example.org").issuedBy(issuer);

        assertThat(verify(root, elsewhere, null)).isTrue();
        assertDiagnosis(
                root,
                reaching,
                null,
                Problem.NAME_NOT_ALLOWED.diagnosis("CN=any.example.com", "*.example.com", "CN=Constrained CA"));
    }

    @Test
    void anchorThatIsNoRootConstrainsToo() throws TlsException {
        Issued constrained = intermediate(permitting(dns("example.com")));

        accepted(constrained, constrained, "www.example.com");
        notAllowed(constrained, constrained, "example.org", "CN=Constrained CA");
    }

    @Test
    void commonNameIsNoHostToConstrain() throws TlsException {
        // RFC 9525 section 2. The JDK takes it for one where no DNS name, or no address, is among the alternative
        // names.
        Issued issuer = intermediate(permitting(dns("example.com")));
        Issued below =
                CertificateRecipe.authority(TestKey.P256, "CN=Issuing-CA").issuedBy(issuer);
        Issued address = CertificateRecipe.host(TestKey.P256, "192.0.2.1")
                .subject("CN=elsewhere.example.org")
                .issuedBy(issuer);
        Issued client = CertificateRecipe.host(TestKey.P256).subject("CN=alice").issuedBy(below);

        assertThat(verify(root, address, "192.0.2.1")).isTrue();
        assertThat(verify(root, client, null)).isTrue();
        accepted(root, below, "www.example.com");
        notAllowed(root, below, "example.org", "CN=Constrained CA");
    }

    @Test
    void everyLinkIsStillCheckedWhereTheCommonNameIsPassedOver() {
        Issued issuer = intermediate(permitting(dns("example.com")));
        Issued impostor = CertificateRecipe.authority(TestKey.P256, "CN=Constrained CA")
                .issuedBy(CertificateRecipe.authority(TestKey.P256, "O=Akushu, CN=Test Root")
                        .selfSigned());
        Issued forged = CertificateRecipe.host(TestKey.P256)
                .subject("CN=alice")
                .issuedBy(new Issued(issuer.certificate(), impostor.key(), issuer.kind(), issuer.chain()));

        assertDiagnosis(
                root, forged, null, Problem.CERTIFICATE_SIGNATURE_INVALID.diagnosis("CN=alice", "CN=Constrained CA"));
    }

    @Test
    void demandForPoliciesIsNotPassedOverWithTheCommonName() {
        Issued issuer = CertificateRecipe.authority(TestKey.P256, "CN=Constrained CA")
                .extension(Extension.nameConstraints, true, permitting(dns("example.com")))
                .extension(Extension.policyConstraints, true, new PolicyConstraints(BigInteger.ZERO, null))
                .issuedBy(root);
        Issued client = CertificateRecipe.host(TestKey.P256).subject("CN=alice").issuedBy(issuer);

        assertThatThrownBy(() -> verify(root, client, null))
                .isInstanceOfSatisfying(
                        TlsException.class, e -> assertThat(e.problem()).isEqualTo(Problem.CERTIFICATE_PATH_INVALID));
    }

    @Test
    void whatACaIssuedToItselfMayHaveAnyName() throws TlsException {
        // RFC 5280 6.1.3, for a change of keys.
        Issued issuer = CertificateRecipe.authority(TestKey.P256, "O=Elsewhere, CN=CA")
                .extension(Extension.nameConstraints, true, permitting(directory("O=Akushu"), dns("example.com")))
                .issuedBy(root);
        Issued next =
                CertificateRecipe.authority(TestKey.P256, "O=Elsewhere, CN=CA").issuedBy(issuer);
        Issued leaf = CertificateRecipe.host(TestKey.P256, "www.example.com")
                .subject("O=Akushu, CN=Test")
                .issuedBy(next);

        List<X509Certificate> chain = List.of(leaf.certificate(), next.certificate(), issuer.certificate());

        assertThat(verify(root, new Issued(leaf.certificate(), leaf.key(), leaf.kind(), chain), "www.example.com"))
                .isTrue();
    }

    @Test
    void nameOfAKindThatIsConstrainedAndCannotBeComparedIsRefused() {
        GeneralName other = new GeneralName(
                GeneralName.otherName,
                new OtherName(new ASN1ObjectIdentifier("1.3.6.1.4.1.311.20.2.3"), new DERUTF8String("somebody")));
        Issued issuer = intermediate(excluding(other));
        Issued leaf = CertificateRecipe.host(TestKey.P256, "example.org")
                .extension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[] {
                    dns("example.org"), other
                }))
                .issuedBy(issuer);

        assertRefused(
                root,
                leaf,
                "example.org",
                "CN=example.org",
                "its issuer's name constraints cannot be applied: a name of the kind that is constrained cannot be compared");
    }

    @Test
    void namesTimesConstraintsAreLimited() throws TlsException {
        Issued issuer = intermediate(excluding(IntStream.range(0, 500)
                .mapToObj(i -> dns("host" + i + ".example.com"))
                .toArray(GeneralName[]::new)));

        assertThat(verify(root, manyNames(issuer, 490), "example.org")).isTrue();
        assertRefused(
                root,
                manyNames(issuer, 500),
                "example.org",
                "CN=example.org",
                "it has too many names and its issuers too many name constraints");
    }

    @Test
    void constraintsThatConstrainNothingAreMalformed() {
        Issued issuer = intermediate(new DERSequence());
        refused(
                root,
                issuer,
                "example.org",
                "CN=Constrained CA",
                "its name constraints are malformed: NameConstraints lists nothing");
    }

    private static Issued manyNames(Issued issuer, int count) {
        String[] names = Stream.concat(
                        Stream.of("example.org"), IntStream.range(0, count).mapToObj(i -> i + ".org"))
                .toArray(String[]::new);
        return CertificateRecipe.host(TestKey.P256, names).issuedBy(issuer);
    }

    private Issued intermediate(ASN1Encodable constraints) {
        return CertificateRecipe.authority(TestKey.P256, "CN=Constrained CA")
                .extension(Extension.nameConstraints, true, constraints)
                .issuedBy(root);
    }

    private static Issued root(ASN1Encodable constraints) {
        return CertificateRecipe.authority(TestKey.P256, "CN=Constrained Root")
                .extension(Extension.nameConstraints, true, constraints)
                .selfSigned();
    }

    private static NameConstraints permitting(GeneralName... names) {
        return new NameConstraints(subtrees(names), null);
    }

    private static NameConstraints excluding(GeneralName... names) {
        return new NameConstraints(null, subtrees(names));
    }

    private static GeneralSubtree[] subtrees(GeneralName... names) {
        return Stream.of(names).map(GeneralSubtree::new).toArray(GeneralSubtree[]::new);
    }

    private static GeneralName dns(String name) {
        return new GeneralName(GeneralName.dNSName, name);
    }

    private static GeneralName directory(String name) {
        return new GeneralName(new X500Name(name));
    }

    private static void accepted(Issued anchor, Issued issuer, String hostName) throws TlsException {
        assertThat(verify(anchor, CertificateRecipe.host(TestKey.P256, hostName).issuedBy(issuer), hostName))
                .isTrue();
    }

    private static void notAllowed(Issued anchor, Issued issuer, String hostName, String constrained) {
        Issued leaf = CertificateRecipe.host(TestKey.P256, hostName).issuedBy(issuer);
        assertDiagnosis(
                anchor, leaf, hostName, Problem.NAME_NOT_ALLOWED.diagnosis("CN=" + hostName, hostName, constrained));
    }

    private static void refused(Issued anchor, Issued issuer, String hostName, String subject, String reason) {
        Issued leaf = CertificateRecipe.host(TestKey.P256, hostName).issuedBy(issuer);
        assertRefused(anchor, leaf, hostName, subject, reason);
    }

    private static void assertRefused(Issued anchor, Issued leaf, String hostName, String subject, String reason) {
        assertDiagnosis(anchor, leaf, hostName, Problem.CERTIFICATE_PATH_INVALID.diagnosis(subject, reason));
    }

    private static void assertDiagnosis(Issued anchor, Issued leaf, @Nullable String hostName, Diagnosis diagnosis) {
        assertThatThrownBy(() -> verify(anchor, leaf, hostName))
                .isInstanceOfSatisfying(
                        TlsException.class, e -> assertThat(e.diagnosis()).isEqualTo(diagnosis));
    }

    private static boolean verify(Issued anchor, Issued leaf, @Nullable String hostName) throws TlsException {
        PeerChain peer = new PeerChain(Role.SERVER, leaf.chainDer(), hostName, null);
        return !PkixTrust.of(List.of(anchor.certificate()), "roots")
                .verify(peer)
                .isEmpty();
    }
}
