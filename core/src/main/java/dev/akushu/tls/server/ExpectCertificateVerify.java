package dev.akushu.tls.server;

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
import java.util.concurrent.CompletableFuture;

/** The client proves that it holds the key of its certificate; then the certificate's chain is checked. RFC 9846 section 4.5.2. */
final class ExpectCertificateVerify implements ServerState {
    private final ServerProgress progress;
    private final Claimant peer;
    private final PeerKey key;

    ExpectCertificateVerify(ServerProgress progress, Claimant peer, PeerKey key) {
        this.progress = progress;
        this.peer = peer;
        this.key = key;
    }

    @Override
    public ServerStep step() {
        return ServerStep.EXPECT_CERTIFICATE_VERIFY;
    }

    @Override
    public void forget() {
        progress.forget();
    }

    @Override
    public State on(Received received, Output out) throws TlsException {
        TlsServer config = progress.config();
        CertificateVerify proof = received.as(CertificateVerify.class);
        PeerAuthenticated.Claim claim = ClientProof.claim(
                config, peer, key, proof, progress.transcript().hash());
        progress.transcript().add(received.bytes());
        return Paused.on(
                Work.Kind.VERIFY_PEER,
                step(),
                () -> CompletableFuture.completedFuture(
                        claim.verify(config.clock().instant())),
                this::accepted,
                this::forget);
    }

    private State accepted(PeerAuthenticated.Verdict verdict, Output out) {
        verdict.tell(out);
        return new ExpectFinished(progress, verdict.authenticated());
    }
}
