package dev.akushu.tls.schedule;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.crypto.AeadAlgorithm;

/**
 * A traffic secret: the keys of one sender in one phase, and the BaseKey of that sender's Finished. RFC 9846 sections
 * 7.1 to 7.3. The secrets of the two senders share nothing, so each may have a thread of its own; one secret is not
 * safe for use by two threads at once.
 */
public final class TrafficSecret {
    private static final Label KEY = Label.of("key");
    private static final Label IV = Label.of("iv");

    private final Secret secret;

    TrafficSecret(Secret secret) {
        this.secret = secret;
    }

    /** The verify_data of a Finished by this secret's sender over {@code transcriptHash}. RFC 9846 section 4.5.3. */
    public byte[] finished(byte[] transcriptHash) {
        return VerifyData.of(secret, transcriptHash);
    }

    /** Whether {@code received} is that verify_data, compared in constant time. */
    public boolean isFinished(Bytes received, byte[] transcriptHash) {
        return VerifyData.equalInConstantTime(finished(transcriptHash), received);
    }

    /** Key and IV for {@code aead}. RFC 9846 section 7.3. */
    public TrafficKeys keys(AeadAlgorithm aead) {
        return new TrafficKeys(
                aead,
                secret.expandLabel(KEY, Secret.NO_CONTEXT, aead.keyLength()),
                secret.expandLabel(IV, Secret.NO_CONTEXT, AeadAlgorithm.NONCE_LENGTH));
    }

    /** The secret after a KeyUpdate by its sender; this one is wiped. RFC 9846 section 7.2. */
    public TrafficSecret next() {
        TrafficSecret next = new TrafficSecret(secret.deriveUpdated());
        wipe();
        return next;
    }

    /** A copy for a key log (RFC 9850), which opens the connection to whoever reads it. The caller must wipe it. */
    public byte[] copyForKeyLog() {
        return secret.copy();
    }

    /** Overwrites the secret, which cannot be used afterwards; wiping again does nothing. */
    public void wipe() {
        secret.wipe();
    }
}
