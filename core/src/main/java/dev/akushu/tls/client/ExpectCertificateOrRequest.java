package dev.akushu.tls.client;

import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.engine.Output;
import dev.akushu.tls.engine.Received;
import dev.akushu.tls.engine.State;
import dev.akushu.tls.trace.TraceEvent;
import dev.akushu.tls.wire.CertificateRequest;
import org.jspecify.annotations.Nullable;

/** The server shows its certificate, or first asks for the client's. RFC 9846 section 4.4.2. */
final class ExpectCertificateOrRequest implements ClientState {
    private final ClientProgress progress;
    private final @Nullable String applicationProtocol;

    ExpectCertificateOrRequest(ClientProgress progress, @Nullable String applicationProtocol) {
        this.progress = progress;
        this.applicationProtocol = applicationProtocol;
    }

    @Override
    public ClientStep step() {
        return ClientStep.EXPECT_CERTIFICATE_OR_REQUEST;
    }

    @Override
    public void forget() {
        progress.forget();
    }

    @Override
    public State on(Received received, Output out) throws TlsException {
        if (!(received.message() instanceof CertificateRequest request)) {
            return new ExpectCertificate(progress, applicationProtocol, null).on(received, out);
        }
        IdentityRequest asked = asked(request);
        out.event(() -> new TraceEvent.ClientCertificateRequested(asked.wish().schemes()));
        out.learned(known ->
                known.withPeerSchemes(asked.wish().schemes(), asked.wish().certificateSchemes()));
        progress.transcript().add(received.bytes());
        return new ExpectCertificate(progress, applicationProtocol, asked);
    }

    private IdentityRequest asked(CertificateRequest request) throws TlsException {
        // RFC 9846 4.4.2: the context is empty unless the request comes after the handshake.
        if (!request.context().isEmpty()) {
            throw Problem.WRONG_CERTIFICATE_CONTEXT.with(request.context(), "-");
        }
        return IdentityRequest.of(
                request, progress.offer().serverName(), progress.types().client());
    }
}
