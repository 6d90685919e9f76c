package dev.akushu.tls.server;

import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.engine.BinderVerified;
import dev.akushu.tls.engine.Received;
import dev.akushu.tls.schedule.EarlySecret;
import dev.akushu.tls.schedule.PskKind;
import dev.akushu.tls.schedule.Transcript;
import dev.akushu.tls.wire.OfferedPsks;

/**
 * The end of a handshake with a server that has pre-shared keys alone, by a client that offers none of them. To the client, an identity that does not exist looks like one whose binder is wrong: the same alert, after the
 * same work. So nobody can find out which identities there are.
 */
final class PskRefusal {
    private PskRefusal() {}

    static TlsException of(
            TlsServer config, ClientWishes wishes, Negotiation negotiation, Received received, Transcript transcript) {
        OfferedPsks offered = wishes.psks();
        if (offered == null) {
            return Problem.PSK_REQUIRED.with();
        }
        byte[] nobodysKey = new byte[negotiation.suite().hash().length()];
        config.crypto().random().nextBytes(nobodysKey);
        EarlySecret secret = EarlySecret.of(negotiation.suite().hash(), nobodysKey);
        byte[] hash =
                transcript.hashWithTruncated(received.bytes(), wishes.hello().bindersLength());
        try {
            BinderVerified.check(0, offered.binders().getFirst(), secret, PskKind.IMPORTED, hash);
            secret.wipe();
        } catch (TlsException expected) {
            // RFC 9846 6.2: servers MAY send decrypt_error to merely indicate an invalid identity.
            return Problem.PSK_UNKNOWN.causedBy(expected, offered.identities().size());
        }
        throw new IllegalStateException("a binder was made without its key");
    }
}
