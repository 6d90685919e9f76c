package dev.akushu.tls.schedule;

import dev.akushu.tls.crypto.HashAlgorithm;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * HMAC (RFC 2104) under one key. The two padded keys are hashed once and their states saved, so each further code under
 * the same key costs two compressions less. Not safe for use by two threads at once.
 */
public final class Hmac {
    private static final byte INNER_PAD = 0x36;
    private static final byte OUTER_PAD = 0x5c;

    private final HashAlgorithm hash;
    private final DigestState inner;
    private final DigestState outer;
    private @Nullable MessageDigest running;
    private boolean wiped;

    /** Under {@code key}, of any length; the array stays the caller's to wipe. */
    public Hmac(HashAlgorithm hash, byte[] key) {
        this.hash = hash;
        byte[] block = paddedToBlock(hash, key);
        this.inner = after(hash, block, INNER_PAD);
        this.outer = after(hash, block, OUTER_PAD);
        Arrays.fill(block, (byte) 0);
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
        running = null;
        MessageDigest last = outer.resume();
        last.update(innerHash);
        return last.digest();
    }

    /** The code of {@code message} alone. */
    public byte[] mac(byte[] message) {
        update(message);
        return finish();
    }

    /** Length of a code in bytes: that of the hash. */
    public int length() {
        return hash.length();
    }

    /** Forgets the key; the object cannot be used afterwards. Wiping again does nothing. */
    public void wipe() {
        inner.wipe();
        outer.wipe();
        if (running != null) {
            running.reset();
            running = null;
        }
        wiped = true;
    }

    private MessageDigest running() {
        // A wiped state would go on as an HMAC under no key at all, and nobody would notice.
        if (wiped) {
            throw new IllegalStateException("The key of this HMAC has been wiped");
        }
        MessageDigest digest = running;
        if (digest == null) {
            digest = inner.resume();
            running = digest;
        }
        return digest;
    }

    private static byte[] paddedToBlock(HashAlgorithm hash, byte[] key) {
        if (key.length <= hash.blockLength()) {
            return Arrays.copyOf(key, hash.blockLength());
        }
        byte[] hashed = hash.newDigest().digest(key);
        byte[] block = Arrays.copyOf(hashed, hash.blockLength());
        Arrays.fill(hashed, (byte) 0);
        return block;
    }

    private static DigestState after(HashAlgorithm hash, byte[] block, byte pad) {
        byte[] padded = new byte[block.length];
        for (int i = 0; i < block.length; i++) {
            padded[i] = (byte) (block[i] ^ pad);
        }
        MessageDigest digest = hash.newDigest();
        digest.update(padded);
        Arrays.fill(padded, (byte) 0);
        return new DigestState(digest);
    }
}
