package dev.akushu.tls.client;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.EarlyData;
import dev.akushu.tls.Identity;
import dev.akushu.tls.IdentitySource;
import dev.akushu.tls.Role;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsSession;
import dev.akushu.tls.Work;
import dev.akushu.tls.engine.CertificatePacking;
import dev.akushu.tls.engine.Established;
import dev.akushu.tls.engine.FinishedVerified;
import dev.akushu.tls.engine.Output;
import dev.akushu.tls.engine.OwnProof;
import dev.akushu.tls.engine.Paused;
import dev.akushu.tls.engine.PeerAuthenticated;
import dev.akushu.tls.engine.State;
import dev.akushu.tls.schedule.ApplicationTraffic;
import dev.akushu.tls.schedule.ResumptionSecret;
import dev.akushu.tls.trace.Flow;
import dev.akushu.tls.trace.Protection;
import dev.akushu.tls.trace.SecretName;
import dev.akushu.tls.trace.TraceEvent;
import dev.akushu.tls.wire.Certificate;
import dev.akushu.tls.wire.CertificateVerify;
import dev.akushu.tls.wire.Finished;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The client's last flight: its own certificate if it was asked for, and its Finished. RFC 9846 section 4.5. */
final class ClientFlight {
    private final ClientProgress progress;
    private final @Nullable String applicationProtocol;
    private final PeerAuthenticated peer;
    private final FinishedVerified serverFinished;
    private final ApplicationTraffic traffic;

    ClientFlight(
            ClientProgress progress,
            @Nullable String applicationProtocol,
            PeerAuthenticated peer,
            FinishedVerified serverFinished,
            ApplicationTraffic traffic) {
        this.progress = progress;
        this.applicationProtocol = applicationProtocol;
        this.peer = peer;
        this.serverFinished = serverFinished;
        this.traffic = traffic;
    }

    /** Shows the client's certificate, or an empty one if it has none that the server can use. RFC 9846 section 4.5.1. */
    State authenticate(IdentityRequest request, Output out) throws TlsException {
        IdentitySource identities = progress.config().identities().orElse(null);
        if (identities == null) {
            return show(null, request, out);
        }
        return Paused.on(
                Work.Kind.CHOOSE_IDENTITY,
                ClientStep.EXPECT_FINISHED,
                () -> CompletableFuture.completedFuture(identities.choose(request.wish())),
                (chosen, to) -> show(chosen.orElse(null), request, to),
                this::forget);
    }

    /** Overwrites the secrets, because the connection has failed. */
    void forget() {
        progress.forget();
        traffic.wipe();
    }

    private State show(@Nullable Identity identity, IdentityRequest request, Output out) throws TlsException {
        List<SignatureScheme> acceptedByServer = request.wish().schemes();
        SignatureScheme scheme = identity == null || !request.wish().takes(identity)
                ? null
                : OwnProof.scheme(identity, acceptedByServer, progress.config().capabilities());
        List<Bytes> chain = identity == null || scheme == null ? List.of() : identity.chain();
        out.learned(known -> known.withLocalCertificates(chain));
        if (identity == null || scheme == null) {
            out.event(() -> TraceEvent.IdentityChosen.none(acceptedByServer));
            send(OwnProof.certificate(Bytes.empty(), chain), request, out);
            return finish(List.of(), out);
        }
        out.event(() -> TraceEvent.IdentityChosen.of(Role.CLIENT, identity, scheme, request.wish()));
        send(OwnProof.certificate(Bytes.empty(), identity, request.extensions()), request, out);
        return OwnProof.sign(
                Role.CLIENT,
                identity,
                scheme,
                progress.transcript().hash(),
                ClientStep.EXPECT_FINISHED,
                (proof, to) -> proved(proof, chain, to),
                this::forget);
    }

    private void send(Certificate certificate, IdentityRequest request, Output out) throws TlsException {
        progress.transcript()
                .add(CertificatePacking.send(
                        certificate, progress.config().certificateCompressions(), request.extensions(), out));
    }

    /** The Finished of a client that was not asked who it is. */
    State finish(Output out) throws TlsException {
        return finish(List.of(), out);
    }

    private State proved(CertificateVerify proof, List<Bytes> chain, Output out) throws TlsException {
        progress.transcript().add(out.send(proof));
        return finish(chain, out);
    }

    private State finish(List<Bytes> localChain, Output out) throws TlsException {
        byte[] verifyData =
                progress.traffic().client().finished(progress.transcript().hash());
        out.event(() -> new TraceEvent.FinishedChecked(Flow.SENT));
        progress.transcript().add(out.send(new Finished(Bytes.wrap(verifyData))));
        ResumptionSecret resumption =
                progress.mainSecret().resumption(progress.transcript().hash());
        out.derived(SecretName.RESUMPTION_SECRET, resumption::copyForObserver);
        out.writeKeys(Protection.APPLICATION, traffic.client(), progress.suite());
        TlsSession session = session(localChain);
        Established established = new Established(session, traffic.exporter(), peer, serverFinished);
        out.established(established);
        EarlyData early = progress.early().data();
        if (early != null && session.earlyData().resent()) {
            out.resend(early.data(), established);
        }
        boolean mayBeAsked = progress.config().postHandshakeAuthentication() && session.externalPsk() == null;
        return new ClientConnected(
                progress.config(),
                // A session by an external key is not resumed: that would save nothing, and outlive the key.
                session.externalPsk() == null ? progress.setting().ticketKey() : null,
                session,
                peer.expiry(),
                progress.recordSizeLimit(),
                resumption,
                progress.types().client(),
                mayBeAsked ? progress.transcript() : null);
    }

    private TlsSession session(List<Bytes> localChain) {
        return new TlsSession(
                Role.CLIENT,
                progress.suite().suite(),
                progress.group(),
                peer.scheme(),
                progress.retried(),
                progress.notResumed(),
                applicationProtocol,
                progress.offer().serverName(),
                peer.chain(),
                localChain,
                peer.externalPsk(),
                peer.rawKey(),
                peer.authenticatedAt(),
                Bytes.empty(),
                progress.early().report(progress.setting(), applicationProtocol));
    }
}
