package dev.akushu.tls.server;

import dev.akushu.tls.TlsServer;
import dev.akushu.tls.engine.State;

/** Where a server's handshake begins: it waits. */
public final class ServerHandshake {
    private ServerHandshake() {}

    /** The first state of a connection. */
    public static State begin(TlsServer config) {
        return new ExpectClientHello(config);
    }
}
