package dev.akushu.curves;

import java.util.Arrays;

/**
 * An integer modulo p = 2^384 - 2^128 - 2^96 + 2^32 - 1 in Montgomery form with R = 2^392: x stands for x / R. Seven
 * signed limbs of radix 2^56; they are fields and no array, so that C2 needs no range checks.
 *
 * <p>Bounds, in units of 2^384. mul and sqr give a value in (-|a| |b| / 256, |a| |b| / 256 + 1) whose limbs 0 to 5 are
 * not negative and about 2^56 and whose limb 6 is signed. add, sub, triple and quadrupleMinus work limb by limb,
 * without carries. weak makes of a value within 2^6 units one in about [0, 1].
 *
 * <p>The tests prove from this file that mul and sqr are exact, and for every point formula that all its intermediates
 * keep within 64 bits.
 */
final class FieldP384 {
    /** Limbs of an element. */
    static final int LIMBS = 7;

    private static final long M = (1L << 56) - 1;
    private static final long TOP = (1L << 48) - 1;
    // p, in limbs; the other ones are M.
    private static final long P0 = (1L << 32) - 1;
    private static final long P1 = M - (1L << 40) + 1;
    private static final long P2 = M - (1L << 16);

    private static final FieldP384 PLAIN_ONE = new FieldP384();
    /** R^2 modulo p, which makes a b / R the Montgomery form. */
    private static final FieldP384 R2 = new FieldP384();
    /** 1 in Montgomery form: R modulo p. */
    private static final FieldP384 ONE = new FieldP384();

    static {
        PLAIN_ONE.l0 = 1;
        ONE.l0 = 1;
        for (int i = 0; i < 392; i++) {
            ONE.dbl();
        }
        R2.set(ONE);
        for (int i = 0; i < 392; i++) {
            R2.dbl();
        }
    }

    long l0;
    long l1;
    long l2;
    long l3;
    long l4;
    long l5;
    long l6;

    // <generated> by MontgomeryGenerator; not to be edited

    /** r = a b / R. r may be a or b. */
    static void mul(FieldP384 r, FieldP384 a, FieldP384 b) {
        long a0 = a.l0, a1 = a.l1, a2 = a.l2, a3 = a.l3, a4 = a.l4, a5 = a.l5, a6 = a.l6;
        long b0 = b.l0, b1 = b.l1, b2 = b.l2, b3 = b.l3, b4 = b.l4, b5 = b.l5, b6 = b.l6;
        long s0 = a0 << 5, s1 = a1 << 5, s2 = a2 << 5, s3 = a3 << 5, s4 = a4 << 5, s5 = a5 << 5, s6 = a6 << 5;
        long c0 = a0 * b0;
        long h0 = Math.multiplyHigh(s0, b0);
        long m0 = c0 + (c0 << 32) & M, g0 = h0 + (m0 >>> 27);
        long k0 = (g0 << 3) + (c0 + (m0 << 32) - m0 - (g0 << 59) >> 56);
        long c1 = a0 * b1 + a1 * b0 + k0 - (m0 << 40);
        long h1 = Math.multiplyHigh(s1, b0) + Math.multiplyHigh(s0, b1) - (m0 >>> 19);
        long m1 = c1 + (c1 << 32) & M, g1 = h1 + (m1 >>> 27);
        long k1 = (g1 << 3) + (c1 + (m1 << 32) - m1 - (g1 << 59) >> 56);
        long c2 = a0 * b2 + a1 * b1 + a2 * b0 - (m0 << 16) + k1 - (m1 << 40);
        long h2 = Math.multiplyHigh(s2, b0)
                - (m0 >>> 43)
                + Math.multiplyHigh(s1, b1)
                + Math.multiplyHigh(s0, b2)
                - (m1 >>> 19);
        long m2 = c2 + (c2 << 32) & M, g2 = h2 + (m2 >>> 27);
        long k2 = (g2 << 3) + (c2 + (m2 << 32) - m2 - (g2 << 59) >> 56);
        long c3 = a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0 - (m1 << 16) + k2 - (m2 << 40);
        long h3 = Math.multiplyHigh(s3, b0)
                - (m1 >>> 43)
                + Math.multiplyHigh(s2, b1)
                + Math.multiplyHigh(s1, b2)
                + Math.multiplyHigh(s0, b3)
                - (m2 >>> 19);
        long m3 = c3 + (c3 << 32) & M, g3 = h3 + (m3 >>> 27);
        long k3 = (g3 << 3) + (c3 + (m3 << 32) - m3 - (g3 << 59) >> 56);
        long c4 = a0 * b4 + a1 * b3 + a2 * b2 + a3 * b1 + a4 * b0 - (m2 << 16) + k3 - (m3 << 40);
        long h4 = Math.multiplyHigh(s4, b0)
                - (m2 >>> 43)
                + Math.multiplyHigh(s3, b1)
                + Math.multiplyHigh(s2, b2)
                + Math.multiplyHigh(s1, b3)
                + Math.multiplyHigh(s0, b4)
                - (m3 >>> 19);
        long m4 = c4 + (c4 << 32) & M, g4 = h4 + (m4 >>> 27);
        long k4 = (g4 << 3) + (c4 + (m4 << 32) - m4 - (g4 << 59) >> 56);
        long c5 = a0 * b5 + a1 * b4 + a2 * b3 + a3 * b2 + a4 * b1 + a5 * b0 - (m3 << 16) + k4 - (m4 << 40);
        long h5 = Math.multiplyHigh(s5, b0)
                - (m3 >>> 43)
                + Math.multiplyHigh(s4, b1)
                + Math.multiplyHigh(s3, b2)
                + Math.multiplyHigh(s2, b3)
                + Math.multiplyHigh(s1, b4)
                + Math.multiplyHigh(s0, b5)
                - (m4 >>> 19);
        long m5 = c5 + (c5 << 32) & M, g5 = h5 + (m5 >>> 27);
        long k5 = (g5 << 3) + (c5 + (m5 << 32) - m5 - (g5 << 59) >> 56);
        long c6 = a0 * b6
                + a1 * b5
                + a2 * b4
                + a3 * b3
                + a4 * b2
                + a5 * b1
                + a6 * b0
                + (m0 << 48)
                - (m4 << 16)
                + k5
                - (m5 << 40);
        long h6 = (m0 >>> 11)
                - (m4 >>> 43)
                + Math.multiplyHigh(s6, b0)
                + Math.multiplyHigh(s5, b1)
                + Math.multiplyHigh(s4, b2)
                + Math.multiplyHigh(s3, b3)
                + Math.multiplyHigh(s2, b4)
                + Math.multiplyHigh(s1, b5)
                + Math.multiplyHigh(s0, b6)
                - (m5 >>> 19);
        long m6 = c6 + (c6 << 32) & M, g6 = h6 + (m6 >>> 27);
        long k6 = (g6 << 3) + (c6 + (m6 << 32) - m6 - (g6 << 59) >> 56);
        long c7 = a1 * b6 + a2 * b5 + a3 * b4 + a4 * b3 + a5 * b2 + a6 * b1 + (m1 << 48) - (m5 << 16) + k6 - (m6 << 40);
        long h7 = (m1 >>> 11)
                - (m5 >>> 43)
                + Math.multiplyHigh(s6, b1)
                + Math.multiplyHigh(s5, b2)
                + Math.multiplyHigh(s4, b3)
                + Math.multiplyHigh(s3, b4)
                + Math.multiplyHigh(s2, b5)
                + Math.multiplyHigh(s1, b6)
                - (m6 >>> 19);
        long c8 = a2 * b6 + a3 * b5 + a4 * b4 + a5 * b3 + a6 * b2 + (m2 << 48) - (m6 << 16) + (h7 << 3);
        long h8 = (m2 >>> 11)
                - (m6 >>> 43)
                + Math.multiplyHigh(s6, b2)
                + Math.multiplyHigh(s5, b3)
                + Math.multiplyHigh(s4, b4)
                + Math.multiplyHigh(s3, b5)
                + Math.multiplyHigh(s2, b6);
        long c9 = a3 * b6 + a4 * b5 + a5 * b4 + a6 * b3 + (m3 << 48) + (h8 << 3);
        long h9 = (m3 >>> 11)
                + Math.multiplyHigh(s6, b3)
                + Math.multiplyHigh(s5, b4)
                + Math.multiplyHigh(s4, b5)
                + Math.multiplyHigh(s3, b6);
        long c10 = a4 * b6 + a5 * b5 + a6 * b4 + (m4 << 48) + (h9 << 3);
        long h10 = (m4 >>> 11) + Math.multiplyHigh(s6, b4) + Math.multiplyHigh(s5, b5) + Math.multiplyHigh(s4, b6);
        long c11 = a5 * b6 + a6 * b5 + (m5 << 48) + (h10 << 3);
        long h11 = (m5 >>> 11) + Math.multiplyHigh(s6, b5) + Math.multiplyHigh(s5, b6);
        long c12 = a6 * b6 + (m6 << 48) + (h11 << 3);
        long h12 = (m6 >>> 11) + Math.multiplyHigh(s6, b6);
        r.l0 = c7 & M;
        r.l1 = (c8 & M) + (c7 - (h7 << 59) >> 56);
        r.l2 = (c9 & M) + (c8 - (h8 << 59) >> 56);
        r.l3 = (c10 & M) + (c9 - (h9 << 59) >> 56);
        r.l4 = (c11 & M) + (c10 - (h10 << 59) >> 56);
        r.l5 = (c12 & M) + (c11 - (h11 << 59) >> 56);
        r.l6 = (h12 << 3) + (c12 - (h12 << 59) >> 56);
    }

    /** r = a^2 / R. r may be a. */
    static void sqr(FieldP384 r, FieldP384 a) {
        long a0 = a.l0, a1 = a.l1, a2 = a.l2, a3 = a.l3, a4 = a.l4, a5 = a.l5, a6 = a.l6;
        long s0 = a0 << 5, s1 = a1 << 5, s2 = a2 << 5, s3 = a3 << 5, s4 = a4 << 5, s5 = a5 << 5, s6 = a6 << 5;
        long b0 = a0 << 1, b1 = a1 << 1, b2 = a2 << 1, b3 = a3 << 1, b4 = a4 << 1, b5 = a5 << 1;
        long c0 = a0 * a0;
        long h0 = Math.multiplyHigh(s0, a0);
        long m0 = c0 + (c0 << 32) & M, g0 = h0 + (m0 >>> 27);
        long k0 = (g0 << 3) + (c0 + (m0 << 32) - m0 - (g0 << 59) >> 56);
        long c1 = b0 * a1 + k0 - (m0 << 40);
        long h1 = Math.multiplyHigh(s1, b0) - (m0 >>> 19);
        long m1 = c1 + (c1 << 32) & M, g1 = h1 + (m1 >>> 27);
        long k1 = (g1 << 3) + (c1 + (m1 << 32) - m1 - (g1 << 59) >> 56);
        long c2 = b0 * a2 + a1 * a1 - (m0 << 16) + k1 - (m1 << 40);
        long h2 = Math.multiplyHigh(s1, a1) - (m0 >>> 43) + Math.multiplyHigh(s2, b0) - (m1 >>> 19);
        long m2 = c2 + (c2 << 32) & M, g2 = h2 + (m2 >>> 27);
        long k2 = (g2 << 3) + (c2 + (m2 << 32) - m2 - (g2 << 59) >> 56);
        long c3 = b0 * a3 + b1 * a2 - (m1 << 16) + k2 - (m2 << 40);
        long h3 = Math.multiplyHigh(s2, b1) - (m1 >>> 43) + Math.multiplyHigh(s3, b0) - (m2 >>> 19);
        long m3 = c3 + (c3 << 32) & M, g3 = h3 + (m3 >>> 27);
        long k3 = (g3 << 3) + (c3 + (m3 << 32) - m3 - (g3 << 59) >> 56);
        long c4 = b0 * a4 + b1 * a3 + a2 * a2 - (m2 << 16) + k3 - (m3 << 40);
        long h4 = Math.multiplyHigh(s2, a2)
                - (m2 >>> 43)
                + Math.multiplyHigh(s3, b1)
                + Math.multiplyHigh(s4, b0)
                - (m3 >>> 19);
        long m4 = c4 + (c4 << 32) & M, g4 = h4 + (m4 >>> 27);
        long k4 = (g4 << 3) + (c4 + (m4 << 32) - m4 - (g4 << 59) >> 56);
        long c5 = b0 * a5 + b1 * a4 + b2 * a3 - (m3 << 16) + k4 - (m4 << 40);
        long h5 = Math.multiplyHigh(s3, b2)
                - (m3 >>> 43)
                + Math.multiplyHigh(s4, b1)
                + Math.multiplyHigh(s5, b0)
                - (m4 >>> 19);
        long m5 = c5 + (c5 << 32) & M, g5 = h5 + (m5 >>> 27);
        long k5 = (g5 << 3) + (c5 + (m5 << 32) - m5 - (g5 << 59) >> 56);
        long c6 = b0 * a6 + b1 * a5 + b2 * a4 + a3 * a3 + (m0 << 48) - (m4 << 16) + k5 - (m5 << 40);
        long h6 = (m0 >>> 11)
                - (m4 >>> 43)
                + Math.multiplyHigh(s3, a3)
                + Math.multiplyHigh(s4, b2)
                + Math.multiplyHigh(s5, b1)
                + Math.multiplyHigh(s6, b0)
                - (m5 >>> 19);
        long m6 = c6 + (c6 << 32) & M, g6 = h6 + (m6 >>> 27);
        long k6 = (g6 << 3) + (c6 + (m6 << 32) - m6 - (g6 << 59) >> 56);
        long c7 = b1 * a6 + b2 * a5 + b3 * a4 + (m1 << 48) - (m5 << 16) + k6 - (m6 << 40);
        long h7 = (m1 >>> 11)
                - (m5 >>> 43)
                + Math.multiplyHigh(s4, b3)
                + Math.multiplyHigh(s5, b2)
                + Math.multiplyHigh(s6, b1)
                - (m6 >>> 19);
        long c8 = b2 * a6 + b3 * a5 + a4 * a4 + (m2 << 48) - (m6 << 16) + (h7 << 3);
        long h8 = (m2 >>> 11)
                - (m6 >>> 43)
                + Math.multiplyHigh(s4, a4)
                + Math.multiplyHigh(s5, b3)
                + Math.multiplyHigh(s6, b2);
        long c9 = b3 * a6 + b4 * a5 + (m3 << 48) + (h8 << 3);
        long h9 = (m3 >>> 11) + Math.multiplyHigh(s5, b4) + Math.multiplyHigh(s6, b3);
        long c10 = b4 * a6 + a5 * a5 + (m4 << 48) + (h9 << 3);
        long h10 = (m4 >>> 11) + Math.multiplyHigh(s5, a5) + Math.multiplyHigh(s6, b4);
        long c11 = b5 * a6 + (m5 << 48) + (h10 << 3);
        long h11 = (m5 >>> 11) + Math.multiplyHigh(s6, b5);
        long c12 = a6 * a6 + (m6 << 48) + (h11 << 3);
        long h12 = (m6 >>> 11) + Math.multiplyHigh(s6, a6);
        r.l0 = c7 & M;
        r.l1 = (c8 & M) + (c7 - (h7 << 59) >> 56);
        r.l2 = (c9 & M) + (c8 - (h8 << 59) >> 56);
        r.l3 = (c10 & M) + (c9 - (h9 << 59) >> 56);
        r.l4 = (c11 & M) + (c10 - (h10 << 59) >> 56);
        r.l5 = (c12 & M) + (c11 - (h11 << 59) >> 56);
        r.l6 = (h12 << 3) + (c12 - (h12 << 59) >> 56);
    }

    // </generated>

    private void dbl() {
        add(this, this, this);
        canonical();
    }

    /** r = a + b, limb by limb. */
    static void add(FieldP384 r, FieldP384 a, FieldP384 b) {
        r.l0 = a.l0 + b.l0;
        r.l1 = a.l1 + b.l1;
        r.l2 = a.l2 + b.l2;
        r.l3 = a.l3 + b.l3;
        r.l4 = a.l4 + b.l4;
        r.l5 = a.l5 + b.l5;
        r.l6 = a.l6 + b.l6;
    }

    /** r = a - b, limb by limb. */
    static void sub(FieldP384 r, FieldP384 a, FieldP384 b) {
        r.l0 = a.l0 - b.l0;
        r.l1 = a.l1 - b.l1;
        r.l2 = a.l2 - b.l2;
        r.l3 = a.l3 - b.l3;
        r.l4 = a.l4 - b.l4;
        r.l5 = a.l5 - b.l5;
        r.l6 = a.l6 - b.l6;
    }

    /** r = 3 a, limb by limb. */
    static void triple(FieldP384 r, FieldP384 a) {
        r.l0 = 3 * a.l0;
        r.l1 = 3 * a.l1;
        r.l2 = 3 * a.l2;
        r.l3 = 3 * a.l3;
        r.l4 = 3 * a.l4;
        r.l5 = 3 * a.l5;
        r.l6 = 3 * a.l6;
    }

    /** r = 4 a - b, limb by limb. */
    static void quadrupleMinus(FieldP384 r, FieldP384 a, FieldP384 b) {
        r.l0 = (a.l0 << 2) - b.l0;
        r.l1 = (a.l1 << 2) - b.l1;
        r.l2 = (a.l2 << 2) - b.l2;
        r.l3 = (a.l3 << 2) - b.l3;
        r.l4 = (a.l4 << 2) - b.l4;
        r.l5 = (a.l5 << 2) - b.l5;
        r.l6 = (a.l6 << 2) - b.l6;
    }

    /** r = a - 8 b, weakly reduced. */
    static void minusEightfold(FieldP384 r, FieldP384 a, FieldP384 b) {
        r.l0 = a.l0 - (b.l0 << 3);
        r.l1 = a.l1 - (b.l1 << 3);
        r.l2 = a.l2 - (b.l2 << 3);
        r.l3 = a.l3 - (b.l3 << 3);
        r.l4 = a.l4 - (b.l4 << 3);
        r.l5 = a.l5 - (b.l5 << 3);
        r.l6 = a.l6 - (b.l6 << 3);
        r.weak();
    }

    /** r = a - b - 2 c, weakly reduced. */
    static void minusAndMinusTwice(FieldP384 r, FieldP384 a, FieldP384 b, FieldP384 c) {
        r.l0 = a.l0 - b.l0 - (c.l0 << 1);
        r.l1 = a.l1 - b.l1 - (c.l1 << 1);
        r.l2 = a.l2 - b.l2 - (c.l2 << 1);
        r.l3 = a.l3 - b.l3 - (c.l3 << 1);
        r.l4 = a.l4 - b.l4 - (c.l4 << 1);
        r.l5 = a.l5 - b.l5 - (c.l5 << 1);
        r.l6 = a.l6 - b.l6 - (c.l6 << 1);
        r.weak();
    }

    /** One carry from every limb, all at once, and floor(value / 2^384) p less. */
    void weak() {
        long r0 = l0, r1 = l1, r2 = l2, r3 = l3, r4 = l4, r5 = l5, r6 = l6;
        r6 += r5 >> 56;
        long q = r6 >> 48;
        l0 = (r0 & M) + q - (q << 32);
        l1 = (r1 & M) + (r0 >> 56) + (q << 40);
        l2 = (r2 & M) + (r1 >> 56) + (q << 16);
        l3 = (r3 & M) + (r2 >> 56);
        l4 = (r4 & M) + (r3 >> 56);
        l5 = (r5 & M) + (r4 >> 56);
        l6 = r6 & TOP;
    }

    void set(FieldP384 a) {
        l0 = a.l0;
        l1 = a.l1;
        l2 = a.l2;
        l3 = a.l3;
        l4 = a.l4;
        l5 = a.l5;
        l6 = a.l6;
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
        l5 = 0;
        l6 = 0;
    }

    /** This becomes a where {@code mask} is -1, and stays where it is 0. */
    void cmov(FieldP384 a, long mask) {
        l0 ^= (l0 ^ a.l0) & mask;
        l1 ^= (l1 ^ a.l1) & mask;
        l2 ^= (l2 ^ a.l2) & mask;
        l3 ^= (l3 ^ a.l3) & mask;
        l4 ^= (l4 ^ a.l4) & mask;
        l5 ^= (l5 ^ a.l5) & mask;
        l6 ^= (l6 ^ a.l6) & mask;
    }

    /** Negates this where {@code mask} is -1, and leaves it where it is 0. */
    void cneg(long mask) {
        l0 = (l0 ^ mask) - mask;
        l1 = (l1 ^ mask) - mask;
        l2 = (l2 ^ mask) - mask;
        l3 = (l3 ^ mask) - mask;
        l4 = (l4 ^ mask) - mask;
        l5 = (l5 ^ mask) - mask;
        l6 = (l6 ^ mask) - mask;
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
        long r5 = 0;
        long r6 = 0;
        for (int i = 0, o = from; i < count; i++, o += stride) {
            long mask = (long) (i ^ index) - 1 >> 63;
            r0 |= table[o] & mask;
            r1 |= table[o + 1] & mask;
            r2 |= table[o + 2] & mask;
            r3 |= table[o + 3] & mask;
            r4 |= table[o + 4] & mask;
            r5 |= table[o + 5] & mask;
            r6 |= table[o + 6] & mask;
        }
        l0 = r0;
        l1 = r1;
        l2 = r2;
        l3 = r3;
        l4 = r4;
        l5 = r5;
        l6 = r6;
    }

    /** The limbs in a table from {@code from} on; for public data. */
    void load(long[] table, int from) {
        l0 = table[from];
        l1 = table[from + 1];
        l2 = table[from + 2];
        l3 = table[from + 3];
        l4 = table[from + 4];
        l5 = table[from + 5];
        l6 = table[from + 6];
    }

    void store(long[] table, int from) {
        table[from] = l0;
        table[from + 1] = l1;
        table[from + 2] = l2;
        table[from + 3] = l3;
        table[from + 4] = l4;
        table[from + 5] = l5;
        table[from + 6] = l6;
    }

    private void carry() {
        l1 += l0 >> 56;
        l0 &= M;
        l2 += l1 >> 56;
        l1 &= M;
        l3 += l2 >> 56;
        l2 &= M;
        l4 += l3 >> 56;
        l3 &= M;
        l5 += l4 >> 56;
        l4 &= M;
        l6 += l5 >> 56;
        l5 &= M;
    }

    /**
     * Makes this the value in [0, p), with limbs in [0, 2^56) and a smaller last one. The value must lie within 2^6
     * units.
     */
    void canonical() {
        carry();
        weak();
        // Now the value lies between 2^-26 units below 0 and 2^-26 above 1.
        carry();
        addPrime(l6 >> 63 & 1);
        FieldP384 t = new FieldP384();
        t.set(this);
        t.addPrime(-1);
        cmov(t, ~(t.l6 >> 63));
        t.wipe();
    }

    /** this += {@code times} p, and carries. */
    private void addPrime(long times) {
        l0 += times * P0;
        l1 += times * P1;
        l2 += times * P2;
        l3 += times * M;
        l4 += times * M;
        l5 += times * M;
        l6 += times * TOP;
        carry();
    }

    /** -1 if this is 0 modulo p, else 0. Makes this canonical. */
    long isZero() {
        canonical();
        return (l0 | l1 | l2 | l3 | l4 | l5 | l6) - 1 >> 63;
    }

    /** Sets this to a number below p, given as little-endian words. */
    void setWords(long[] w) {
        l0 = w[0] & M;
        l1 = (w[0] >>> 56 | w[1] << 8) & M;
        l2 = (w[1] >>> 48 | w[2] << 16) & M;
        l3 = (w[2] >>> 40 | w[3] << 24) & M;
        l4 = (w[3] >>> 32 | w[4] << 32) & M;
        l5 = (w[4] >>> 24 | w[5] << 40) & M;
        l6 = w[5] >>> 16;
        mul(this, this, R2);
    }

    /** The number that this stands for, in [0, p), as little-endian words. */
    void toWords(long[] w) {
        FieldP384 t = new FieldP384();
        mul(t, this, PLAIN_ONE);
        t.canonical();
        w[0] = t.l0 | t.l1 << 56;
        w[1] = t.l1 >>> 8 | t.l2 << 48;
        w[2] = t.l2 >>> 16 | t.l3 << 40;
        w[3] = t.l3 >>> 24 | t.l4 << 32;
        w[4] = t.l4 >>> 32 | t.l5 << 24;
        w[5] = t.l5 >>> 40 | t.l6 << 16;
        t.wipe();
    }

    /** r = 1 / a, and 0 for 0, without a branch on a. r may be a. */
    static void invert(FieldP384 r, FieldP384 a) {
        long[] w = new long[6];
        a.toWords(w);
        CurveP384.FIELD_INVERSE.invert(w);
        r.setWords(w);
        Arrays.fill(w, 0);
    }
}
