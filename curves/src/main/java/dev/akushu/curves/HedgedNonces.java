package dev.akushu.curves;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Nonces for ECDSA: RFC 6979 section 3.2, with random octets as the additional data of its section 3.6. So a weak
 * random number generator costs nothing but what the deterministic scheme gives, and a fault attack finds no two
 * signatures of one message with the same nonce.
 */
final class HedgedNonces implements AutoCloseable {
    private final Mac mac;
    private final String algorithm;
    private final byte[] key;
    private final byte[] value;
    private boolean isFirst = true;

    /**
     * @param hash the name of the hash in JCA's names for HMAC, such as SHA256
     * @param secret the private key, in as many octets as the order
     * @param digest the hash of the message, reduced modulo the order, in as many octets
     * @param random the added randomness, which may be empty: then this is RFC 6979 to the letter
     */
    HedgedNonces(String hash, byte[] secret, byte[] digest, byte[] random) {
        algorithm = "Hmac" + hash;
        try {
            mac = Mac.getInstance(algorithm);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The JDK has no " + algorithm, e);
        }
        key = new byte[mac.getMacLength()];
        value = new byte[mac.getMacLength()];
        Arrays.fill(value, (byte) 1);
        for (byte separator = 0; separator < 2; separator++) {
            start();
            mac.update(value);
            mac.update(separator);
            mac.update(secret);
            mac.update(digest);
            mac.update(random);
            finish(key);
            nextValue();
        }
    }

    /** Fills {@code nonce} with the next candidate. */
    void next(byte[] nonce) {
        if (!isFirst) {
            start();
            mac.update(value);
            mac.update((byte) 0);
            finish(key);
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
        start();
        mac.update(value);
        finish(value);
    }

    private void start() {
        try {
            mac.init(new SecretKeySpec(key, algorithm));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC takes every key", e);
        }
    }

    private void finish(byte[] out) {
        try {
            mac.doFinal(out, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC fills an array of its length", e);
        }
    }

    @Override
    public void close() {
        Arrays.fill(key, (byte) 0);
        Arrays.fill(value, (byte) 0);
    }
}
