package dev.akushu.tls.resume;

import java.lang.invoke.VarHandle;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A secret that lives longer than one handshake: read by copying, overwritten at the end of its life. Safe for use by
 * many threads, and a copy is never half overwritten: a ticket sealed under a key of zeros would be open to everybody.
 */
public final class HeldSecret {
    private final byte[] octets;
    private volatile boolean wiped;

    private HeldSecret(byte[] octets) {
        this.octets = octets;
    }

    /** Holds a copy of {@code octets}; the array stays the caller's to wipe. */
    public static HeldSecret copyOf(byte[] octets) {
        return new HeldSecret(octets.clone());
    }

    /** Length in bytes, also after the end. */
    public int length() {
        return octets.length;
    }

    /** A copy that the caller must wipe, or null if the secret has been wiped. */
    public byte @Nullable [] find() {
        byte[] copy = octets.clone();
        // The copy is made without a lock; what wipe() writes may show in it only if the flag, read later, is seen to
        // be set.
        VarHandle.acquireFence();
        if (wiped) {
            Arrays.fill(copy, (byte) 0);
            return null;
        }
        return copy;
    }

    /**
     * A copy that the caller must wipe.
     *
     * @throws IllegalStateException if the secret has been wiped
     */
    public byte[] copy() {
        byte[] copy = find();
        if (copy == null) {
            throw new IllegalStateException("This secret has been wiped");
        }
        return copy;
    }

    /** Whether both hold the same octets, compared in constant time; a secret that was wiped equals none. */
    public boolean equalsSecret(HeldSecret other) {
        byte[] own = find();
        byte[] others = other.find();
        try {
            return own != null && others != null && MessageDigest.isEqual(own, others);
        } finally {
            wipe(own);
            wipe(others);
        }
    }

    private static void wipe(byte @Nullable [] copy) {
        if (copy != null) {
            Arrays.fill(copy, (byte) 0);
        }
    }

    /** Overwrites the secret; wiping again does nothing. */
    public void wipe() {
        wiped = true;
        // Not one zero may be visible before the flag is.
        VarHandle.storeStoreFence();
        Arrays.fill(octets, (byte) 0);
    }

    @Override
    public String toString() {
        return wiped ? "secret(wiped)" : "secret(" + octets.length + " bytes)";
    }
}
