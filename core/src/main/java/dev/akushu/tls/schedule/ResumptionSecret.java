package dev.akushu.tls.schedule;

import dev.akushu.tls.Bytes;

/**
 * resumption_secret: the pre-shared keys of all tickets of one connection. RFC 9846 section 4.7.1. Not safe for use by
 * two threads at once.
 */
public final class ResumptionSecret {
    private static final Label RESUMPTION = Label.of("resumption");

    private final Secret secret;

    ResumptionSecret(Secret secret) {
        this.secret = secret;
    }

    /** The pre-shared key of the ticket with {@code ticketNonce}; the caller must wipe it. */
    public byte[] psk(Bytes ticketNonce) {
        return secret.expandLabel(
                RESUMPTION, ticketNonce.toArray(), secret.hash().length());
    }

    /** A copy for a {@link dev.akushu.tls.trace.SecretObserver}. The caller must wipe it. */
    public byte[] copyForObserver() {
        return secret.copy();
    }

    /** Overwrites the secret, which cannot be used afterwards; wiping again does nothing. */
    public void wipe() {
        secret.wipe();
    }
}
