package dev.akushu.curves;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.Serial;
import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.XECPrivateKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPublicKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.KeyAgreement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a caller lends or a key gives out is wiped after each operation, also after one that failed; objects of the JCA keep no copy of a secret. */
class SecretsAreWipedTest {
    private final Provider ours = new AkushuCurves();

    /** Keeps the arrays that it fills. */
    private static final class Lender extends SecureRandom {
        @Serial
        private static final long serialVersionUID = 1L;

        private final transient List<byte[]> lent = new ArrayList<>();

        @Override
        public void nextBytes(byte[] octets) {
            Arrays.fill(octets, (byte) 9);
            lent.add(octets);
        }
    }

    @ParameterizedTest
    @EnumSource
    void randomnessThatIsAddedToANonceIsWiped(NistCurve curve) {
        Lender random = new Lender();
        byte[] secret = curve.octets(BigInteger.TEN);
        byte[] digest = new byte[32];
        curve.sign(secret, "SHA256", digest, random, new byte[curve.signatureLength()]);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> curve.sign(secret, "MD5", digest, random, new byte[curve.signatureLength()]));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> curve.sign(secret, "SHA256", digest, random, new byte[3]));
        assertThat(random.lent)
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(octets -> assertThat(octets).containsOnly(0));
    }

    /** A key that keeps the copies of its secret that it gave out. */
    private abstract static class Giver implements PrivateKey {
        @Serial
        private static final long serialVersionUID = 1L;

        final transient List<byte[]> given = new ArrayList<>();

        Giver() {}

        Optional<byte[]> copy() {
            byte[] copy = new byte[32];
            Arrays.fill(copy, (byte) 7);
            given.add(copy);
            return Optional.of(copy);
        }

        void assertAllWiped(int copies) {
            assertThat(given)
                    .hasSize(copies)
                    .allSatisfy(copy -> assertThat(copy).containsOnly(0));
        }

        @Override
        public String getFormat() {
            return "RAW";
        }

        @Override
        public byte[] getEncoded() {
            return new byte[0];
        }
    }

    private static final class EdwardsKey extends Giver implements EdECPrivateKey {
        @Serial
        private static final long serialVersionUID = 1L;

        @Override
        public Optional<byte[]> getBytes() {
            return copy();
        }

        @Override
        public NamedParameterSpec getParams() {
            return NamedParameterSpec.ED25519;
        }

        @Override
        public String getAlgorithm() {
            return "EdDSA";
        }
    }

    private static final class MontgomeryKey extends Giver implements XECPrivateKey {
        @Serial
        private static final long serialVersionUID = 1L;

        @Override
        public Optional<byte[]> getScalar() {
            return copy();
        }

        @Override
        public AlgorithmParameterSpec getParams() {
            return NamedParameterSpec.X25519;
        }

        @Override
        public String getAlgorithm() {
            return "XDH";
        }
    }

    @Test
    void signatureKeepsNoSecret() throws Exception {
        EdwardsKey key = new EdwardsKey();
        Signature signature = Signature.getInstance("Ed25519", ours);
        signature.initSign(key);
        key.assertAllWiped(1);
        signature.update((byte) 1);
        byte[] first = signature.sign();
        key.assertAllWiped(2);
        signature.update((byte) 1);
        assertThat(signature.sign()).isEqualTo(first);
        key.assertAllWiped(3);
    }

    @Test
    void agreementKeepsNoSecret() throws Exception {
        MontgomeryKey key = new MontgomeryKey();
        KeyAgreement agreement = KeyAgreement.getInstance("X25519", ours);
        agreement.init(key);
        key.assertAllWiped(1);
        agreement.doPhase(publicKey(BigInteger.valueOf(9)), true);
        key.assertAllWiped(2);
        assertThat(agreement.generateSecret()).hasSize(32);

        PublicKey small = publicKey(BigInteger.ZERO);
        assertThatExceptionOfType(InvalidKeyException.class).isThrownBy(() -> agreement.doPhase(small, true));
        key.assertAllWiped(3);
    }

    private static PublicKey publicKey(BigInteger u) throws Exception {
        return KeyFactory.getInstance("X25519", "SunEC")
                .generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, u));
    }
}
