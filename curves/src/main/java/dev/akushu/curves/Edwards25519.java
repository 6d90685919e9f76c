package dev.akushu.curves;

import java.util.Arrays;

/**
 * A point of edwards25519, -x^2 + y^2 = 1 + d x^2 y^2 (RFC 7748 section 4.1), in the extended coordinates of Hisil, Wong, Carter and Dawson, "Twisted Edwards Curves
 * Revisited": x = X / Z, y = Y / Z, x y = T / Z. As -1 is a square and d is not, the formulas have no exceptions.
 *
 * <p>X, Y, Z and T are tight.
 */
final class Edwards25519 {
    /** Entry (j, i) is (i + 1) 16^(2 j) B as y + x, y - x and 2 d x y, five limbs each. */
    private static final long[] BASE = Words.table("ed25519-base.bin");

    private static final int ENTRY = 15;
    private static final int ENTRIES = 8;

    final Field25519 x = new Field25519();
    final Field25519 y = new Field25519();
    final Field25519 z = new Field25519();
    final Field25519 t = new Field25519();

    private final Field25519 a = new Field25519();
    private final Field25519 b = new Field25519();
    private final Field25519 c = new Field25519();
    private final Field25519 d = new Field25519();
    private final Field25519 e = new Field25519();
    private final Field25519 f = new Field25519();
    private final Field25519 g = new Field25519();
    private final Field25519 h = new Field25519();
    private final Field25519 sum = new Field25519();
    private final Field25519 difference = new Field25519();
    private final Field25519 product = new Field25519();

    /** The neutral element, (0, 1). */
    Edwards25519() {
        setNeutral();
    }

    void setNeutral() {
        x.setSmall(0);
        y.setSmall(1);
        z.setSmall(1);
        t.setSmall(0);
    }

    /** this += the affine point with y + x = {@code yPlusX}, y - x = {@code yMinusX}, 2 d x y = {@code dxy2}. EFD: madd-2008-hwcd-3. */
    void add(Field25519 yPlusX, Field25519 yMinusX, Field25519 dxy2) {
        Field25519.sub(a, y, x);
        Field25519.mul(a, a, yMinusX);
        Field25519.add(b, y, x);
        Field25519.mul(b, b, yPlusX);
        Field25519.mul(c, t, dxy2);
        Field25519.add(d, z, z);
        finish();
    }

    /** this = 2 this. EFD: dbl-2008-hwcd, with all four intermediates negated. */
    void dbl() {
        Field25519.sqr(a, x);
        Field25519.sqr(b, y);
        Field25519.sqr(c, z);
        Field25519.add(d, x, y);
        Field25519.sqr(e, d);
        Field25519.add(h, a, b);
        Field25519.sub(e, h, e);
        Field25519.sub(g, a, b);
        Field25519.add(f, g, c);
        Field25519.add(f, f, c);
        project();
    }

    private void finish() {
        Field25519.sub(e, b, a);
        Field25519.sub(f, d, c);
        Field25519.add(g, d, c);
        Field25519.add(h, b, a);
        project();
    }

    private void project() {
        Field25519.mul(x, e, f);
        Field25519.mul(y, g, h);
        Field25519.mul(t, e, h);
        Field25519.mul(z, f, g);
    }

    /**
     * this = {@code scalar} B, for a secret scalar below 2^255 of 32 octets, little-endian. Radix 16 with the digits -8 to 8; the odd ones first, then four doublings,
     * then the even ones (Bernstein, Duif, Lange, Schwabe and Yang, "High-speed high-security signatures", section 4).
     */
    void multiplyBase(byte[] scalar) {
        byte[] digits = new byte[64];
        recode(digits, scalar);
        setNeutral();
        for (int i = 1; i < 64; i += 2) {
            addMultiple(i >> 1, digits[i]);
        }
        for (int i = 0; i < 4; i++) {
            dbl();
        }
        for (int i = 0; i < 64; i += 2) {
            addMultiple(i >> 1, digits[i]);
        }
        Arrays.fill(digits, (byte) 0);
        wipeTemporaries();
    }

    /** Digits from -8 to 7, only the last, of a scalar below 2^255, may be 8. */
    private static void recode(byte[] digits, byte[] scalar) {
        int carry = 0;
        for (int i = 0; i < 64; i++) {
            int nibble = (scalar[i >> 1] >> 4 * (i & 1) & 15) + carry;
            carry = nibble + 8 >> 4;
            digits[i] = (byte) (nibble - (carry << 4));
        }
        digits[63] = (byte) (digits[63] + (carry << 4));
    }

    /** this += {@code digit} times the base of table j, whose eight entries are all read. */
    private void addMultiple(int j, int digit) {
        int sign = digit >> 31;
        int index = (digit ^ sign) - sign;
        int from = j * ENTRIES * ENTRY;
        // The neutral element is not in the table: for index 0 entry 15 is selected, of which there is none, and y + x = y - x = 1.
        int entry = index - 1 & 15;
        long isZero = (long) index - 1 >> 63;
        sum.select(BASE, from, ENTRY, ENTRIES, entry);
        difference.select(BASE, from + 5, ENTRY, ENTRIES, entry);
        product.select(BASE, from + 10, ENTRY, ENTRIES, entry);
        sum.l0 -= isZero;
        difference.l0 -= isZero;
        Field25519.cswap(sum, difference, sign);
        product.cneg(sign);
        add(sum, difference, product);
    }

    private void wipeTemporaries() {
        for (Field25519 temporary : new Field25519[] {a, b, c, d, e, f, g, h, sum, difference, product}) {
            temporary.wipe();
        }
    }
}
