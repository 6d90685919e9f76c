package dev.akushu.explain;

import static dev.akushu.tls.Role.CLIENT;
import static dev.akushu.tls.Role.SERVER;
import static dev.akushu.tls.trace.Protection.APPLICATION;
import static dev.akushu.tls.trace.Protection.CLEAR;
import static dev.akushu.tls.trace.Protection.HANDSHAKE;

import dev.akushu.tls.AlertDescription;
import dev.akushu.tls.Bytes;
import dev.akushu.tls.CertificateCheck;
import dev.akushu.tls.CertificateCheck.Kind;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.ContentType;
import dev.akushu.tls.HandshakeType;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.NotResumed;
import dev.akushu.tls.Problem;
import dev.akushu.tls.Role;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.TlsSession;
import dev.akushu.tls.trace.Flow;
import dev.akushu.tls.trace.IdentityWish;
import dev.akushu.tls.trace.Protection;
import dev.akushu.tls.trace.SecretName;
import dev.akushu.tls.trace.TraceEvent;
import dev.akushu.tls.trace.TraceEvent.Alert;
import dev.akushu.tls.trace.TraceEvent.ApplicationData;
import dev.akushu.tls.trace.TraceEvent.ApplicationProtocolChosen;
import dev.akushu.tls.trace.TraceEvent.ClientCertificateRequested;
import dev.akushu.tls.trace.TraceEvent.Failed;
import dev.akushu.tls.trace.TraceEvent.FinishedChecked;
import dev.akushu.tls.trace.TraceEvent.GroupChosen;
import dev.akushu.tls.trace.TraceEvent.HandshakeDone;
import dev.akushu.tls.trace.TraceEvent.IdentityChosen;
import dev.akushu.tls.trace.TraceEvent.KeysChanged;
import dev.akushu.tls.trace.TraceEvent.Message;
import dev.akushu.tls.trace.TraceEvent.PeerChainVerified;
import dev.akushu.tls.trace.TraceEvent.ProofOfKey;
import dev.akushu.tls.trace.TraceEvent.RecordPassed;
import dev.akushu.tls.trace.TraceEvent.ResumptionDecided;
import dev.akushu.tls.trace.TraceEvent.ResumptionOffered;
import dev.akushu.tls.trace.TraceEvent.RetryRequested;
import dev.akushu.tls.trace.TraceEvent.SecretDerived;
import dev.akushu.tls.trace.TraceEvent.SharedSecretComputed;
import dev.akushu.tls.trace.TraceEvent.Started;
import dev.akushu.tls.trace.TraceEvent.SuiteChosen;
import dev.akushu.tls.trace.TraceEvent.TicketOpened;
import dev.akushu.tls.trace.TraceEvent.TicketReceived;
import dev.akushu.tls.trace.TraceEvent.TicketSealed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Connections as two ends tell them, with the messages of RFC 8448. */
final class Scripts {
    static final String POLICY = "MODERN_2026_11";

    static final List<CipherSuite> SUITES = List.of(
            CipherSuite.TLS_AES_128_GCM_SHA256,
            CipherSuite.TLS_CHACHA20_POLY1305_SHA256,
            CipherSuite.TLS_AES_256_GCM_SHA384);
    static final List<NamedGroup> GROUPS = List.of(NamedGroup.X25519, NamedGroup.SECP256R1, NamedGroup.SECP384R1);
    static final List<SignatureScheme> SCHEMES =
            List.of(SignatureScheme.ECDSA_SECP256R1_SHA256, SignatureScheme.RSA_PSS_RSAE_SHA256);
    static final Bytes TICKET_KEY = Bytes.fromHex("5d0f93a1");

    private static final Instant WHEN = Instant.parse("2026-11-25T09:00:00Z");

    private Scripts() {}

    /** A full handshake, a ticket, a request and its answer, and the end in order. */
    static Script full() {
        Script script = start();
        keyExchange(script, "3", true, null);
        serverFlight(script);
        script.add(CLIENT, new FinishedChecked(Flow.RECEIVED), new SecretDerived(SecretName.MAIN_SECRET));
        clientFinished(script, session(CLIENT, false), session(SERVER, false));
        ticket(script);
        data(script);
        return close(script);
    }

    /** The server refuses the first key share. */
    static Script retried() {
        Script script = start();
        script.add(CLIENT, Rfc8448.sent("5 ClientHello", CLEAR));
        script.alone(
                SERVER,
                new SuiteChosen(SUITES.getFirst(), SUITES, SUITES),
                new GroupChosen(
                        NamedGroup.SECP256R1, GROUPS, List.of(NamedGroup.X25519), List.of(NamedGroup.SECP256R1)),
                new RetryRequested(NamedGroup.SECP256R1, true));
        script.add(SERVER, Rfc8448.sent("5 HelloRetryRequest", CLEAR));
        script.alone(CLIENT, new RetryRequested(NamedGroup.SECP256R1, true));
        keyExchange(script, "5", false, null);
        serverFlight(script);
        script.alone(CLIENT, new FinishedChecked(Flow.RECEIVED));
        clientFinished(script, session(CLIENT, false), session(SERVER, false));
        return close(script);
    }

    /** A session is resumed from a ticket. */
    static Script resumed() {
        Script script = start();
        script.alone(CLIENT, new ResumptionOffered(1, Duration.ofSeconds(12), 178));
        keyExchange(
                script,
                "4",
                true,
                new TicketOpened(
                        TICKET_KEY,
                        Duration.ofSeconds(12),
                        Duration.ofSeconds(12),
                        SUITES.getFirst(),
                        32,
                        List.of("server name: server", "ALPN: h2")));
        script.add(SERVER, Rfc8448.sent("4 EncryptedExtensions", HANDSHAKE), Rfc8448.sent("3 Finished", HANDSHAKE));
        script.alone(CLIENT, new FinishedChecked(Flow.RECEIVED));
        clientFinished(script, session(CLIENT, true), session(SERVER, true));
        ticket(script);
        return close(script);
    }

    /** The server asks who the client is, and the client says so. */
    static Script clientAuthentication() {
        Script script = start();
        keyExchange(script, "3", true, null);
        script.add(SERVER, Rfc8448.sent("3 EncryptedExtensions", HANDSHAKE));
        script.alone(SERVER, new ClientCertificateRequested(SCHEMES));
        script.add(SERVER, Rfc8448.sent("6 CertificateRequest", HANDSHAKE));
        script.alone(CLIENT, new ClientCertificateRequested(SCHEMES));
        serverProof(script);
        script.alone(CLIENT, new FinishedChecked(Flow.RECEIVED), identity());
        script.add(CLIENT, Rfc8448.sent("3 Certificate", HANDSHAKE));
        script.alone(CLIENT, new ProofOfKey(Flow.SENT, SCHEMES.getLast(), signedContent()));
        script.add(CLIENT, Rfc8448.sent("6 CertificateVerify", HANDSHAKE));
        script.alone(SERVER, new ProofOfKey(Flow.RECEIVED, SCHEMES.getLast(), signedContent()), chainVerified());
        clientFinished(script, session(CLIENT, false), session(SERVER, false));
        return close(script);
    }

    /** The client does not accept the server's certificate. */
    static Script expiredCertificate() {
        Script script = start();
        keyExchange(script, "3", true, null);
        script.add(SERVER, Rfc8448.sent("3 EncryptedExtensions", HANDSHAKE));
        script.alone(SERVER, identity());
        script.add(SERVER, Rfc8448.sent("3 Certificate", HANDSHAKE), Rfc8448.sent("3 CertificateVerify", HANDSHAKE));
        script.alone(CLIENT, new ProofOfKey(Flow.RECEIVED, SCHEMES.getLast(), signedContent()));
        script.alone(
                CLIENT, new Failed(Problem.CERTIFICATE_EXPIRED.diagnosis("CN=rsa", WHEN.minusSeconds(86_400), WHEN)));
        script.add(CLIENT, new Alert(Flow.SENT, AlertDescription.CERTIFICATE_EXPIRED.code(), true));
        return script.alone(
                SERVER, new Failed(Problem.ALERT_RECEIVED.diagnosis("certificate_expired", 45, "EXPECT_FINISHED")));
    }

    static Script start() {
        return new Script()
                .alone(CLIENT, new Started(CLIENT, "server", POLICY, true))
                .alone(SERVER, new Started(SERVER, "", POLICY, false));
    }

    static Message finished(Protection protection) {
        // RFC 8448 section 3: the client's Finished.
        Bytes bytes = Bytes.fromHex("14000020a8ec436d677634ae525ac1fcebe11a039ec17694fac6e98527b642f2edd5ce61");
        return new Message(Flow.SENT, HandshakeType.FINISHED, "Finished", protection, bytes);
    }

    private static void keyExchange(Script script, String section, boolean first, @Nullable TicketOpened ticket) {
        Message hello = Rfc8448.sent(section + (first ? " ClientHello" : " second ClientHello"), CLEAR);
        NamedGroup group = first ? NamedGroup.X25519 : NamedGroup.SECP256R1;
        script.add(CLIENT, hello, record(ContentType.HANDSHAKE, hello.message().length() + 5, CLEAR));
        if (ticket != null) {
            script.alone(SERVER, ticket);
        }
        NotResumed reason = ticket == null ? NotResumed.NO_TICKET : null;
        script.alone(
                SERVER,
                new SuiteChosen(SUITES.getFirst(), SUITES, SUITES),
                new GroupChosen(group, GROUPS, List.of(group), GROUPS),
                new ResumptionDecided(reason),
                new SharedSecretComputed(group, 32));
        script.add(SERVER, Rfc8448.sent(section + " ServerHello", CLEAR));
        script.alone(SERVER, handshakeKeys(SERVER));
        script.alone(
                CLIENT,
                new SuiteChosen(SUITES.getFirst(), SUITES, SUITES),
                new GroupChosen(group, GROUPS, List.of(group), GROUPS),
                new ResumptionDecided(reason),
                new SharedSecretComputed(group, 32));
        script.alone(CLIENT, handshakeKeys(CLIENT));
    }

    private static TraceEvent[] handshakeKeys(Role role) {
        Flow toServer = role == CLIENT ? Flow.SENT : Flow.RECEIVED;
        Flow toClient = role == CLIENT ? Flow.RECEIVED : Flow.SENT;
        return new TraceEvent[] {
            new SecretDerived(SecretName.EARLY_SECRET),
            new SecretDerived(SecretName.HANDSHAKE_SECRET),
            new SecretDerived(SecretName.CLIENT_HANDSHAKE_TRAFFIC_SECRET),
            new SecretDerived(SecretName.SERVER_HANDSHAKE_TRAFFIC_SECRET),
            new KeysChanged(toClient, HANDSHAKE, 0),
            new KeysChanged(toServer, HANDSHAKE, 0)
        };
    }

    private static void serverFlight(Script script) {
        script.alone(SERVER, new ApplicationProtocolChosen("h2", List.of("h2", "http/1.1"), List.of("h2")));
        script.add(SERVER, Rfc8448.sent("3 EncryptedExtensions", HANDSHAKE));
        script.alone(CLIENT, new ApplicationProtocolChosen("h2", List.of("h2", "http/1.1"), List.of("h2", "http/1.1")));
        serverProof(script);
    }

    private static void serverProof(Script script) {
        script.alone(SERVER, identity());
        script.add(SERVER, Rfc8448.sent("3 Certificate", HANDSHAKE));
        script.alone(SERVER, new ProofOfKey(Flow.SENT, SCHEMES.getLast(), signedContent()));
        script.add(SERVER, Rfc8448.sent("3 CertificateVerify", HANDSHAKE));
        script.alone(CLIENT, new ProofOfKey(Flow.RECEIVED, SCHEMES.getLast(), signedContent()), chainVerified());
        script.alone(SERVER, new FinishedChecked(Flow.SENT));
        script.add(SERVER, Rfc8448.sent("3 Finished", HANDSHAKE));
        script.alone(SERVER, new KeysChanged(Flow.SENT, APPLICATION, 0));
    }

    private static void clientFinished(Script script, TlsSession client, TlsSession server) {
        script.alone(CLIENT, new KeysChanged(Flow.RECEIVED, APPLICATION, 0));
        script.add(CLIENT, finished(HANDSHAKE));
        script.alone(CLIENT, new KeysChanged(Flow.SENT, APPLICATION, 0), new HandshakeDone(client));
        script.alone(
                SERVER,
                new FinishedChecked(Flow.RECEIVED),
                new KeysChanged(Flow.RECEIVED, APPLICATION, 0),
                new SecretDerived(SecretName.RESUMPTION_SECRET),
                new HandshakeDone(server));
    }

    private static void ticket(Script script) {
        script.alone(SERVER, new TicketSealed(TICKET_KEY, Duration.ofHours(24), 178));
        script.add(SERVER, Rfc8448.sent("3 NewSessionTicket", APPLICATION));
        script.alone(CLIENT, new TicketReceived(Duration.ofHours(24), 178, true));
    }

    private static void data(Script script) {
        script.add(CLIENT, new ApplicationData(Flow.SENT, 50));
        script.add(SERVER, new ApplicationData(Flow.SENT, 16_384), new ApplicationData(Flow.SENT, 1_200));
    }

    private static Script close(Script script) {
        return script.add(CLIENT, new Alert(Flow.SENT, 0, false)).add(SERVER, new Alert(Flow.SENT, 0, false));
    }

    static RecordPassed record(ContentType type, int length, Protection protection) {
        return new RecordPassed(Flow.SENT, type, length, 0, protection);
    }

    /** The certificate of RFC 8448, subject CN=rsa, out of its Certificate message. */
    static Bytes certificate() {
        Bytes message = Rfc8448.bytes("3 Certificate");
        return message.slice(11, message.length() - 13);
    }

    static IdentityChosen identity() {
        return new IdentityChosen(
                List.of(certificate()), null, SCHEMES.getLast(), SCHEMES, List.of(IdentityWish.SERVER_NAME), List.of());
    }

    static PeerChainVerified chainVerified() {
        return new PeerChainVerified(
                List.of(certificate()),
                List.of(
                        new CertificateCheck(Kind.SIGNATURE, "CN=rsa", "sha256WithRSAEncryption"),
                        new CertificateCheck(Kind.VALIDITY, "CN=rsa", "2016-07-30 to 2026-07-30"),
                        new CertificateCheck(Kind.HOST_NAME, "CN=rsa", "server"),
                        new CertificateCheck(Kind.TRUST_ANCHOR, "CN=rsa", "ca.pem")));
    }

    /** The same chain a moment later. */
    static PeerChainVerified chainRemembered() {
        List<CertificateCheck> checks =
                new ArrayList<>(List.of(new CertificateCheck(Kind.REMEMBERED, "CN=rsa", "2026-11-29T12:00:00Z")));
        checks.addAll(chainVerified().checks());
        return new PeerChainVerified(List.of(certificate()), checks);
    }

    static Bytes signedContent() {
        return Bytes.fromHex("20".repeat(64)
                + Bytes.ofAscii("TLS 1.3, server CertificateVerify").hex() + "00"
                + "764d6632b3c35c3f3205e3499ac3edbaabb88295fba751461d3678e2e5ea0687");
    }

    static TlsSession session(Role role, boolean resumed) {
        return new TlsSession(
                role,
                SUITES.getFirst(),
                NamedGroup.X25519,
                SCHEMES.getLast(),
                false,
                resumed ? null : NotResumed.NO_TICKET,
                "h2",
                "server",
                role == CLIENT ? List.of(certificate()) : List.of(),
                role == SERVER ? List.of(certificate()) : List.of(),
                WHEN);
    }
}
