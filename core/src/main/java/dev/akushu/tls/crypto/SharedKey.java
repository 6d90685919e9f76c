package dev.akushu.tls.crypto;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.NamedGroup;

/**
 * One ephemeral key that several shares of the same ClientHello use: each gets a lease, and the key is destroyed with
 * the last of them. Belongs to one connection, like every {@link KeyExchange.ClientShare}: not for use by two threads
 * at once.
 */
final class SharedKey {
    private final KeyExchange.ClientShare key;
    private int leases;
    private boolean destroyed;

    /** Takes {@code key} over: nobody else may destroy it. */
    SharedKey(KeyExchange.ClientShare key) {
        this.key = key;
    }

    /** The key as a share of its own, to be destroyed by whoever asked for it. */
    KeyExchange.ClientShare lease() {
        if (destroyed) {
            throw new IllegalStateException("The share is destroyed");
        }
        leases++;
        return new Lease();
    }

    private void release() {
        leases--;
        if (leases == 0) {
            destroyed = true;
            key.destroy();
        }
    }

    private final class Lease implements KeyExchange.ClientShare {
        private boolean released;

        @Override
        public NamedGroup group() {
            return key.group();
        }

        @Override
        public Bytes share() {
            return key.share();
        }

        @Override
        public byte[] agree(Bytes serverShare) throws BadKeyShareException {
            if (released) {
                throw new IllegalStateException("The share is destroyed");
            }
            return key.agree(serverShare);
        }

        @Override
        public void destroy() {
            if (!released) {
                released = true;
                release();
            }
        }
    }
}
