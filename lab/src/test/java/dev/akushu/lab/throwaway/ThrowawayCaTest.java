package dev.akushu.lab.throwaway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.Identity;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.crypto.Crypto;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The certificates follow RFC 5280. */
class ThrowawayCaTest {
    private static final Crypto CRYPTO = Crypto.jdk();
    private static final String SUBJECT_ALTERNATIVE_NAME = "2.5.29.17";
    private static final String SUBJECT_KEY_IDENTIFIER = "2.5.29.14";
    private static final String AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";
    private static final int DIGITAL_SIGNATURE = 0;
    private static final int KEY_CERT_SIGN = 5;

    private static X509Certificate own(Identity identity) throws CertificateException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(identity.chain().getFirst().toArray()));
    }

    @ParameterizedTest
    @EnumSource
    void serverIsCertifiedForItsNamesAndServerAuthenticationOnly(KeyType type) throws Exception {
        ThrowawayCa authority = ThrowawayCa.create(type, CRYPTO);

        X509Certificate server = own(authority.server(List.of("localhost", "127.0.0.1", "::1")));

        server.verify(authority.certificate().getPublicKey());
        assertThat(server.getSubjectAlternativeNames())
                .containsExactly(List.of(2, "localhost"), List.of(7, "127.0.0.1"), List.of(7, "0:0:0:0:0:0:0:1"));
        assertThat(server.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(server.getKeyUsage()[DIGITAL_SIGNATURE]).isTrue();
        assertThat(server.getKeyUsage()[KEY_CERT_SIGN]).isFalse();
        assertThat(server.getBasicConstraints()).isEqualTo(-1);
        assertThat(server.getNonCriticalExtensionOIDs())
                .contains(SUBJECT_ALTERNATIVE_NAME, SUBJECT_KEY_IDENTIFIER, AUTHORITY_KEY_IDENTIFIER);
    }

    @Test
    void clientIsCertifiedForClientAuthenticationOnly() throws Exception {
        X509Certificate client = own(ThrowawayCa.create(KeyType.EC, CRYPTO).client("someone"));

        assertThat(client.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
        assertThat(client.getSubjectX500Principal().getName()).isEqualTo("CN=someone");
    }

    @Test
    void authorityMayCertifyEndEntitiesOnly() {
        X509Certificate authority = ThrowawayCa.create(KeyType.EC, CRYPTO).certificate();

        assertThat(authority.getBasicConstraints()).isZero();
        assertThat(authority.getKeyUsage()[KEY_CERT_SIGN]).isTrue();
        assertThat(authority.getKeyUsage()[DIGITAL_SIGNATURE]).isFalse();
    }

    @Test
    void certificatesAreValidSinceAnHourForSomeDays() {
        X509Certificate authority = ThrowawayCa.create(KeyType.EC, CRYPTO).certificate();
        Instant now = Instant.now();

        assertThat(authority.getNotBefore().toInstant())
                .isBetween(now.minus(Duration.ofMinutes(61)), now.minus(Duration.ofMinutes(59)));
        assertThat(authority.getNotAfter().toInstant())
                .isBetween(now.plus(Duration.ofDays(6)), now.plus(Duration.ofDays(8)));
    }

    @Test
    void expiredServerHasACertificateWhoseTimeIsOver() throws Exception {
        X509Certificate expired = own(ThrowawayCa.create(KeyType.EC, CRYPTO).expiredServer(List.of("localhost")));

        assertThat(expired.getNotAfter().toInstant()).isBefore(Instant.now());
        assertThat(expired.getNotBefore()).isBefore(expired.getNotAfter());
    }

    @Test
    void serverWithOtherKeySignsWithAKeyThatIsNotItsCertificates() throws Exception {
        Identity mixedUp = ThrowawayCa.create(KeyType.EC, CRYPTO).serverWithOtherKey(List.of("localhost"));
        byte[] content = {1, 2, 3};
        SignatureScheme scheme = mixedUp.schemes().getFirst();

        Bytes signature = mixedUp.key()
                .sign(scheme, Bytes.copyOf(content))
                .toCompletableFuture()
                .join();

        Signature verifier = Signature.getInstance("SHA256withECDSA");
        verifier.initVerify(own(mixedUp));
        verifier.update(content);
        assertThat(verifier.verify(signature.toArray())).isFalse();
    }

    @Test
    void eachAuthorityHasAKeyAndANumberOfItsOwn() {
        X509Certificate one = ThrowawayCa.create(KeyType.EC, CRYPTO).certificate();
        X509Certificate other = ThrowawayCa.create(KeyType.EC, CRYPTO).certificate();

        assertThat(one.getPublicKey()).isNotEqualTo(other.getPublicKey());
        assertThat(one.getSerialNumber()).isPositive().isNotEqualTo(other.getSerialNumber());
    }

    @Test
    void pemIsTheCertificate() throws Exception {
        ThrowawayCa authority = ThrowawayCa.create(KeyType.EC, CRYPTO);

        assertThat(CertificateFactory.getInstance("X.509")
                        .generateCertificate(
                                new ByteArrayInputStream(authority.pem().getBytes(StandardCharsets.US_ASCII))))
                .isEqualTo(authority.certificate());
    }
}
