package dev.akushu.curves;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Inversion modulo an odd number in constant time, by the division steps of Bernstein and Yang, "Fast constant-time gcd
 * computation and modular inversion" (2019), in the variant that starts at delta = 1/2. For a modulus of d bits
 * floor((45907 d + 30179) / 19929) steps suffice: 591 for 256 bits, 886 for 384 (the bound of Wuille's proof for
 * libsecp256k1, in its general form).
 *
 * <p>Numbers are signed limbs of radix 2^60. 60 steps at a time run on the lowest words only and give a matrix, which
 * is then applied to f and g (exactly divisible by 2^60) and to d and e (made divisible by adding a multiple of the
 * modulus). d and e grow by at most one modulus a time, so they are reduced once, at the end.
 */
final class ModularInverse {
    private static final int BITS = 60;
    private static final long M = (1L << BITS) - 1;

    private final int words;
    private final int limbs;
    private final int batches;
    /** Bits of the modulus in its highest limb. */
    private final int topBits;

    private final long[] modulus;
    /** -1 / modulus modulo 2^60. */
    private final long negativeInverse;

    private final Pool<State> states;

    /** For an odd modulus that misses less than one part in 2^6 to a power of two. */
    ModularInverse(BigInteger modulus) {
        int bits = modulus.bitLength();
        this.words = (bits + 63) / 64;
        this.limbs = bits / BITS + 1;
        this.topBits = bits - BITS * (limbs - 1);
        this.batches = ((45907 * bits + 30179) / 19929 + BITS - 1) / BITS;
        this.modulus = new long[limbs];
        for (int i = 0; i < limbs; i++) {
            this.modulus[i] = modulus.shiftRight(BITS * i).longValue() & M;
        }
        BigInteger radix = BigInteger.ONE.shiftLeft(BITS);
        this.negativeInverse = modulus.negate().modInverse(radix).longValue();
        this.states = new Pool<>(() -> new State(limbs));
    }

    /** Replaces the number, below the modulus, by its inverse; 0 stays 0. */
    void invert(long[] w) {
        State s = states.take();
        System.arraycopy(modulus, 0, s.f, 0, limbs);
        split(s.g, w);
        s.e[0] = 1;
        for (int i = 0; i < batches; i++) {
            s.steps();
            s.updateFg();
            updateDe(s);
        }
        // Now g = 0 and f = 1 or -1, so that the inverse is f d.
        negateIf(s.d, s.f[limbs - 1] >> 63);
        reduce(s.d);
        join(w, s.d);
        s.wipe();
        states.giveBack(s);
    }

    private void split(long[] limb, long[] w) {
        for (int i = 0; i < limbs; i++) {
            int at = BITS * i;
            int k = at >>> 6;
            int shift = at & 63;
            long low = w[k] >>> shift;
            long high = shift > 4 && k + 1 < words ? w[k + 1] << 64 - shift : 0;
            limb[i] = (low | high) & M;
        }
    }

    private void join(long[] w, long[] limb) {
        for (int k = 0; k < words; k++) {
            int i = 64 * k / BITS;
            int shift = 64 * k - BITS * i;
            long high = limb[i + 1] << BITS - shift;
            w[k] = limb[i] >>> shift | high;
        }
    }

    private static void negateIf(long[] a, long mask) {
        for (int i = 0; i < a.length; i++) {
            a[i] = (a[i] ^ mask) - mask;
        }
    }

    private void carry(long[] a) {
        for (int i = 0; i + 1 < limbs; i++) {
            a[i + 1] += a[i] >> BITS;
            a[i] &= M;
        }
    }

    /** From within 2^5 moduli into [0, modulus). */
    private void reduce(long[] d) {
        carry(d);
        // Less floor(d / 2^bits) moduli: the modulus is so near to the power of two that at most one is missing.
        subtractTimes(d, d[limbs - 1] >> topBits);
        subtractTimes(d, d[limbs - 1] >> 63);
        long[] t = d.clone();
        subtractTimes(t, 1);
        long keep = t[limbs - 1] >> 63;
        for (int i = 0; i < limbs; i++) {
            d[i] = t[i] ^ (t[i] ^ d[i]) & keep;
        }
        Arrays.fill(t, 0);
    }

    /** a -= q modulus, for a small q, and carries. */
    private void subtractTimes(long[] a, long q) {
        int last = limbs - 1;
        for (int i = 0; i < last; i++) {
            a[i] -= q * modulus[i] & M;
            a[i + 1] -= Math.multiplyHigh(q << 64 - BITS, modulus[i]);
        }
        a[last] -= q * modulus[last];
        carry(a);
    }

    private void updateDe(State s) {
        long u = s.u;
        long v = s.v;
        long q = s.q;
        long r = s.r;
        long[] d = s.d;
        long[] e = s.e;
        // The multiples of the modulus that make the lowest limbs zero.
        long a = (u * d[0] + v * e[0]) * negativeInverse & M;
        long b = (q * d[0] + r * e[0]) * negativeInverse & M;
        long carryD = 0;
        long carryE = 0;
        for (int i = 0; i < limbs; i++) {
            long x = d[i];
            long y = e[i];
            long m = modulus[i];
            long highD = high(u, x) + high(v, y) + high(a, m);
            long highE = high(q, x) + high(r, y) + high(b, m);
            carryD += u * x + v * y + a * m - (highD << BITS);
            carryE += q * x + r * y + b * m - (highE << BITS);
            if (i > 0) {
                d[i - 1] = carryD & M;
                e[i - 1] = carryE & M;
            }
            carryD = (carryD >> BITS) + highD;
            carryE = (carryE >> BITS) + highE;
        }
        d[limbs - 1] = carryD;
        e[limbs - 1] = carryE;
    }

    /** floor(a b / 2^60). */
    private static long high(long a, long b) {
        return Math.multiplyHigh(a << 2, b << 2);
    }

    private static final class State {
        private final long[] f;
        private final long[] g;
        private final long[] d;
        private final long[] e;
        /** The matrix of 60 steps, times 2^60: f becomes (u f + v g) / 2^60, g becomes (q f + r g) / 2^60. */
        private long u;

        private long v;
        private long q;
        private long r;
        /** Minus twice delta. */
        private long eta = -1;

        State(int limbs) {
            f = new long[limbs];
            g = new long[limbs];
            d = new long[limbs];
            e = new long[limbs];
        }

        void steps() {
            long f0 = f[0] | f[1] << BITS;
            long g0 = g[0] | g[1] << BITS;
            long u0 = 1;
            long v0 = 0;
            long q0 = 0;
            long r0 = 1;
            long minusTwiceDelta = eta;
            for (int i = 0; i < BITS; i++) {
                long positive = minusTwiceDelta >> 63;
                long odd = -(g0 & 1);
                // If g is odd, f is added, or subtracted where delta is positive.
                g0 += (f0 ^ positive) - positive & odd;
                q0 += (u0 ^ positive) - positive & odd;
                r0 += (v0 ^ positive) - positive & odd;
                // If g is odd and delta positive, f becomes what g was, which is f + (g - f).
                positive &= odd;
                f0 += g0 & positive;
                u0 += q0 & positive;
                v0 += r0 & positive;
                minusTwiceDelta = (minusTwiceDelta ^ positive) - positive - 2;
                g0 >>= 1;
                u0 <<= 1;
                v0 <<= 1;
            }
            u = u0;
            v = v0;
            q = q0;
            r = r0;
            eta = minusTwiceDelta;
        }

        void updateFg() {
            long carryF = 0;
            long carryG = 0;
            for (int i = 0; i < f.length; i++) {
                long x = f[i];
                long y = g[i];
                long highF = high(u, x) + high(v, y);
                long highG = high(q, x) + high(r, y);
                carryF += u * x + v * y - (highF << BITS);
                carryG += q * x + r * y - (highG << BITS);
                if (i > 0) {
                    f[i - 1] = carryF & M;
                    g[i - 1] = carryG & M;
                }
                carryF = (carryF >> BITS) + highF;
                carryG = (carryG >> BITS) + highG;
            }
            f[f.length - 1] = carryF;
            g[g.length - 1] = carryG;
        }

        void wipe() {
            Arrays.fill(f, 0);
            Arrays.fill(g, 0);
            Arrays.fill(d, 0);
            Arrays.fill(e, 0);
            u = 0;
            v = 0;
            q = 0;
            r = 0;
            eta = -1;
        }
    }
}
