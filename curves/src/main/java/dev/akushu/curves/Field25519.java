package dev.akushu.curves;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * An integer modulo p = 2^255 - 19: five signed limbs of radix 2^51, l0 + l1 2^51 + l2 2^102 + l3 2^153 + l4 2^204.
 * They are fields and no array, so that C2 needs no range checks.
 *
 * <p>Bounds. A value is <em>tight</em> if its limbs lie in [-2^15, 2^51 + 2^15]: so are the results of mul and sqr, and
 * whatever comes out of words. It is <em>loose</em> if they lie in [-2^53.1, 2^53.1]: so is any sum or difference of up
 * to four tight values. mul and sqr take loose operands. Limbs may be negative, so that sums and differences are five
 * instructions without a carry.
 *
 * <p>The tests prove from this file that no intermediate that must not leave its 64 bits does, for all loose operands,
 * and that the result is the product modulo p.
 */
final class Field25519 {
    private static final long M = (1L << 51) - 1;

    private static final ModularInverse INVERSE =
            new ModularInverse(BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19)));

    long l0;
    long l1;
    long l2;
    long l3;
    long l4;

    // <generated> by Field25519Generator; not to be edited

    /** r = a b. r may be a or b. */
    static void mul(Field25519 r, Field25519 a, Field25519 b) {
        long a0 = a.l0, a1 = a.l1, a2 = a.l2, a3 = a.l3, a4 = a.l4;
        long b0 = b.l0, b1 = b.l1, b2 = b.l2, b3 = b.l3, b4 = b.l4;
        long s0 = a0 << 9, s1 = a1 << 9, s2 = a2 << 9, s3 = a3 << 9, s4 = a4 << 9;
        long d1 = 19 * b1, d2 = 19 * b2, d3 = 19 * b3, d4 = 19 * b4;
        long t0 = b0 << 4, t1 = b1 << 4, t2 = b2 << 4, t3 = b3 << 4, t4 = b4 << 4;
        long u1 = d1 << 4, u2 = d2 << 4, u3 = d3 << 4, u4 = d4 << 4;
        long h0 = Math.multiplyHigh(s4, u1)
                + Math.multiplyHigh(s3, u2)
                + Math.multiplyHigh(s2, u3)
                + Math.multiplyHigh(s1, u4)
                + Math.multiplyHigh(s0, t0);
        long r0 = a4 * d1 + a3 * d2 + a2 * d3 + a1 * d4 + a0 * b0;
        long h1 = Math.multiplyHigh(s4, u2)
                + Math.multiplyHigh(s3, u3)
                + Math.multiplyHigh(s2, u4)
                + Math.multiplyHigh(s1, t0)
                + Math.multiplyHigh(s0, t1);
        long r1 = a4 * d2 + a3 * d3 + a2 * d4 + a1 * b0 + a0 * b1;
        long h2 = Math.multiplyHigh(s4, u3)
                + Math.multiplyHigh(s3, u4)
                + Math.multiplyHigh(s2, t0)
                + Math.multiplyHigh(s1, t1)
                + Math.multiplyHigh(s0, t2);
        long r2 = a4 * d3 + a3 * d4 + a2 * b0 + a1 * b1 + a0 * b2;
        long h3 = Math.multiplyHigh(s4, u4)
                + Math.multiplyHigh(s3, t0)
                + Math.multiplyHigh(s2, t1)
                + Math.multiplyHigh(s1, t2)
                + Math.multiplyHigh(s0, t3);
        long r3 = a4 * d4 + a3 * b0 + a2 * b1 + a1 * b2 + a0 * b3;
        long h4 = Math.multiplyHigh(s4, t0)
                + Math.multiplyHigh(s3, t1)
                + Math.multiplyHigh(s2, t2)
                + Math.multiplyHigh(s1, t3)
                + Math.multiplyHigh(s0, t4);
        long r4 = a4 * b0 + a3 * b1 + a2 * b2 + a1 * b3 + a0 * b4;
        long x0 = r0 - (h0 << 51) + 19 * h4;
        long x1 = r1 - (h1 << 51) + h0;
        long x2 = r2 - (h2 << 51) + h1;
        long x3 = r3 - (h3 << 51) + h2;
        long x4 = r4 - (h4 << 51) + h3;
        r.l0 = (x0 & M) + 19 * (x4 >> 51);
        r.l1 = (x1 & M) + (x0 >> 51);
        r.l2 = (x2 & M) + (x1 >> 51);
        r.l3 = (x3 & M) + (x2 >> 51);
        r.l4 = (x4 & M) + (x3 >> 51);
    }

    /** r = a^2. r may be a. */
    static void sqr(Field25519 r, Field25519 a) {
        long a0 = a.l0, a1 = a.l1, a2 = a.l2, a3 = a.l3, a4 = a.l4;
        long s0 = a0 << 9, s1 = a1 << 9, s2 = a2 << 9, s3 = a3 << 9, s4 = a4 << 9;
        long e0 = a0 << 1, e1 = a1 << 1, d3 = 19 * a3, d4 = 19 * a4, f3 = d3 << 1, f4 = d4 << 1;
        long te0 = e0 << 4, te1 = e1 << 4, td3 = d3 << 4, td4 = d4 << 4, tf3 = f3 << 4, tf4 = f4 << 4;
        long ta0 = a0 << 4, ta1 = a1 << 4, ta2 = a2 << 4;
        long h0 = Math.multiplyHigh(s2, tf3) + Math.multiplyHigh(s1, tf4) + Math.multiplyHigh(s0, ta0);
        long r0 = a2 * f3 + a1 * f4 + a0 * a0;
        long h1 = Math.multiplyHigh(s3, td3) + Math.multiplyHigh(s2, tf4) + Math.multiplyHigh(s1, te0);
        long r1 = a3 * d3 + a2 * f4 + a1 * e0;
        long h2 = Math.multiplyHigh(s3, tf4) + Math.multiplyHigh(s1, ta1) + Math.multiplyHigh(s2, te0);
        long r2 = a3 * f4 + a1 * a1 + a2 * e0;
        long h3 = Math.multiplyHigh(s4, td4) + Math.multiplyHigh(s2, te1) + Math.multiplyHigh(s3, te0);
        long r3 = a4 * d4 + a2 * e1 + a3 * e0;
        long h4 = Math.multiplyHigh(s2, ta2) + Math.multiplyHigh(s3, te1) + Math.multiplyHigh(s4, te0);
        long r4 = a2 * a2 + a3 * e1 + a4 * e0;
        long x0 = r0 - (h0 << 51) + 19 * h4;
        long x1 = r1 - (h1 << 51) + h0;
        long x2 = r2 - (h2 << 51) + h1;
        long x3 = r3 - (h3 << 51) + h2;
        long x4 = r4 - (h4 << 51) + h3;
        r.l0 = (x0 & M) + 19 * (x4 >> 51);
        r.l1 = (x1 & M) + (x0 >> 51);
        r.l2 = (x2 & M) + (x1 >> 51);
        r.l3 = (x3 & M) + (x2 >> 51);
        r.l4 = (x4 & M) + (x3 >> 51);
    }

    // </generated>

    /** r = a^(2^n). */
    static void sqrN(Field25519 r, Field25519 a, int n) {
        sqr(r, a);
        for (int i = 1; i < n; i++) {
            sqr(r, r);
        }
    }

    /** r = a + b, limb by limb. */
    static void add(Field25519 r, Field25519 a, Field25519 b) {
        r.l0 = a.l0 + b.l0;
        r.l1 = a.l1 + b.l1;
        r.l2 = a.l2 + b.l2;
        r.l3 = a.l3 + b.l3;
        r.l4 = a.l4 + b.l4;
    }

    /** r = a - b, limb by limb. */
    static void sub(Field25519 r, Field25519 a, Field25519 b) {
        r.l0 = a.l0 - b.l0;
        r.l1 = a.l1 - b.l1;
        r.l2 = a.l2 - b.l2;
        r.l3 = a.l3 - b.l3;
        r.l4 = a.l4 - b.l4;
    }

    /** r = a + 121665 e, where a is tight and e a difference of two tight values; r is loose. */
    static void addMulA24(Field25519 r, Field25519 a, Field25519 e) {
        long k = 121665L;
        long kh = 121665L << 13;
        long e0 = e.l0, e1 = e.l1, e2 = e.l2, e3 = e.l3, e4 = e.l4;
        r.l0 = a.l0 + (e0 * k & M) + 19 * Math.multiplyHigh(e4, kh);
        r.l1 = a.l1 + (e1 * k & M) + Math.multiplyHigh(e0, kh);
        r.l2 = a.l2 + (e2 * k & M) + Math.multiplyHigh(e1, kh);
        r.l3 = a.l3 + (e3 * k & M) + Math.multiplyHigh(e2, kh);
        r.l4 = a.l4 + (e4 * k & M) + Math.multiplyHigh(e3, kh);
    }

    /** Swaps a and b where {@code mask} is -1, and leaves them where it is 0. */
    static void cswap(Field25519 a, Field25519 b, long mask) {
        long t0 = (a.l0 ^ b.l0) & mask;
        long t1 = (a.l1 ^ b.l1) & mask;
        long t2 = (a.l2 ^ b.l2) & mask;
        long t3 = (a.l3 ^ b.l3) & mask;
        long t4 = (a.l4 ^ b.l4) & mask;
        a.l0 ^= t0;
        a.l1 ^= t1;
        a.l2 ^= t2;
        a.l3 ^= t3;
        a.l4 ^= t4;
        b.l0 ^= t0;
        b.l1 ^= t1;
        b.l2 ^= t2;
        b.l3 ^= t3;
        b.l4 ^= t4;
    }

    /** Negates this where {@code mask} is -1, and leaves it where it is 0. */
    void cneg(long mask) {
        l0 = (l0 ^ mask) - mask;
        l1 = (l1 ^ mask) - mask;
        l2 = (l2 ^ mask) - mask;
        l3 = (l3 ^ mask) - mask;
        l4 = (l4 ^ mask) - mask;
    }

    void set(Field25519 a) {
        l0 = a.l0;
        l1 = a.l1;
        l2 = a.l2;
        l3 = a.l3;
        l4 = a.l4;
    }

    /** A number below 2^51. */
    void setSmall(long value) {
        l0 = value;
        l1 = 0;
        l2 = 0;
        l3 = 0;
        l4 = 0;
    }

    void wipe() {
        setSmall(0);
    }

    /** The limbs in a table from {@code from} on. */
    void load(long[] table, int from) {
        l0 = table[from];
        l1 = table[from + 1];
        l2 = table[from + 2];
        l3 = table[from + 3];
        l4 = table[from + 4];
    }

    /**
     * The limbs of a little-endian number in four words. Its highest bit is ignored (RFC 7748 section 5), values from p
     * on are taken modulo p.
     */
    void setWords(long w0, long w1, long w2, long w3) {
        l0 = w0 & M;
        l1 = (w0 >>> 51 | w1 << 13) & M;
        l2 = (w1 >>> 38 | w2 << 26) & M;
        l3 = (w2 >>> 25 | w3 << 39) & M;
        l4 = w3 >>> 12 & M;
    }

    /** Makes this loose value the one that lies in [0, p), with limbs in [0, 2^51). */
    void canonical() {
        // Afterwards limbs 1 to 4 lie in [0, 2^51), limb 0 misses that by 19 * 8 at most.
        carry();
        carry();
        // The value v lies in (-p, 2p): floor((v + 19) / 2^255) is the multiple of p to take away.
        long q = l0 + 19 >> 51;
        q = l1 + q >> 51;
        q = l2 + q >> 51;
        q = l3 + q >> 51;
        q = l4 + q >> 51;
        l0 += 19 * q;
        l1 += l0 >> 51;
        l0 &= M;
        l2 += l1 >> 51;
        l1 &= M;
        l3 += l2 >> 51;
        l2 &= M;
        l4 += l3 >> 51;
        l3 &= M;
        l4 &= M;
    }

    private void carry() {
        l1 += l0 >> 51;
        l0 &= M;
        l2 += l1 >> 51;
        l1 &= M;
        l3 += l2 >> 51;
        l2 &= M;
        l4 += l3 >> 51;
        l3 &= M;
        l0 += 19 * (l4 >> 51);
        l4 &= M;
    }

    /** Makes this canonical and stores it as four little-endian words. */
    void toWords(long[] w) {
        canonical();
        w[0] = l0 | l1 << 51;
        w[1] = l1 >>> 13 | l2 << 38;
        w[2] = l2 >>> 26 | l3 << 25;
        w[3] = l3 >>> 39 | l4 << 12;
    }

    /** -1 if this is 0 modulo p, else 0. Makes this canonical. */
    long isZero() {
        canonical();
        return (l0 | l1 | l2 | l3 | l4) - 1 >> 63;
    }

    /** r = 1 / a, and 0 for 0. Makes a canonical. r may be a. */
    static void invert(Field25519 r, Field25519 a) {
        long[] w = new long[4];
        a.toWords(w);
        INVERSE.invert(w);
        r.setWords(w[0], w[1], w[2], w[3]);
        Arrays.fill(w, 0);
    }

    /** r = a^((p - 5) / 8) = a^(2^252 - 3), for square roots. r may be a. */
    static void powForRoot(Field25519 r, Field25519 a) {
        Field25519 t = new Field25519();
        pow250(t, a);
        sqrN(t, t, 2);
        mul(r, t, a);
    }

    /** r = a^(2^250 - 1). */
    private static void pow250(Field25519 r, Field25519 a) {
        Field25519 x = new Field25519();
        Field25519 y = new Field25519();
        Field25519 t = new Field25519();
        sqr(y, a);
        sqrN(t, y, 2);
        mul(x, t, a); // 9
        mul(t, x, y); // 11
        sqr(t, t);
        mul(x, t, x); // 2^5 - 1
        sqrN(t, x, 5);
        mul(x, t, x); // 2^10 - 1
        sqrN(t, x, 10);
        mul(y, t, x); // 2^20 - 1
        sqrN(t, y, 20);
        mul(t, t, y); // 2^40 - 1
        sqrN(t, t, 10);
        mul(x, t, x); // 2^50 - 1
        sqrN(t, x, 50);
        mul(y, t, x); // 2^100 - 1
        sqrN(t, y, 100);
        mul(t, t, y); // 2^200 - 1
        sqrN(t, t, 50);
        mul(r, t, x); // 2^250 - 1
    }
}
