package dev.akushu.tls.server;

import dev.akushu.tls.CertificateType;
import dev.akushu.tls.HandshakeType;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.engine.Claimant;
import dev.akushu.tls.engine.KeyUpdates;
import dev.akushu.tls.engine.Output;
import dev.akushu.tls.engine.Received;
import dev.akushu.tls.engine.State;
import dev.akushu.tls.wire.Certificate;
import dev.akushu.tls.wire.KeyUpdate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The handshake is done. What may still come are new keys, and the client's certificate where it was asked for. RFC 9846 section 4.7. */
final class ServerConnected implements ServerState {
    private final TlsServer config;
    private final @Nullable CertificateType clientType;
    private final @Nullable ClientCertificateRequests requests;

    /**
     * After the handshake.
     *
     * @param clientType what the client shows if it is asked; null if it is not
     * @param requests null if the client is not to be asked any more
     */
    ServerConnected(
            TlsServer config, @Nullable CertificateType clientType, @Nullable ClientCertificateRequests requests) {
        this.config = config;
        this.clientType = clientType;
        this.requests = requests;
    }

    @Override
    public ServerStep step() {
        return ServerStep.CONNECTED;
    }

    @Override
    public State on(Received received, Output out) throws TlsException {
        if (received.message() instanceof KeyUpdate update) {
            KeyUpdates.received(update, received.aligned(), out);
            return this;
        }
        return answered(received, received.as(Certificate.class));
    }

    @Override
    public void requireAwaited(HandshakeType type) throws TlsException {
        if (type == HandshakeType.CERTIFICATE && (requests == null || !requests.areOutstanding())) {
            throw unasked(type);
        }
    }

    private State answered(Received received, Certificate certificate) throws TlsException {
        requireAwaited(certificate.type());
        if (requests == null || clientType == null) {
            throw unasked(certificate.type());
        }
        ClientCertificateRequests.Outstanding request = requests.answered(certificate.context());
        Claimant peer = ClientProof.claimant(config, clientType, certificate);
        request.transcript().add(received.bytes());
        if (peer == null) {
            return new ExpectLateFinished(this, request, List.of());
        }
        return new ExpectLateCertificateVerify(config, this, request, peer, peer.key());
    }

    private static TlsException unasked(HandshakeType type) {
        return Problem.UNEXPECTED_HANDSHAKE_MESSAGE.with(type.messageName(), List.of("KeyUpdate"));
    }
}
