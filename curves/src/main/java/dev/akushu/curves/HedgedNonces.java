package dev.akushu.curves;

import java.util.Arrays;

/**
 * Nonces for ECDSA: RFC 6979 section 3.2, with random octets as the additional data of its section 3.6. So a weak
 * random number generator costs nothing but what the deterministic scheme gives, and a fault attack finds no two
 * signatures of one message with the same nonce.
 */
final class HedgedNonces implements AutoCloseable {
    private final Hmac mac;
    private final byte[] key;
    private final byte[] value;
    private boolean isFirst = true;

    /**
     * @param hash the name of the hash in JCA's names for HMAC: SHA224, SHA256, SHA384 or SHA512
     * @param secret the private key, in as many octets as the order
     * @param digest the hash of the message, reduced modulo the order, in as many octets
     * @param random the added randomness, which may be empty: then this is RFC 6979 to the letter
     */
    HedgedNonces(String hash, byte[] secret, byte[] digest, byte[] random) {
        mac = new Hmac(hash);
        key = new byte[mac.length()];
        value = new byte[mac.length()];
        Arrays.fill(value, (byte) 1);
        for (byte separator = 0; separator < 2; separator++) {
            mac.start(key);
            mac.update(value);
            mac.update(separator);
            mac.update(secret);
            mac.update(digest);
            mac.update(random);
            mac.finish(key);
            nextValue();
        }
    }

    /** Fills {@code nonce} with the next candidate. */
    void next(byte[] nonce) {
        if (!isFirst) {
            mac.start(key);
            mac.update(value);
            mac.update((byte) 0);
            mac.finish(key);
            nextValue();
        }
        isFirst = false;
        int done = 0;
        while (done < nonce.length) {
            nextValue();
            int part = Math.min(value.length, nonce.length - done);
            System.arraycopy(value, 0, nonce, done, part);
            done += part;
        }
    }

    private void nextValue() {
        mac.start(key);
        mac.update(value);
        mac.finish(value);
    }

    @Override
    public void close() {
        mac.close();
        Arrays.fill(key, (byte) 0);
        Arrays.fill(value, (byte) 0);
    }
}
