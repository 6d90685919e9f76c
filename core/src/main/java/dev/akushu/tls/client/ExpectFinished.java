package dev.akushu.tls.client;

import dev.akushu.tls.Role;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.engine.Aligned;
import dev.akushu.tls.engine.FinishedVerified;
import dev.akushu.tls.engine.Output;
import dev.akushu.tls.engine.PeerAuthenticated;
import dev.akushu.tls.engine.Received;
import dev.akushu.tls.engine.State;
import dev.akushu.tls.schedule.ApplicationTraffic;
import dev.akushu.tls.trace.Flow;
import dev.akushu.tls.trace.Protection;
import dev.akushu.tls.trace.SecretName;
import dev.akushu.tls.trace.TraceEvent;
import dev.akushu.tls.wire.EndOfEarlyData;
import dev.akushu.tls.wire.Finished;
import org.jspecify.annotations.Nullable;

/** The server's last word: a MAC over everything, so that nobody has changed anything on the way. RFC 9846 section 4.5.3. */
final class ExpectFinished implements ClientState {
    private final ClientProgress progress;
    private final @Nullable String applicationProtocol;
    private final PeerAuthenticated peer;
    private final @Nullable IdentityRequest request;

    ExpectFinished(
            ClientProgress progress,
            @Nullable String applicationProtocol,
            PeerAuthenticated peer,
            @Nullable IdentityRequest request) {
        this.progress = progress;
        this.applicationProtocol = applicationProtocol;
        this.peer = peer;
        this.request = request;
    }

    @Override
    public ClientStep step() {
        return ClientStep.EXPECT_FINISHED;
    }

    @Override
    public void forget() {
        progress.forget();
    }

    @Override
    public State on(Received received, Output out) throws TlsException {
        FinishedVerified finished = FinishedVerified.check(
                Role.SERVER,
                received.as(Finished.class),
                progress.traffic().server(),
                progress.transcript().hash());
        out.event(() -> new TraceEvent.FinishedChecked(Flow.RECEIVED));
        Aligned aligned = received.aligned();
        progress.transcript().add(received.bytes());
        ApplicationTraffic traffic =
                progress.mainSecret().traffic(progress.transcript().hash());
        out.derived(SecretName.MAIN_SECRET, progress.mainSecret()::copyForObserver);
        out.derived(SecretName.CLIENT_APPLICATION_TRAFFIC_SECRET, traffic.client()::copyForKeyLog);
        out.derived(SecretName.SERVER_APPLICATION_TRAFFIC_SECRET, traffic.server()::copyForKeyLog);
        out.derived(SecretName.EXPORTER_SECRET, traffic.exporter()::copyForKeyLog);
        out.readKeys(Protection.APPLICATION, traffic.server(), progress.suite(), aligned);
        ClientFlight flight = new ClientFlight(progress, applicationProtocol, peer, finished, traffic);
        try {
            if (progress.early().accepted()) {
                endEarlyData(out);
            }
            return request == null ? flight.finish(out) : flight.authenticate(request, out);
        } catch (TlsException | RuntimeException failed) {
            // This state knows nothing of the secrets that were made just now.
            flight.forget();
            throw failed;
        }
    }

    /** RFC 9846 4.6: sent under the early keys, after the server's Finished; then the keys of the handshake take over. */
    private void endEarlyData(Output out) throws TlsException {
        progress.transcript().add(out.send(new EndOfEarlyData()));
        out.writeKeys(Protection.HANDSHAKE, progress.traffic().client(), progress.suite());
    }
}
