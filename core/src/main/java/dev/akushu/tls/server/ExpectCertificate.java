package dev.akushu.tls.server;

import dev.akushu.tls.CertificateType;
import dev.akushu.tls.ClientAuthentication;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.engine.CertificatePacking;
import dev.akushu.tls.engine.Claimant;
import dev.akushu.tls.engine.Output;
import dev.akushu.tls.engine.PeerAuthenticated;
import dev.akushu.tls.engine.Received;
import dev.akushu.tls.engine.State;
import dev.akushu.tls.wire.Certificate;

/** The server has asked who the client is; it may show a certificate, or an empty one. RFC 9846 section 4.5.1. */
final class ExpectCertificate implements ServerState {
    private final ServerProgress progress;
    private final CertificateType type;

    /**
     * After the request.
     *
     * @param type of what the client shows
     */
    ExpectCertificate(ServerProgress progress, CertificateType type) {
        this.progress = progress;
        this.type = type;
    }

    @Override
    public ServerStep step() {
        return ServerStep.EXPECT_CERTIFICATE;
    }

    @Override
    public void forget() {
        progress.forget();
    }

    @Override
    public State on(Received received, Output out) throws TlsException {
        Certificate certificate = CertificatePacking.received(
                received.message(), progress.config().certificateCompressions(), out);
        if (!certificate.context().isEmpty()) {
            throw Problem.WRONG_CERTIFICATE_CONTEXT.with(certificate.context(), "-");
        }
        Claimant peer = ClientProof.claimant(progress.config(), type, certificate);
        progress.transcript().add(received.bytes());
        if (peer == null) {
            return anonymous();
        }
        out.learned(known -> known.withPeerCertificates(peer.chain(), peer.ocspResponse(), peer.timestamps()));
        return new ExpectCertificateVerify(progress, peer, peer.key());
    }

    private State anonymous() throws TlsException {
        if (progress.config().clientAuthentication() == ClientAuthentication.REQUIRED) {
            throw Problem.CLIENT_CERTIFICATE_REQUIRED.with();
        }
        return new ExpectFinished(
                progress,
                PeerAuthenticated.anonymousClient(progress.config().clock().instant()));
    }
}
