package dev.akushu.explain;

import dev.akushu.tls.AlertDescription;
import dev.akushu.tls.Bytes;
import dev.akushu.tls.CertificateCheck;
import dev.akushu.tls.ChainChecks;
import dev.akushu.tls.ContentType;
import dev.akushu.tls.EarlyDataOutcome;
import dev.akushu.tls.Kdf;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.NotResumed;
import dev.akushu.tls.Problem;
import dev.akushu.tls.Role;
import dev.akushu.tls.TicketRequest;
import dev.akushu.tls.trace.Flow;
import dev.akushu.tls.trace.IdentityWish;
import dev.akushu.tls.trace.Protection;
import dev.akushu.tls.trace.SecretName;
import dev.akushu.tls.trace.TraceEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Events of every kind, with every value of the enums in them. */
final class Events {
    private Events() {}

    static List<TraceEvent> all() {
        List<TraceEvent> events = new ArrayList<>();
        for (Flow flow : Flow.values()) {
            events.addAll(wire(flow));
        }
        events.addAll(agreements());
        events.addAll(tickets());
        events.addAll(identities());
        events.addAll(endings());
        return events;
    }

    private static List<TraceEvent> wire(Flow flow) {
        List<TraceEvent> events = new ArrayList<>();
        for (Protection protection : Protection.values()) {
            events.add(new TraceEvent.RecordPassed(flow, ContentType.HANDSHAKE, 512, 0, protection));
            events.add(new TraceEvent.RecordPassed(flow, ContentType.APPLICATION_DATA, 512, 100, protection));
            events.add(new TraceEvent.KeysChanged(flow, protection, 0));
        }
        messages().forEach(name -> {
            TraceEvent.Message sent = Rfc8448.sent(name, Protection.HANDSHAKE);
            events.add(new TraceEvent.Message(flow, sent.type(), sent.name(), sent.protection(), sent.message()));
        });
        events.add(new TraceEvent.ChangeCipherSpec(flow));
        events.add(new TraceEvent.CertificateCompressed(flow, "zlib", 3000, 2200));
        events.add(new TraceEvent.KeyUpdated(flow, true));
        events.add(new TraceEvent.KeyUpdated(flow, false));
        events.add(new TraceEvent.ApplicationData(flow, 50));
        events.add(new TraceEvent.ApplicationData(flow, 50, Protection.EARLY));
        events.add(new TraceEvent.ApplicationData(flow, 1300, Protection.APPLICATION, false, true));
        events.add(new TraceEvent.ApplicationData(flow, 50, Protection.APPLICATION, true, false));
        events.add(new TraceEvent.ProofOfKey(flow, Scripts.SCHEMES.getFirst(), Scripts.signedContent()));
        events.add(new TraceEvent.FinishedChecked(flow));
        Arrays.stream(AlertDescription.values())
                .forEach(alert -> events.add(new TraceEvent.Alert(flow, alert.code(), !alert.isClosure())));
        events.add(new TraceEvent.Alert(flow, 200, true));
        return events;
    }

    private static Stream<String> messages() {
        return Stream.of(
                "3 ClientHello",
                "4 ClientHello",
                "5 HelloRetryRequest",
                "3 ServerHello",
                "4 ServerHello",
                "3 EncryptedExtensions",
                "6 CertificateRequest",
                "3 Certificate",
                "3 CertificateVerify",
                "3 Finished",
                "4 EndOfEarlyData",
                "3 NewSessionTicket");
    }

    private static List<TraceEvent> agreements() {
        List<TraceEvent> events = new ArrayList<>(List.of(
                new TraceEvent.Started(Role.CLIENT, "server", Scripts.POLICY, true),
                new TraceEvent.Started(Role.CLIENT, "", Scripts.POLICY, false),
                new TraceEvent.Started(Role.SERVER, "", Scripts.POLICY, false),
                new TraceEvent.SuiteChosen(Scripts.SUITES.getFirst(), Scripts.SUITES, Scripts.SUITES),
                new TraceEvent.SuiteChosen(
                        Scripts.SUITES.getFirst(), List.of(Scripts.SUITES.getFirst()), Scripts.SUITES),
                new TraceEvent.GroupChosen(
                        NamedGroup.X25519_MLKEM768,
                        List.of(NamedGroup.X25519_MLKEM768),
                        List.of(NamedGroup.X25519_MLKEM768),
                        List.of(NamedGroup.X25519_MLKEM768)),
                new TraceEvent.GroupChosen(NamedGroup.X25519, Scripts.GROUPS, List.of(), Scripts.GROUPS),
                new TraceEvent.RetryRequested(NamedGroup.X25519, false),
                new TraceEvent.RetryRequested(NamedGroup.X25519, true),
                new TraceEvent.RetryRequested(null, true),
                new TraceEvent.ApplicationProtocolChosen("h2", List.of("h2"), List.of("h2")),
                new TraceEvent.ApplicationProtocolChosen(null, List.of("h2"), List.of()),
                new TraceEvent.ApplicationProtocolChosen(null, List.of(), List.of("h2")),
                new TraceEvent.SharedSecretComputed(NamedGroup.X25519, 32),
                new TraceEvent.KeyExchangeOmitted()));
        Arrays.stream(SecretName.values()).map(TraceEvent.SecretDerived::new).forEach(events::add);
        return events;
    }

    private static List<TraceEvent> tickets() {
        List<TraceEvent> events = new ArrayList<>(List.of(
                new TraceEvent.ResumptionOffered(1, Duration.ofSeconds(12), 178),
                new TraceEvent.ResumptionOffered(2, Duration.ofHours(12), 178),
                new TraceEvent.ResumptionDecided(null),
                new TraceEvent.ExternalPsksOffered(List.of(Bytes.ofAscii("lamp 7"))),
                new TraceEvent.ExternalPskChosen(Bytes.ofAscii("lamp 7"), Bytes.empty(), false, Kdf.HKDF_SHA256),
                new TraceEvent.ExternalPskChosen(Bytes.ofAscii("lamp 7"), Bytes.ofAscii("hall"), true, Kdf.HKDF_SHA384),
                new TraceEvent.TicketOpened(
                        Bytes.fromHex("5d0f93a1bb"),
                        Duration.ofDays(2),
                        Duration.ofDays(2).plusMillis(1500),
                        Scripts.SUITES.getFirst(),
                        32,
                        List.of("ALPN: h2")),
                new TraceEvent.TicketSealed(Scripts.TICKET_KEY, Duration.ofHours(24), 178),
                new TraceEvent.CookieReturned(Duration.ofMillis(40)),
                new TraceEvent.RecordSizesAgreed(16_385, 512),
                new TraceEvent.TicketsAnnounced(4, new TicketRequest(6, 1)),
                new TraceEvent.TicketReceived(Duration.ofHours(24), 178, true),
                new TraceEvent.TicketReceived(Duration.ZERO, 178, false),
                new TraceEvent.EarlyDataOffered(5, 16_384),
                new TraceEvent.EarlyDataSkipped(27),
                new TraceEvent.EarlyDataResent(5)));
        Arrays.stream(EarlyDataOutcome.values())
                .map(TraceEvent.EarlyDataDecided::new)
                .forEach(events::add);
        Arrays.stream(NotResumed.values())
                .map(TraceEvent.ResumptionDecided::new)
                .forEach(events::add);
        return events;
    }

    private static List<TraceEvent> identities() {
        List<CertificateCheck> checks = Arrays.stream(CertificateCheck.Kind.values())
                .filter(kind ->
                        kind != CertificateCheck.Kind.DANGER_NOT_CHECKED && kind != CertificateCheck.Kind.REMEMBERED)
                .map(kind -> new CertificateCheck(kind, "CN=rsa", "detail"))
                .toList();
        return List.of(
                Scripts.identity(),
                TraceEvent.IdentityChosen.none(Scripts.SCHEMES),
                new TraceEvent.IdentityChosen(
                        List.of(Bytes.fromHex("3000")),
                        null,
                        Scripts.SCHEMES.getFirst(),
                        Scripts.SCHEMES,
                        List.of(IdentityWish.values()),
                        List.of()),
                new TraceEvent.IdentityChosen(
                        List.of(Bytes.fromHex("3000")),
                        null,
                        Scripts.SCHEMES.getFirst(),
                        Scripts.SCHEMES,
                        List.of(),
                        List.of(IdentityWish.values())),
                new TraceEvent.IdentityChosen(
                        List.of(),
                        Bytes.fromHex("3000"),
                        Scripts.SCHEMES.getFirst(),
                        Scripts.SCHEMES,
                        List.of(),
                        List.of()),
                new TraceEvent.ClientCertificateRequested(Scripts.SCHEMES),
                new TraceEvent.PeerChainVerified(List.of(Scripts.certificate()), checks),
                Scripts.chainRemembered(),
                new TraceEvent.PeerChainVerified(List.of(), checks),
                new TraceEvent.PeerChainVerified(
                        List.of(Scripts.certificate()),
                        List.of(new CertificateCheck(CertificateCheck.Kind.DANGER_NOT_CHECKED, "CN=rsa", ""))));
    }

    /** A chain of which two checks had passed when the third failed, and one was left. */
    static TraceEvent.Failed refusedChain() {
        List<CertificateCheck> passed = List.of(
                new CertificateCheck(CertificateCheck.Kind.VALIDITY, "CN=rsa", "2026 / 2027"),
                new CertificateCheck(CertificateCheck.Kind.TRUST_ANCHOR, "CN=root", "test roots"));
        CertificateCheck failed =
                new CertificateCheck(CertificateCheck.Kind.HOST_NAME, "CN=rsa", "expected a.example, names [rsa]");
        CertificateCheck left = new CertificateCheck(CertificateCheck.Kind.REVOCATION, "CN=rsa", "");
        return new TraceEvent.Failed(
                Problem.HOST_NAME_MISMATCH.diagnosis("a.example", List.of("rsa")),
                new ChainChecks(passed, failed, List.of(left)));
    }

    private static List<TraceEvent> endings() {
        List<TraceEvent> events = new ArrayList<>(List.of(
                new TraceEvent.HandshakeDone(Scripts.session(Role.CLIENT, false)),
                new TraceEvent.HandshakeDone(Scripts.session(Role.SERVER, true)),
                new TraceEvent.Failed(Problem.ALERT_RECEIVED.diagnosis("unknown_ca", 48, "step")),
                new TraceEvent.Failed(Problem.ALERT_RECEIVED.diagnosis("unknown", 200, "step"))));
        events.add(refusedChain());
        Arrays.stream(Problem.values())
                .filter(problem -> problem != Problem.ALERT_RECEIVED)
                .map(problem -> problem.diagnosis(problem.factNames().toArray()))
                .map(TraceEvent.Failed::new)
                .forEach(events::add);
        return events;
    }
}
