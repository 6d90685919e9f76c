package dev.akushu.tls.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.Problem;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.Trust.PeerChain;
import dev.akushu.tls.testing.CertificateRecipe;
import dev.akushu.tls.testing.Issued;
import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.testing.TestPki;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.OtherName;
import org.junit.jupiter.api.Test;

/** Name constraints, RFC 5280 section 4.2.1.10, of intermediates and of roots. */
class PkixNameConstraintsTest {
    private static final String OUTSIDE = "its name is not within the name constraints of its issuers";

    private final Issued root = TestPki.create().root();

    @Test
    void nameOutsideOfWhatAnIntermediateMayCertifyIsRefused() throws TlsException {
        Issued issuer = intermediate(permitting(dns("example.com")));

        accepted(root, issuer, "www.example.com");
        refused(root, issuer, "example.org", "CN=example.org", OUTSIDE);
    }

    @Test
    void nameOutsideOfWhatARootMayCertifyIsRefused() throws TlsException {
        // The JDK passes over the constraints of an anchor.
        Issued constrained = root(permitting(dns("example.com")));
        Issued below =
                CertificateRecipe.authority(TestKey.P256, "CN=Issuing CA").issuedBy(constrained);

        accepted(constrained, below, "www.example.com");
        refused(constrained, constrained, "example.org", "CN=example.org", OUTSIDE);
        refused(constrained, below, "example.org", "CN=example.org", OUTSIDE);
    }

    @Test
    void wildcardDoesNotReachWhatIsExcluded() throws TlsException {
        Issued issuer = intermediate(excluding(dns("secret.example.com")));
        Issued leaf = CertificateRecipe.host(TestKey.P256, "*.example.com").issuedBy(issuer);

        assertThat(verify(root, leaf, "www.example.com")).isTrue();
        for (String secret : List.of("Secret.example.com", "secret.example.com.")) {
            String reason = "the name constraints of its issuers exclude " + secret;
            assertRefused(root, leaf, secret, "CN=any.example.com", reason);
        }
    }

    @Test
    void constraintsOnNamesThatTheJdkCannotCompareAreRefusedAndNothingElseHappens() {
        GeneralName other = new GeneralName(
                GeneralName.otherName,
                new OtherName(new ASN1ObjectIdentifier("1.3.6.1.4.1.311.20.2.3"), new DERUTF8String("somebody")));
        Issued issuer = intermediate(excluding(other));
        Issued leaf = CertificateRecipe.host(TestKey.P256, "example.org")
                .extension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[] {
                    dns("example.org"), other
                }))
                .issuedBy(issuer);

        assertThatThrownBy(() -> verify(root, leaf, "example.org")).isInstanceOfSatisfying(TlsException.class, e -> {
            assertThat(e.problem()).isEqualTo(Problem.CERTIFICATE_PATH_INVALID);
            assertThat((String) e.diagnosis().fact("reason")).startsWith("the JDK cannot check it: ");
        });
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

    private static void accepted(Issued anchor, Issued issuer, String hostName) throws TlsException {
        assertThat(verify(anchor, CertificateRecipe.host(TestKey.P256, hostName).issuedBy(issuer), hostName))
                .isTrue();
    }

    private static void refused(Issued anchor, Issued issuer, String hostName, String subject, String reason) {
        Issued leaf = CertificateRecipe.host(TestKey.P256, hostName).issuedBy(issuer);
        assertRefused(anchor, leaf, hostName, subject, reason);
    }

    private static void assertRefused(Issued anchor, Issued leaf, String hostName, String subject, String reason) {
        assertThatThrownBy(() -> verify(anchor, leaf, hostName))
                .isInstanceOfSatisfying(
                        TlsException.class,
                        e -> assertThat(e.diagnosis())
                                .isEqualTo(Problem.CERTIFICATE_PATH_INVALID.diagnosis(subject, reason)));
    }

    private static boolean verify(Issued anchor, Issued leaf, String hostName) throws TlsException {
        PeerChain peer = new PeerChain(Role.SERVER, leaf.chainDer(), hostName, null);
        return !PkixTrust.of(List.of(anchor.certificate()), "roots")
                .verify(peer)
                .isEmpty();
    }
}
