package dev.akushu.curves;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Objects;

/**
 * Ed25519 in its pure form (RFC 8032 section 5.1). Secrets and public keys are 32 octets, signatures 64, as on the
 * wire.
 *
 * <p>Verification is strict: S must be below the group's order, keys and R canonical, and the equation is the one
 * without the cofactor, [S]B = R + [k]A, which RFC 8032 section 5.1.7 calls sufficient. A signature made by the RFC
 * holds under it; of those that a dishonest signer makes with parts of small order, other verifiers take more. No
 * branch and no array index depends on a secret. Safe for use by many threads.
 */
public final class Ed25519 {
    /** Octets of a secret key and of a public key. */
    public static final int LENGTH = 32;

    /** Octets of a signature. */
    public static final int SIGNATURE_LENGTH = 64;

    private static final BigInteger ORDER =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
    private static final ScalarField SCALARS = new ScalarField(ORDER);
    private static final long[] ONE = {1, 0, 0, 0};
    /** 2^256 modulo the order. */
    private static final long[] HIGH_WORDS = Words.of(BigInteger.TWO.pow(256).mod(ORDER), 4);

    private Ed25519() {}

    /**
     * Fills {@code secret} with a fresh secret key and {@code publicKey}, from {@code offset} on, with the key that
     * belongs to it.
     */
    public static void generate(SecureRandom random, byte[] secret, byte[] publicKey, int offset) {
        checkLength(secret);
        random.nextBytes(secret);
        publicKey(secret, publicKey, offset);
    }

    /** Writes the public key of {@code secret} to {@code out} from {@code offset} on. RFC 8032 section 5.1.5. */
    public static void publicKey(byte[] secret, byte[] out, int offset) {
        Objects.checkFromIndexSize(offset, LENGTH, out.length);
        byte[] expanded = expand(secret);
        writeMultiple(Arrays.copyOf(expanded, 32), out, offset);
        Arrays.fill(expanded, (byte) 0);
    }

    /**
     * Signs {@code message}. RFC 8032 section 5.1.6.
     *
     * @param publicKey that of {@code secret}: with another one, the signature would betray the secret
     * @param out takes the signature from {@code offset} on
     */
    static void sign(byte[] secret, byte[] publicKey, byte[] message, byte[] out, int offset) {
        Objects.checkFromIndexSize(offset, SIGNATURE_LENGTH, out.length);
        byte[] expanded = expand(secret);
        MessageDigest sha512 = sha512();
        sha512.update(expanded, 32, 32);
        long[] r = reduced(sha512.digest(message));
        byte[] nonce = new byte[32];
        write(r, nonce, 0);
        byte[] signature = new byte[SIGNATURE_LENGTH];
        writeMultiple(nonce, signature, 0);
        long[] k = challenge(signature, 0, publicKey, message);
        long[] s = read(expanded, 0);
        SCALARS.multiply(s, k, s);
        SCALARS.add(s, s, r);
        write(s, signature, 32);
        System.arraycopy(signature, 0, out, offset, SIGNATURE_LENGTH);
        Arrays.fill(expanded, (byte) 0);
        Arrays.fill(r, 0);
    }

    /** Signs {@code message}, and computes the public key for that. */
    public static void sign(byte[] secret, byte[] message, byte[] out, int offset) {
        byte[] publicKey = new byte[LENGTH];
        publicKey(secret, publicKey, 0);
        sign(secret, publicKey, message, out, offset);
    }

    /** Whether {@code publicKey} is a point in its one encoding. */
    public static boolean isPublicKey(byte[] publicKey) {
        return publicKey.length == LENGTH && new Edwards25519().decode(publicKey, 0);
    }

    /**
     * Whether the 64 octets from {@code offset} on are a signature of {@code message} under {@code publicKey}. RFC 8032
     * section 5.1.7.
     */
    public static boolean verify(byte[] publicKey, byte[] message, byte[] signature, int offset) {
        Edwards25519 key = new Edwards25519();
        long[] s = read(signature, offset + 32);
        if (publicKey.length != LENGTH || !key.decode(publicKey, 0) || !isBelowOrder(s)) {
            return false;
        }
        long[] k = challenge(signature, offset, publicKey, message);
        key.negate();
        // R = S B - k A
        byte[] expected = new byte[32];
        PublicMultiply25519.multiply(s, k, key).encode(expected, 0);
        return Arrays.equals(expected, 0, 32, signature, offset, offset + 32);
    }

    private static boolean isBelowOrder(long[] s) {
        return SCALARS.isInRange(s) || Words.isZero(s) != 0;
    }

    /** SHA-512(R, A, M) modulo the order. */
    private static long[] challenge(byte[] signature, int offset, byte[] publicKey, byte[] message) {
        MessageDigest sha512 = sha512();
        sha512.update(signature, offset, 32);
        sha512.update(publicKey);
        return reduced(sha512.digest(message));
    }

    /** The clamped scalar and the prefix. RFC 8032 section 5.1.5. */
    private static byte[] expand(byte[] secret) {
        checkLength(secret);
        byte[] expanded = sha512().digest(secret);
        expanded[0] = (byte) (expanded[0] & 0xf8);
        expanded[31] = (byte) (expanded[31] & 0x7f | 0x40);
        return expanded;
    }

    /** Writes scalar B, and wipes the scalar. */
    private static void writeMultiple(byte[] scalar, byte[] out, int offset) {
        Edwards25519 point = Edwards25519.POINTS.take();
        point.multiplyBase(scalar);
        point.encode(out, offset);
        point.wipe();
        Edwards25519.POINTS.giveBack(point);
        Arrays.fill(scalar, (byte) 0);
    }

    /** 64 octets, little-endian, modulo the order. */
    private static long[] reduced(byte[] hash) {
        long[] low = read(hash, 0);
        long[] high = read(hash, 32);
        SCALARS.multiply(low, low, ONE);
        SCALARS.multiply(high, high, HIGH_WORDS);
        SCALARS.add(low, low, high);
        Arrays.fill(high, 0);
        Arrays.fill(hash, (byte) 0);
        return low;
    }

    private static long[] read(byte[] octets, int offset) {
        long[] w = new long[4];
        for (int i = 0; i < 4; i++) {
            w[i] = Words.little(octets, offset + 8 * i);
        }
        return w;
    }

    private static void write(long[] w, byte[] octets, int offset) {
        for (int i = 0; i < 4; i++) {
            Words.putLittle(octets, offset + 8 * i, w[i]);
        }
    }

    private static MessageDigest sha512() {
        try {
            return MessageDigest.getInstance("SHA-512");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("The JDK has no SHA-512", e);
        }
    }

    private static void checkLength(byte[] secret) {
        if (secret.length != LENGTH) {
            throw new IllegalArgumentException("An Ed25519 secret has 32 octets, not " + secret.length);
        }
    }
}
