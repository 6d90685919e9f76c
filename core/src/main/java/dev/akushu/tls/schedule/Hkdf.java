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
        return Hmac.of(hash, salt, inputKeyingMaterial);
    }

    /** HKDF-Expand to {@code length} bytes, at most 255 times the hash's length. */
    public byte[] expand(byte[] pseudorandomKey, byte[] info, int length) {
        return expandCounting(pseudorandomKey, Arrays.copyOf(info, info.length + 1), length);
    }

    /** As {@link #expand}, with room for the counter behind {@code info}. */
    private byte[] expandCounting(byte[] pseudorandomKey, byte[] infoAndCounter, int length) {
        // RFC 5869 2.3: L <= 255*HashLen, because the counter is one byte.
        if (length < 0 || length > 255 * hash.length()) {
            throw new IllegalArgumentException("HKDF cannot expand to " + length + " bytes");
        }
        byte[] block = new byte[hash.length()];
        try (Hmac hmac = new Hmac(hash, pseudorandomKey)) {
            if (length == block.length) {
                next(hmac, infoAndCounter, block);
                return block;
            }
            byte[] output = new byte[length];
            for (int done = 0; done < length; done += block.length) {
                if (done > 0) {
                    hmac.update(block);
                }
                next(hmac, infoAndCounter, block);
                System.arraycopy(block, 0, output, done, Math.min(block.length, length - done));
            }
            Arrays.fill(block, (byte) 0);
            return output;
        }
    }

    private static void next(Hmac hmac, byte[] infoAndCounter, byte[] block) {
        infoAndCounter[infoAndCounter.length - 1]++;
        hmac.update(infoAndCounter);
        hmac.finish(block);
    }

    /**
     * HKDF-Expand-Label: {@code label} is US-ASCII without the prefix {@code tls13}, {@code context} at most 255 bytes.
     */
    public byte[] expandLabel(byte[] secret, String label, byte[] context, int length) {
        return expandCounting(secret, label(label, context, length), length);
    }

    /** Derive-Secret: {@code transcriptHash} is Transcript-Hash(Messages). */
    public byte[] deriveSecret(byte[] secret, String label, byte[] transcriptHash) {
        return expandLabel(secret, label, transcriptHash, hash.length());
    }

    /** The structure HkdfLabel of RFC 9846 section 7.1, and room for the counter. */
    private static byte[] label(String label, byte[] context, int length) {
        int labelLength = label.length();
        if (labelLength == 0 || labelLength > LONGEST_LABEL) {
            throw badLabel(label);
        }
        if (context.length > LONGEST_CONTEXT) {
            throw new IllegalArgumentException("A context is at most 255 bytes, not " + context.length);
        }
        int at = 3 + LABEL_PREFIX.length;
        byte[] encoded = new byte[at + labelLength + 1 + context.length + 1];
        encoded[0] = (byte) (length >>> 8);
        encoded[1] = (byte) length;
        encoded[2] = (byte) (LABEL_PREFIX.length + labelLength);
        System.arraycopy(LABEL_PREFIX, 0, encoded, 3, LABEL_PREFIX.length);
        for (int i = 0; i < labelLength; i++) {
            char character = label.charAt(i);
            if (character > 0x7f) {
                throw badLabel(label);
            }
            encoded[at++] = (byte) character;
        }
        encoded[at++] = (byte) context.length;
        System.arraycopy(context, 0, encoded, at, context.length);
        return encoded;
    }

    private static IllegalArgumentException badLabel(String label) {
        return new IllegalArgumentException("A label is 1 to " + LONGEST_LABEL + " US-ASCII characters, not " + label);
    }
}
