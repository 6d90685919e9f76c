package dev.akushu.tls.schedule;

import dev.akushu.tls.crypto.HashAlgorithm;
import java.util.Arrays;

/**
 * One value of the key schedule, Hash.length bytes, and the two ways on from it: RFC 9846 section 7.1. The types around
 * it say which value it is. Not safe for use by two threads at once.
 */
final class Secret {
    static final byte[] NO_CONTEXT = new byte[0];

    private static final Label FINISHED = Label.of("finished");
    private static final Label TRAFFIC_UPD = Label.of("traffic upd");
    private static final Label DERIVED = Label.of("derived");

    private final Hkdf hkdf;
    /** Nobody else ever sees them, so that HMACs may put their pads on them. */
    private final byte[] octets;

    private boolean wiped;

    /** Takes {@code octets} over. */
    private Secret(Hkdf hkdf, byte[] octets) {
        this.hkdf = hkdf;
        this.octets = octets;
    }

    /** HKDF-Extract without a salt: where the schedule begins. */
    static Secret extractedFrom(HashAlgorithm hash, byte[] inputKeyingMaterial) {
        // RFC 9846 7.1: "0" is a string of Hash.length zero bytes, which to HMAC is the same key as the empty string.
        return new Secret(new Hkdf(hash), Hmac.of(hash, NO_CONTEXT, inputKeyingMaterial));
    }

    HashAlgorithm hash() {
        return hkdf.hash();
    }

    /** Derive-Secret(this, label, Messages), with the Transcript-Hash of the messages. */
    Secret derive(Label label, byte[] transcriptHash) {
        return new Secret(hkdf, expandLabel(label, transcriptHash, hash().length()));
    }

    /** Derive-Secret(this, label, ""). */
    Secret deriveFromNothing(Label label) {
        return derive(label, hkdf.hashOfNothing());
    }

    /** The finished_key of RFC 9846 section 4.5.3 with this secret as the BaseKey. */
    Secret deriveFinishedKey() {
        return derive(FINISHED, NO_CONTEXT);
    }

    /** What follows this secret when keys are updated: RFC 9846 section 7.2. */
    Secret deriveUpdated() {
        return derive(TRAFFIC_UPD, NO_CONTEXT);
    }

    /**
     * The step down the left side of the schedule: HKDF-Extract of {@code inputKeyingMaterial}, salted by what this
     * derives as "derived". Wipes this.
     */
    Secret intoNext(byte[] inputKeyingMaterial) {
        Secret salt = deriveFromNothing(DERIVED);
        wipe();
        byte[] extracted = salt.mac(inputKeyingMaterial);
        salt.wipe();
        return new Secret(hkdf, extracted);
    }

    /** HKDF-Expand-Label(this, label, context, length). */
    byte[] expandLabel(Label label, byte[] context, int length) {
        refuseIfWiped();
        return hkdf.expandLabel(octets, label, context, length);
    }

    /** HMAC under this secret as the key. */
    byte[] mac(byte[] message) {
        refuseIfWiped();
        return Hmac.of(hash(), octets, message);
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
