package dev.akushu.tls.server;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.engine.FinishedVerified;
import dev.akushu.tls.engine.Output;
import dev.akushu.tls.engine.Received;
import dev.akushu.tls.engine.State;
import dev.akushu.tls.trace.Flow;
import dev.akushu.tls.trace.TraceEvent;
import dev.akushu.tls.wire.Finished;
import java.util.List;

/** The end of the client's answer to a request after the handshake: only now does the application learn of it. RFC 9846 section 4.7.2. */
final class ExpectLateFinished implements ServerState {
    private final ServerConnected connected;
    private final ClientCertificateRequests.Outstanding request;
    private final List<Bytes> chain;

    /**
     * After the client's Certificate, or the proof of its key.
     *
     * @param chain that was verified; empty if the client shows none
     */
    ExpectLateFinished(ServerConnected connected, ClientCertificateRequests.Outstanding request, List<Bytes> chain) {
        this.connected = connected;
        this.request = request;
        this.chain = chain;
    }

    @Override
    public ServerStep step() {
        return ServerStep.EXPECT_LATE_FINISHED;
    }

    @Override
    public boolean takesApplicationData() {
        return false;
    }

    @Override
    public State on(Received received, Output out) throws TlsException {
        FinishedVerified.check(
                Role.CLIENT,
                received.as(Finished.class),
                out.readSecret(),
                request.transcript().hash());
        out.event(() -> new TraceEvent.FinishedChecked(Flow.RECEIVED));
        out.answered(request.answer(), chain);
        return connected;
    }
}
