package dev.akushu.jsse;

import dev.akushu.tls.Diagnosis;
import dev.akushu.tls.EarlyDataReport;
import dev.akushu.tls.TlsSession;
import java.util.Optional;
import javax.net.ssl.SSLSession;

/**
 * What JSSE has no words for. Every {@code SSLSession} of this provider is one; {@link #of} finds it behind the wrappers
 * that some libraries, the JDK's HttpClient among them, put around sessions.
 *
 * <p>{@link SSLSession#invalidate} ends a session at both ends. A server keeps no sessions but must refuse the tickets that
 * clients have, so its SSLContext remembers the sessions that were ended: as many as its session cache may hold ({@link
 * javax.net.ssl.SSLSessionContext#setSessionCacheSize}), each until its session would have timed out. Beyond that number
 * the oldest is forgotten, and from then on no session that is as old or older is resumed, so that none is by mistake. Nor,
 * after a session has been ended that began with the ticket of a {@code TlsServer} outside JSSE, is any such ticket until
 * the sessions of that time are too old. Other servers with the same ticket keys learn nothing of it: a fleet shares what it has ended by {@link
 * dev.akushu.tls.TlsServer.Builder#ticketDataAccepted}. A connection that is there when its session is ended goes on, also
 * if its handshake is not over yet.
 *
 * {@snippet :
 * AkushuSession.of(engine.getSession())
 *         .flatMap(AkushuSession::facts)
 *         .ifPresent(facts -> System.out.println(facts.group() + ", resumed: " + facts.resumed()));
 * }
 */
public interface AkushuSession {
    /** The session of this provider that {@code session} is or wraps; empty if another provider made it. */
    static Optional<AkushuSession> of(SSLSession session) {
        if (session instanceof AkushuSession own) {
            return Optional.of(own);
        }
        // Wrappers hide the class, but hand values through.
        return session.getValue(AkushuSession.class.getName()) instanceof AkushuSession own
                ? Optional.of(own)
                : Optional.empty();
    }

    /**
     * The facts of the connection once its handshake is done: whether it was resumed and if not why, the group, the
     * signature scheme, whether the server asked for a second ClientHello, when the certificates were last proved, what
     * became of early data.
     */
    Optional<TlsSession> facts();

    /**
     * What became of early data on the connection, once its handshake is done. JSSE has no calls that would tell early data,
     * which may be a replay, from other data; so over JSSE a client offers none and a server takes none, also where the
     * {@code TlsServer} of its SSLContext would: {@link dev.akushu.tls.EarlyDataOutcome#TURNED_OFF} if a client offered some.
     */
    default Optional<EarlyDataReport> earlyData() {
        return facts().map(TlsSession::earlyData);
    }

    /** Why the connection failed, with cause and remedy, if it did; known as soon as the exception has been thrown. */
    Optional<Diagnosis> failure();

    /** Whether the connection's secrets go to a key log: whoever has it can read the connection. */
    boolean keysLogged();

    /** Whether the session was resumed; false before the handshake is done. */
    default boolean resumed() {
        return facts().map(TlsSession::resumed).orElse(false);
    }
}
