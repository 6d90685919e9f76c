package dev.akushu.tls.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CertificateCheck;
import dev.akushu.tls.ClientAuthentication;
import dev.akushu.tls.Problem;
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
import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.testing.TestPki;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Signatures in certificates are verified by the configuration's cryptography. */
class CertificateCryptoTest {
    private final List<SignatureScheme> verified = new ArrayList<>();

    private Crypto noted(Crypto crypto) {
        return NotedSignatures.in(crypto, verified);
    }

    private static PeerChain chain(List<Bytes> certificates) {
        return new PeerChain(Role.SERVER, certificates, "example.org", null);
    }

    @ParameterizedTest
    @CsvSource({
        "P256, ecdsa_secp256r1_sha256",
        "P384, ecdsa_secp384r1_sha384",
        "ED25519, ed25519",
        "RSA_2048, rsa_pkcs1_sha256"
    })
    void everyLinkIsVerifiedByTheConfigurationsCryptography(TestKey kind, String scheme) throws TlsException {
        Issued root = CertificateRecipe.authority(kind, "CN=Root").selfSigned();
        Issued authority = CertificateRecipe.authority(kind, "CN=Between")
                .keys(kind.fresh())
                .issuedBy(root);
        Issued leaf = CertificateRecipe.host(kind, "example.org").issuedBy(authority);
        for (Crypto crypto : List.of(Crypto.ownCurves(), Crypto.jdk())) {
            verified.clear();
            Trust trust = Trust.anchors(List.of(root.certificate()), "roots").using(noted(crypto));
            assertThat(trust.verify(chain(leaf.chainDer())))
                    .extracting(CertificateCheck::kind)
                    .contains(CertificateCheck.Kind.TRUST_ANCHOR);
            assertThat(verified).extracting(SignatureScheme::toString).containsExactly(scheme, scheme);
        }
    }

    /** A scheme of TLS has one hash for each curve; certificates may mix them. The curve is the key's, the hash the algorithm's. */
    @ParameterizedTest
    @CsvSource({
        "P384, SHA256withECDSA, ecdsa_secp384r1_sha384",
        "P384, SHA512withECDSA, ecdsa_secp384r1_sha384",
        "P256, SHA384withECDSA, ecdsa_secp256r1_sha256",
        "P256, SHA512withECDSA, ecdsa_secp256r1_sha256",
        "P521, SHA256withECDSA, ecdsa_secp521r1_sha512"
    })
    void anotherHashThanTheSchemesIsVerifiedByTheConfigurationsCryptography(
            TestKey kind, String algorithm, String scheme) throws TlsException {
        Issued root = CertificateRecipe.authority(kind, "CN=Root").selfSigned();
        Issued leaf = CertificateRecipe.host(TestKey.P256, "example.org")
                .signature(algorithm)
                .issuedBy(root);
        Issued forged = CertificateRecipe.host(TestKey.P256, "example.org")
                .signature(algorithm)
                .issuedBy(CertificateRecipe.authority(kind, "CN=Root")
                        .keys(kind.fresh())
                        .selfSigned());
        for (Crypto crypto : List.of(Crypto.ownCurves(), Crypto.jdk())) {
            verified.clear();
            Trust trust = Trust.anchors(List.of(root.certificate()), "roots").using(noted(crypto));
            assertThat(trust.verify(chain(leaf.chainDer()))).isNotEmpty();
            assertThat(verified).extracting(SignatureScheme::toString).containsExactly(scheme);
            assertThatThrownBy(() -> trust.verify(chain(List.of(forged.der()))))
                    .isInstanceOfSatisfying(
                            TlsException.class,
                            e -> assertThat(e.problem()).isEqualTo(Problem.CERTIFICATE_SIGNATURE_INVALID));
        }
    }

    /** RSASSA-PSS is several schemes of TLS. */
    @Test
    void theJdkVerifiesWhatNoSchemeIs() throws TlsException {
        Issued root = CertificateRecipe.authority(TestKey.RSA_PSS, "CN=Root").selfSigned();
        Issued leaf = CertificateRecipe.host(TestKey.P256, "example.org").issuedBy(root);
        Trust trust = Trust.anchors(List.of(root.certificate()), "roots").using(noted(Crypto.ownCurves()));
        assertThat(trust.verify(chain(leaf.chainDer()))).isNotEmpty();
        assertThat(verified).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"P256", "P384", "ED25519", "RSA_2048"})
    void aForgedSignatureIsRefused(TestKey kind) {
        Issued root = CertificateRecipe.authority(kind, "CN=Root").selfSigned();
        Issued other =
                CertificateRecipe.authority(kind, "CN=Root").keys(kind.fresh()).selfSigned();
        Issued leaf = CertificateRecipe.host(kind, "example.org").issuedBy(root);
        Issued forged = CertificateRecipe.host(kind, "example.org").issuedBy(other);
        byte[] swapped = leaf.der().toArray();
        // The same certificate with the signature of another key.
        System.arraycopy(forged.der().toArray(), forged.der().length() - 20, swapped, swapped.length - 20, 20);
        for (Crypto crypto : List.of(Crypto.ownCurves(), Crypto.jdk())) {
            Trust trust = Trust.anchors(List.of(root.certificate()), "roots").using(crypto);
            assertThatThrownBy(() -> trust.verify(chain(List.of(Bytes.wrap(swapped)))))
                    .isInstanceOfSatisfying(
                            TlsException.class,
                            e -> assertThat(e.problem()).isEqualTo(Problem.CERTIFICATE_SIGNATURE_INVALID));
        }
    }

    /** The leaf's and the intermediate's signature, and the one of CertificateVerify. */
    @Test
    void aClientAndAServerUseTheCryptographyTheyAreMadeWith() throws TlsException {
        TestPki pki = TestPki.create();
        Crypto crypto = noted(Crypto.ownCurves());
        TlsClient client = TlsClient.builder(pki.trust()).crypto(crypto).build();
        TlsServer server = TlsServer.builder(pki.leaf(TestKey.P256, "localhost").identity())
                .build();
        EnginePair.connected(client, server);
        assertThat(verified).hasSize(3);

        verified.clear();
        TlsClient known = TlsClient.builder(pki.trust())
                .identity(pki.leaf(TestKey.P256, "somebody").identity())
                .build();
        TlsServer asking = TlsServer.builder(pki.leaf(TestKey.P256, "localhost").identity())
                .crypto(crypto)
                .clientAuthentication(ClientAuthentication.REQUIRED, pki.trust())
                .build();
        EnginePair.connected(known, asking);
        assertThat(verified).hasSize(3);
    }
}
