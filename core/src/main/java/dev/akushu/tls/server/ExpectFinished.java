package dev.akushu.tls.server;

import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsSession;
import dev.akushu.tls.engine.Established;
import dev.akushu.tls.engine.FinishedVerified;
import dev.akushu.tls.engine.Output;
import dev.akushu.tls.engine.PeerAuthenticated;
import dev.akushu.tls.engine.Received;
import dev.akushu.tls.engine.State;
import dev.akushu.tls.schedule.ResumptionSecret;
import dev.akushu.tls.trace.Flow;
import dev.akushu.tls.trace.Protection;
import dev.akushu.tls.trace.SecretName;
import dev.akushu.tls.trace.TraceEvent;
import dev.akushu.tls.wire.Finished;
import org.jspecify.annotations.Nullable;

/** The client's last word of the handshake; then it gets its tickets. RFC 9846 section 4.5.3. */
final class ExpectFinished implements ServerState {
    private final ServerProgress progress;
    private final PeerAuthenticated client;

    ExpectFinished(ServerProgress progress, PeerAuthenticated client) {
        this.progress = progress;
        this.client = client;
    }

    @Override
    public ServerStep step() {
        return ServerStep.EXPECT_FINISHED;
    }

    @Override
    public void forget() {
        progress.forget();
    }

    @Override
    public State on(Received received, Output out) throws TlsException {
        FinishedVerified finished = FinishedVerified.check(
                Role.CLIENT,
                received.as(Finished.class),
                progress.handshake().client(),
                progress.transcript().hash());
        out.event(() -> new TraceEvent.FinishedChecked(Flow.RECEIVED));
        out.readKeys(
                Protection.APPLICATION,
                progress.application().client(),
                progress.negotiation().suite(),
                received.aligned());
        progress.transcript().add(received.bytes());
        ResumptionSecret resumption =
                progress.mainSecret().resumption(progress.transcript().hash());
        out.derived(SecretName.RESUMPTION_SECRET, resumption::copyForObserver);
        TlsSession session = progress.session(client);
        out.established(new Established(session, progress.application().exporter(), client, finished));
        new TicketIssuer(progress, session, client.expiry(), resumption).issue(out);
        ClientCertificateRequests requests = lateRequests(session);
        if (requests != null) {
            out.mayAskLate(requests);
        }
        return new ServerConnected(progress.config(), progress.choices().clientType(), requests);
    }

    /** RFC 9846 4.4.2: a client may be asked later if it offered that, but not if an external key has proved it. */
    private @Nullable ClientCertificateRequests lateRequests(TlsSession session) {
        boolean askable = progress.wishes().hello().extensions().has(ExtensionType.POST_HANDSHAKE_AUTH)
                && session.externalPsk() == null
                && progress.choices().clientType() != null;
        return askable ? new ClientCertificateRequests(progress.config(), progress.transcript()) : null;
    }
}
