package dev.akushu.curves;

/**
 * k G + l Q on P-384 for the verification of signatures, where nothing is secret: time and memory accesses depend on
 * the scalars.
 *
 * <p>Digits are those of the {@link NonAdjacentForm}. Both sums share their doublings (Straus). A key that is met again
 * has a table of its own, with which both scalars are cut in parts of 32 bits, so that 32 doublings suffice.
 */
final class PublicMultiplyP384 {
    private static final int BASE_WIDTH = 8;
    private static final int FRESH_WIDTH = 5;
    private static final int KNOWN_WIDTH = 6;
    private static final int BITS = 64 * CurveP384.WORDS;
    private static final int PARTS = BITS / OddMultiplesP384.PART;
    private static final int ENTRY = OddMultiplesP384.ENTRY;

    /** (2 i + 1) 2^(32 j) G for i below 64, j below the number of parts. */
    private static final long[] BASE = Words.table("p384-odd.bin");

    private static final Pool<PublicMultiplyP384> POOL = new Pool<>(PublicMultiplyP384::new);

    private final PointP384 sum = new PointP384();
    private boolean isInfinity;
    private final FieldP384 x = new FieldP384();
    private final FieldP384 y = new FieldP384();
    private final PointP384.Temporaries temporaries = new PointP384.Temporaries();
    private final OddMultiplesP384 multiples = new OddMultiplesP384(1 << FRESH_WIDTH - 2, temporaries);
    private final long[] table = new long[ENTRY << FRESH_WIDTH - 2];
    /** Digits of a whole scalar in the first, or of its parts, each in one. */
    private final byte[][] ofBase = digits(BASE_WIDTH);

    private final byte[][] ofKey = digits(KNOWN_WIDTH);

    private PublicMultiplyP384() {}

    /** The table for a key that verifies often: 16 points for each part of a scalar. */
    static long[] tableOf(PointP384 q) {
        return OddMultiplesP384.table(q, 1 << KNOWN_WIDTH - 2, PARTS);
    }

    private static byte[][] digits(int width) {
        byte[][] digits = new byte[PARTS][OddMultiplesP384.PART + width + 1];
        digits[0] = new byte[BITS + width + 1];
        return digits;
    }

    /** r = k G + l q, for an affine q without a table. */
    static void multiply(PointP384 r, long[] k, long[] l, PointP384 q) {
        PublicMultiplyP384 run = POOL.take();
        run.sumUp(k, l, q);
        run.finish(r, k, l, q);
    }

    /** r = k G + l q, with the table of q. */
    static void multiply(PointP384 r, long[] k, long[] l, PointP384 q, long[] table) {
        PublicMultiplyP384 run = POOL.take();
        run.sumUp(k, l, table);
        run.finish(r, k, l, q);
    }

    private void sumUp(long[] k, long[] l, PointP384 q) {
        multiples.write(table, 0, q);
        int digits = Math.max(
                NonAdjacentForm.digits(ofBase[0], k, 0, BITS, BASE_WIDTH),
                NonAdjacentForm.digits(ofKey[0], l, 0, BITS, FRESH_WIDTH));
        start();
        for (int i = digits - 1; i >= 0; i--) {
            dbl();
            add(table, 0, ofKey[0][i]);
            add(BASE, 0, ofBase[0][i]);
        }
    }

    private void sumUp(long[] k, long[] l, long[] tableOfKey) {
        int digits = 0;
        for (int j = 0; j < PARTS; j++) {
            int from = j * OddMultiplesP384.PART;
            int to = from + OddMultiplesP384.PART;
            digits = Math.max(digits, NonAdjacentForm.digits(ofBase[j], k, from, to, BASE_WIDTH));
            digits = Math.max(digits, NonAdjacentForm.digits(ofKey[j], l, from, to, KNOWN_WIDTH));
        }
        start();
        for (int i = digits - 1; i >= 0; i--) {
            dbl();
            for (int j = 0; j < PARTS; j++) {
                add(tableOfKey, j << KNOWN_WIDTH - 2, ofKey[j][i]);
                add(BASE, j << BASE_WIDTH - 2, ofBase[j][i]);
            }
        }
    }

    private void start() {
        sum.wipe();
        isInfinity = true;
    }

    /** The sum, once more with complete formulas if Z = 0: then it is infinity or an addition met an exception. */
    private void finish(PointP384 r, long[] k, long[] l, PointP384 q) {
        r.set(sum);
        POOL.giveBack(this);
        if (r.z.isZero() != 0) {
            CompleteP384.multiply(r, k, PointP384.base(), l, q);
        }
    }

    private void dbl() {
        if (!isInfinity) {
            PointP384.dbl(sum, sum, temporaries);
        }
    }

    /** sum += digit T, where the table has T's odd multiples from entry {@code first} on; the digit is odd or 0. */
    private void add(long[] table, int first, int digit) {
        if (digit == 0) {
            return;
        }
        int at = (first + (Math.abs(digit) >> 1)) * ENTRY;
        x.load(table, at);
        y.load(table, at + FieldP384.LIMBS);
        if (digit < 0) {
            y.cneg(-1);
        }
        if (isInfinity) {
            sum.setAffine(x, y);
            isInfinity = false;
        } else {
            PointP384.add(sum, sum, x, y, temporaries);
        }
    }
}
