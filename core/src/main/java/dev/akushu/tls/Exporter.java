package dev.akushu.tls;

import dev.akushu.tls.schedule.ExporterSecret;

/**
 * Keying material for the application without the rest of the connection: who keeps this keeps no buffers and no keys of
 * records. RFC 9846 section 7.5. Safe for use by many threads.
 */
public final class Exporter {
    private final ExporterSecret secret;

    Exporter(ExporterSecret secret) {
        this.secret = secret;
    }

    /**
     * As {@link TlsEngine#exportKeyingMaterial}.
     *
     * @throws TlsException {@link Problem#ALREADY_CLOSED} once the connection has failed or both directions are closed
     */
    public byte[] export(String label, byte[] context, int length) throws TlsException {
        try {
            return secret.export(label, context, length);
        } catch (IllegalStateException wiped) {
            throw Problem.ALREADY_CLOSED.causedBy(wiped, "exportKeyingMaterial");
        }
    }
}
