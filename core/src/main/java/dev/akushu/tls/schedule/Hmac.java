package dev.akushu.tls.schedule;

import dev.akushu.tls.crypto.HashAlgorithm;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * HMAC (RFC 2104) under one key, by one digest that is given back at the end: most keys of the schedule are used once or
 * twice, and saving the state after a padded key would cost more, in copies of digests, than hashing that block again.
 * Not safe for use by two threads at once.
 */
final class Hmac implements AutoCloseable {
    private static final byte INNER_PAD = 0x36;
    private static final byte OUTER_PAD = 0x5c;

    private final HashAlgorithm hash;
    private final MessageDigest digest;
    /** The key, filled up with zeros, under the inner pad. */
    private final byte[] block;

    private boolean begun;
    private boolean closed;

    /** Under {@code key}, of any length; the array stays the caller's to wipe. */
    Hmac(HashAlgorithm hash, byte[] key) {
        this.hash = hash;
        digest = hash.takeDigest();
        block = paddedToBlock(key);
        mask(INNER_PAD);
    }

    /** The code of {@code message} under {@code key}, in a new array; both arguments stay the caller's to wipe. */
    static byte[] of(HashAlgorithm hash, byte[] key, byte[] message) {
        try (Hmac hmac = new Hmac(hash, key)) {
            byte[] code = new byte[hash.length()];
            hmac.update(message);
            hmac.finish(code);
            return code;
        }
    }

    /** Adds all of {@code input} to the message. */
    void update(byte[] input) {
        refuseIfClosed();
        if (!begun) {
            digest.update(block);
            begun = true;
        }
        digest.update(input);
    }

    /** Writes the code of the message into {@code code}, from its beginning; a new message under the same key begins. */
    void finish(byte[] code) {
        if (code.length < hash.length()) {
            throw new IllegalArgumentException(
                    "A code has " + hash.length() + " bytes, and there is room for " + code.length);
        }
        update(Secret.NO_CONTEXT);
        begun = false;
        try {
            digest.digest(code, 0, hash.length());
            mask((byte) (INNER_PAD ^ OUTER_PAD));
            digest.update(block);
            mask((byte) (INNER_PAD ^ OUTER_PAD));
            digest.update(code, 0, hash.length());
            digest.digest(code, 0, hash.length());
        } catch (DigestException e) {
            throw new IllegalStateException("A digest fills an array with room for it", e);
        }
    }

    /** Forgets the key and gives the digest back; the object cannot be used afterwards. Closing again does nothing. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Arrays.fill(block, (byte) 0);
            hash.giveBack(digest);
        }
    }

    /** The digest may be somebody else's by now, and a wiped key would go on as no key at all. */
    private void refuseIfClosed() {
        if (closed) {
            throw new IllegalStateException("This HMAC has been closed");
        }
    }

    private void mask(byte pad) {
        for (int i = 0; i < block.length; i++) {
            block[i] ^= pad;
        }
    }

    private byte[] paddedToBlock(byte[] key) {
        if (key.length <= hash.blockLength()) {
            return Arrays.copyOf(key, hash.blockLength());
        }
        byte[] hashed = digest.digest(key);
        byte[] padded = Arrays.copyOf(hashed, hash.blockLength());
        Arrays.fill(hashed, (byte) 0);
        return padded;
    }
}
