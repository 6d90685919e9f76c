package dev.akushu.tls.engine;

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

    /** Overwrites the secrets that only this state holds, because the connection has failed. RFC 9846 section 6. */
    default void forget() {}
}
