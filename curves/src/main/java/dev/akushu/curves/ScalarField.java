package dev.akushu.curves;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Arithmetic modulo the prime order n of a group, without branches or indices that depend on the numbers. A signature
 * needs few operations, so it is loops over limbs of radix 2^52, with Montgomery products. Numbers come and go as
 * little-endian words.
 */
final class ScalarField {
    private static final int BITS = 52;
    private static final long M = (1L << BITS) - 1;

    private final int words;
    private final int limbs;
    private final long[] order;
    private final long[] orderWords;
    /** -1 / n modulo 2^52. */
    private final long negativeInverse;
    /** R^2 modulo n, R = 2^(52 limbs). */
    private final long[] r2;

    private final ModularInverse inverse;

    private final Pool<Room> rooms;

    /** Numbers in limbs on the way from words to words. */
    private final class Room {
        final long[] x = new long[limbs];
        final long[] y = new long[limbs];
        final long[] product = new long[2 * limbs];
        final long[] difference = new long[limbs];

        void giveBack() {
            Arrays.fill(x, 0);
            Arrays.fill(y, 0);
            Arrays.fill(product, 0);
            Arrays.fill(difference, 0);
            rooms.giveBack(this);
        }
    }

    ScalarField(BigInteger n) {
        this.words = (n.bitLength() + 63) / 64;
        this.limbs = n.bitLength() / BITS + 1;
        this.orderWords = Words.of(n, words);
        this.order = new long[limbs];
        split(order, orderWords);
        this.negativeInverse =
                n.negate().modInverse(BigInteger.ONE.shiftLeft(BITS)).longValue();
        this.r2 = new long[limbs];
        split(r2, Words.of(BigInteger.ONE.shiftLeft(2 * BITS * limbs).mod(n), words));
        this.inverse = new ModularInverse(n);
        this.rooms = new Pool<>(Room::new);
    }

    /**
     * r = a b mod n. r may be a or b; these may be any numbers of that many words, as n 2^(52 limbs) is above their
     * product.
     */
    void multiply(long[] r, long[] a, long[] b) {
        Room room = rooms.take();
        split(room.x, a);
        split(room.y, b);
        montgomery(room.x, room.x, room.y, room.product, room.difference);
        montgomery(room.x, room.x, r2, room.product, room.difference);
        join(r, room.x);
        room.giveBack();
    }

    /** r = a + b mod n, for a and b below n. r may be a or b. */
    void add(long[] r, long[] a, long[] b) {
        Room room = rooms.take();
        split(room.x, a);
        split(room.y, b);
        sum(room.x, room.y, room.difference);
        join(r, room.x);
        room.giveBack();
    }

    /** a = a mod n, for any a of that many words, of which n must be above half of what they can hold: that of Ed25519 is not. */
    void reduce(long[] a) {
        Room room = rooms.take();
        split(room.x, a);
        subtractOrder(room.x, room.difference);
        join(a, room.x);
        room.giveBack();
    }

    /** a = 1 / a mod n; 0 stays 0. Not for the order of Ed25519, see {@link ModularInverse}. */
    void invert(long[] a) {
        inverse.invert(a);
    }

    /** a = n - a where {@code mask} is -1. a must not be 0. */
    void negateIf(long[] a, long mask) {
        long[] t = new long[words];
        Words.subtract(t, orderWords, a);
        for (int i = 0; i < words; i++) {
            a[i] ^= (a[i] ^ t[i]) & mask;
        }
        Arrays.fill(t, 0);
    }

    /** Whether a lies between 1 and n - 1. The answer is public: a candidate that is not is thrown away. */
    boolean isInRange(long[] a) {
        long[] t = new long[words];
        long below = Words.subtract(t, a, orderWords);
        Arrays.fill(t, 0);
        return (below & ~Words.isZero(a)) != 0;
    }

    /** x = x + y mod n, for x and y below n; t is room. */
    private void sum(long[] x, long[] y, long[] t) {
        for (int i = 0; i < limbs; i++) {
            x[i] += y[i];
        }
        carry(x);
        subtractOrder(x, t);
    }

    /** r = a b / R mod n, below n if a b is below n R. r may be a or b; t and difference are room. */
    private void montgomery(long[] r, long[] a, long[] b, long[] t, long[] difference) {
        Arrays.fill(t, 0);
        for (int i = 0; i < limbs; i++) {
            addProduct(t, i, a[i], b);
        }
        for (int i = 0; i < limbs; i++) {
            addProduct(t, i, t[i] * negativeInverse & M, order);
            t[i + 1] += t[i] >> BITS;
        }
        System.arraycopy(t, limbs, r, 0, limbs);
        carry(r);
        subtractOrder(r, difference);
    }

    /** t += x y 2^(52 at). */
    private static void addProduct(long[] t, int at, long x, long[] y) {
        for (int j = 0; j < y.length; j++) {
            long high = Math.multiplyHigh(x << 6, y[j] << 6);
            t[at + j] += x * y[j] - (high << BITS);
            t[at + j + 1] += high;
        }
    }

    private void carry(long[] a) {
        for (int i = 0; i + 1 < limbs; i++) {
            a[i + 1] += a[i] >> BITS;
            a[i] &= M;
        }
    }

    /** a -= n unless a is below n; t is room. */
    private void subtractOrder(long[] a, long[] t) {
        for (int i = 0; i < limbs; i++) {
            t[i] = a[i] - order[i];
        }
        carry(t);
        long keep = t[limbs - 1] >> 63;
        for (int i = 0; i < limbs; i++) {
            a[i] = t[i] ^ (t[i] ^ a[i]) & keep;
        }
    }

    private void split(long[] limb, long[] w) {
        for (int i = 0; i < limbs; i++) {
            int at = BITS * i;
            int k = at >>> 6;
            int shift = at & 63;
            long high = shift > 64 - BITS && k + 1 < w.length ? w[k + 1] << 64 - shift : 0;
            limb[i] = k < w.length ? (w[k] >>> shift | high) & M : 0;
        }
    }

    private void join(long[] w, long[] limb) {
        Arrays.fill(w, 0);
        for (int i = 0; i < limbs; i++) {
            int at = BITS * i;
            int k = at >>> 6;
            int shift = at & 63;
            if (k < w.length) {
                w[k] |= limb[i] << shift;
            }
            if (shift > 64 - BITS && k + 1 < w.length) {
                w[k + 1] |= limb[i] >>> 64 - shift;
            }
        }
    }
}
