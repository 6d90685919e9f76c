package dev.akushu.tls.crypto;

import java.io.Serial;
import java.security.SecureRandom;

/** Gives out given octets, in order, and fails when there are no more: what the seeds of a test vector go through. */
final class FixedRandom extends SecureRandom {
    @Serial
    private static final long serialVersionUID = 1L;

    private final byte[] octets;
    private int position;

    FixedRandom(byte[] octets) {
        this.octets = octets.clone();
    }

    @Override
    public void nextBytes(byte[] target) {
        System.arraycopy(octets, position, target, 0, target.length);
        position += target.length;
    }
}
