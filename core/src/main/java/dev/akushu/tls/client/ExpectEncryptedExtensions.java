package dev.akushu.tls.client;

import dev.akushu.tls.CertificateType;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.EarlyDataOutcome;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TicketRequest;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.engine.Alpn;
import dev.akushu.tls.engine.EarlyAllowance;
import dev.akushu.tls.engine.Output;
import dev.akushu.tls.engine.PeerAuthenticated;
import dev.akushu.tls.engine.Received;
import dev.akushu.tls.engine.State;
import dev.akushu.tls.record.RecordLimits;
import dev.akushu.tls.trace.Protection;
import dev.akushu.tls.trace.TraceEvent;
import dev.akushu.tls.wire.ClientCertificateTypes;
import dev.akushu.tls.wire.EncryptedExtensions;
import dev.akushu.tls.wire.Extensions;
import dev.akushu.tls.wire.RecordSizeLimit;
import dev.akushu.tls.wire.SelectedClientCertificateType;
import dev.akushu.tls.wire.SelectedProtocolName;
import dev.akushu.tls.wire.SelectedServerCertificateType;
import dev.akushu.tls.wire.ServerCertificateTypes;
import dev.akushu.tls.wire.ServerTicketRequestHint;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** STEP 2 begins: the first encrypted message, with the server's answers that need no clear text. RFC 9846 section 4.4.1. */
final class ExpectEncryptedExtensions implements ClientState {
    private final ClientProgress progress;
    private final @Nullable OfferedPsk psk;

    /**
     * After the ServerHello.
     *
     * @param psk that the server took, or null
     */
    ExpectEncryptedExtensions(ClientProgress progress, @Nullable OfferedPsk psk) {
        this.progress = progress;
        this.psk = psk;
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
        boolean accepted = extensions.has(ExtensionType.EARLY_DATA);
        if (progress.early().isPending() && !accepted) {
            // RFC 9846 appendix A.1: before anything can be found wrong, since a server that skips early data would
            // skip an alert under the early keys too.
            out.writeKeys(Protection.HANDSHAKE, progress.traffic().client(), progress.suite());
        }
        progress.offer().requireSolicited(extensions, "EncryptedExtensions", Set.of());
        String applicationProtocol = applicationProtocol(extensions, out);
        tellTickets(extensions, out);
        out.learned(known -> known.withApplicationProtocol(applicationProtocol));
        int limit = recordSizes(extensions, out);
        ClientProgress next = earlyData(accepted, applicationProtocol, out).withRecordSizeLimit(limit);
        progress.transcript().add(received.bytes());
        PeerAuthenticated peer = byPsk();
        next = next.with(types(extensions, peer != null));
        return peer == null
                ? new ExpectCertificateOrRequest(next, applicationProtocol)
                : new ExpectFinished(next, applicationProtocol, peer, null);
    }

    /** RFC 7250 4.2: of those on offer; what is not told is a certificate. */
    private CertificateTypes types(Extensions extensions, boolean byPsk) throws TlsException {
        Extensions offered = progress.offer().hello().extensions();
        SelectedServerCertificateType server = extensions.find(SelectedServerCertificateType.class);
        CertificateType serverType = server == null ? CertificateType.X509 : server.serverCertificateType();
        ServerCertificateTypes servers = offered.find(ServerCertificateTypes.class);
        // Who proves itself by a pre-shared key shows nothing, and need not say what it would have shown.
        if (servers != null && !(byPsk && server == null)) {
            requireOffered(serverType, servers.serverCertificateTypes());
        }
        SelectedClientCertificateType client = extensions.find(SelectedClientCertificateType.class);
        CertificateType clientType = client == null ? CertificateType.X509 : client.clientCertificateType();
        ClientCertificateTypes clients = offered.find(ClientCertificateTypes.class);
        // A server that says nothing may not know that one can choose; then there is nothing to show to it.
        if (clients != null && client != null) {
            requireOffered(clientType, clients.clientCertificateTypes());
        }
        return new CertificateTypes(clientType, serverType);
    }

    private static void requireOffered(CertificateType chosen, List<CertificateType> offered) throws TlsException {
        if (!offered.contains(chosen)) {
            throw Problem.WRONG_CERTIFICATE_TYPE.with(chosen, offered);
        }
    }

    /** RFC 9846 4.5.1: a server that took a pre-shared key shows no certificate. Null if it took none. */
    private @Nullable PeerAuthenticated byPsk() {
        return psk == null ? null : psk.authenticated(progress.setting().now());
    }

    /** The server's word about tickets binds nobody, so nothing is checked later. RFC 9149 section 3. */
    private void tellTickets(Extensions extensions, Output out) {
        ServerTicketRequestHint hint = extensions.find(ServerTicketRequestHint.class);
        TicketRequest wish = progress.config().ticketRequest().orElse(null);
        if (hint != null && wish != null) {
            out.event(() -> new TraceEvent.TicketsAnnounced(hint.expectedCount(), wish));
        }
    }

    /** Returns what the server takes in a record, and keeps to it; whoever names a limit keeps to the client's. RFC 8449 section 4. */
    private int recordSizes(Extensions extensions, Output out) throws TlsException {
        RecordSizeLimit named = extensions.find(RecordSizeLimit.class);
        int most = RecordLimits.INNER_PLAINTEXT;
        int limit = named == null ? most : Math.min(named.recordSizeLimit(), most);
        out.limitSending(limit);
        if (named != null) {
            int own = progress.config().records().sizeLimit();
            out.limitReceiving(own);
            out.event(() -> new TraceEvent.RecordSizesAgreed(own, limit));
        }
        return limit;
    }

    /** The server's word about early data. RFC 9846 section 4.3.10. */
    private ClientProgress earlyData(boolean accepted, @Nullable String applicationProtocol, Output out)
            throws TlsException {
        if (accepted) {
            requireAcceptable(applicationProtocol);
        }
        if (!progress.early().isPending()) {
            return progress;
        }
        EarlyDataOutcome outcome = accepted ? EarlyDataOutcome.ACCEPTED : EarlyDataOutcome.REFUSED_BY_SERVER;
        out.earlyData(outcome);
        return progress.with(outcome);
    }

    /** RFC 9846 4.3.10: a server that chose otherwise than what belongs to the first key MUST NOT accept. */
    private void requireAcceptable(@Nullable String applicationProtocol) throws TlsException {
        EarlyAllowance allowance = progress.early().allowance();
        if (allowance == null || !progress.early().isUnder(psk)) {
            throw Problem.EARLY_DATA_WRONGLY_ACCEPTED.with(
                    "pre_shared_key", "the first on offer", psk == null ? "none" : "another");
        }
        CipherSuite suite = allowance.suite().suite();
        if (!suite.equals(progress.suite().suite())) {
            throw Problem.EARLY_DATA_WRONGLY_ACCEPTED.with(
                    "cipher_suite", suite, progress.suite().suite());
        }
        String protocol = allowance.applicationProtocol();
        if (!Objects.equals(protocol, applicationProtocol)) {
            throw Problem.EARLY_DATA_WRONGLY_ACCEPTED.with(
                    "application_layer_protocol_negotiation",
                    String.valueOf(protocol),
                    String.valueOf(applicationProtocol));
        }
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
