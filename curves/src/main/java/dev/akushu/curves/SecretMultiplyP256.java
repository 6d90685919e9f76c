package dev.akushu.curves;

import java.util.Arrays;

/**
 * Multiplication of points of P-256 by secret scalars: no branch and no index depends on them, tables are read whole.
 *
 * <p>An odd scalar is written with digits of 5 bits that are all odd, from -31 to 31 (Joye and Tunstall, "Exponent
 * recoding and regular exponentiation algorithms"), so that no digit is 0 and every step is alike. An even scalar k is
 * served as n - k, whose result is negated.
 */
final class SecretMultiplyP256 {
    private static final int WIDTH = 5;
    private static final int ENTRIES = 1 << WIDTH - 1;
    private static final int ENTRY = OddMultiplesP256.ENTRY;
    private static final int TABLE = ENTRIES * ENTRY;
    private static final int TOP = CurveP256.TOP_DIGIT;

    /** Table j has the odd multiples of 2^(5 j) G. */
    private static final long[] COMB = Words.table("p256-comb.bin");

    private static final Pool<SecretMultiplyP256> POOL = new Pool<>(SecretMultiplyP256::new);

    private final PointP256 sum = new PointP256();
    private final FieldP256 x = new FieldP256();
    private final FieldP256 y = new FieldP256();
    private final PointP256.Temporaries temporaries = new PointP256.Temporaries();
    private final OddMultiplesP256 multiples = new OddMultiplesP256(ENTRIES, temporaries);
    private final long[] table = new long[TABLE];
    private final long[] odd = new long[CurveP256.WORDS];

    private SecretMultiplyP256() {}

    /** r = k p, for k from 1 to n - 1 and an affine p on the curve, which is another object. */
    static void multiply(PointP256 r, long[] k, PointP256 p) {
        SecretMultiplyP256 run = POOL.take();
        long negated = run.makeOdd(k);
        run.ladder(p);
        run.sum.y.cneg(negated);
        r.set(run.sum);
        run.giveBack();
        if (r.z.isZero() != 0) {
            CompleteP256.multiply(r, k, p);
        }
    }

    /** r = k G, for k from 1 to n - 1. */
    static void multiplyBase(PointP256 r, long[] k) {
        SecretMultiplyP256 run = POOL.take();
        long negated = run.makeOdd(k);
        run.comb();
        run.sum.y.cneg(negated);
        r.set(run.sum);
        run.giveBack();
        if (r.z.isZero() != 0) {
            CompleteP256.multiply(r, k, PointP256.base());
        }
    }

    private void ladder(PointP256 p) {
        multiples.write(table, 0, p);
        sum.set(p); // the digit TOP is 1
        for (int i = TOP - 1; i >= 0; i--) {
            for (int j = 0; j < WIDTH; j++) {
                PointP256.dbl(sum, sum, temporaries);
            }
            addMultiple(table, 0, digit(odd, i));
        }
    }

    private void comb() {
        sum.x.load(COMB, TOP * TABLE); // the digit TOP is 1
        sum.y.load(COMB, TOP * TABLE + FieldP256.LIMBS);
        sum.z.setOne();
        for (int i = TOP - 1; i >= 0; i--) {
            addMultiple(COMB, i * TABLE, digit(odd, i));
        }
    }

    /** sum += digit T, T's odd multiples from {@code from} on. */
    private void addMultiple(long[] table, int from, int digit) {
        int sign = digit >> 31;
        int index = (digit ^ sign) - sign >>> 1;
        x.select(table, from, ENTRY, ENTRIES, index);
        y.select(table, from + FieldP256.LIMBS, ENTRY, ENTRIES, index);
        y.cneg(sign);
        PointP256.add(sum, sum, x, y, temporaries);
    }

    /** Digit i below TOP of an odd scalar: the 6 bits from bit 5 i on, the lowest taken for 1, less 32. */
    private static int digit(long[] k, int i) {
        int bit = WIDTH * i;
        int word = bit >>> 6;
        int shift = bit & 63;
        long bits = k[word] >>> shift;
        // Which digits lie in two words is no secret.
        if (shift > 58 && word + 1 < k.length) {
            bits |= k[word + 1] << 64 - shift;
        }
        return ((int) bits & 63 | 1) - 32;
    }

    /** The odd one of k and n - k; -1 if k is even, else 0. */
    private long makeOdd(long[] k) {
        long even = (k[0] & 1) - 1;
        System.arraycopy(k, 0, odd, 0, odd.length);
        CurveP256.SCALARS.negateIf(odd, even);
        return even;
    }

    /** The table has multiples of a public point. */
    private void giveBack() {
        sum.wipe();
        x.wipe();
        y.wipe();
        temporaries.wipe();
        Arrays.fill(odd, 0);
        POOL.giveBack(this);
    }
}
