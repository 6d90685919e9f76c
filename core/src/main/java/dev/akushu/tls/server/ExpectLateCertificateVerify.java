package dev.akushu.tls.server;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.Work;
import dev.akushu.tls.engine.Claimant;
import dev.akushu.tls.engine.Output;
import dev.akushu.tls.engine.Paused;
import dev.akushu.tls.engine.PeerAuthenticated;
import dev.akushu.tls.engine.Received;
import dev.akushu.tls.engine.State;
import dev.akushu.tls.identity.PeerKey;
import dev.akushu.tls.wire.CertificateVerify;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Asked after the handshake, the client proves that it holds the key of its certificate; then its chain is checked. RFC 9846 section 4.7.2. */
final class ExpectLateCertificateVerify implements ServerState {
    private final TlsServer config;
    private final ServerConnected connected;
    private final ClientCertificateRequests.Outstanding request;
    private final Claimant peer;
    private final PeerKey key;

    ExpectLateCertificateVerify(
            TlsServer config,
            ServerConnected connected,
            ClientCertificateRequests.Outstanding request,
            Claimant peer,
            PeerKey key) {
        this.config = config;
        this.connected = connected;
        this.request = request;
        this.peer = peer;
        this.key = key;
    }

    @Override
    public ServerStep step() {
        return ServerStep.EXPECT_LATE_CERTIFICATE_VERIFY;
    }

    @Override
    public boolean takesApplicationData() {
        return false;
    }

    @Override
    public State on(Received received, Output out) throws TlsException {
        CertificateVerify proof = received.as(CertificateVerify.class);
        PeerAuthenticated.Claim claim =
                ClientProof.claim(config, peer, key, proof, request.transcript().hash());
        request.transcript().add(received.bytes());
        return Paused.on(
                Work.Kind.VERIFY_PEER,
                step(),
                () -> CompletableFuture.completedFuture(
                        claim.verify(config.clock().instant())),
                this::accepted,
                connected::forget);
    }

    private State accepted(PeerAuthenticated.Verdict verdict, Output out) {
        verdict.tell(out);
        PeerAuthenticated client = verdict.authenticated();
        Bytes key = client.rawKey();
        return new ExpectLateFinished(connected, request, key == null ? client.chain() : List.of(key));
    }
}
