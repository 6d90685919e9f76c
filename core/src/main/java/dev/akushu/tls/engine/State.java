package dev.akushu.tls.engine;

import dev.akushu.tls.HandshakeType;
import dev.akushu.tls.TlsException;

/**
 * Where a connection stands. A state holds exactly what is legal in it, takes one message, and returns where the connection stands next. It is not used again afterwards.
 */
public interface State {
    /** What this state waits for; its row in the role's {@link Transitions}. */
    Step step();

    /**
     * Takes the next message, of a kind that the transition table allows here.
     *
     * @param received the message
     * @param out the only way a state acts on the outside
     * @return the state to go on with
     */
    State on(Received received, Output out) throws TlsException;

    /**
     * Refuses a message of a kind that the transition table allows at this step but not this state: as soon as it begins, so that nothing is kept for it.
     *
     * @throws TlsException {@code UNEXPECTED_HANDSHAKE_MESSAGE}
     */
    default void requireAwaited(HandshakeType type) throws TlsException {}

    /** Whether application data may come here, once the handshake is done: not between the messages of one answer. RFC 9846 section 4.7.2. */
    default boolean takesApplicationData() {
        return true;
    }

    /** Overwrites the secrets that only this state holds, because the connection has failed. RFC 9846 section 6. */
    default void forget() {}
}
