package dev.akushu.curves;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Fresh keys come from the random numbers given, and from nowhere else. */
class FreshKeysTest {

    enum Curve {
        X25519(32, 32, dev.akushu.curves.X25519::generate, dev.akushu.curves.X25519::publicKey),
        ED25519(32, 32, Ed25519::generate, Ed25519::publicKey),
        P256(32, 65, dev.akushu.curves.P256::generate, dev.akushu.curves.P256::publicKey),
        P384(48, 97, dev.akushu.curves.P384::generate, dev.akushu.curves.P384::publicKey);

        private final int secretLength;
        private final int publicLength;
        private final Generation generation;
        private final Derivation derivation;

        Curve(int secretLength, int publicLength, Generation generation, Derivation derivation) {
            this.secretLength = secretLength;
            this.publicLength = publicLength;
            this.generation = generation;
            this.derivation = derivation;
        }

        byte[] generate(SecureRandom random, byte[] secret) {
            byte[] out = new byte[publicLength + 2];
            generation.generate(random, secret, out, 1);
            assertThat(out[0]).isZero();
            assertThat(out[publicLength + 1]).isZero();
            return Arrays.copyOfRange(out, 1, publicLength + 1);
        }
    }

    private interface Generation {
        void generate(SecureRandom random, byte[] secret, byte[] out, int offset);
    }

    private interface Derivation {
        void derive(byte[] secret, byte[] out, int offset);
    }

    /** Numbers that one can foresee. */
    private static final class Counted extends SecureRandom {
        private static final long serialVersionUID = 1;

        private byte next;

        Counted(int first) {
            next = (byte) first;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            Arrays.fill(bytes, next++);
        }
    }

    @ParameterizedTest
    @EnumSource
    void secretIsWhatTheRandomNumbersSay(Curve curve) {
        SecureRandom random = new Counted(1);
        for (byte i = 1; i < 4; i++) {
            byte[] secret = new byte[curve.secretLength];
            byte[] publicKey = curve.generate(random, secret);
            assertThat(secret).containsOnly(i);
            byte[] derived = new byte[curve.publicLength];
            curve.derivation.derive(secret, derived, 0);
            assertThat(publicKey).isEqualTo(derived);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"P256", "P384"})
    void candidatesOutOfRangeAreThrownAway(Curve curve) {
        byte[] secret = new byte[curve.secretLength];
        // All ones, which is above the order, then 0, then a secret.
        curve.generate(new Counted(-1), secret);
        assertThat(secret).containsOnly(1);
    }

    @ParameterizedTest
    @EnumSource
    void noTwoKeysAreEqual(Curve curve) {
        byte[] secret = new byte[curve.secretLength];
        byte[] another = new byte[curve.secretLength];
        byte[] publicKey = curve.generate(new SecureRandom(), secret);
        assertThat(curve.generate(new SecureRandom(), another)).isNotEqualTo(publicKey);
        assertThat(another).isNotEqualTo(secret);
    }

    @ParameterizedTest
    @EnumSource
    void secretOfAnotherLengthIsRefusedBeforeItIsFilled(Curve curve) {
        for (int length : new int[] {0, curve.secretLength - 1, curve.secretLength + 1}) {
            byte[] secret = new byte[length];
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> curve.generate(new SecureRandom(), secret))
                    .withMessageContaining(String.valueOf(length));
            assertThat(secret).isEqualTo(new byte[length]);
        }
    }
}
