package dev.akushu.tls.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.akushu.tls.SignatureScheme;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * RFC 9846 section 4.3.3: hash and MGF1 hash are the same, the salt has the hash's length, and parameters in a key must
 * say the same.
 */
class RsaPssKeyTest {
    private static final Crypto CRYPTO = Crypto.jdk();
    private static final byte[] CONTENT = {1, 2, 3};

    @Test
    void keyWithTheParametersOfTheSchemeIsTaken() throws Exception {
        SignatureAlgorithm algorithm = CRYPTO.signature(SignatureScheme.RSA_PSS_PSS_SHA256);
        KeyPair pair = TestKeys.restrictedPss("SHA-256", "SHA-256", 32);

        assertThat(algorithm.verify(pair.getPublic(), CONTENT, algorithm.sign(pair.getPrivate(), CONTENT)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"SHA-384, SHA-384, 48", "SHA-256, SHA-384, 32", "SHA-256, SHA-256, 20", "SHA-256, SHA-256, 64"})
    void keyWithOtherParametersIsRefused(String hash, String mgf1Hash, int saltLength) {
        SignatureAlgorithm algorithm = CRYPTO.signature(SignatureScheme.RSA_PSS_PSS_SHA256);
        KeyPair pair = TestKeys.restrictedPss(hash, mgf1Hash, saltLength);

        assertThatExceptionOfType(InvalidKeyException.class)
                .isThrownBy(() -> algorithm.sign(pair.getPrivate(), CONTENT))
                .withMessage("The parameters in the key do not allow rsa_pss_pss_sha256");
        assertThatExceptionOfType(InvalidKeyException.class)
                .isThrownBy(() -> algorithm.verify(pair.getPublic(), CONTENT, new byte[256]));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 20, 31, 33, 64})
    void signatureWithAnotherSaltLengthIsInvalid(int saltLength) throws Exception {
        assertThat(verifiesOtherParameters("SHA-256", saltLength)).isFalse();
    }

    @Test
    void signatureWithAnotherMgf1HashIsInvalid() throws Exception {
        assertThat(verifiesOtherParameters("SHA-1", 32)).isFalse();
        assertThat(verifiesOtherParameters("SHA-256", 32))
                .as("with the scheme's own")
                .isTrue();
    }

    /** RFC 8017 section 9.1.1: a modulus of 1024 bits has no room for a SHA-512 hash and a salt as long. */
    @Test
    void keyThatIsTooShortForTheSchemeIsRefused() {
        SignatureAlgorithm algorithm = CRYPTO.signature(SignatureScheme.RSA_PSS_RSAE_SHA512);
        KeyPair pair = TestKeys.rsa(1024);

        assertThatExceptionOfType(InvalidKeyException.class)
                .isThrownBy(() -> algorithm.sign(pair.getPrivate(), CONTENT));
        assertThatExceptionOfType(InvalidKeyException.class)
                .isThrownBy(() -> algorithm.verify(pair.getPublic(), CONTENT, new byte[128]));
    }

    private static boolean verifiesOtherParameters(String mgf1Hash, int saltLength) throws Exception {
        SignatureAlgorithm algorithm = CRYPTO.signature(SignatureScheme.RSA_PSS_RSAE_SHA256);
        KeyPair pair = TestKeys.of(SignatureScheme.RSA_PSS_RSAE_SHA256);
        Signature signer = Signature.getInstance("RSASSA-PSS");
        signer.initSign(pair.getPrivate());
        signer.setParameter(new PSSParameterSpec("SHA-256", "MGF1", new MGF1ParameterSpec(mgf1Hash), saltLength, 1));
        signer.update(CONTENT);
        return algorithm.verify(pair.getPublic(), CONTENT, signer.sign());
    }
}
