package dev.akushu.curves;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bouncycastle.math.ec.ECPoint;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Scalars and points of P-256 and P-384 at which the fast formulas have exceptions, and scalars at the edges of digits
 * and words, against BouncyCastle.
 */
class EdgeScalarsTest {
    /** The greatest digit of a secret scalar. */
    private static final BigInteger DIGIT = BigInteger.valueOf(31);

    /** Around 0 and n, all powers of two and their neighbours, and numbers a digit away from every {@code stride}th power, with multiples of the greatest digit. */
    private static List<BigInteger> scalars(BigInteger n, int stride) {
        List<BigInteger> scalars = new ArrayList<>();
        for (int i = 1; i < 70; i++) {
            addWithOpposite(scalars, BigInteger.valueOf(i), n);
        }
        for (int i = 7; i < n.bitLength(); i++) {
            for (int j = -1; j <= 1; j++) {
                addWithOpposite(scalars, BigInteger.TWO.pow(i).add(BigInteger.valueOf(j)), n);
            }
        }
        for (int i = 7; i < n.bitLength(); i += stride) {
            for (int j : new int[] {-33, -31, -16, -1, 0, 1, 15, 32}) {
                BigInteger k = BigInteger.TWO.pow(i).add(BigInteger.valueOf(j));
                addWithOpposite(scalars, k, n);
                scalars.add(k.multiply(DIGIT).mod(n));
            }
        }
        return scalars;
    }

    private static void addWithOpposite(List<BigInteger> scalars, BigInteger k, BigInteger n) {
        scalars.add(k.mod(n));
        scalars.add(n.subtract(k.mod(n)));
    }

    private static int stride() {
        return Boolean.getBoolean("akushu.curves.thorough") ? 1 : 23;
    }

    @ParameterizedTest
    @EnumSource
    void multipliesByEveryEdgeScalarAsBouncyCastleDoes(NistCurve curve) {
        ECPoint q = curve.base.multiply(BigInteger.valueOf(123456789)).normalize();
        byte[] peer = q.getEncoded(false);
        for (BigInteger k : scalars(curve.n, stride())) {
            byte[] secret = curve.octets(k);
            byte[] point = new byte[curve.pointLength()];
            curve.publicKey(secret, point);
            assertThat(point).as("%s G", k).isEqualTo(encoded(curve, curve.base.multiply(k)));
            byte[] shared = new byte[curve.length];
            assertThat(curve.agree(secret, peer, shared)).isTrue();
            assertThat(shared)
                    .as("%s Q", k)
                    .isEqualTo(q.multiply(k).normalize().getAffineXCoord().getEncoded());
        }
    }

    /** With the key G itself and small or opposite scalars, the sums meet equal and opposite points and infinity. */
    @ParameterizedTest
    @EnumSource
    void addsDegenerateMultiplesAsBouncyCastleDoes(NistCurve curve) {
        NistCurve.Sums sums = curve.sums(curve.base.getEncoded(false));
        Random random = new Random(5);
        for (int i = 0; i < 240; i++) {
            BigInteger k = i < 100 ? BigInteger.valueOf(i) : Edgy.number(random, curve.n);
            BigInteger l = switch (i % 3) {
                case 0 -> curve.n.subtract(k).mod(curve.n);
                case 1 -> k;
                default -> BigInteger.valueOf(i);
            };
            byte[] expected = encoded(curve, curve.base.multiply(k.add(l).mod(curve.n)));
            assertThat(sums.ofFresh(curve.words(k), curve.words(l)))
                    .as("%s G + %s G", k, l)
                    .isEqualTo(expected);
            assertThat(sums.ofKnown(curve.words(k), curve.words(l)))
                    .as("%s G + %s G with a table", k, l)
                    .isEqualTo(expected);
        }
    }

    /** All zero for infinity, as {@link NistCurve.Sums} has it. */
    private static byte[] encoded(NistCurve curve, ECPoint point) {
        return point.isInfinity()
                ? new byte[curve.pointLength()]
                : point.normalize().getEncoded(false);
    }

    /**
     * k G with k n - 1, 1 and the like goes through the formulas that have no exceptions; so must all others give the
     * same.
     */
    @ParameterizedTest
    @EnumSource
    void completeFormulasAgreeWithFastOnes(NistCurve curve) {
        NistCurve.Sums sums = curve.sums(curve.base.getEncoded(false));
        Random random = new Random(6);
        for (int i = 0; i < 60; i++) {
            long[] k = curve.words(Edgy.number(random, curve.n).max(BigInteger.ONE));
            byte[] fast = sums.fastMultipleOfBase(k);
            assertThat(fast).isEqualTo(sums.completeMultipleOfBase(k)).isNotEqualTo(new byte[fast.length]);
        }
    }

    @ParameterizedTest
    @EnumSource
    void pointsThatAreNotOnTheCurveAreRefused(NistCurve curve) {
        byte[] point = curve.base.getEncoded(false);
        for (int i = 0; i < point.length * 8; i++) {
            byte[] changed = point.clone();
            changed[i >> 3] ^= (byte) (1 << (i & 7));
            assertRefused(curve, changed);
        }
        assertRefused(curve, Arrays.copyOf(point, point.length - 1));
        assertRefused(curve, Arrays.copyOf(point, point.length + 1));
        assertRefused(curve, new byte[] {0});
        assertRefused(curve, new byte[0]);
    }

    private static void assertRefused(NistCurve curve, byte[] point) {
        byte[] out = new byte[curve.length];
        assertThat(curve.agree(curve.octets(BigInteger.TEN), point, out))
                .as("%s", new BigInteger(1, point).toString(16))
                .isFalse();
        assertThat(out).containsOnly(0);
        assertThat(new KnownKeys().verifier(point)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void coordinatesFromThePrimeOnAreRefused(NistCurve curve) {
        ECPoint small = smallestPoint(curve);
        byte[] point = small.getEncoded(false);
        assertThat(curve.agree(curve.octets(BigInteger.TEN), point, new byte[curve.length]))
                .isTrue();
        BigInteger big = small.getAffineXCoord().toBigInteger().add(curve.p);
        System.arraycopy(curve.octets(big), 0, point, 1, curve.length);
        assertRefused(curve, point);
    }

    /** The point with the smallest x, so that x + p still fits the octets. */
    private static ECPoint smallestPoint(NistCurve curve) {
        for (int x = 0; x < 100; x++) {
            BigInteger cube = BigInteger.valueOf(x).pow(3);
            BigInteger square =
                    cube.subtract(BigInteger.valueOf(3L * x)).add(curve.b).mod(curve.p);
            // Both primes are 3 modulo 4.
            BigInteger root = square.modPow(curve.p.add(BigInteger.ONE).shiftRight(2), curve.p);
            if (root.modPow(BigInteger.TWO, curve.p).equals(square)) {
                return curve.base.getCurve().createPoint(BigInteger.valueOf(x), root);
            }
        }
        throw new AssertionError("every second x has a point");
    }
}
