package dev.akushu.interop.peer;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A TLS 1.3 stack that is not ours, as a client and as a server. */
public interface Peer {
    /** A name for test reports, with the version where it is cheap to know. */
    String name();

    /** Why this peer cannot run on this machine, or empty when it can. */
    Optional<String> absence();

    Abilities abilities();

    /**
     * Starts a server on a loopback port of its own choice.
     *
     * @throws IOException if it does not come up within the bounded time
     */
    RunningServer startServer(ServerSpec spec) throws IOException;

    /**
     * Connects as often as the specification says, one time after the other, and tells what the peer saw of each connection. A peer that
     * notices that something is wrong says so in {@link Seen#error}; it does not throw for that.
     *
     * @throws IOException if the peer itself fails or does not end within the bounded time
     */
    List<Seen> connect(ClientSpec spec) throws IOException;
}
