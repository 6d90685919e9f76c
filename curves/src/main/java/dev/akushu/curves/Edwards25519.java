package dev.akushu.curves;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * A point of edwards25519, -x^2 + y^2 = 1 + d x^2 y^2 (RFC 7748 section 4.1), in the extended coordinates of Hisil,
 * Wong, Carter and Dawson, "Twisted Edwards Curves Revisited": x = X / Z, y = Y / Z, x y = T / Z. As -1 is a square and
 * d is not, the formulas have no exceptions.
 *
 * <p>X, Y, Z and T are tight. Sums and doubles are without their T, which only a further addition asks for, until
 * {@link #extend} is called.
 */
final class Edwards25519 {
    /** Entry (j, i) is (i + 1) 16^j B as y + x, y - x and 2 d x y, five limbs each. */
    private static final long[] BASE = Words.table("ed25519-base.bin");

    private static final Field25519 D = field("52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3");
    private static final Field25519 TWICE_D = field("2406d9dc56dffce7198e80f2eef3d13000e0149a8283b156ebd69b9426b2f159");
    private static final Field25519 ROOT_OF_MINUS_ONE =
            field("2b8324804fc1df0b2b4d00993dfbd7a72f431806ad2fe478c4ee1b274a0ea0b0");

    /** For multiples of the base point; what is there holds no secret. */
    static final Pool<Edwards25519> POINTS = new Pool<>(Edwards25519::new);

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
    private final long[] entry = new long[ENTRY];

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

    /**
     * this += the affine point with y + x = {@code yPlusX}, y - x = {@code yMinusX}, 2 d x y = {@code dxy2}, without T.
     * EFD: madd-2008-hwcd-3.
     */
    void add(Field25519 yPlusX, Field25519 yMinusX, Field25519 dxy2) {
        Field25519.sub(a, y, x);
        Field25519.mul(a, a, yMinusX);
        Field25519.add(b, y, x);
        Field25519.mul(b, b, yPlusX);
        Field25519.mul(c, t, dxy2);
        Field25519.add(d, z, z);
        finish();
    }

    /** this += {@code that}, given as {@link Cached}, without T. EFD: add-2008-hwcd-3. */
    void add(Cached that) {
        Field25519.sub(a, y, x);
        Field25519.mul(a, a, that.yMinusX);
        Field25519.add(b, y, x);
        Field25519.mul(b, b, that.yPlusX);
        Field25519.mul(c, t, that.dt2);
        Field25519.mul(d, z, that.z2);
        finish();
    }

    /** A point as it is added: Y + X, Y - X, 2 Z and 2 d T. */
    static final class Cached {
        final Field25519 yPlusX = new Field25519();
        final Field25519 yMinusX = new Field25519();
        final Field25519 z2 = new Field25519();
        final Field25519 dt2 = new Field25519();

        void set(Edwards25519 p) {
            Field25519.add(yPlusX, p.y, p.x);
            Field25519.sub(yMinusX, p.y, p.x);
            Field25519.add(z2, p.z, p.z);
            Field25519.mul(dt2, p.t, TWICE_D);
        }

        /** The opposite point. */
        void setNegative(Cached that) {
            yPlusX.set(that.yMinusX);
            yMinusX.set(that.yPlusX);
            z2.set(that.z2);
            dt2.set(that.dt2);
            dt2.cneg(-1);
        }
    }

    /** this = 2 this, without T, and none is needed. EFD: dbl-2008-hwcd, with all four intermediates negated. */
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
        Field25519.mul(z, f, g);
    }

    /** Gives the sum or double that this has just become its T. */
    void extend() {
        Field25519.mul(t, e, h);
    }

    /**
     * this = {@code scalar} B, for a secret scalar below 2^255 of 32 octets, little-endian. Radix 16 with the digits -8
     * to 8, each with a table of its own (Bernstein, Duif, Lange, Schwabe and Yang, "High-speed high-security
     * signatures", section 4, without the doublings that save half of the tables there).
     */
    void multiplyBase(byte[] scalar) {
        byte[] digits = new byte[64];
        recode(digits, scalar);
        setNeutral();
        for (int i = 0; i < 64; i++) {
            addMultiple(i, digits[i]);
            extend();
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
        // The neutral element is not in the table: for index 0 entry 15 is selected, of which there is none, and y + x
        // = y - x = 1.
        select(j * ENTRIES * ENTRY, index - 1 & 15);
        sum.load(entry, 0);
        difference.load(entry, 5);
        product.load(entry, 10);
        long isZero = (long) index - 1 >> 63;
        sum.l0 -= isZero;
        difference.l0 -= isZero;
        Field25519.cswap(sum, difference, sign);
        product.cneg(sign);
        add(sum, difference, product);
    }

    /**
     * Reads the eight entries from {@code from} on, and keeps entry {@code index} of them, or zeros for one behind the
     * last. The index decides on masks only. All limbs in one loop: three selections, one a number, take twice the
     * time.
     */
    private void select(int from, int index) {
        long is0 = mask(0, index);
        long is1 = mask(1, index);
        long is2 = mask(2, index);
        long is3 = mask(3, index);
        long is4 = mask(4, index);
        long is5 = mask(5, index);
        long is6 = mask(6, index);
        long is7 = mask(7, index);
        for (int i = 0; i < ENTRY; i++) {
            entry[i] = BASE[from + i] & is0
                    | BASE[from + ENTRY + i] & is1
                    | BASE[from + 2 * ENTRY + i] & is2
                    | BASE[from + 3 * ENTRY + i] & is3
                    | BASE[from + 4 * ENTRY + i] & is4
                    | BASE[from + 5 * ENTRY + i] & is5
                    | BASE[from + 6 * ENTRY + i] & is6
                    | BASE[from + 7 * ENTRY + i] & is7;
        }
    }

    /** -1 if both are equal, else 0; neither is negative. */
    private static long mask(int a, int b) {
        return (long) (a ^ b) - 1 >> 63;
    }

    /**
     * Reads a point (RFC 8032 section 5.1.3) and accepts only what {@link #encode} writes: y below p, and no sign for x
     * = 0.
     *
     * @return whether it is one; if not, this is undefined
     */
    boolean decode(byte[] octets, int offset) {
        long[] w = new long[4];
        for (int i = 0; i < 4; i++) {
            w[i] = Words.little(octets, offset + 8 * i);
        }
        long sign = w[3] >>> 63;
        y.setWords(w[0], w[1], w[2], w[3]);
        long[] canonical = new long[4];
        a.set(y);
        a.toWords(canonical);
        w[3] &= Long.MAX_VALUE;
        if (!Arrays.equals(w, canonical) || !recoverX()) {
            return false;
        }
        a.set(x);
        long isZero = a.isZero();
        a.toWords(canonical);
        if (isZero != 0 && sign != 0) {
            return false;
        }
        x.cneg(-(canonical[0] & 1 ^ sign));
        z.setSmall(1);
        Field25519.mul(t, x, y);
        return true;
    }

    /** One of the x of this y, if there is one: a root of u / v = (y^2 - 1) / (d y^2 + 1). */
    private boolean recoverX() {
        Field25519 u = b;
        Field25519 v = c;
        z.setSmall(1);
        Field25519.sqr(a, y);
        Field25519.sub(u, a, z);
        Field25519.mul(v, a, D);
        Field25519.add(v, v, z);
        // RFC 8032 section 5.1.3: x = u v^3 (u v^7)^((p - 5) / 8)
        Field25519.sqr(d, v);
        Field25519.mul(d, d, v);
        Field25519.sqr(e, d);
        Field25519.mul(e, e, v);
        Field25519.mul(e, e, u);
        Field25519.powForRoot(e, e);
        Field25519.mul(d, d, u);
        Field25519.mul(x, d, e);
        Field25519.sqr(f, x);
        Field25519.mul(f, f, v);
        Field25519.sub(g, f, u);
        if (g.isZero() != 0) {
            return true;
        }
        Field25519.add(g, f, u);
        Field25519.mul(x, x, ROOT_OF_MINUS_ONE);
        return g.isZero() != 0;
    }

    /** this = -this. */
    void negate() {
        x.cneg(-1);
        t.cneg(-1);
    }

    /** Writes y, and in the highest bit the lowest of x: RFC 8032 section 5.1.2. */
    void encode(byte[] octets, int offset) {
        Field25519.invert(c, z);
        Field25519.mul(a, x, c);
        Field25519.mul(b, y, c);
        long[] ofX = new long[4];
        long[] ofY = new long[4];
        a.toWords(ofX);
        b.toWords(ofY);
        ofY[3] |= ofX[0] << 63;
        for (int i = 0; i < 4; i++) {
            Words.putLittle(octets, offset + 8 * i, ofY[i]);
        }
        wipeTemporaries();
        Arrays.fill(ofX, 0);
    }

    private static Field25519 field(String hex) {
        long[] w = Words.of(new BigInteger(hex, 16), 4);
        Field25519 element = new Field25519();
        element.setWords(w[0], w[1], w[2], w[3]);
        return element;
    }

    void wipe() {
        x.wipe();
        y.wipe();
        z.wipe();
        t.wipe();
        wipeTemporaries();
    }

    private void wipeTemporaries() {
        for (Field25519 temporary : new Field25519[] {a, b, c, d, e, f, g, h, sum, difference, product}) {
            temporary.wipe();
        }
        Arrays.fill(entry, 0);
    }
}
