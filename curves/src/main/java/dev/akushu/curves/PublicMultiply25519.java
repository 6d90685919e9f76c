package dev.akushu.curves;

/**
 * k B + l A on edwards25519 for the verification of signatures, where nothing is secret. Digits in
 * {@link NonAdjacentForm}, doublings shared (Straus).
 */
final class PublicMultiply25519 {
    private static final int BASE_WIDTH = 8;
    private static final int WIDTH = 5;

    /** (2 i + 1) B for i below 64, as y + x, y - x and 2 d x y. */
    private static final long[] BASE = Words.table("ed25519-odd.bin");

    private final Edwards25519 sum = new Edwards25519();
    private final Field25519 yPlusX = new Field25519();
    private final Field25519 yMinusX = new Field25519();
    private final Field25519 dxy2 = new Field25519();
    private final Edwards25519.Cached negative = new Edwards25519.Cached();

    private PublicMultiply25519() {}

    /** A new object for the sum. */
    static Edwards25519 multiply(long[] k, long[] l, Edwards25519 a) {
        PublicMultiply25519 run = new PublicMultiply25519();
        Edwards25519.Cached[] multiples = oddMultiples(a);
        byte[] ofBase = new byte[256 + BASE_WIDTH + 1];
        byte[] ofKey = new byte[256 + BASE_WIDTH + 1];
        int digits = Math.max(
                NonAdjacentForm.digits(ofBase, k, 0, 256, BASE_WIDTH), NonAdjacentForm.digits(ofKey, l, 0, 256, WIDTH));
        for (int i = digits - 1; i >= 0; i--) {
            run.sum.dbl();
            run.add(multiples, ofKey[i]);
            run.addBase(ofBase[i]);
        }
        return run.sum;
    }

    /** a, 3 a, 5 a ... 15 a. */
    private static Edwards25519.Cached[] oddMultiples(Edwards25519 a) {
        Edwards25519 current = new Edwards25519();
        Edwards25519.Cached twice = new Edwards25519.Cached();
        twice.set(a);
        current.add(twice);
        current.dbl();
        current.extend();
        twice.set(current);
        Edwards25519.Cached[] multiples = new Edwards25519.Cached[1 << WIDTH - 2];
        multiples[0] = new Edwards25519.Cached();
        multiples[0].set(a);
        current.setNeutral();
        current.add(multiples[0]);
        current.extend();
        for (int i = 1; i < multiples.length; i++) {
            current.add(twice);
            current.extend();
            multiples[i] = new Edwards25519.Cached();
            multiples[i].set(current);
        }
        return multiples;
    }

    /** To the double that the sum has just become. */
    private void add(Edwards25519.Cached[] multiples, int digit) {
        if (digit == 0) {
            return;
        }
        sum.extend();
        if (digit > 0) {
            sum.add(multiples[digit >> 1]);
        } else {
            negative.setNegative(multiples[-digit >> 1]);
            sum.add(negative);
        }
    }

    /** To the double, or to the sum after that, that the sum has just become. */
    private void addBase(int digit) {
        if (digit == 0) {
            return;
        }
        sum.extend();
        int at = (Math.abs(digit) >> 1) * 15;
        boolean isNegative = digit < 0;
        yPlusX.load(BASE, isNegative ? at + 5 : at);
        yMinusX.load(BASE, isNegative ? at : at + 5);
        dxy2.load(BASE, at + 10);
        if (isNegative) {
            dxy2.cneg(-1);
        }
        sum.add(yPlusX, yMinusX, dxy2);
    }
}
