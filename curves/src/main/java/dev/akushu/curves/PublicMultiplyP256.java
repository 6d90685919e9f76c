package dev.akushu.curves;

/**
 * k G + l Q on P-256 for the verification of signatures, where nothing is secret: time and memory accesses depend on
 * the scalars.
 *
 * <p>Digits are those of the {@link NonAdjacentForm}. Both sums share their doublings (Straus). A key that is met again
 * has a table of its own, with which both scalars are cut in words of 64 bits, so that 64 doublings suffice.
 */
final class PublicMultiplyP256 {
    private static final int BASE_WIDTH = 8;
    private static final int FRESH_WIDTH = 5;
    private static final int KNOWN_WIDTH = 6;
    private static final int WORDS = CurveP256.WORDS;
    private static final int ENTRY = OddMultiplesP256.ENTRY;

    /** (2 i + 1) 2^(64 j) G for i below 64, j below the number of words. */
    private static final long[] BASE = Words.table("p256-odd.bin");

    private final PointP256 sum = new PointP256();
    private boolean isInfinity = true;
    private final FieldP256 x = new FieldP256();
    private final FieldP256 y = new FieldP256();
    private final PointP256.Temporaries temporaries = new PointP256.Temporaries();

    private PublicMultiplyP256() {}

    /** The table for a key that verifies often: 16 points for each word of a scalar. */
    static long[] tableOf(PointP256 q) {
        return OddMultiplesP256.table(q, 1 << KNOWN_WIDTH - 2, WORDS, new PointP256.Temporaries());
    }

    /** k G + l q, for an affine q without a table. */
    static PointP256 multiply(long[] k, long[] l, PointP256 q) {
        PublicMultiplyP256 run = new PublicMultiplyP256();
        long[] table = OddMultiplesP256.table(q, 1 << FRESH_WIDTH - 2, 1, run.temporaries);
        byte[] ofBase = new byte[64 * WORDS + BASE_WIDTH + 1];
        byte[] ofKey = new byte[64 * WORDS + BASE_WIDTH + 1];
        int digits = Math.max(
                NonAdjacentForm.digits(ofBase, k, 0, WORDS, BASE_WIDTH),
                NonAdjacentForm.digits(ofKey, l, 0, WORDS, FRESH_WIDTH));
        for (int i = digits - 1; i >= 0; i--) {
            run.dbl();
            run.add(table, 0, ofKey[i]);
            run.add(BASE, 0, ofBase[i]);
        }
        return run.checked(k, l, q);
    }

    /** k G + l q, with the table of q. */
    static PointP256 multiply(long[] k, long[] l, PointP256 q, long[] table) {
        PublicMultiplyP256 run = new PublicMultiplyP256();
        byte[][] ofBase = new byte[WORDS][64 + BASE_WIDTH + 1];
        byte[][] ofKey = new byte[WORDS][64 + BASE_WIDTH + 1];
        int digits = 0;
        for (int j = 0; j < WORDS; j++) {
            digits = Math.max(digits, NonAdjacentForm.digits(ofBase[j], k, j, j + 1, BASE_WIDTH));
            digits = Math.max(digits, NonAdjacentForm.digits(ofKey[j], l, j, j + 1, KNOWN_WIDTH));
        }
        for (int i = digits - 1; i >= 0; i--) {
            run.dbl();
            for (int j = 0; j < WORDS; j++) {
                run.add(table, j << KNOWN_WIDTH - 2, ofKey[j][i]);
                run.add(BASE, j << BASE_WIDTH - 2, ofBase[j][i]);
            }
        }
        return run.checked(k, l, q);
    }

    /** The sum, once more with complete formulas if Z = 0: then it is infinity or an addition met an exception. */
    private PointP256 checked(long[] k, long[] l, PointP256 q) {
        if (sum.z.isZero() != 0) {
            CompleteP256.multiply(sum, k, PointP256.base(), l, q);
        }
        return sum;
    }

    private void dbl() {
        if (!isInfinity) {
            PointP256.dbl(sum, sum, temporaries);
        }
    }

    /** sum += digit T, where the table has T's odd multiples from entry {@code first} on; the digit is odd or 0. */
    private void add(long[] table, int first, int digit) {
        if (digit == 0) {
            return;
        }
        int at = (first + (Math.abs(digit) >> 1)) * ENTRY;
        x.load(table, at);
        y.load(table, at + FieldP256.LIMBS);
        if (digit < 0) {
            y.cneg(-1);
        }
        if (isInfinity) {
            sum.setAffine(x, y);
            isInfinity = false;
        } else {
            PointP256.add(sum, sum, x, y, temporaries);
        }
    }
}
