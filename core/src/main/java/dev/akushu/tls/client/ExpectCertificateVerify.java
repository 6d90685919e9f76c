package dev.akushu.tls.client;

import dev.akushu.tls.Problem;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.TlsException;
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
import org.jspecify.annotations.Nullable;

/** The server proves that it holds the key of its certificate; then the certificate's chain is checked. RFC 9846 section 4.5.2. */
final class ExpectCertificateVerify implements ClientState {
    private final ClientProgress progress;
    private final @Nullable String applicationProtocol;
    private final @Nullable IdentityRequest request;
    private final Claimant claimant;
    private final PeerKey key;

    ExpectCertificateVerify(
            ClientProgress progress,
            @Nullable String applicationProtocol,
            @Nullable IdentityRequest request,
            Claimant claimant,
            PeerKey key) {
        this.progress = progress;
        this.applicationProtocol = applicationProtocol;
        this.request = request;
        this.claimant = claimant;
        this.key = key;
    }

    @Override
    public ClientStep step() {
        return ClientStep.EXPECT_CERTIFICATE_VERIFY;
    }

    @Override
    public void forget() {
        progress.forget();
    }

    @Override
    public State on(Received received, Output out) throws TlsException {
        CertificateVerify proof = received.as(CertificateVerify.class);
        List<SignatureScheme> offered = progress.config().capabilities().signatureSchemes();
        if (!offered.contains(proof.algorithm())) {
            throw Problem.WRONG_SIGNATURE_SCHEME.with(proof.algorithm(), offered);
        }
        if (!key.fits(proof.algorithm())) {
            throw Problem.SCHEME_DOES_NOT_FIT_KEY.with(proof.algorithm(), key.description());
        }
        PeerAuthenticated.Claim claim = new PeerAuthenticated.Claim(
                progress.config().crypto(),
                claimant,
                key,
                proof,
                progress.transcript().hash());
        progress.transcript().add(received.bytes());
        return Paused.on(
                Work.Kind.VERIFY_PEER,
                step(),
                () -> CompletableFuture.completedFuture(
                        claim.verify(progress.setting().now())),
                this::accepted,
                this::forget);
    }

    private State accepted(PeerAuthenticated.Verdict verdict, Output out) {
        verdict.tell(out);
        return new ExpectFinished(progress, applicationProtocol, verdict.authenticated(), request);
    }
}
