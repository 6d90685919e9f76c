package dev.akushu.tls.schedule;

import dev.akushu.tls.crypto.HashAlgorithm;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * One value of the key schedule, Hash.length bytes, and the two ways on from it: RFC 9846 section 7.1. The types around
 * it say which value it is. Not safe for use by two threads at once.
 */
final class Secret {
    static final byte[] NO_CONTEXT = new byte[0];

    private final HashAlgorithm hash;
    private final byte[] octets;
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
        MessageDigest digest = hash.takeDigest();
        byte[] hashOfNothing = digest.digest();
        hash.giveBack(digest);
        return derive(label, hashOfNothing);
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
        refuseIfWiped();
        return new Hkdf(hash).expandLabel(octets, label, context, length);
    }

    /** HMAC under this secret as the key. */
    byte[] mac(byte[] message) {
        refuseIfWiped();
        return Hmac.of(hash, octets, message);
    }

    /** A copy that the caller must wipe. */
    byte[] copy() {
        refuseIfWiped();
        return octets.clone();
    }

    /** Overwrites the secret; wiping again does nothing. */
    void wipe() {
        Arrays.fill(octets, (byte) 0);
        wiped = true;
    }

    private void refuseIfWiped() {
        if (wiped) {
            throw new IllegalStateException("This secret has been wiped");
        }
    }
}
