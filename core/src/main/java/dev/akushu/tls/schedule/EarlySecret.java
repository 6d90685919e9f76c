package dev.akushu.tls.schedule;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.crypto.HashAlgorithm;
import java.util.Arrays;

/**
 * Early Secret: the first of the key schedule, from the pre-shared key alone. RFC 9846 section 7.1. Not safe for use by
 * two threads at once.
 */
public final class EarlySecret {
    private static final Label CLIENT_EARLY_TRAFFIC = Label.of("c e traffic");
    private static final Label EARLY_EXPORTER = Label.of("e exp master");

    private final Secret secret;

    private EarlySecret(Secret secret) {
        this.secret = secret;
    }

    /** From a pre-shared key for {@code hash}; the array stays the caller's to wipe. */
    public static EarlySecret of(HashAlgorithm hash, byte[] psk) {
        return new EarlySecret(Secret.extractedFrom(hash, psk));
    }

    /** For a handshake without a pre-shared key. */
    public static EarlySecret withoutPsk(HashAlgorithm hash) {
        // RFC 9846 7.1: a missing PSK does not mean skipping a round; zeros take its place.
        return of(hash, new byte[hash.length()]);
    }

    /**
     * The binder of this key over the hash of the truncated ClientHello: {@link Transcript#hashWithTruncated}. RFC 9846
     * section 4.3.11.2.
     */
    public byte[] binder(PskKind kind, byte[] truncatedTranscriptHash) {
        Secret binderKey = secret.deriveFromNothing(kind.binderLabel());
        try {
            return VerifyData.of(binderKey, truncatedTranscriptHash);
        } finally {
            binderKey.wipe();
        }
    }

    /** Whether {@code received} is that binder, compared in constant time. */
    public boolean isBinder(Bytes received, PskKind kind, byte[] truncatedTranscriptHash) {
        return VerifyData.equalInConstantTime(binder(kind, truncatedTranscriptHash), received);
    }

    /** client_early_traffic_secret, over the hash of the whole ClientHello. */
    public TrafficSecret clientEarlyTraffic(byte[] clientHelloHash) {
        return new TrafficSecret(secret.derive(CLIENT_EARLY_TRAFFIC, clientHelloHash));
    }

    /**
     * early_exporter_secret, over the hash of the whole ClientHello. Without the freshness of the usual exporter: RFC
     * 9846 section 7.5.
     */
    public ExporterSecret earlyExporter(byte[] clientHelloHash) {
        return new ExporterSecret(secret.derive(EARLY_EXPORTER, clientHelloHash));
    }

    /** Mixes in the (EC)DHE shared secret; this object and {@code sharedSecret} are wiped. */
    public HandshakeSecret toHandshake(byte[] sharedSecret) {
        Secret next = secret.intoNext(sharedSecret);
        Arrays.fill(sharedSecret, (byte) 0);
        return new HandshakeSecret(next);
    }

    /** Goes on without (EC)DHE: psk_ke (RFC 9846 section 4.3.9). This object is wiped. */
    public HandshakeSecret toHandshakeWithoutKeyExchange() {
        return toHandshake(new byte[secret.hash().length()]);
    }

    /** A copy for a {@link dev.akushu.tls.trace.SecretObserver}. The caller must wipe it. */
    public byte[] copyForObserver() {
        return secret.copy();
    }

    /** The key of {@link #binder}, for a {@link dev.akushu.tls.trace.SecretObserver}. The caller must wipe it. */
    public byte[] binderKeyForObserver(PskKind kind) {
        Secret binderKey = secret.deriveFromNothing(kind.binderLabel());
        byte[] copy = binderKey.copy();
        binderKey.wipe();
        return copy;
    }

    /** Overwrites the secret, which cannot be used afterwards; wiping again does nothing. */
    public void wipe() {
        secret.wipe();
    }
}
