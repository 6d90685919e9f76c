package dev.akushu.curves;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * HMAC (RFC 2104) over a digest of the JDK. One object serves one computation after the other without making anything
 * anew: a nonce takes about ten, and {@link javax.crypto.Mac} wants a key object for each.
 */
final class Hmac implements AutoCloseable {
    private static final byte INNER = 0x36;
    private static final byte OUTER = 0x5c;

    private final MessageDigest digest;
    private final int length;
    /** The key, filled up with zeros, under the inner or the outer pad. */
    private final byte[] block;

    /**
     * @param hash in JCA's names for HMAC: SHA224, SHA256, SHA384 or SHA512
     * @throws IllegalArgumentException for any other
     */
    Hmac(String hash) {
        block = switch (hash) {
            case "SHA224", "SHA256" -> new byte[64];
            case "SHA384", "SHA512" -> new byte[128];
            default -> throw new IllegalArgumentException("The hash is SHA224, SHA256, SHA384 or SHA512, not " + hash);
        };
        try {
            digest = MessageDigest.getInstance(hash.replace("SHA", "SHA-"));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("The JDK has no " + hash, e);
        }
        length = digest.getDigestLength();
    }

    /** Octets of a result. */
    int length() {
        return length;
    }

    /** Begins a computation. The key has at most as many octets as the hash's block. */
    void start(byte[] key) {
        Arrays.fill(block, INNER);
        for (int i = 0; i < key.length; i++) {
            block[i] ^= key[i];
        }
        digest.update(block);
    }

    void update(byte octet) {
        digest.update(octet);
    }

    void update(byte[] octets) {
        digest.update(octets);
    }

    /** Ends the computation and fills {@code out}, which may be what was put in, from 0 to {@link #length}. */
    void finish(byte[] out) {
        for (int i = 0; i < block.length; i++) {
            block[i] ^= INNER ^ OUTER;
        }
        try {
            digest.digest(out, 0, length);
            digest.update(block);
            digest.update(out, 0, length);
            digest.digest(out, 0, length);
        } catch (DigestException e) {
            throw new IllegalStateException("A digest fills an array of its length", e);
        }
    }

    @Override
    public void close() {
        digest.reset();
        Arrays.fill(block, (byte) 0);
    }
}
