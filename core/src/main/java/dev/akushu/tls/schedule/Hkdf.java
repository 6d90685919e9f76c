package dev.akushu.tls.schedule;

import dev.akushu.tls.crypto.HashAlgorithm;
import dev.akushu.tls.reuse.Buffers;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** HKDF (RFC 5869) and what RFC 9846 section 7.1 builds on it. Safe for use by many threads. */
public final class Hkdf {
    private static final int LONGEST_CONTEXT = 255;

    private final HashAlgorithm hash;
    private volatile byte @Nullable [] hashOfNothing;

    /** Over {@code hash}. */
    public Hkdf(HashAlgorithm hash) {
        this.hash = hash;
    }

    /** The hash that all is made with. */
    HashAlgorithm hash() {
        return hash;
    }

    /** Transcript-Hash(""); the array is for reading alone. */
    byte[] hashOfNothing() {
        byte[] known = hashOfNothing;
        if (known == null) {
            MessageDigest digest = hash.takeDigest();
            known = digest.digest();
            hash.giveBack(digest);
            hashOfNothing = known;
        }
        return known;
    }

    /** HKDF-Extract; the result is the caller's to wipe, and so are the arguments. */
    public byte[] extract(byte[] salt, byte[] inputKeyingMaterial) {
        byte[] key = Hmac.copyOfKey(hash, salt);
        byte[] extracted = Hmac.of(hash, key, inputKeyingMaterial);
        Arrays.fill(key, (byte) 0);
        return extracted;
    }

    /** HKDF-Expand to {@code length} bytes, at most 255 times the hash's length. */
    public byte[] expand(byte[] pseudorandomKey, byte[] info, int length) {
        return expandUnderCopy(pseudorandomKey, null, info, length);
    }

    /**
     * HKDF-Expand-Label: {@code label} is US-ASCII without the prefix {@code tls13}, {@code context} at most 255 bytes.
     */
    public byte[] expandLabel(byte[] secret, String label, byte[] context, int length) {
        return expandUnderCopy(secret, Label.of(label), context, length);
    }

    /** Derive-Secret: {@code transcriptHash} is Transcript-Hash(Messages). */
    public byte[] deriveSecret(byte[] secret, String label, byte[] transcriptHash) {
        return expandLabel(secret, label, transcriptHash, hash.length());
    }

    /** As {@link #expandLabel(byte[], String, byte[], int)}, for whose {@code secret} is nobody else's meanwhile: see {@link Hmac}. */
    byte[] expandLabel(byte[] secret, Label label, byte[] context, int length) {
        return expand(secret, label, context, length);
    }

    private byte[] expandUnderCopy(byte[] key, @Nullable Label label, byte[] context, int length) {
        byte[] copy = Hmac.copyOfKey(hash, key);
        try {
            return expand(copy, label, context, length);
        } finally {
            Arrays.fill(copy, (byte) 0);
        }
    }

    /** With an HkdfLabel as the info, or {@code context} itself if there is no label. */
    private byte[] expand(byte[] key, @Nullable Label label, byte[] context, int length) {
        // RFC 5869 2.3: L <= 255*HashLen, because the counter is one byte.
        if (length < 0 || length > 255 * hash.length()) {
            throw new IllegalArgumentException("HKDF cannot expand to " + length + " bytes");
        }
        if (label != null && context.length > LONGEST_CONTEXT) {
            throw new IllegalArgumentException("A context is at most 255 bytes, not " + context.length);
        }
        MessageDigest digest = hash.takeDigest();
        try {
            byte[] output = new byte[length];
            if (length == hash.length()) {
                Hmac.begin(hash, digest, key);
                addInfo(digest, label, context, length, 1);
                Hmac.finish(hash, digest, key, output);
            } else {
                expandByBlocks(digest, key, label, context, output);
            }
            return output;
        } finally {
            hash.giveBack(digest);
        }
    }

    private void expandByBlocks(
            MessageDigest digest, byte[] key, @Nullable Label label, byte[] context, byte[] output) {
        byte[] block = Buffers.take(hash.length());
        try {
            int counter = 1;
            for (int done = 0; done < output.length; done += hash.length()) {
                Hmac.begin(hash, digest, key);
                if (done > 0) {
                    digest.update(block, 0, hash.length());
                }
                addInfo(digest, label, context, output.length, counter++);
                Hmac.finish(hash, digest, key, block);
                System.arraycopy(block, 0, output, done, Math.min(hash.length(), output.length - done));
            }
        } finally {
            Buffers.giveBack(block);
        }
    }

    private static void addInfo(MessageDigest digest, @Nullable Label label, byte[] context, int length, int counter) {
        if (label != null) {
            // The structure HkdfLabel of RFC 9846 section 7.1.
            digest.update((byte) (length >>> 8));
            digest.update((byte) length);
            label.addTo(digest);
            digest.update((byte) context.length);
        }
        digest.update(context);
        digest.update((byte) counter);
    }
}
