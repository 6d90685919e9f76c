package dev.akushu.tls.crypto;

import java.io.NotSerializableException;
import java.io.Serial;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.SecretKey;

/**
 * A symmetric key that can be wiped, which {@link javax.crypto.spec.SecretKeySpec} cannot. Not for use by two threads
 * at once.
 */
final class WipeableKey implements SecretKey {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String algorithm;
    private final transient byte[] octets;
    private transient boolean destroyed;

    /** Copies {@code octets}; the array stays the caller's to wipe. */
    WipeableKey(String algorithm, byte[] octets) {
        this.algorithm = algorithm;
        this.octets = octets.clone();
    }

    /** Length in bytes. */
    int length() {
        return octets.length;
    }

    @Override
    public String getAlgorithm() {
        return algorithm;
    }

    @Override
    public String getFormat() {
        return "RAW";
    }

    /** A copy for the Cipher, which wipes it. */
    @Override
    public byte[] getEncoded() {
        if (destroyed) {
            throw new IllegalStateException("The key is destroyed");
        }
        return octets.clone();
    }

    @Override
    public void destroy() {
        Arrays.fill(octets, (byte) 0);
        destroyed = true;
    }

    @Override
    public boolean isDestroyed() {
        return destroyed;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WipeableKey that
                && algorithm.equals(that.algorithm)
                && MessageDigest.isEqual(octets, that.octets);
    }

    /** Of the algorithm alone: a hash of the secret could leak it. */
    @Override
    public int hashCode() {
        return algorithm.hashCode();
    }

    @Override
    public String toString() {
        return algorithm + " key";
    }

    @Serial
    private Object writeReplace() throws NotSerializableException {
        throw new NotSerializableException("A key of a connection never leaves the process");
    }
}
