package dev.akushu.tls.server;

import dev.akushu.tls.TlsException;
import dev.akushu.tls.engine.Output;
import dev.akushu.tls.engine.PeerAuthenticated;
import dev.akushu.tls.engine.Received;
import dev.akushu.tls.engine.State;
import dev.akushu.tls.trace.Protection;

/** The client sends early data, until it says that this was all; then it goes on under the keys of the handshake. RFC 9846 section 4.6. */
final class ExpectEndOfEarlyData implements ServerState {
    private final ServerProgress progress;
    private final PeerAuthenticated client;

    ExpectEndOfEarlyData(ServerProgress progress, PeerAuthenticated client) {
        this.progress = progress;
        this.client = client;
    }

    @Override
    public ServerStep step() {
        return ServerStep.EXPECT_END_OF_EARLY_DATA;
    }

    @Override
    public void forget() {
        progress.forget();
    }

    @Override
    public State on(Received received, Output out) throws TlsException {
        progress.transcript().add(received.bytes());
        out.readKeys(
                Protection.HANDSHAKE,
                progress.handshake().client(),
                progress.negotiation().suite(),
                received.aligned());
        // RFC 8449 4: not before, for a client sends early data before it is told the limit of this connection.
        if (progress.wishes().recordSizeLimit() != null) {
            out.limitReceiving(progress.config().records().sizeLimit());
        }
        return new ExpectFinished(progress, client);
    }
}
