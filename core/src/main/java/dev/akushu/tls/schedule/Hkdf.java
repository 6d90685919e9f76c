package dev.akushu.tls.schedule;

import dev.akushu.tls.crypto.HashAlgorithm;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * HKDF (RFC 5869) and what RFC 9846 section 7.1 builds on it. Holds no state but its hash: safe for use by many
 * threads.
 */
public final class Hkdf {
    private static final byte[] LABEL_PREFIX = "tls13 ".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_LABEL = 255 - LABEL_PREFIX.length;
    private static final int LONGEST_CONTEXT = 255;

    private final HashAlgorithm hash;

    /** Over {@code hash}. */
    public Hkdf(HashAlgorithm hash) {
        this.hash = hash;
    }

    /** HKDF-Extract; the result is the caller's to wipe, and so are the arguments. */
    public byte[] extract(byte[] salt, byte[] inputKeyingMaterial) {
        Hmac hmac = new Hmac(hash, salt);
        try {
            return hmac.mac(inputKeyingMaterial);
        } finally {
            hmac.wipe();
        }
    }

    /** HKDF-Expand to {@code length} bytes, at most 255 times the hash's length. */
    public byte[] expand(byte[] pseudorandomKey, byte[] info, int length) {
        Hmac hmac = new Hmac(hash, pseudorandomKey);
        try {
            return expand(hmac, info, length);
        } finally {
            hmac.wipe();
        }
    }

    /**
     * HKDF-Expand-Label: {@code label} is US-ASCII without the prefix {@code tls13}, {@code context} at most 255 bytes.
     */
    public byte[] expandLabel(byte[] secret, String label, byte[] context, int length) {
        return expand(secret, label(label, context, length), length);
    }

    /** Derive-Secret: {@code transcriptHash} is Transcript-Hash(Messages). */
    public byte[] deriveSecret(byte[] secret, String label, byte[] transcriptHash) {
        return expandLabel(secret, label, transcriptHash, hash.length());
    }

    /** As {@link #expandLabel(byte[], String, byte[], int)}, by an HMAC that is under the secret already. */
    static byte[] expandLabel(Hmac underSecret, String label, byte[] context, int length) {
        return expand(underSecret, label(label, context, length), length);
    }

    private static byte[] expand(Hmac hmac, byte[] info, int length) {
        // RFC 5869 2.3: L <= 255*HashLen, because the counter is one byte.
        if (length < 0 || length > 255 * hmac.length()) {
            throw new IllegalArgumentException("HKDF cannot expand to " + length + " bytes");
        }
        byte[] output = new byte[length];
        byte[] block = new byte[0];
        for (int done = 0, counter = 1; done < length; done += block.length, counter++) {
            hmac.update(block);
            Arrays.fill(block, (byte) 0);
            hmac.update(info);
            hmac.update((byte) counter);
            block = hmac.finish();
            System.arraycopy(block, 0, output, done, Math.min(block.length, length - done));
        }
        Arrays.fill(block, (byte) 0);
        return output;
    }

    /** The structure HkdfLabel of RFC 9846 section 7.1. */
    private static byte[] label(String label, byte[] context, int length) {
        byte[] name = label.getBytes(StandardCharsets.UTF_8);
        // Only US-ASCII has as many octets as characters.
        if (name.length == 0 || name.length > LONGEST_LABEL || name.length != label.length()) {
            throw new IllegalArgumentException(
                    "A label is 1 to " + LONGEST_LABEL + " US-ASCII characters, not " + label);
        }
        if (context.length > LONGEST_CONTEXT) {
            throw new IllegalArgumentException("A context is at most 255 bytes, not " + context.length);
        }
        byte[] encoded = new byte[2 + 1 + LABEL_PREFIX.length + name.length + 1 + context.length];
        encoded[0] = (byte) (length >>> 8);
        encoded[1] = (byte) length;
        encoded[2] = (byte) (LABEL_PREFIX.length + name.length);
        System.arraycopy(LABEL_PREFIX, 0, encoded, 3, LABEL_PREFIX.length);
        System.arraycopy(name, 0, encoded, 3 + LABEL_PREFIX.length, name.length);
        int contextAt = 3 + LABEL_PREFIX.length + name.length;
        encoded[contextAt] = (byte) context.length;
        System.arraycopy(context, 0, encoded, contextAt + 1, context.length);
        return encoded;
    }
}
