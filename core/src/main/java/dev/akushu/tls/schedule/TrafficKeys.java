package dev.akushu.tls.schedule;

import dev.akushu.tls.crypto.Aead;
import dev.akushu.tls.crypto.AeadAlgorithm;
import java.util.Arrays;

/**
 * The write key and write IV of one sender: RFC 9846 section 7.3. Made for the record layer, which wipes them when it
 * has taken them over.
 */
public final class TrafficKeys {
    private final AeadAlgorithm algorithm;
    private final byte[] key;
    private final byte[] iv;
    private boolean wiped;

    /** Takes both arrays over. */
    TrafficKeys(AeadAlgorithm algorithm, byte[] key, byte[] iv) {
        this.algorithm = algorithm;
        this.key = key;
        this.iv = iv;
    }

    /** The AEAD that the keys are for. */
    public AeadAlgorithm algorithm() {
        return algorithm;
    }

    /** The AEAD under the key, which goes back to {@link #algorithm} at the end. */
    public Aead takeAead() {
        refuseIfWiped();
        return algorithm.takeWithKey(key);
    }

    /** Puts {@code aead}, of the same algorithm, under the key. */
    public void rekey(Aead aead) {
        refuseIfWiped();
        aead.rekey(key);
    }

    /** Copies the IV into {@code target}, of {@link AeadAlgorithm#NONCE_LENGTH} bytes, which the caller must wipe. */
    public void copyIv(byte[] target) {
        refuseIfWiped();
        System.arraycopy(iv, 0, target, 0, iv.length);
    }

    /** Overwrites both, which cannot be used afterwards; wiping again does nothing. */
    public void wipe() {
        Arrays.fill(key, (byte) 0);
        Arrays.fill(iv, (byte) 0);
        wiped = true;
    }

    /** For tests against published values. */
    byte[] copyOfKey() {
        refuseIfWiped();
        return key.clone();
    }

    /** Likewise. */
    byte[] copyOfIv() {
        refuseIfWiped();
        return iv.clone();
    }

    private void refuseIfWiped() {
        if (wiped) {
            throw new IllegalStateException("These keys have been wiped");
        }
    }
}
