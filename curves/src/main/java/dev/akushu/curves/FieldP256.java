package dev.akushu.curves;

import java.util.Arrays;

/**
 * An integer modulo p = 2^256 - 2^224 + 2^192 + 2^96 - 1 in Montgomery form with R = 2^260: x stands for x / R. Five
 * signed limbs of radix 2^52; they are fields and no array, so that C2 needs no range checks.
 *
 * <p>Bounds, in units of 2^256. mul and sqr give a value in (-|a| |b| / 16, |a| |b| / 16 + 1) whose limbs 0 to 3 lie in
 * [0, 2^52 + 2^9) and whose limb 4 is signed. add, sub, triple and quadrupleMinus work limb by limb, without carries.
 * weak makes of a value within 2^6 units one in about [0, 1].
 *
 * <p>The tests prove from this file that mul and sqr are exact, and for every point formula that all its intermediates
 * keep within 64 bits.
 */
final class FieldP256 {
    /** Limbs of an element. */
    static final int LIMBS = 5;

    private static final long M = (1L << 52) - 1;
    private static final long TOP = (1L << 48) - 1;
    // p, in limbs.
    private static final long P0 = M;
    private static final long P1 = (1L << 44) - 1;
    private static final long P3 = 1L << 36;
    private static final long P4 = 0xFFFFFFFF0000L;

    private static final FieldP256 PLAIN_ONE = new FieldP256();
    /** R^2 modulo p, which makes a b / R the Montgomery form. */
    private static final FieldP256 R2 = new FieldP256();
    /** 1 in Montgomery form: R modulo p. */
    private static final FieldP256 ONE = new FieldP256();

    static {
        PLAIN_ONE.l0 = 1;
        ONE.l0 = 1;
        for (int i = 0; i < 260; i++) {
            ONE.dbl();
        }
        R2.set(ONE);
        for (int i = 0; i < 260; i++) {
            R2.dbl();
        }
    }

    long l0;
    long l1;
    long l2;
    long l3;
    long l4;

    // <generated> by MontgomeryGenerator; not to be edited

    /** r = a b / R. r may be a or b. */
    static void mul(FieldP256 r, FieldP256 a, FieldP256 b) {
        long a0 = a.l0, a1 = a.l1, a2 = a.l2, a3 = a.l3, a4 = a.l4;
        long b0 = b.l0, b1 = b.l1, b2 = b.l2, b3 = b.l3, b4 = b.l4;
        long s0 = a0 << 8, s1 = a1 << 8, s2 = a2 << 8, s3 = a3 << 8, s4 = a4 << 8;
        long c0 = a0 * b0;
        long h0 = Math.multiplyHigh(s0, b0);
        long m0 = c0 & M, k0 = (h0 << 4) + (c0 - (h0 << 56) >> 52);
        long c1 = a0 * b1 + a1 * b0 + k0 + (m0 << 44);
        long h1 = Math.multiplyHigh(s1, b0) + Math.multiplyHigh(s0, b1) + (m0 >>> 12);
        long m1 = c1 & M, k1 = (h1 << 4) + (c1 - (h1 << 56) >> 52);
        long c2 = a0 * b2 + a1 * b1 + a2 * b0 + k1 + (m1 << 44);
        long h2 = Math.multiplyHigh(s2, b0) + Math.multiplyHigh(s1, b1) + Math.multiplyHigh(s0, b2) + (m1 >>> 12);
        long m2 = c2 & M, k2 = (h2 << 4) + (c2 - (h2 << 56) >> 52);
        long c3 = a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0 + (m0 << 36) + k2 + (m2 << 44);
        long h3 = (m0 >>> 20)
                + Math.multiplyHigh(s3, b0)
                + Math.multiplyHigh(s2, b1)
                + Math.multiplyHigh(s1, b2)
                + Math.multiplyHigh(s0, b3)
                + (m2 >>> 12);
        long m3 = c3 & M, k3 = (h3 << 4) + (c3 - (h3 << 56) >> 52);
        long c4 = a0 * b4
                + a1 * b3
                + a2 * b2
                + a3 * b1
                + a4 * b0
                + (m0 << 48)
                - (m0 << 16)
                + (m1 << 36)
                + k3
                + (m3 << 44);
        long h4 = (m0 >>> 8)
                - (m0 >>> 40)
                + (m1 >>> 20)
                + Math.multiplyHigh(s4, b0)
                + Math.multiplyHigh(s3, b1)
                + Math.multiplyHigh(s2, b2)
                + Math.multiplyHigh(s1, b3)
                + Math.multiplyHigh(s0, b4)
                + (m3 >>> 12);
        long m4 = c4 & M, k4 = (h4 << 4) + (c4 - (h4 << 56) >> 52);
        long c5 = a1 * b4 + a2 * b3 + a3 * b2 + a4 * b1 + (m1 << 48) - (m1 << 16) + (m2 << 36) + k4 + (m4 << 44);
        long h5 = (m1 >>> 8)
                - (m1 >>> 40)
                + (m2 >>> 20)
                + Math.multiplyHigh(s4, b1)
                + Math.multiplyHigh(s3, b2)
                + Math.multiplyHigh(s2, b3)
                + Math.multiplyHigh(s1, b4)
                + (m4 >>> 12);
        long c6 = a2 * b4 + a3 * b3 + a4 * b2 + (m2 << 48) - (m2 << 16) + (m3 << 36) + (h5 << 4);
        long h6 = (m2 >>> 8)
                - (m2 >>> 40)
                + (m3 >>> 20)
                + Math.multiplyHigh(s4, b2)
                + Math.multiplyHigh(s3, b3)
                + Math.multiplyHigh(s2, b4);
        long c7 = a3 * b4 + a4 * b3 + (m3 << 48) - (m3 << 16) + (m4 << 36) + (h6 << 4);
        long h7 = (m3 >>> 8) - (m3 >>> 40) + (m4 >>> 20) + Math.multiplyHigh(s4, b3) + Math.multiplyHigh(s3, b4);
        long c8 = a4 * b4 + (m4 << 48) - (m4 << 16) + (h7 << 4);
        long h8 = (m4 >>> 8) - (m4 >>> 40) + Math.multiplyHigh(s4, b4);
        r.l0 = c5 & M;
        r.l1 = (c6 & M) + (c5 - (h5 << 56) >> 52);
        r.l2 = (c7 & M) + (c6 - (h6 << 56) >> 52);
        r.l3 = (c8 & M) + (c7 - (h7 << 56) >> 52);
        r.l4 = (h8 << 4) + (c8 - (h8 << 56) >> 52);
    }

    /** r = a^2 / R. r may be a. */
    static void sqr(FieldP256 r, FieldP256 a) {
        long a0 = a.l0, a1 = a.l1, a2 = a.l2, a3 = a.l3, a4 = a.l4;
        long s0 = a0 << 8, s1 = a1 << 8, s2 = a2 << 8, s3 = a3 << 8, s4 = a4 << 8;
        long b0 = a0 << 1, b1 = a1 << 1, b2 = a2 << 1, b3 = a3 << 1;
        long c0 = a0 * a0;
        long h0 = Math.multiplyHigh(s0, a0);
        long m0 = c0 & M, k0 = c0 - (h0 << 56) >> 52;
        long c1 = b0 * a1 + ((h0 << 4) + k0) + (m0 << 44);
        long h1 = Math.multiplyHigh(s1, b0) + (m0 >>> 12);
        long m1 = c1 & M, k1 = c1 - (h1 << 56) >> 52;
        long c2 = b0 * a2 + a1 * a1 + ((h1 << 4) + k1) + (m1 << 44);
        long h2 = Math.multiplyHigh(s1, a1) + Math.multiplyHigh(s2, b0) + (m1 >>> 12);
        long m2 = c2 & M, k2 = c2 - (h2 << 56) >> 52;
        long c3 = b0 * a3 + b1 * a2 + (m0 << 36) + ((h2 << 4) + k2) + (m2 << 44);
        long h3 = (m0 >>> 20) + Math.multiplyHigh(s2, b1) + Math.multiplyHigh(s3, b0) + (m2 >>> 12);
        long m3 = c3 & M, k3 = c3 - (h3 << 56) >> 52;
        long c4 = b0 * a4 + b1 * a3 + a2 * a2 + (m0 << 48) - (m0 << 16) + (m1 << 36) + ((h3 << 4) + k3) + (m3 << 44);
        long h4 = (m0 >>> 8)
                - (m0 >>> 40)
                + (m1 >>> 20)
                + Math.multiplyHigh(s2, a2)
                + Math.multiplyHigh(s3, b1)
                + Math.multiplyHigh(s4, b0)
                + (m3 >>> 12);
        long m4 = c4 & M, k4 = c4 - (h4 << 56) >> 52;
        long c5 = b1 * a4 + b2 * a3 + (m1 << 48) - (m1 << 16) + (m2 << 36) + ((h4 << 4) + k4) + (m4 << 44);
        long h5 = (m1 >>> 8)
                - (m1 >>> 40)
                + (m2 >>> 20)
                + Math.multiplyHigh(s3, b2)
                + Math.multiplyHigh(s4, b1)
                + (m4 >>> 12);
        long c6 = b2 * a4 + a3 * a3 + (m2 << 48) - (m2 << 16) + (m3 << 36) + (h5 << 4);
        long h6 = (m2 >>> 8) - (m2 >>> 40) + (m3 >>> 20) + Math.multiplyHigh(s3, a3) + Math.multiplyHigh(s4, b2);
        long c7 = b3 * a4 + (m3 << 48) - (m3 << 16) + (m4 << 36) + (h6 << 4);
        long h7 = (m3 >>> 8) - (m3 >>> 40) + (m4 >>> 20) + Math.multiplyHigh(s4, b3);
        long c8 = a4 * a4 + (m4 << 48) - (m4 << 16) + (h7 << 4);
        long h8 = (m4 >>> 8) - (m4 >>> 40) + Math.multiplyHigh(s4, a4);
        r.l0 = c5 & M;
        r.l1 = (c6 & M) + (c5 - (h5 << 56) >> 52);
        r.l2 = (c7 & M) + (c6 - (h6 << 56) >> 52);
        r.l3 = (c8 & M) + (c7 - (h7 << 56) >> 52);
        r.l4 = (h8 << 4) + (c8 - (h8 << 56) >> 52);
    }

    // </generated>

    private void dbl() {
        add(this, this, this);
        canonical();
    }

    /** r = a + b, limb by limb. */
    static void add(FieldP256 r, FieldP256 a, FieldP256 b) {
        r.l0 = a.l0 + b.l0;
        r.l1 = a.l1 + b.l1;
        r.l2 = a.l2 + b.l2;
        r.l3 = a.l3 + b.l3;
        r.l4 = a.l4 + b.l4;
    }

    /** r = a - b, limb by limb. */
    static void sub(FieldP256 r, FieldP256 a, FieldP256 b) {
        r.l0 = a.l0 - b.l0;
        r.l1 = a.l1 - b.l1;
        r.l2 = a.l2 - b.l2;
        r.l3 = a.l3 - b.l3;
        r.l4 = a.l4 - b.l4;
    }

    /** r = 3 a, limb by limb. */
    static void triple(FieldP256 r, FieldP256 a) {
        r.l0 = 3 * a.l0;
        r.l1 = 3 * a.l1;
        r.l2 = 3 * a.l2;
        r.l3 = 3 * a.l3;
        r.l4 = 3 * a.l4;
    }

    /** r = 4 a - b, limb by limb. */
    static void quadrupleMinus(FieldP256 r, FieldP256 a, FieldP256 b) {
        r.l0 = (a.l0 << 2) - b.l0;
        r.l1 = (a.l1 << 2) - b.l1;
        r.l2 = (a.l2 << 2) - b.l2;
        r.l3 = (a.l3 << 2) - b.l3;
        r.l4 = (a.l4 << 2) - b.l4;
    }

    /** r = a - 8 b, weakly reduced. */
    static void minusEightfold(FieldP256 r, FieldP256 a, FieldP256 b) {
        r.l0 = a.l0 - (b.l0 << 3);
        r.l1 = a.l1 - (b.l1 << 3);
        r.l2 = a.l2 - (b.l2 << 3);
        r.l3 = a.l3 - (b.l3 << 3);
        r.l4 = a.l4 - (b.l4 << 3);
        r.weak();
    }

    /** r = a - b - 2 c, weakly reduced. */
    static void minusAndMinusTwice(FieldP256 r, FieldP256 a, FieldP256 b, FieldP256 c) {
        r.l0 = a.l0 - b.l0 - (c.l0 << 1);
        r.l1 = a.l1 - b.l1 - (c.l1 << 1);
        r.l2 = a.l2 - b.l2 - (c.l2 << 1);
        r.l3 = a.l3 - b.l3 - (c.l3 << 1);
        r.l4 = a.l4 - b.l4 - (c.l4 << 1);
        r.weak();
    }

    /** One carry from every limb, all at once, and floor(value / 2^256) p less. */
    void weak() {
        long r0 = l0, r1 = l1, r2 = l2, r3 = l3, r4 = l4;
        r4 += r3 >> 52;
        long q = r4 >> 48;
        l0 = (r0 & M) + q;
        l1 = (r1 & M) + (r0 >> 52) - (q << 44);
        l2 = (r2 & M) + (r1 >> 52);
        l3 = (r3 & M) + (r2 >> 52) - (q << 36);
        l4 = (r4 & TOP) + (q << 16);
    }

    void set(FieldP256 a) {
        l0 = a.l0;
        l1 = a.l1;
        l2 = a.l2;
        l3 = a.l3;
        l4 = a.l4;
    }

    void setOne() {
        set(ONE);
    }

    void wipe() {
        l0 = 0;
        l1 = 0;
        l2 = 0;
        l3 = 0;
        l4 = 0;
    }

    /** This becomes a where {@code mask} is -1, and stays where it is 0. */
    void cmov(FieldP256 a, long mask) {
        l0 ^= (l0 ^ a.l0) & mask;
        l1 ^= (l1 ^ a.l1) & mask;
        l2 ^= (l2 ^ a.l2) & mask;
        l3 ^= (l3 ^ a.l3) & mask;
        l4 ^= (l4 ^ a.l4) & mask;
    }

    /** Negates this where {@code mask} is -1, and leaves it where it is 0. */
    void cneg(long mask) {
        l0 = (l0 ^ mask) - mask;
        l1 = (l1 ^ mask) - mask;
        l2 = (l2 ^ mask) - mask;
        l3 = (l3 ^ mask) - mask;
        l4 = (l4 ^ mask) - mask;
    }

    /**
     * The entry {@code index} of {@code count} in a table of longs that is read whole: entry i has its limbs from
     * {@code from + i * stride} on. The index decides on masks only. It must not be negative.
     */
    void select(long[] table, int from, int stride, int count, int index) {
        long r0 = 0;
        long r1 = 0;
        long r2 = 0;
        long r3 = 0;
        long r4 = 0;
        for (int i = 0, o = from; i < count; i++, o += stride) {
            long mask = (long) (i ^ index) - 1 >> 63;
            r0 |= table[o] & mask;
            r1 |= table[o + 1] & mask;
            r2 |= table[o + 2] & mask;
            r3 |= table[o + 3] & mask;
            r4 |= table[o + 4] & mask;
        }
        l0 = r0;
        l1 = r1;
        l2 = r2;
        l3 = r3;
        l4 = r4;
    }

    /** The limbs in a table from {@code from} on; for public data. */
    void load(long[] table, int from) {
        l0 = table[from];
        l1 = table[from + 1];
        l2 = table[from + 2];
        l3 = table[from + 3];
        l4 = table[from + 4];
    }

    void store(long[] table, int from) {
        table[from] = l0;
        table[from + 1] = l1;
        table[from + 2] = l2;
        table[from + 3] = l3;
        table[from + 4] = l4;
    }

    private void carry() {
        l1 += l0 >> 52;
        l0 &= M;
        l2 += l1 >> 52;
        l1 &= M;
        l3 += l2 >> 52;
        l2 &= M;
        l4 += l3 >> 52;
        l3 &= M;
    }

    /**
     * Makes this the value in [0, p), with limbs in [0, 2^52) and a smaller last one. The value must lie within 2^6
     * units.
     */
    void canonical() {
        carry();
        weak();
        // Now the value lies between 2^-26 units below 0 and 2^-26 above 1.
        carry();
        addPrime(l4 >> 63 & 1);
        FieldP256 t = new FieldP256();
        t.set(this);
        t.addPrime(-1);
        cmov(t, ~(t.l4 >> 63));
        t.wipe();
    }

    /** this += {@code times} p, and carries. */
    private void addPrime(long times) {
        l0 += times * P0;
        l1 += times * P1;
        l3 += times * P3;
        l4 += times * P4;
        carry();
    }

    /** -1 if this is 0 modulo p, else 0. Makes this canonical. */
    long isZero() {
        canonical();
        return (l0 | l1 | l2 | l3 | l4) - 1 >> 63;
    }

    /** Sets this to a number below p, given as little-endian words. */
    void setWords(long[] w) {
        l0 = w[0] & M;
        l1 = (w[0] >>> 52 | w[1] << 12) & M;
        l2 = (w[1] >>> 40 | w[2] << 24) & M;
        l3 = (w[2] >>> 28 | w[3] << 36) & M;
        l4 = w[3] >>> 16;
        mul(this, this, R2);
    }

    /** The number that this stands for, in [0, p), as little-endian words. */
    void toWords(long[] w) {
        FieldP256 t = new FieldP256();
        mul(t, this, PLAIN_ONE);
        t.canonical();
        w[0] = t.l0 | t.l1 << 52;
        w[1] = t.l1 >>> 12 | t.l2 << 40;
        w[2] = t.l2 >>> 24 | t.l3 << 28;
        w[3] = t.l3 >>> 36 | t.l4 << 16;
        t.wipe();
    }

    /** r = 1 / a, and 0 for 0, without a branch on a. r may be a. */
    static void invert(FieldP256 r, FieldP256 a) {
        long[] w = new long[4];
        a.toWords(w);
        CurveP256.FIELD_INVERSE.invert(w);
        r.setWords(w);
        Arrays.fill(w, 0);
    }
}
