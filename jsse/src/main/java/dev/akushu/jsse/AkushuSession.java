package dev.akushu.jsse;

import dev.akushu.tls.TlsSession;
import java.util.Optional;

/**
 * What JSSE has no words for. Every {@code SSLSession} of this provider is one, so cast it.
 *
 * {@snippet :
 * if (engine.getSession() instanceof AkushuSession session) {
 *     session.facts().ifPresent(facts -> System.out.println(facts.group() + ", resumed: " + facts.resumed()));
 * }
 * }
 */
public interface AkushuSession {
    /**
     * The facts of the connection once its handshake is done: whether it was resumed and if not why, the group, the
     * signature scheme, whether the server asked for a second ClientHello, when the certificates were last proved.
     */
    Optional<TlsSession> facts();

    /** Whether the session was resumed; false before the handshake is done. */
    default boolean resumed() {
        return facts().map(TlsSession::resumed).orElse(false);
    }
}
