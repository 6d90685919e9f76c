package dev.akushu.tls.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.testing.CertificateRecipe;
import dev.akushu.tls.testing.Issued;
import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.testing.TestPki;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateReaderTest {
    private final TestPki pki = TestPki.create();

    @Test
    void readsTheSameFieldsAsTheJdk() throws TlsException {
        Issued leaf = pki.leaf(TestKey.RSA_2048, "example.org", "192.0.2.1", "*.example.org", "2001:db8::1");

        CertificateReader reader = CertificateReader.of(leaf.der());

        assertThat(reader.serialNumber())
                .isEqualTo(Bytes.wrap(leaf.certificate().getSerialNumber().toByteArray()));
        assertThat(reader.signatureAlgorithm()).isEqualTo(leaf.certificate().getSigAlgOID());
        assertThat(reader.subject().toArray())
                .isEqualTo(leaf.certificate().getSubjectX500Principal().getEncoded());
        assertThat(reader.issuer().toArray())
                .isEqualTo(leaf.certificate().getIssuerX500Principal().getEncoded());
        assertThat(reader.notBefore())
                .isEqualTo(leaf.certificate().getNotBefore().toInstant());
        assertThat(reader.notAfter()).isEqualTo(leaf.certificate().getNotAfter().toInstant());
        assertThat(reader.subjectPublicKeyInfo().toArray())
                .isEqualTo(leaf.certificate().getPublicKey().getEncoded());
        assertThat(reader.subjectAltNames().printable())
                .containsExactly("example.org", "*.example.org", "192.0.2.1", "2001:db8::1");
        assertThat(reader.extension("2.5.29.35")).isPresent();
        assertThat(reader.extension("1.2.3.4")).isEmpty();
        assertThat(reader.isSelfIssued()).isFalse();
    }

    @Test
    void readsWhatTheCertificateMayBeUsedFor() throws TlsException {
        CertificateReader leaf = read(CertificateRecipe.host(TestKey.P256, "example.org")
                .keyUsage(KeyUsage.digitalSignature | KeyUsage.decipherOnly)
                .purposes(KeyPurposeId.id_kp_serverAuth, KeyPurposeId.anyExtendedKeyUsage));

        assertThat(leaf.keyUsage()).contains(1 | 1 << 8);
        assertThat(leaf.keyUsageNames()).containsExactly("digitalSignature", "decipherOnly");
        assertThat(leaf.mayAuthenticate()).isTrue();
        assertThat(leaf.extendedKeyUsage().orElseThrow()).containsExactly("1.3.6.1.5.5.7.3.1", "2.5.29.37.0");
        assertThat(leaf.isCertificateAuthority()).isFalse();
        assertThat(CertificateReader.of(pki.intermediate().der()).isCertificateAuthority())
                .isTrue();
    }

    @Test
    void keyUsageWithoutDigitalSignatureForbidsToAuthenticate() throws TlsException {
        assertThat(read(CertificateRecipe.host(TestKey.P256, "example.org").keyUsage(KeyUsage.keyAgreement))
                        .mayAuthenticate())
                .isFalse();
        assertThat(read(CertificateRecipe.host(TestKey.P256, "example.org").keyUsage(0))
                        .mayAuthenticate())
                .isTrue();
    }

    @Test
    void certificateWithoutSubjectIsCalledByItsFirstName() throws Exception {
        Bytes certificate = JdkRefuses.certificate();
        CertificateFactory jdk = CertificateFactory.getInstance("X.509");
        assertThatThrownBy(() -> jdk.generateCertificate(new ByteArrayInputStream(certificate.toArray())))
                .isInstanceOf(CertificateException.class);

        CertificateReader reader = CertificateReader.of(certificate);

        assertThat(reader.subjectText()).isEqualTo("example.org");
        assertThat(reader.issuerText()).isEqualTo("CN=Somebody");
        assertThat(reader.notAfter()).isEqualTo(Instant.parse("2100-01-01T00:00:00Z"));
    }

    @Test
    void malformedExtensionIsReportedWhenItIsAskedFor() throws TlsException {
        CertificateReader reader = read(CertificateRecipe.host(TestKey.P256, "example.org")
                .extension(Extension.subjectAlternativeName, false, new DEROctetString(new byte[] {1})));

        assertThat(reader.subjectText()).isEqualTo("CN=example.org");
        assertThatThrownBy(reader::subjectAltNames).isInstanceOfSatisfying(TlsException.class, e -> {
            assertThat(e.problem()).isEqualTo(Problem.CERTIFICATE_UNPARSABLE);
            assertThat(e.diagnosis().fact("reason")).isEqualTo("subjectAltName has the tag 0x04, not 0x30");
            assertThat(at(reader, (int) e.diagnosis().fact("position"))).isEqualTo(Bytes.fromHex("040101"));
        });
    }

    private static Bytes at(CertificateReader reader, int position) {
        return reader.der().slice(position, 3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // What is changed in the certificate | into what | the reason
                "a0030201 02 | a0030201 03 | version is 4, not 1 to 3",
                "0603 551d25 | 0603 551d0f | the extension 2.5.29.15 stands twice",
                "300a 06082a8648ce3d040302 | 300a 06082a8648ce3d040303 |"
                        + " signatureAlgorithm is not the one in tbsCertificate",
                "170d 3235303130313030303030305a | 170d 3235303133313030303030302b |"
                        + " notBefore is not of the form YYMMDDHHMMSSZ or YYYYMMDDHHMMSSZ",
                "170d 3235303130313030303030305a | 170d 3235303233303030303030305a |"
                        + " notBefore is a date that does not exist",
                "170d 3235303130313030303030305a | 160d 3235303130313030303030305a |"
                        + " notBefore is neither UTCTime nor GeneralizedTime",
                "a003020102 0202 1267 | a003020102 0202 0067 | serialNumber is not a minimal INTEGER",
                "0603551d0f 0101ff | 0603551d0f 010101 | critical is neither TRUE nor FALSE in DER",
            })
    void certificateThatBreaksARuleOfItsFormIsUnparsable(String from, String to, String reason) throws TlsException {
        Issued leaf = pki.issue(
                CertificateRecipe.host(TestKey.P256, "example.org").notBefore(Instant.parse("2025-01-01T00:00:00Z")));
        String original = leaf.der().hex();
        String searched = from.replace(" ", "");
        int index = original.lastIndexOf(searched);
        assertThat(index).isNotNegative();
        String changed =
                original.substring(0, index) + to.replace(" ", "") + original.substring(index + searched.length());

        assertUnparsable(Bytes.fromHex(changed), reason);
    }

    @Test
    void bytesAfterTheCertificateAreRefused() {
        Bytes longer = Bytes.fromHex(pki.root().der().hex() + "00");
        assertUnparsable(longer, "bytes are left over after Certificate");
    }

    @Test
    void certificateThatIsCutIsRefused() {
        Bytes der = pki.root().der();
        assertUnparsable(
                der.slice(0, der.length() - 1),
                "Certificate needs " + (der.length() - 4) + " bytes, " + (der.length() - 5) + " are left");
    }

    @Test
    void pathLengthAndCaAreRead() throws TlsException {
        CertificateReader notCa = read(CertificateRecipe.host(TestKey.P256, "example.org")
                .extension(Extension.basicConstraints, true, new BasicConstraints(false)));
        assertThat(notCa.isCertificateAuthority()).isFalse();
    }

    @Test
    void nameIsWrittenWithTheMostSpecificPartFirst() throws TlsException {
        CertificateReader reader =
                read(CertificateRecipe.host(TestKey.P256).subject("C=JP, O=B\u00fccher\\, Inc., CN=\u63e1\u624b"));
        assertThat(reader.subjectText()).isEqualTo("CN=\u63e1\u624b, O=B\u00fccher\\, Inc., C=JP");
    }

    @Test
    void nameCannotForgeTheLineItIsPrintedOn() throws TlsException {
        CertificateReader reader = read(CertificateRecipe.host(TestKey.P256).subject("CN=a\\0Ab\u202ec\\1B[31m"));
        assertThat(reader.subjectText()).isEqualTo("CN=a\\u000ab\\u202ec\\u001b[31m");
    }

    @Test
    void nameOfAnyLengthIsShownInOneLine() throws TlsException {
        CertificateReader reader = read(CertificateRecipe.host(TestKey.P256).subject("CN=" + "x".repeat(60_000)));
        assertThat(reader.subjectText()).hasSize(303).endsWith("...");
    }

    private CertificateReader read(CertificateRecipe recipe) throws TlsException {
        return CertificateReader.of(pki.issue(recipe).der());
    }

    private static void assertUnparsable(Bytes der, String reason) {
        assertThatThrownBy(() -> CertificateReader.of(der)).isInstanceOfSatisfying(TlsException.class, e -> {
            assertThat(e.problem()).isEqualTo(Problem.CERTIFICATE_UNPARSABLE);
            assertThat(List.of(e.diagnosis().fact("reason"))).containsExactly(reason);
        });
    }
}
