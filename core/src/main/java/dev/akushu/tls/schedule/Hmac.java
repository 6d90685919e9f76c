package dev.akushu.tls.schedule;

import dev.akushu.tls.crypto.HashAlgorithm;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * HMAC (RFC 2104) under one key, by one digest: most keys of the schedule are used once or twice, and saving the state after a padded key would cost more, in copies of digests, than
 * hashing that block again. Not safe for use by two threads at once.
 */
public final class Hmac {
    private static final byte INNER_PAD = 0x36;
    private static final byte OUTER_PAD = 0x5c;

    private final MessageDigest digest;
    private final byte[] innerKey;
    private final byte[] outerKey;
    private final int length;
    private boolean begun;
    private boolean wiped;

    /** Under {@code key}, of any length; the array stays the caller's to wipe. */
    public Hmac(HashAlgorithm hash, byte[] key) {
        digest = hash.newDigest();
        length = hash.length();
        innerKey = paddedToBlock(hash, key);
        outerKey = innerKey.clone();
        for (int i = 0; i < innerKey.length; i++) {
            innerKey[i] ^= INNER_PAD;
            outerKey[i] ^= OUTER_PAD;
        }
    }

    /** Adds all of {@code input} to the message. */
    public void update(byte[] input) {
        running().update(input);
    }

    /** Adds one byte to the message. */
    void update(byte input) {
        running().update(input);
    }

    /** The code of the message, {@link #length()} bytes; a new message under the same key begins. */
    public byte[] finish() {
        byte[] innerHash = running().digest();
        begun = false;
        digest.update(outerKey);
        digest.update(innerHash);
        return digest.digest();
    }

    /** The code of {@code message} alone. */
    public byte[] mac(byte[] message) {
        update(message);
        return finish();
    }

    /** Length of a code in bytes: that of the hash. */
    public int length() {
        return length;
    }

    /** Forgets the key; the object cannot be used afterwards. Wiping again does nothing. */
    public void wipe() {
        Arrays.fill(innerKey, (byte) 0);
        Arrays.fill(outerKey, (byte) 0);
        digest.reset();
        wiped = true;
    }

    private MessageDigest running() {
        // A wiped key would go on as an HMAC under no key at all, and nobody would notice.
        if (wiped) {
            throw new IllegalStateException("The key of this HMAC has been wiped");
        }
        if (!begun) {
            digest.update(innerKey);
            begun = true;
        }
        return digest;
    }

    private byte[] paddedToBlock(HashAlgorithm hash, byte[] key) {
        if (key.length <= hash.blockLength()) {
            return Arrays.copyOf(key, hash.blockLength());
        }
        byte[] hashed = digest.digest(key);
        byte[] block = Arrays.copyOf(hashed, hash.blockLength());
        Arrays.fill(hashed, (byte) 0);
        return block;
    }
}
