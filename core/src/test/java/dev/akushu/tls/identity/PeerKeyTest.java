package dev.akushu.tls.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.Problem;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.testing.Issued;
import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.testing.TestPki;
import java.io.IOException;
import java.math.BigInteger;
import java.security.KeyPairGenerator;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PeerKeyTest {
    private static final Map<TestKey, String> DESCRIPTIONS = Map.of(
            TestKey.P256, "EC P-256",
            TestKey.P384, "EC P-384",
            TestKey.P521, "EC P-521",
            TestKey.RSA_1024, "RSA 1024 bits",
            TestKey.RSA_2048, "RSA 2048 bits",
            TestKey.RSA_PSS, "RSASSA-PSS 2048 bits",
            TestKey.RSA_PSS_SHA256_ONLY, "RSASSA-PSS 2048 bits",
            TestKey.ED25519, "Ed25519",
            TestKey.ED448, "Ed448",
            TestKey.ML_DSA_65, "ML-DSA-65");

    private static final Map<TestKey, List<SignatureScheme>> SCHEMES = Map.of(
            TestKey.P256,
            List.of(SignatureScheme.ECDSA_SECP256R1_SHA256),
            TestKey.P384,
            List.of(SignatureScheme.ECDSA_SECP384R1_SHA384),
            TestKey.P521,
            List.of(SignatureScheme.ECDSA_SECP521R1_SHA512),
            // SHA-512 and a salt of its length do not fit into 1024 bits.
            TestKey.RSA_1024,
            List.of(SignatureScheme.RSA_PSS_RSAE_SHA256, SignatureScheme.RSA_PSS_RSAE_SHA384),
            TestKey.RSA_2048,
            List.of(
                    SignatureScheme.RSA_PSS_RSAE_SHA256,
                    SignatureScheme.RSA_PSS_RSAE_SHA384,
                    SignatureScheme.RSA_PSS_RSAE_SHA512),
            TestKey.RSA_PSS,
            List.of(
                    SignatureScheme.RSA_PSS_PSS_SHA256,
                    SignatureScheme.RSA_PSS_PSS_SHA384,
                    SignatureScheme.RSA_PSS_PSS_SHA512),
            TestKey.RSA_PSS_SHA256_ONLY,
            List.of(SignatureScheme.RSA_PSS_PSS_SHA256),
            TestKey.ED25519,
            List.of(SignatureScheme.ED25519),
            TestKey.ED448,
            List.of(SignatureScheme.ED448),
            TestKey.ML_DSA_65,
            List.of(SignatureScheme.MLDSA65));

    private final TestPki pki = TestPki.create();

    @ParameterizedTest
    @EnumSource
    void certificateTellsItsKeyAndWhatItSignsWith(TestKey kind) throws TlsException {
        Issued leaf = pki.leaf(kind, "example.org");

        PeerKey key = PeerKey.of(leaf.der());

        assertThat(key.publicKey()).isEqualTo(leaf.certificate().getPublicKey());
        assertThat(key.description()).isEqualTo(DESCRIPTIONS.get(kind));
        assertThat(key.schemes()).isEqualTo(SCHEMES.get(kind));
    }

    @Test
    void keyFitsNoSchemeOfAnotherKindOrCurveNorOneThatMayNotSignHandshakes() throws TlsException {
        PeerKey key = PeerKey.of(pki.leaf(TestKey.RSA_2048, "example.org").der());

        assertThat(key.fits(SignatureScheme.RSA_PSS_RSAE_SHA256)).isTrue();
        assertThat(key.fits(SignatureScheme.RSA_PSS_PSS_SHA256)).isFalse();
        assertThat(key.fits(SignatureScheme.RSA_PKCS1_SHA256)).isFalse();
        assertThat(key.fits(SignatureScheme.ECDSA_SECP256R1_SHA256)).isFalse();
        assertThat(PeerKey.of(pki.leaf(TestKey.P256, "example.org").der()).fits(SignatureScheme.ECDSA_SECP384R1_SHA384))
                .isFalse();
    }

    @Test
    void rawPublicKeyIsReadWithoutACertificate() throws TlsException {
        Bytes info = Bytes.wrap(TestKey.ED25519.shared().getPublic().getEncoded());

        assertThat(PeerKey.ofSubjectPublicKeyInfo(info).description()).isEqualTo("Ed25519");
    }

    @Test
    void keyIsReadFromACertificateThatTheJdkRefuses() throws TlsException, IOException {
        // The runner of BoringSSL has such: no subject, and the names in an extension that is not critical.
        Bytes certificate = JdkRefuses.certificate();

        assertThat(PeerKey.of(certificate).description()).isEqualTo("EC P-256");
    }

    @Test
    void keyOfAnAlgorithmThatTlsDoesNotHaveIsUnsupported() throws Exception {
        assertUnsupported(keyOf("DSA", null), "DSA");
        assertUnsupported(keyOf("X25519", null), "1.3.101.110");
        assertUnsupported(keyOf("RSA", new RSAKeyGenParameterSpec(768, RSAKeyGenParameterSpec.F4)), "RSA 768 bits");
        // brainpoolP256r1 in the place of P-256.
        byte[] info = TestKey.P256.shared().getPublic().getEncoded();
        String other = Bytes.wrap(info).hex().replace("06082a8648ce3d030107", "06082b24030302080107");
        assertUnsupported(Bytes.fromHex(other), "EC on the curve 1.3.36.3.3.2.8.1.7");
    }

    @Test
    void rsaKeyWithAnAbsurdExponentIsUnsupported() throws Exception {
        Bytes key = keyOf(
                "RSA",
                new RSAKeyGenParameterSpec(2048, BigInteger.ONE.shiftLeft(40).setBit(0)));
        assertUnsupported(key, "RSA 2048 bits with a public exponent of 41 bits");
    }

    @Test
    void pointOffItsCurveIsNoKey() {
        byte[] info = TestKey.P256.shared().getPublic().getEncoded();
        info[info.length - 1] ^= 1;

        assertUnparsable(Bytes.wrap(info), "subjectPublicKeyInfo holds no valid EC P-256 key");
    }

    @Test
    void keyOfTheWrongLengthIsNoKey() {
        String info =
                Bytes.wrap(TestKey.ED25519.shared().getPublic().getEncoded()).hex();
        Bytes longer = Bytes.fromHex(info.replace("302a", "302b").replace("032100", "032200") + "00");

        assertUnparsable(longer, "subjectPublicKeyInfo: Ed25519 keys have 32 bytes, not 33");
    }

    @Test
    void parametersWhereTheAlgorithmHasNoneAreRefused() {
        String info =
                Bytes.wrap(TestKey.ED25519.shared().getPublic().getEncoded()).hex();
        Bytes withNull = Bytes.fromHex(info.replace("302a300506032b6570", "302c300706032b65700500"));

        assertUnparsable(withNull, "subjectPublicKeyInfo: bytes are left over after algorithm");
    }

    private static Bytes keyOf(String algorithm, AlgorithmParameterSpec parameters) throws Exception {
        KeyPairGenerator keys = KeyPairGenerator.getInstance(algorithm);
        if (parameters != null) {
            keys.initialize(parameters);
        }
        return Bytes.wrap(keys.generateKeyPair().getPublic().getEncoded());
    }

    private static void assertUnsupported(Bytes info, String algorithm) {
        assertThatThrownBy(() -> PeerKey.ofSubjectPublicKeyInfo(info))
                .isInstanceOfSatisfying(
                        TlsException.class,
                        e -> assertThat(e.diagnosis())
                                .isEqualTo(Problem.CERTIFICATE_KEY_UNSUPPORTED.diagnosis(algorithm)));
    }

    private static void assertUnparsable(Bytes info, String reason) {
        assertThatThrownBy(() -> PeerKey.ofSubjectPublicKeyInfo(info)).isInstanceOfSatisfying(TlsException.class, e -> {
            assertThat(e.problem()).isEqualTo(Problem.CERTIFICATE_UNPARSABLE);
            assertThat(e.diagnosis().fact("reason")).isEqualTo(reason);
        });
    }
}
