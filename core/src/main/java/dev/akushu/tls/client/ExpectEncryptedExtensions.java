package dev.akushu.tls.client;

import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.engine.Alpn;
import dev.akushu.tls.engine.Output;
import dev.akushu.tls.engine.PeerAuthenticated;
import dev.akushu.tls.engine.Received;
import dev.akushu.tls.engine.State;
import dev.akushu.tls.trace.TraceEvent;
import dev.akushu.tls.wire.EncryptedExtensions;
import dev.akushu.tls.wire.Extensions;
import dev.akushu.tls.wire.SelectedProtocolName;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** STEP 2 begins: the first encrypted message, with the server's answers that need no clear text. RFC 9846 section 4.4.1. */
final class ExpectEncryptedExtensions implements ClientState {
    private final ClientProgress progress;
    private final @Nullable OfferedTicket resumed;

    /**
     * After the ServerHello.
     *
     * @param resumed the ticket that the server took, or null
     */
    ExpectEncryptedExtensions(ClientProgress progress, @Nullable OfferedTicket resumed) {
        this.progress = progress;
        this.resumed = resumed;
    }

    @Override
    public ClientStep step() {
        return ClientStep.EXPECT_ENCRYPTED_EXTENSIONS;
    }

    @Override
    public void forget() {
        progress.forget();
    }

    @Override
    public State on(Received received, Output out) throws TlsException {
        Extensions extensions = received.as(EncryptedExtensions.class).extensions();
        progress.offer().requireSolicited(extensions, "EncryptedExtensions", Set.of());
        String applicationProtocol = applicationProtocol(extensions, out);
        out.learned(known -> known.withApplicationProtocol(applicationProtocol));
        progress.transcript().add(received.bytes());
        if (resumed == null) {
            return new ExpectCertificateOrRequest(progress, applicationProtocol);
        }
        return new ExpectFinished(
                progress,
                applicationProtocol,
                PeerAuthenticated.bySession(resumed.ticket().origin()),
                null);
    }

    private @Nullable String applicationProtocol(Extensions extensions, Output out) throws TlsException {
        SelectedProtocolName selected = extensions.find(SelectedProtocolName.class);
        List<String> offered = progress.config().applicationProtocols();
        String chosen = selected == null ? null : Alpn.name(selected.protocolName());
        if (chosen != null && !offered.contains(chosen)) {
            throw Problem.WRONG_ALPN_CHOSEN.with(Alpn.bytes(chosen).printableAscii(), offered);
        }
        if (!offered.isEmpty()) {
            out.event(() -> new TraceEvent.ApplicationProtocolChosen(chosen, offered, offered));
        }
        return chosen;
    }
}
