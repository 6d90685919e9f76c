package dev.akushu.tls.schedule;

import dev.akushu.tls.crypto.HashAlgorithm;

/**
 * exporter_secret or early_exporter_secret: keys for what is bound to the connection but not part of it. RFC 9846
 * section 7.5. Safe for use by many threads, because applications export whenever they like.
 */
public final class ExporterSecret {
    private static final Label EXPORTER = Label.of("exporter");

    private final Secret secret;

    ExporterSecret(Secret secret) {
        this.secret = secret;
    }

    /**
     * TLS-Exporter(label, context, length); no context and an empty one give the same.
     *
     * @param label 1 to 249 US-ASCII characters, registered or beginning with {@code EXPERIMENTAL} (RFC 5705 section 4)
     * @param length at most 255 times the length of the hash
     */
    public synchronized byte[] export(String label, byte[] context, int length) {
        HashAlgorithm hash = secret.hash();
        Secret perLabel = secret.deriveFromNothing(Label.of(label));
        try {
            return perLabel.expandLabel(EXPORTER, hash.newDigest().digest(context), length);
        } finally {
            perLabel.wipe();
        }
    }

    /** A copy for a key log (RFC 9850), which gives all exported keys to whoever reads it. The caller must wipe it. */
    public synchronized byte[] copyForKeyLog() {
        return secret.copy();
    }

    /** Overwrites the secret, which cannot be used afterwards; wiping again does nothing. */
    public synchronized void wipe() {
        secret.wipe();
    }
}
