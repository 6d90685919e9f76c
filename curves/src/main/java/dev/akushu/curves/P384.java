package dev.akushu.curves;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Objects;

/**
 * ECDH and ECDSA on P-384 (FIPS 186-5, SP 800-56A). Secrets are big-endian scalars of {@value #LENGTH} octets, points
 * are uncompressed as TLS 1.3 has them (RFC 9846 section 4.3.8.2): 4, x, y. Signatures are r and s in {@value #LENGTH}
 * octets each; {@link EcdsaDer} turns them into DER and back.
 *
 * <p>No branch and no array index depends on a secret. Safe for use by many threads.
 */
public final class P384 {
    /** Octets of a secret, and of the shared secret, which is the x-coordinate of the common point. */
    public static final int LENGTH = CurveP384.OCTETS;

    /** Octets of a public key. */
    public static final int POINT_LENGTH = 2 * LENGTH + 1;

    /** Octets of a signature. */
    public static final int SIGNATURE_LENGTH = 2 * LENGTH;

    private P384() {}

    /**
     * Fills {@code secret} with a fresh secret key and {@code publicKey}, from {@code offset} on, with the key that
     * belongs to it.
     */
    public static void generate(SecureRandom random, byte[] secret, byte[] publicKey, int offset) {
        checkLength(secret);
        long[] k = new long[CurveP384.WORDS];
        do {
            // FIPS 186-5 appendix A.2.2: candidates outside the range are thrown away.
            random.nextBytes(secret);
            Words.readBig(k, secret, 0);
        } while (!CurveP384.SCALARS.isInRange(k));
        Arrays.fill(k, 0);
        publicKey(secret, publicKey, offset);
    }

    /**
     * Writes the public key of {@code secret} to {@code out} from {@code offset} on.
     *
     * @throws IllegalArgumentException if the secret is 0 or not below the order
     */
    public static void publicKey(byte[] secret, byte[] out, int offset) {
        Objects.checkFromIndexSize(offset, POINT_LENGTH, out.length);
        long[] k = scalar(secret);
        PointP384 point = new PointP384();
        SecretMultiplyP384.multiplyBase(point, k);
        point.encode(out, offset);
        Arrays.fill(k, 0);
    }

    /**
     * Writes the x-coordinate of secret * peer to {@code out}.
     *
     * @return false, with nothing written, if the peer's octets are no uncompressed point on the curve
     * @throws IllegalArgumentException if the secret is 0 or not below the order
     */
    public static boolean agree(byte[] secret, byte[] peer, int peerOffset, int peerLength, byte[] out, int outOffset) {
        Objects.checkFromIndexSize(outOffset, LENGTH, out.length);
        PointP384 point = new PointP384();
        if (!point.decode(peer, peerOffset, peerLength)) {
            return false;
        }
        long[] k = scalar(secret);
        PointP384 common = new PointP384();
        SecretMultiplyP384.multiply(common, k, point);
        common.affineX(k);
        Words.writeBig(k, out, outOffset);
        Arrays.fill(k, 0);
        common.wipe();
        return true;
    }

    /**
     * Signs a message's hash. The nonce is that of RFC 6979 with 32 octets of {@code random} added (its section 3.6).
     *
     * @param hash of the message, in JCA's names for HMAC: SHA224, SHA256, SHA384 or SHA512
     * @param digest the hash; of a longer one than the order's, the leftmost octets count
     * @param out takes r and s from {@code offset} on
     * @throws IllegalArgumentException if the secret is 0 or not below the order, or the hash is another one
     */
    public static void sign(byte[] secret, String hash, byte[] digest, SecureRandom random, byte[] out, int offset) {
        byte[] added = new byte[32];
        random.nextBytes(added);
        try {
            sign(secret, hash, digest, added, out, offset);
        } finally {
            Arrays.fill(added, (byte) 0);
        }
    }

    static void sign(byte[] secret, String hash, byte[] digest, byte[] added, byte[] out, int offset) {
        Objects.checkFromIndexSize(offset, SIGNATURE_LENGTH, out.length);
        long[] z = integer(digest);
        byte[] reduced = new byte[LENGTH];
        Words.writeBig(z, reduced, 0);
        byte[] nonce = new byte[LENGTH];
        long[] d = scalar(secret);
        try (HedgedNonces nonces = new HedgedNonces(hash, secret, reduced, added)) {
            do {
                nonces.next(nonce);
            } while (!sign(d, z, nonce, out, offset));
        } finally {
            Arrays.fill(d, 0);
            Arrays.fill(nonce, (byte) 0);
        }
    }

    /** FIPS 186-5 section 6.4.1: false if the nonce is out of range, or r or s is 0, and another nonce is needed. */
    static boolean sign(long[] d, long[] z, byte[] nonce, byte[] out, int offset) {
        long[] k = new long[CurveP384.WORDS];
        Words.readBig(k, nonce, 0);
        if (!CurveP384.SCALARS.isInRange(k)) {
            return false;
        }
        PointP384 point = new PointP384();
        SecretMultiplyP384.multiplyBase(point, k);
        long[] r = new long[CurveP384.WORDS];
        point.affineX(r);
        point.wipe();
        CurveP384.SCALARS.reduce(r);
        CurveP384.SCALARS.invert(k);
        long[] s = new long[CurveP384.WORDS];
        CurveP384.SCALARS.multiply(s, r, d);
        CurveP384.SCALARS.add(s, s, z);
        CurveP384.SCALARS.multiply(s, s, k);
        Arrays.fill(k, 0);
        Words.writeBig(r, out, offset);
        Words.writeBig(s, out, offset + LENGTH);
        return (Words.isZero(r) | Words.isZero(s)) == 0;
    }

    /** The leftmost octets of a hash as a number modulo the order (RFC 6979 section 2.3.2). */
    static long[] integer(byte[] digest) {
        byte[] octets = new byte[LENGTH];
        int length = Math.min(LENGTH, digest.length);
        System.arraycopy(digest, 0, octets, LENGTH - length, length);
        long[] z = new long[CurveP384.WORDS];
        Words.readBig(z, octets, 0);
        CurveP384.SCALARS.reduce(z);
        return z;
    }

    private static long[] scalar(byte[] secret) {
        checkLength(secret);
        long[] k = new long[CurveP384.WORDS];
        Words.readBig(k, secret, 0);
        if (!CurveP384.SCALARS.isInRange(k)) {
            throw new IllegalArgumentException("A secret of P-384 lies between 1 and the order less 1");
        }
        return k;
    }

    private static void checkLength(byte[] secret) {
        if (secret.length != LENGTH) {
            throw new IllegalArgumentException("A secret of P-384 has " + LENGTH + " octets, not " + secret.length);
        }
    }
}
