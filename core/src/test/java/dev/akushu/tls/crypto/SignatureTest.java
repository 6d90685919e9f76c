package dev.akushu.tls.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.akushu.tls.SignatureScheme;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SignatureTest {
    private static final Crypto CRYPTO = Crypto.jdk();
    private static final byte[] CONTENT = "TLS 1.3, server CertificateVerify".getBytes(StandardCharsets.US_ASCII);

    static List<SignatureAlgorithm> schemes() {
        return Implementations.signatures();
    }

    static List<SignatureAlgorithm> handshakeSchemes() {
        return schemes().stream()
                .filter(algorithm -> algorithm.scheme().maySignHandshake())
                .toList();
    }

    static List<SignatureAlgorithm> certificateSchemes() {
        return schemes().stream()
                .filter(algorithm -> !algorithm.scheme().maySignHandshake())
                .toList();
    }

    static List<SignatureAlgorithm> ecdsaSchemes() {
        return schemes().stream()
                .filter(algorithm -> algorithm.scheme().toString().startsWith("ecdsa"))
                .toList();
    }

    @Test
    void everySchemeWithoutSha1IsThereOnce() {
        assertThat(CRYPTO.signatures())
                .extracting(SignatureAlgorithm::scheme)
                .containsExactlyInAnyOrder(
                        SignatureScheme.ECDSA_SECP256R1_SHA256,
                        SignatureScheme.ECDSA_SECP384R1_SHA384,
                        SignatureScheme.ECDSA_SECP521R1_SHA512,
                        SignatureScheme.ED25519,
                        SignatureScheme.ED448,
                        SignatureScheme.RSA_PSS_RSAE_SHA256,
                        SignatureScheme.RSA_PSS_RSAE_SHA384,
                        SignatureScheme.RSA_PSS_RSAE_SHA512,
                        SignatureScheme.RSA_PSS_PSS_SHA256,
                        SignatureScheme.RSA_PSS_PSS_SHA384,
                        SignatureScheme.RSA_PSS_PSS_SHA512,
                        SignatureScheme.RSA_PKCS1_SHA256,
                        SignatureScheme.RSA_PKCS1_SHA384,
                        SignatureScheme.RSA_PKCS1_SHA512,
                        SignatureScheme.MLDSA44,
                        SignatureScheme.MLDSA65,
                        SignatureScheme.MLDSA87);
    }

    @ParameterizedTest
    @MethodSource("handshakeSchemes")
    void whatIsSignedVerifies(SignatureAlgorithm algorithm) throws Exception {
        KeyPair pair = TestKeys.of(algorithm.scheme());

        byte[] signature = algorithm.sign(pair.getPrivate(), CONTENT);

        assertThat(algorithm.verify(pair.getPublic(), CONTENT, signature)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("handshakeSchemes")
    void signatureIsForItsContentOnly(SignatureAlgorithm algorithm) throws Exception {
        KeyPair pair = TestKeys.of(algorithm.scheme());
        byte[] other = CONTENT.clone();
        other[0] ^= 1;

        byte[] signature = algorithm.sign(pair.getPrivate(), CONTENT);

        assertThat(algorithm.verify(pair.getPublic(), other, signature)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("handshakeSchemes")
    void signatureIsForItsKeyOnly(SignatureAlgorithm algorithm) throws Exception {
        byte[] signature = algorithm.sign(TestKeys.of(algorithm.scheme()).getPrivate(), CONTENT);

        assertThat(algorithm.verify(TestKeys.another(algorithm.scheme()).getPublic(), CONTENT, signature))
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("handshakeSchemes")
    void damagedSignatureIsInvalidAndNoError(SignatureAlgorithm algorithm) throws Exception {
        KeyPair pair = TestKeys.of(algorithm.scheme());
        byte[] signature = algorithm.sign(pair.getPrivate(), CONTENT);
        Random random = new Random(1);

        assertThat(algorithm.verify(pair.getPublic(), CONTENT, new byte[0])).isFalse();
        assertThat(algorithm.verify(pair.getPublic(), CONTENT, new byte[signature.length]))
                .isFalse();
        assertThat(algorithm.verify(pair.getPublic(), CONTENT, Arrays.copyOf(signature, signature.length + 1)))
                .isFalse();
        for (int i = 0; i < 40; i++) {
            int bit = random.nextInt(signature.length * Byte.SIZE);
            byte[] damaged = signature.clone();
            damaged[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            byte[] cut = Arrays.copyOf(signature, random.nextInt(signature.length));

            assertThat(algorithm.verify(pair.getPublic(), CONTENT, damaged))
                    .as("bit %s", bit)
                    .isFalse();
            assertThat(algorithm.verify(pair.getPublic(), CONTENT, cut))
                    .as("cut to %s", cut.length)
                    .isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("schemes")
    void schemeTakesNoKeyOfAnotherType(SignatureAlgorithm algorithm) throws Exception {
        String ownType = TestKeys.type(algorithm.scheme());
        for (SignatureAlgorithm other : CRYPTO.signatures()) {
            String type = TestKeys.type(other.scheme());
            KeyPair pair = TestKeys.of(other.scheme());
            if (type.equals(ownType)) {
                assertThat(algorithm.verify(pair.getPublic(), CONTENT, new byte[64]))
                        .isFalse();
                continue;
            }
            assertThatExceptionOfType(InvalidKeyException.class)
                    .as("%s verifies with a key of type %s", algorithm, type)
                    .isThrownBy(() -> algorithm.verify(pair.getPublic(), CONTENT, new byte[64]))
                    .withMessageContaining(algorithm.scheme().toString());
            assertThatExceptionOfType(InvalidKeyException.class)
                    .as("%s signs with a key of type %s", algorithm, type)
                    .isThrownBy(() -> algorithm.sign(pair.getPrivate(), CONTENT))
                    .withMessageContaining(algorithm.scheme().toString());
        }
    }

    /** RFC 9846 section 4.3.3: these are not defined for use in signed TLS handshake messages. */
    @ParameterizedTest
    @MethodSource("certificateSchemes")
    void pkcs1VerifiesButNeverSigns(SignatureAlgorithm algorithm) throws Exception {
        KeyPair pair = TestKeys.of(algorithm.scheme());
        String hash = algorithm.scheme().toString().replace("rsa_pkcs1_sha", "SHA");
        Signature signer = Signature.getInstance(hash + "withRSA");
        signer.initSign(pair.getPrivate());
        signer.update(CONTENT);
        byte[] signature = signer.sign();

        assertThat(algorithm.verify(pair.getPublic(), CONTENT, signature)).isTrue();
        signature[signature.length - 1] ^= 1;
        assertThat(algorithm.verify(pair.getPublic(), CONTENT, signature)).isFalse();
        assertThatExceptionOfType(InvalidKeyException.class)
                .isThrownBy(() -> algorithm.sign(pair.getPrivate(), CONTENT));
    }

    @ParameterizedTest
    @MethodSource("ecdsaSchemes")
    void ecdsaSignatureWithoutTheLeadingZeroOfAnIntegerIsRefused(SignatureAlgorithm algorithm) throws Exception {
        KeyPair pair = TestKeys.of(algorithm.scheme());
        byte[] signature = signatureWhoseRHasALeadingZero(algorithm, pair);
        int r = signature[1] < 0 ? 5 : 4;
        byte[] shorter = new byte[signature.length - 1];
        System.arraycopy(signature, 0, shorter, 0, r);
        System.arraycopy(signature, r + 1, shorter, r, shorter.length - r);
        shorter[r - 3]--;
        shorter[r - 1]--;

        assertThat(algorithm.verify(pair.getPublic(), CONTENT, signature)).isTrue();
        assertThat(algorithm.verify(pair.getPublic(), CONTENT, shorter)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("handshakeSchemes")
    void schemeServesManyThreadsAtOnce(SignatureAlgorithm algorithm) throws Exception {
        KeyPair pair = TestKeys.of(algorithm.scheme());
        Callable<Boolean> handshake =
                () -> algorithm.verify(pair.getPublic(), CONTENT, algorithm.sign(pair.getPrivate(), CONTENT));
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (Future<Boolean> verified : threads.invokeAll(Collections.nCopies(12, handshake))) {
                assertThat(verified.get()).isTrue();
            }
        }
    }

    /** The JDK's KeyFactory makes such a key. */
    @ParameterizedTest
    @MethodSource("ecdsaSchemes")
    void keyOffTheCurveVerifiesNothing(SignatureAlgorithm algorithm) throws Exception {
        KeyPair pair = TestKeys.of(algorithm.scheme());
        byte[] signature = algorithm.sign(pair.getPrivate(), CONTENT);
        byte[] info = pair.getPublic().getEncoded();
        info[info.length - 1] ^= 1;
        PublicKey bad = KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(info));

        assertThat(verifies(algorithm, bad, signature)).isFalse();
    }

    private static boolean verifies(SignatureAlgorithm algorithm, PublicKey key, byte[] signature) {
        try {
            return algorithm.verify(key, CONTENT, signature);
        } catch (InvalidKeyException refused) {
            return false;
        }
    }

    private static byte[] signatureWhoseRHasALeadingZero(SignatureAlgorithm algorithm, KeyPair pair) throws Exception {
        while (true) {
            byte[] signature = algorithm.sign(pair.getPrivate(), CONTENT);
            if (signature[signature[1] < 0 ? 5 : 4] == 0) {
                return signature;
            }
        }
    }
}
