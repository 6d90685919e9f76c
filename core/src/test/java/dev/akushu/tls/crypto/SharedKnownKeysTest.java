package dev.akushu.tls.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.curves.KnownKeys;
import dev.akushu.tls.Role;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.Trust;
import dev.akushu.tls.Trust.PeerChain;
import dev.akushu.tls.testing.CertificateRecipe;
import dev.akushu.tls.testing.Issued;
import dev.akushu.tls.testing.TestKey;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever client meets a certification authority: the next one knows its key. */
class SharedKnownKeysTest {
    private static final KnownKeys KNOWN = OwnCurves.KNOWN_KEYS;

    @ParameterizedTest
    @CsvSource({"P256, SHA256withECDSA", "P384, SHA384withECDSA", "P384, SHA256withECDSA"})
    void secondChainUnderAnAuthorityIsVerifiedWithItsTable(TestKey kind, String algorithm) throws TlsException {
        Issued root =
                CertificateRecipe.authority(kind, "CN=Root").keys(kind.fresh()).selfSigned();
        byte[] point = point(root.certificate().getPublicKey());
        verify(root, algorithm, "one.example");
        assertThat(KNOWN.isPrepared(point)).isFalse();
        verify(root, algorithm, "two.example");
        assertThat(KNOWN.isPrepared(point)).isTrue();
    }

    /** As a client of its own does. */
    private static void verify(Issued root, String algorithm, String name) throws TlsException {
        Issued leaf =
                CertificateRecipe.host(TestKey.P256, name).signature(algorithm).issuedBy(root);
        Trust trust = Trust.anchors(List.of(root.certificate()), "roots").using(Crypto.ownCurves());
        assertThat(trust.verify(new PeerChain(Role.SERVER, leaf.chainDer(), name, null)))
                .isNotEmpty();
    }

    /** A key in the memory verifies what it signed itself, and nothing else. */
    @Test
    void forgedSignatureUnderAKnownKeyIsRefused() throws Exception {
        var pair = TestKey.P256.fresh();
        byte[] content = {1, 2, 3};
        byte[] signature = Crypto.ownCurves()
                .signature(SignatureScheme.ECDSA_SECP256R1_SHA256)
                .sign(pair.getPrivate(), content);
        for (int i = 0; i < 3; i++) {
            SignatureAlgorithm ofAClient = Crypto.ownCurves().signature(SignatureScheme.ECDSA_SECP256R1_SHA256);
            assertThat(ofAClient.verify(pair.getPublic(), content, signature)).isTrue();
            assertThat(ofAClient.verify(pair.getPublic(), new byte[] {1, 2, 4}, signature))
                    .isFalse();
        }
    }

    /** The last octets of a SubjectPublicKeyInfo (RFC 5480 section 2.2). */
    private static byte[] point(PublicKey key) {
        byte[] encoded = key.getEncoded();
        int length = encoded.length < 100 ? 65 : 97;
        return Arrays.copyOfRange(encoded, encoded.length - length, encoded.length);
    }
}
