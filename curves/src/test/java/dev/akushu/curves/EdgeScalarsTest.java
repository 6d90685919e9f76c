package dev.akushu.curves;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECPoint;
import org.junit.jupiter.api.Test;

/**
 * Scalars and points at which the fast formulas have exceptions, and scalars at the edges of digits and words, against
 * BouncyCastle.
 */
class EdgeScalarsTest {
    private static final ECPoint G256 = CustomNamedCurves.getByName("secp256r1").getG();
    private static final ECPoint G384 = CustomNamedCurves.getByName("secp384r1").getG();

    /** Around 0, n, and all powers of two, and multiples of the greatest digit. */
    private static List<BigInteger> scalars(BigInteger n, int stride) {
        List<BigInteger> scalars = new ArrayList<>();
        for (int i = 1; i < 70; i++) {
            scalars.add(BigInteger.valueOf(i));
            scalars.add(n.subtract(BigInteger.valueOf(i)));
        }
        for (int i = 7; i < n.bitLength(); i += stride) {
            for (int j : new int[] {-33, -31, -16, -1, 0, 1, 15, 32}) {
                BigInteger k = BigInteger.TWO.pow(i).add(BigInteger.valueOf(j)).mod(n);
                scalars.add(k);
                scalars.add(n.subtract(k));
                scalars.add(k.multiply(BigInteger.valueOf(31)).mod(n));
            }
        }
        scalars.removeIf(k -> k.signum() == 0);
        return scalars;
    }

    private static int stride() {
        return Boolean.getBoolean("akushu.curves.thorough") ? 1 : 23;
    }

    @Test
    void p256MultipliesByEveryEdgeScalarAsBouncyCastleDoes() {
        ECPoint q = G256.multiply(BigInteger.valueOf(123456789)).normalize();
        byte[] peer = q.getEncoded(false);
        for (BigInteger k : scalars(CurveP256.N, stride())) {
            byte[] secret = EcdsaTest.fixed(k, 32);
            byte[] point = new byte[65];
            P256.publicKey(secret, point, 0);
            assertThat(point)
                    .as("%s G", k)
                    .isEqualTo(G256.multiply(k).normalize().getEncoded(false));
            byte[] shared = new byte[32];
            assertThat(P256.agree(secret, peer, 0, 65, shared, 0)).isTrue();
            assertThat(shared)
                    .as("%s Q", k)
                    .isEqualTo(q.multiply(k).normalize().getAffineXCoord().getEncoded());
        }
    }

    @Test
    void p384MultipliesByEveryEdgeScalarAsBouncyCastleDoes() {
        ECPoint q = G384.multiply(BigInteger.valueOf(123456789)).normalize();
        byte[] peer = q.getEncoded(false);
        for (BigInteger k : scalars(CurveP384.N, 3 * stride())) {
            byte[] secret = EcdsaTest.fixed(k, 48);
            byte[] point = new byte[97];
            P384.publicKey(secret, point, 0);
            assertThat(point)
                    .as("%s G", k)
                    .isEqualTo(G384.multiply(k).normalize().getEncoded(false));
            byte[] shared = new byte[48];
            assertThat(P384.agree(secret, peer, 0, 97, shared, 0)).isTrue();
            assertThat(shared)
                    .as("%s Q", k)
                    .isEqualTo(q.multiply(k).normalize().getAffineXCoord().getEncoded());
        }
    }

    /** With the key G itself and small or opposite scalars, the sums meet equal and opposite points and infinity. */
    @Test
    void p256AddsDegenerateMultiplesAsBouncyCastleDoes() {
        PointP256 g = PointP256.base();
        long[] table = PublicMultiplyP256.tableOf(g);
        Random random = new Random(5);
        for (int i = 0; i < 240; i++) {
            BigInteger k = i < 100 ? BigInteger.valueOf(i) : Edgy.number(random, CurveP256.N);
            BigInteger l = switch (i % 3) {
                case 0 -> CurveP256.N.subtract(k).mod(CurveP256.N);
                case 1 -> k;
                default -> BigInteger.valueOf(i);
            };
            ECPoint expected = G256.multiply(k.add(l).mod(CurveP256.N)).normalize();
            long[] x = Words.of(k, 4);
            long[] y = Words.of(l, 4);
            PointP256 sum = new PointP256();
            PublicMultiplyP256.multiply(sum, x, y, g);
            assertSame(sum, expected);
            PublicMultiplyP256.multiply(sum, x, y, g, table);
            assertSame(sum, expected);
        }
    }

    private static void assertSame(PointP256 point, ECPoint expected) {
        assertThat(point.z.isZero() != 0).isEqualTo(expected.isInfinity());
        if (!expected.isInfinity()) {
            byte[] encoded = new byte[65];
            point.encode(encoded, 0);
            assertThat(encoded).isEqualTo(expected.getEncoded(false));
        }
    }

    /**
     * k G with k n - 1, 1 and the like goes through the formulas that have no exceptions; so must all others give the
     * same.
     */
    @Test
    void completeFormulasAgreeWithFastOnes() {
        Random random = new Random(6);
        for (int i = 0; i < 60; i++) {
            BigInteger k = Edgy.number(random, CurveP256.N).max(BigInteger.ONE);
            PointP256 fast = new PointP256();
            SecretMultiplyP256.multiplyBase(fast, Words.of(k, 4));
            PointP256 complete = new PointP256();
            CompleteP256.multiply(complete, Words.of(k, 4), PointP256.base());
            byte[] a = new byte[65];
            byte[] b = new byte[65];
            fast.encode(a, 0);
            complete.encode(b, 0);
            assertThat(a).isEqualTo(b);
        }
    }

    @Test
    void pointsThatAreNotOnTheCurveAreRefused() {
        byte[] point = G256.getEncoded(false);
        byte[] secret = EcdsaTest.fixed(BigInteger.TEN, 32);
        for (int i = 0; i < 65 * 8; i++) {
            byte[] changed = point.clone();
            changed[i >> 3] ^= (byte) (1 << (i & 7));
            byte[] out = new byte[32];
            assertThat(P256.agree(secret, changed, 0, 65, out, 0))
                    .as("bit %d", i)
                    .isFalse();
            assertThat(out).containsOnly(0);
        }
        assertThat(P256.agree(secret, Arrays.copyOf(point, 64), 0, 64, new byte[32], 0))
                .isFalse();
        assertThat(P256.agree(secret, new byte[] {0}, 0, 1, new byte[32], 0)).isFalse();
    }

    @Test
    void coordinatesFromThePrimeOnAreRefused() {
        byte[] secret = EcdsaTest.fixed(BigInteger.TEN, 32);
        ECPoint small = smallestPoint();
        byte[] point = small.getEncoded(false);
        assertThat(P256.agree(secret, point, 0, 65, new byte[32], 0)).isTrue();
        BigInteger big = small.getAffineXCoord().toBigInteger().add(CurveP256.P);
        System.arraycopy(EcdsaTest.fixed(big, 32), 0, point, 1, 32);
        assertThat(P256.agree(secret, point, 0, 65, new byte[32], 0)).isFalse();
    }

    /** The point with the smallest x, so that x + p still fits 32 octets. */
    private static ECPoint smallestPoint() {
        for (int x = 0; x < 100; x++) {
            BigInteger cube = BigInteger.valueOf(x).pow(3);
            BigInteger square =
                    cube.subtract(BigInteger.valueOf(3L * x)).add(CurveP256.B).mod(CurveP256.P);
            // p is 3 modulo 4.
            BigInteger root = square.modPow(CurveP256.P.add(BigInteger.ONE).shiftRight(2), CurveP256.P);
            if (root.modPow(BigInteger.TWO, CurveP256.P).equals(square)) {
                return G256.getCurve().createPoint(BigInteger.valueOf(x), root);
            }
        }
        throw new AssertionError("every second x has a point");
    }
}
