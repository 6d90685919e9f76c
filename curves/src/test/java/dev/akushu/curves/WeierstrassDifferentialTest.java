package dev.akushu.curves;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECPoint;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Public keys, agreements, signatures and verifications on P-256 and P-384 against BouncyCastle's point addition ({@link Progression}) and BigInteger, in which signing and
 * verifying are a few lines. Half of the scalars and of the steps between them are near the edges of limbs, digits and the order.
 */
class WeierstrassDifferentialTest {
    /** A batch: own scalars and their points, those of peers, and the common points. */
    private static final class Batch {
        final NistCurve c;
        final Random random;
        final ECPoint[] own = new ECPoint[Cases.BATCH];
        final ECPoint[] peers = new ECPoint[Cases.BATCH];
        final ECPoint[] common = new ECPoint[Cases.BATCH];
        final BigInteger[] k;
        final BigInteger[] q;

        Batch(NistCurve c, Random random) {
            this.c = c;
            this.random = random;
            BigInteger start = c.scalar(random);
            BigInteger step = c.scalar(random).max(BigInteger.ONE);
            BigInteger peerStart = c.scalar(random);
            BigInteger peerStep = c.scalar(random).max(BigInteger.ONE);
            k = Progression.linear(c.base, c.n, start, step).take(own);
            q = Progression.linear(c.base, c.n, peerStart, peerStep).take(peers);
            Progression.product(c.base, c.n, start, step, peerStart, peerStep).take(common);
        }

        void run() {
            BigInteger knownSecret = c.scalar(random).max(BigInteger.ONE);
            EcdsaVerifier known =
                    c.verifier(c.base.multiply(knownSecret).getEncoded(false)).withTable();
            for (int i = 0; i < Cases.BATCH; i++) {
                // Every some 2^256th scalar is 0, and so is an edgy one now and then.
                if (k[i].signum() != 0 && q[i].signum() != 0) {
                    generates(i);
                    agrees(i);
                    if (i % 2 == 0) {
                        signsAndVerifies(i, q[i], c.verifier(peers[i].getEncoded(false)));
                    } else {
                        signsAndVerifies(i, knownSecret, known);
                    }
                }
            }
        }

        private void generates(int i) {
            byte[] point = new byte[2 * c.length + 1];
            c.publicKey(c.octets(k[i]), point);
            assertSame(point, own[i].getEncoded(false), "public key", i);
        }

        private void agrees(int i) {
            byte[] shared = new byte[c.length];
            assertThat(c.agree(c.octets(k[i]), peers[i].getEncoded(false), shared))
                    .isTrue();
            assertSame(shared, common[i].getAffineXCoord().getEncoded(), "agreement", i);
        }

        /** s k = z + r d modulo n, where r is the x-coordinate of k G. */
        private void signsAndVerifies(int i, BigInteger d, EcdsaVerifier verifier) {
            BigInteger z = c.scalar(random);
            BigInteger r = own[i].getAffineXCoord().toBigInteger().mod(c.n);
            BigInteger s = z.add(r.multiply(d)).multiply(k[i].modInverse(c.n)).mod(c.n);
            byte[] signature = new byte[2 * c.length];
            boolean isSigned = c.sign(c.words(d), c.words(z), c.octets(k[i]), signature);
            assertThat(isSigned).isEqualTo(r.signum() != 0 && s.signum() != 0);
            byte[] expected = Arrays.copyOf(c.octets(r), 2 * c.length);
            System.arraycopy(c.octets(s), 0, expected, c.length, c.length);
            assertSame(signature, expected, "signature", i);

            byte[] digest = c.octets(z);
            assertThat(verifier.verify(digest, signature, 0))
                    .as("genuine, %d", i)
                    .isEqualTo(isSigned);
            byte[] forged = random.nextBoolean() ? digest : signature;
            forged[random.nextInt(forged.length)] ^= (byte) (1 << random.nextInt(8));
            assertThat(verifier.verify(digest, signature, 0))
                    .as("forged, %d", i)
                    .isFalse();
        }

        private void assertSame(byte[] actual, byte[] expected, String what, int i) {
            if (!Arrays.equals(actual, expected)) {
                assertThat(actual)
                        .as("%s with k = %s, q = %s", what, k[i], q[i])
                        .isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void allOperationsGiveWhatBouncyCastlesAdditionsGive(NistCurve curve) {
        Cases.inBatches(Cases.COUNT, random -> new Batch(curve, random).run());
    }

    /** Without added randomness, the nonces are those of RFC 6979. */
    @ParameterizedTest
    @EnumSource
    void noncesAreThoseOfBouncyCastle(NistCurve curve) {
        Cases.inBatches(Cases.COUNT, random -> {
            HMacDSAKCalculator theirs = new HMacDSAKCalculator(new SHA256Digest());
            for (int i = 0; i < Cases.BATCH; i++) {
                byte[] secret = curve.octets(curve.scalar(random).max(BigInteger.ONE));
                byte[] digest = curve.octets(curve.scalar(random));
                theirs.init(curve.n, new BigInteger(1, secret), digest);
                byte[] nonce = new byte[curve.length];
                try (HedgedNonces ours = new HedgedNonces("SHA256", secret, digest, new byte[0])) {
                    do {
                        ours.next(nonce);
                    } while (new BigInteger(1, nonce).compareTo(curve.n) >= 0);
                }
                assertThat(new BigInteger(1, nonce)).isEqualTo(theirs.nextK());
            }
        });
    }
}
