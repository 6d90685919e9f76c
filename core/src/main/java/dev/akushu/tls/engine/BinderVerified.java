package dev.akushu.tls.engine;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.schedule.EarlySecret;
import dev.akushu.tls.schedule.PskKind;

/** Proof that the client holds the pre-shared key that it offers: the binder over its ClientHello was verified. RFC 9846 section 4.3.11.2. */
public final class BinderVerified {
    private final Bytes binder;

    private BinderVerified(Bytes binder) {
        this.binder = binder;
    }

    /**
     * Verifies in constant time.
     *
     * @param index of the pre-shared key among those offered
     * @param truncatedHash over the ClientHello up to the binders
     */
    public static BinderVerified check(int index, Bytes binder, EarlySecret secret, PskKind kind, byte[] truncatedHash)
            throws TlsException {
        if (!secret.isBinder(binder, kind, truncatedHash)) {
            secret.wipe();
            throw Problem.BAD_BINDER.with(index);
        }
        return new BinderVerified(binder);
    }

    /** The binder: no other ClientHello has the same. */
    public Bytes binder() {
        return binder;
    }
}
