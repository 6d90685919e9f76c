package dev.akushu.tls.schedule;

import dev.akushu.tls.crypto.HashAlgorithm;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * HMAC (RFC 2104) by a digest that is the caller's: {@link #begin}, the message into the digest, {@link #finish}. Most
 * keys of the schedule are used once or twice, and saving the state after a padded key would cost more, in copies of
 * digests, than hashing that block again. The pads are put on the key where it lies, and taken off at once, so that there
 * is no copy of it to make and to wipe: nobody else may use the array meanwhile.
 */
final class Hmac {
    private static final byte INNER_PAD = 0x36;
    private static final byte OUTER_PAD = 0x5c;

    /** More than the block of any hash: the whole state of Keccak has as many bytes. */
    private static final int LONGEST_BLOCK = 200;

    private static final byte[] INNER_PADS = pads(INNER_PAD);
    private static final byte[] OUTER_PADS = pads(OUTER_PAD);

    private Hmac() {}

    /** The code of {@code message} under {@code key}, in a new array; both arguments stay the caller's to wipe. */
    static byte[] of(HashAlgorithm hash, byte[] key, byte[] message) {
        MessageDigest digest = hash.takeDigest();
        try {
            byte[] code = new byte[hash.length()];
            begin(hash, digest, key);
            digest.update(message);
            finish(hash, digest, key, code);
            return code;
        } finally {
            hash.giveBack(digest);
        }
    }

    /**
     * What stands for {@code key} here, in an array of its own: a copy, or the hash of one that is longer than a block.
     * The caller must wipe both.
     */
    static byte[] copyOfKey(HashAlgorithm hash, byte[] key) {
        return key.length <= hash.blockLength() ? key.clone() : hash.newDigest().digest(key);
    }

    /** Begins a message in {@code digest}, which holds none, under {@code key} of a block at most. */
    static void begin(HashAlgorithm hash, MessageDigest digest, byte[] key) {
        addKey(hash, digest, key, INNER_PAD, INNER_PADS);
    }

    /** Writes the code of the message in {@code digest} into {@code code}, from its beginning; the digest holds none then. */
    static void finish(HashAlgorithm hash, MessageDigest digest, byte[] key, byte[] code) {
        try {
            digest.digest(code, 0, hash.length());
            addKey(hash, digest, key, OUTER_PAD, OUTER_PADS);
            digest.update(code, 0, hash.length());
            digest.digest(code, 0, hash.length());
        } catch (DigestException e) {
            throw new IllegalStateException("A digest fills an array with room for it", e);
        }
    }

    /** Adds the key, filled up to a block, under a pad. */
    private static void addKey(HashAlgorithm hash, MessageDigest digest, byte[] key, byte pad, byte[] pads) {
        int rest = hash.blockLength() - key.length;
        if (rest < 0) {
            throw new IllegalArgumentException("A key of " + key.length + " bytes is longer than a block");
        }
        mask(key, pad);
        try {
            digest.update(key);
        } finally {
            mask(key, pad);
        }
        // Where the key is filled up with zeros, the pad itself remains.
        digest.update(pads, 0, rest);
    }

    private static void mask(byte[] key, byte pad) {
        for (int i = 0; i < key.length; i++) {
            key[i] ^= pad;
        }
    }

    private static byte[] pads(byte pad) {
        byte[] pads = new byte[LONGEST_BLOCK];
        Arrays.fill(pads, pad);
        return pads;
    }
}
