package dev.akushu.tls.server;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CertificateType;
import dev.akushu.tls.ClientAuthentication;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.Role;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.StoredTicket;
import dev.akushu.tls.TicketRequest;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.engine.Alpn;
import dev.akushu.tls.engine.CertificatePacking;
import dev.akushu.tls.engine.Output;
import dev.akushu.tls.engine.OwnProof;
import dev.akushu.tls.engine.PeerAuthenticated;
import dev.akushu.tls.engine.State;
import dev.akushu.tls.schedule.ApplicationTraffic;
import dev.akushu.tls.schedule.HandshakeTraffic;
import dev.akushu.tls.schedule.MainSecret;
import dev.akushu.tls.schedule.Transcript;
import dev.akushu.tls.trace.Flow;
import dev.akushu.tls.trace.Protection;
import dev.akushu.tls.trace.SecretName;
import dev.akushu.tls.trace.TraceEvent;
import dev.akushu.tls.wire.CertificateVerify;
import dev.akushu.tls.wire.EarlyDataIndication;
import dev.akushu.tls.wire.EncryptedExtensions;
import dev.akushu.tls.wire.Extension;
import dev.akushu.tls.wire.Extensions;
import dev.akushu.tls.wire.Finished;
import dev.akushu.tls.wire.RecordSizeLimit;
import dev.akushu.tls.wire.SelectedClientCertificateType;
import dev.akushu.tls.wire.SelectedProtocolName;
import dev.akushu.tls.wire.SelectedServerCertificateType;
import dev.akushu.tls.wire.ServerNameAck;
import dev.akushu.tls.wire.ServerTicketRequestHint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** STEP 2 for the server: who it is, the proof, and its Finished; or only the Finished, if the session resumes. RFC 9846 sections 4.4 and 4.5. */
final class ServerFlight {
    private final TlsServer config;
    private final Choices choices;
    private final Transcript transcript;
    private final HandshakeTraffic traffic;
    private final MainSecret mainSecret;

    ServerFlight(
            TlsServer config, Choices choices, Transcript transcript, HandshakeTraffic traffic, MainSecret mainSecret) {
        this.config = config;
        this.choices = choices;
        this.transcript = transcript;
        this.traffic = traffic;
        this.mainSecret = mainSecret;
    }

    /** Sends the flight; {@code identity} is null if a pre-shared key was taken. */
    State send(@Nullable OwnIdentity identity, Output out) throws TlsException {
        transcript.add(out.send(new EncryptedExtensions(encryptedExtensions(identity, out))));
        if (identity == null) {
            return byPsk(out);
        }
        boolean asksClient = asksNow(identity);
        if (asksClient) {
            transcript.add(out.send(ClientCertificateRequests.request(config, Bytes.empty())));
            out.event(() -> new TraceEvent.ClientCertificateRequested(
                    config.capabilities().signatureSchemes()));
        }
        transcript.add(CertificatePacking.send(
                OwnProof.certificate(
                        Bytes.empty(),
                        identity.identity(),
                        choices.wishes().hello().extensions()),
                config.certificateCompressions(),
                choices.wishes().hello().extensions(),
                out));
        return OwnProof.sign(
                Role.SERVER,
                identity.identity(),
                identity.scheme(),
                transcript.hash(),
                ServerStep.EXPECT_FINISHED,
                (proof, to) -> proved(proof, identity, asksClient, to),
                this::forget);
    }

    private void forget() {
        traffic.wipe();
        mainSecret.wipe();
    }

    /** RFC 9846 4.5.1: who is authenticated by a pre-shared key shows no certificate and asks for none. */
    private State byPsk(Output out) throws TlsException {
        Resumption.External external = choices.resumption().external();
        if (external == null) {
            return resume(out);
        }
        PeerAuthenticated client = PeerAuthenticated.byExternalPsk(
                external.found().psk(), config.clock().instant());
        return expectClient(finish(null, List.of(), out), client, out);
    }

    private State resume(Output out) throws TlsException {
        Resumption.Resumed resumed = choices.resumption().resumed();
        if (resumed == null) {
            throw new IllegalStateException("neither an identity nor a pre-shared key");
        }
        StoredTicket.Origin origin = resumed.ticket().origin();
        PeerAuthenticated client = PeerAuthenticated.bySession(origin);
        return expectClient(finish(origin.scheme(), List.of(), out), client, out);
    }

    private State expectClient(ServerProgress progress, PeerAuthenticated client, Output out) {
        allowHalfRtt(out);
        return choices.earlyTraffic() == null
                ? new ExpectFinished(progress, client)
                : new ExpectEndOfEarlyData(progress, client);
    }

    private State proved(CertificateVerify proof, OwnIdentity identity, boolean asksClient, Output out)
            throws TlsException {
        transcript.add(out.send(proof));
        ServerProgress progress = finish(identity.scheme(), identity.identity().chain(), out);
        CertificateType clientType = choices.clientType();
        if (asksClient && clientType != null) {
            return new ExpectCertificate(progress, clientType);
        }
        allowHalfRtt(out);
        Instant now = config.clock().instant();
        return new ExpectFinished(progress, PeerAuthenticated.anonymousClient(now));
    }

    /** RFC 9846 4.5.3: data behind the server's Finished goes to a peer that is not authenticated; so never where the client is asked who it is. */
    private void allowHalfRtt(Output out) {
        if (config.halfRttData() || choices.earlyTraffic() != null) {
            out.allowHalfRtt();
        }
    }

    private ServerProgress finish(@Nullable SignatureScheme scheme, List<Bytes> chain, Output out) throws TlsException {
        byte[] verifyData = traffic.server().finished(transcript.hash());
        out.event(() -> new TraceEvent.FinishedChecked(Flow.SENT));
        transcript.add(out.send(new Finished(Bytes.wrap(verifyData))));
        ApplicationTraffic application = mainSecret.traffic(transcript.hash());
        out.derived(SecretName.MAIN_SECRET, mainSecret::copyForObserver);
        out.derived(SecretName.CLIENT_APPLICATION_TRAFFIC_SECRET, application.client()::copyForKeyLog);
        out.derived(SecretName.SERVER_APPLICATION_TRAFFIC_SECRET, application.server()::copyForKeyLog);
        out.derived(SecretName.EXPORTER_SECRET, application.exporter()::copyForKeyLog);
        out.writeKeys(
                Protection.APPLICATION,
                application.server(),
                choices.negotiation().suite());
        return new ServerProgress(config, choices, scheme, chain, transcript, traffic, application, mainSecret);
    }

    private Extensions encryptedExtensions(@Nullable OwnIdentity identity, Output out) {
        List<Extension> extensions = new ArrayList<>();
        // RFC 6066 3: a server that chose its identity by the name SHALL say so; one that resumes MUST NOT.
        if (identity != null && choices.wishes().serverName() != null) {
            extensions.add(new ServerNameAck());
        }
        String protocol = choices.negotiation().applicationProtocol();
        if (protocol != null) {
            extensions.add(new SelectedProtocolName(Alpn.bytes(protocol)));
        }
        addTypes(extensions, identity);
        if (choices.earlyTraffic() != null) {
            extensions.add(new EarlyDataIndication());
        }
        Integer taken = choices.wishes().recordSizeLimit();
        if (taken != null) {
            int own = config.records().sizeLimit();
            extensions.add(new RecordSizeLimit(own));
            out.event(() -> new TraceEvent.RecordSizesAgreed(taken, own));
        }
        TicketRequest wish = choices.wishes().ticketRequest();
        if (wish != null) {
            // A session by an external key gets none.
            int count = choices.resumption().external() != null
                    ? 0
                    : TicketCount.of(
                            config, choices.wishes(), choices.resumption().resumed() != null);
            extensions.add(new ServerTicketRequestHint(count));
            out.event(() -> new TraceEvent.TicketsAnnounced(count, wish));
        }
        return Extensions.of(extensions);
    }

    /**
     * RFC 7250 4.2: what was chosen is told to a client that offered a choice; about itself only if it is asked now, or may be later. A
     * resumption shows nothing, and says of which type the session is: a client that takes no certificates (BoringSSL) would miss it.
     */
    private void addTypes(List<Extension> extensions, @Nullable OwnIdentity identity) {
        Extensions offered = choices.wishes().hello().extensions();
        if (choices.resumption().external() == null && offered.has(ExtensionType.SERVER_CERTIFICATE_TYPE)) {
            extensions.add(new SelectedServerCertificateType(choices.serverType()));
        }
        CertificateType clientType = choices.clientType();
        // Who is proved by an external key can never be asked.
        boolean asks = choices.resumption().external() == null
                && (asksNow(identity) || offered.has(ExtensionType.POST_HANDSHAKE_AUTH));
        if (clientType != null && asks && offered.has(ExtensionType.CLIENT_CERTIFICATE_TYPE)) {
            extensions.add(new SelectedClientCertificateType(clientType));
        }
    }

    /** RFC 9846 4.5.1: who is authenticated by a pre-shared key shows no certificate. */
    private boolean asksNow(@Nullable OwnIdentity identity) {
        return identity != null
                && choices.clientType() != null
                && config.clientAuthentication() != ClientAuthentication.NONE;
    }
}
