package dev.akushu.tls.server;

import dev.akushu.tls.TlsException;
import dev.akushu.tls.engine.KeyUpdates;
import dev.akushu.tls.engine.Output;
import dev.akushu.tls.engine.Received;
import dev.akushu.tls.engine.State;
import dev.akushu.tls.wire.KeyUpdate;

/** The handshake is done. What may still come are new keys. RFC 9846 section 4.7. */
final class ServerConnected implements ServerState {
    @Override
    public ServerStep step() {
        return ServerStep.CONNECTED;
    }

    @Override
    public State on(Received received, Output out) throws TlsException {
        KeyUpdates.received(received.as(KeyUpdate.class), received.aligned(), out);
        return this;
    }
}
