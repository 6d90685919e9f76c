package dev.akushu.curves;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Objects;

/**
 * X25519 (RFC 7748). Keys and secrets are their 32 octets as on the wire; every method works on the caller's arrays.
 *
 * <p>No branch and no array index depends on a secret. Safe for use by many threads.
 */
public final class X25519 {
    /** Octets of a secret key, of a public key and of a shared secret. */
    public static final int LENGTH = 32;

    private static final Pool<Ladder> LADDERS = new Pool<>(Ladder::new);

    private X25519() {}

    /**
     * Fills {@code secret} with a fresh secret key and {@code publicKey}, from {@code offset} on, with the key that
     * belongs to it.
     */
    public static void generate(SecureRandom random, byte[] secret, byte[] publicKey, int offset) {
        checkLength(secret);
        random.nextBytes(secret);
        publicKey(secret, publicKey, offset);
    }

    /**
     * Writes the public key of {@code secret}, X25519(secret, 9) of RFC 7748 section 6.1, to {@code out} from
     * {@code offset} on. By the table of edwards25519's base point, which is birationally equivalent (RFC 7748 section
     * 4.1): u = (1 + y) / (1 - y).
     */
    public static void publicKey(byte[] secret, byte[] out, int offset) {
        checkLength(secret);
        Objects.checkFromIndexSize(offset, LENGTH, out.length);
        byte[] scalar = secret.clone();
        scalar[0] = (byte) (scalar[0] & 0xf8);
        scalar[31] = (byte) (scalar[31] & 0x7f | 0x40);
        Edwards25519 point = Edwards25519.POINTS.take();
        point.multiplyBase(scalar);
        Arrays.fill(scalar, (byte) 0);
        // The numerator in the place of x, the denominator in that of t.
        Field25519.add(point.x, point.z, point.y);
        Field25519.sub(point.t, point.z, point.y);
        writeQuotient(point.x, point.t, out, offset);
        point.wipe();
        Edwards25519.POINTS.giveBack(point);
    }

    /**
     * Writes X25519(secret, peer) of RFC 7748 section 5 to {@code out}. The peer's key may be any 32 octets: it has no
     * invalid ones.
     *
     * @return false if the result is all zero, which RFC 9846 section 7.4.2 demands to refuse: the peer's
     *     key has a small order and the secret is known to everybody
     */
    public static boolean agree(byte[] secret, byte[] peer, int peerOffset, byte[] out, int outOffset) {
        checkLength(secret);
        Objects.checkFromIndexSize(outOffset, LENGTH, out.length);
        Ladder ladder = LADDERS.take();
        ladder.base.setWords(
                Words.little(peer, peerOffset),
                Words.little(peer, peerOffset + 8),
                Words.little(peer, peerOffset + 16),
                Words.little(peer, peerOffset + 24));
        ladder.start();
        // RFC 7748 section 5: the three lowest bits and the highest are cleared, the one below it is set.
        ladder.climb(Words.little(secret, 24) & -1L >>> 1 | 1L << 62, 62);
        ladder.climb(Words.little(secret, 16), 63);
        ladder.climb(Words.little(secret, 8), 63);
        ladder.climb(Words.little(secret, 0) & -8L, 63);
        ladder.swapLast();
        long any = writeQuotient(ladder.x2, ladder.z2, out, outOffset);
        ladder.wipe();
        LADDERS.giveBack(ladder);
        return any != 0;
    }

    /** Writes x / z, and returns the bitwise or of its words. Both are wiped. */
    private static long writeQuotient(Field25519 x, Field25519 z, byte[] out, int offset) {
        Field25519.invert(z, z);
        Field25519.mul(x, x, z);
        long[] w = new long[4];
        x.toWords(w);
        long any = 0;
        for (int i = 0; i < 4; i++) {
            Words.putLittle(out, offset + 8 * i, w[i]);
            any |= w[i];
        }
        x.wipe();
        z.wipe();
        Arrays.fill(w, 0);
        return any;
    }

    private static void checkLength(byte[] secret) {
        if (secret.length != LENGTH) {
            throw new IllegalArgumentException("An X25519 secret has 32 octets, not " + secret.length);
        }
    }

    /** The Montgomery ladder of RFC 7748 section 5, with its names. */
    static final class Ladder {
        final Field25519 base = new Field25519();
        final Field25519 x2 = new Field25519();
        final Field25519 z2 = new Field25519();
        final Field25519 x3 = new Field25519();
        final Field25519 z3 = new Field25519();
        private final Field25519 a = new Field25519();
        private final Field25519 b = new Field25519();
        private final Field25519 c = new Field25519();
        private final Field25519 d = new Field25519();
        private final Field25519 aa = new Field25519();
        private final Field25519 bb = new Field25519();
        private long swap;

        /** (x2 : z2) is the point at infinity, (x3 : z3) the base. */
        void start() {
            x2.setSmall(1);
            z2.setSmall(0);
            x3.set(base);
            z3.setSmall(1);
        }

        /** One step for each bit of {@code word}, from bit {@code from} down. */
        void climb(long word, int from) {
            for (int i = from; i >= 0; i--) {
                long bit = word >>> i & 1;
                swap(-(swap ^ bit));
                swap = bit;
                step();
            }
        }

        void swapLast() {
            swap(-swap);
            swap = 0;
        }

        private void swap(long mask) {
            Field25519.cswap(x2, x3, mask);
            Field25519.cswap(z2, z3, mask);
        }

        /** (x2 : z2) is doubled, (x3 : z3) becomes the sum of both points, whose difference is the base. */
        void step() {
            Field25519.add(a, x2, z2);
            Field25519.sub(b, x2, z2);
            Field25519.add(c, x3, z3);
            Field25519.sub(d, x3, z3);
            Field25519.sqr(aa, a);
            Field25519.sqr(bb, b);
            Field25519.mul(d, d, a); // DA
            Field25519.mul(c, c, b); // CB
            Field25519.mul(x2, aa, bb);
            Field25519.sub(b, aa, bb); // E
            Field25519.addMulA24(a, aa, b);
            Field25519.mul(z2, a, b);
            Field25519.add(x3, d, c);
            Field25519.sqr(x3, x3);
            Field25519.sub(z3, d, c);
            Field25519.sqr(z3, z3);
            Field25519.mul(z3, z3, base);
        }

        void wipe() {
            for (Field25519 f : new Field25519[] {x2, z2, x3, z3, a, b, c, d, aa, bb}) {
                f.wipe();
            }
        }
    }
}
