package dev.akushu.curves;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** X25519 and Ed25519 against BouncyCastle. Half of the secrets and of the peers' keys are near the edges of limbs and words. */
class Curve25519DifferentialTest {
    private static byte[] octets(Random random, int length) {
        byte[] octets = new byte[length];
        random.nextBytes(octets);
        return octets;
    }

    @Test
    void x25519AsBouncyCastle() {
        Cases.inBatches(Cases.COUNT, Curve25519DifferentialTest::x25519);
    }

    private static void x25519(Random random) {
        for (int i = 0; i < Cases.BATCH; i++) {
            byte[] secret = Edgy.octets(random, 32);
            byte[] peer = Edgy.octets(random, 32);
            byte[] own = new byte[32];
            byte[] theirs = new byte[32];
            X25519.agree(secret, peer, 0, own, 0);
            org.bouncycastle.math.ec.rfc7748.X25519.scalarMult(secret, 0, peer, 0, theirs, 0);
            assertThat(own).isEqualTo(theirs);
            X25519.publicKey(secret, own, 0);
            org.bouncycastle.math.ec.rfc7748.X25519.scalarMultBase(secret, 0, theirs, 0);
            assertThat(own).isEqualTo(theirs);
        }
    }

    @Test
    void ed25519AsBouncyCastle() {
        Cases.inBatches(Cases.COUNT, Curve25519DifferentialTest::ed25519);
    }

    private static void ed25519(Random random) {
        for (int i = 0; i < Cases.BATCH; i++) {
            byte[] secret = Edgy.octets(random, 32);
            byte[] message = octets(random, random.nextInt(200));
            byte[] key = new byte[32];
            byte[] own = new byte[64];
            byte[] theirs = new byte[64];
            Ed25519.publicKey(secret, key, 0);
            Ed25519.sign(secret, message, own, 0);
            org.bouncycastle.math.ec.rfc8032.Ed25519.sign(secret, 0, message, 0, message.length, theirs, 0);
            assertThat(own).isEqualTo(theirs);
            assertSameVerdict(key, message, own, true);
            own[random.nextInt(64)] ^= (byte) (1 << random.nextInt(8));
            assertSameVerdict(key, message, own, false);
        }
    }

    private static void assertSameVerdict(byte[] key, byte[] message, byte[] signature, boolean expected) {
        assertThat(Ed25519.verify(key, message, signature, 0)).isEqualTo(expected);
        assertThat(org.bouncycastle.math.ec.rfc8032.Ed25519.verify(signature, 0, key, 0, message, 0, message.length))
                .isEqualTo(expected);
    }
}
