package dev.akushu.tls.schedule;

import dev.akushu.tls.crypto.HashAlgorithm;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One value of the key schedule, Hash.length bytes, and the two ways on from it: RFC 9846 section 7.1. The types around
 * it say which value it is. Not safe for use by two threads at once.
 */
final class Secret {
    static final byte[] NO_CONTEXT = new byte[0];

    private final HashAlgorithm hash;
    private final byte[] octets;
    private @Nullable Hmac hmac;
    private boolean wiped;

    /** Takes {@code octets} over. */
    private Secret(HashAlgorithm hash, byte[] octets) {
        this.hash = hash;
        this.octets = octets;
    }

    /** HKDF-Extract without a salt: where the schedule begins. */
    static Secret extractedFrom(HashAlgorithm hash, byte[] inputKeyingMaterial) {
        // RFC 9846 7.1: "0" is a string of Hash.length zero bytes, which to HMAC is the same key as the empty string.
        return new Secret(hash, new Hkdf(hash).extract(new byte[0], inputKeyingMaterial));
    }

    HashAlgorithm hash() {
        return hash;
    }

    /** Derive-Secret(this, label, Messages), with the Transcript-Hash of the messages. */
    Secret derive(String label, byte[] transcriptHash) {
        return new Secret(hash, expandLabel(label, transcriptHash, hash.length()));
    }

    /** Derive-Secret(this, label, ""). */
    Secret deriveFromNothing(String label) {
        return derive(label, hash.newDigest().digest());
    }

    /** The finished_key of RFC 9846 section 4.5.3 with this secret as the BaseKey. */
    Secret deriveFinishedKey() {
        return derive("finished", NO_CONTEXT);
    }

    /** What follows this secret when keys are updated: RFC 9846 section 7.2. */
    Secret deriveUpdated() {
        return derive("traffic upd", NO_CONTEXT);
    }

    /**
     * The step down the left side of the schedule: HKDF-Extract of {@code inputKeyingMaterial}, salted by what this
     * derives as "derived". Wipes this.
     */
    Secret intoNext(byte[] inputKeyingMaterial) {
        Secret salt = deriveFromNothing("derived");
        wipe();
        byte[] extracted = salt.mac(inputKeyingMaterial);
        salt.wipe();
        return new Secret(hash, extracted);
    }

    /** HKDF-Expand-Label(this, label, context, length). */
    byte[] expandLabel(String label, byte[] context, int length) {
        return Hkdf.expandLabel(hmac(), label, context, length);
    }

    /** HMAC under this secret as the key. */
    byte[] mac(byte[] message) {
        return hmac().mac(message);
    }

    /** A copy that the caller must wipe. */
    byte[] copy() {
        refuseIfWiped();
        return octets.clone();
    }

    /** Overwrites the secret; wiping again does nothing. */
    void wipe() {
        Arrays.fill(octets, (byte) 0);
        if (hmac != null) {
            hmac.wipe();
            hmac = null;
        }
        wiped = true;
    }

    private Hmac hmac() {
        refuseIfWiped();
        Hmac keyed = hmac;
        if (keyed == null) {
            keyed = new Hmac(hash, octets);
            hmac = keyed;
        }
        return keyed;
    }

    private void refuseIfWiped() {
        if (wiped) {
            throw new IllegalStateException("This secret has been wiped");
        }
    }
}
