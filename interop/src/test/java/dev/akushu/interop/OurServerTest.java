package dev.akushu.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.akushu.interop.peer.Certificates;
import dev.akushu.interop.peer.ClientSpec;
import dev.akushu.interop.peer.Feature;
import dev.akushu.interop.peer.Identity;
import dev.akushu.interop.peer.KeyKind;
import dev.akushu.interop.peer.Peer;
import dev.akushu.interop.peer.Peers;
import dev.akushu.interop.peer.Seen;
import dev.akushu.tls.Bytes;
import dev.akushu.tls.CertificateCompression;
import dev.akushu.tls.ClientAuthentication;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.RecordPolicy;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.TlsSession;
import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.trace.Flow;
import dev.akushu.tls.trace.TraceEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Our server against the client of every peer. */
class OurServerTest {
    @TempDir
    private static Path folder;

    private static Certificates certificates;

    @BeforeAll
    static void makeCertificates() throws IOException {
        certificates = Certificates.in(folder);
    }

    @TestFactory
    Stream<DynamicContainer> ourServerAndTheClientOf() {
        return Peers.all().stream()
                .filter(peer -> peer.abilities().has(Feature.CLIENT))
                .map(peer -> dynamicContainer(peer.name(), tests(peer)));
    }

    private static List<DynamicTest> tests(Peer peer) {
        List<DynamicTest> tests = new ArrayList<>();
        tests.add(test(peer, "full handshake", () -> full(peer)));
        addIf(peer, Feature.CLIENT_RESUMES, tests, "resumption", () -> resumption(peer));
        addIf(peer, Feature.CLIENT_CHOOSES_GROUPS, tests, "HelloRetryRequest", () -> retry(peer));
        if (!peer.abilities().has(Feature.WANTS_A_GROUP_IN_A_RETRY)) {
            tests.add(test(peer, "stateless retry", () -> statelessRetry(peer)));
        }
        tests.add(test(peer, "padded records", () -> padding(peer)));
        addIf(peer, Feature.CLIENT_HAS_CERTIFICATE, tests, "client certificate", () -> clientCertificate(peer));
        addIf(peer, Feature.CLIENT_ALPN, tests, "ALPN", () -> alpn(peer));
        addIf(peer, Feature.CLIENT_SENDS_KEY_UPDATE, tests, "KeyUpdate by the client", () -> keyUpdateByClient(peer));
        tests.add(test(peer, "KeyUpdate by us", () -> keyUpdateByUs(peer)));
        addIf(peer, Feature.RECORD_SIZE_LIMIT, tests, "record_size_limit", () -> recordSizeLimit(peer));
        addIf(peer, Feature.CERTIFICATES_BY_ZLIB, tests, "certificate by zlib", () -> byZlib(peer));
        addIf(peer, Feature.CERTIFICATES_BY_BROTLI, tests, "certificate by brotli", () -> byBrotli(peer));
        addIf(peer, Feature.CERTIFICATES_BY_ZSTD, tests, "certificate by zstd", () -> byZstd(peer));
        addIf(peer, Feature.CLIENT_TELLS_STAPLED, tests, "stapled OCSP response", () -> stapling(peer));
        for (String group : Ours.groups(peer.abilities().groups())) {
            tests.add(test(peer, "group " + group, () -> group(peer, group, Crypto.ownCurves())));
            if (Ours.GROUPS_OF_OUR_CURVES.contains(group)) {
                tests.add(test(peer, "group " + group + " of the JDK", () -> group(peer, group, Crypto.jdk())));
            }
        }
        for (String suite : peer.abilities().suites()) {
            tests.add(test(peer, "suite " + suite, () -> suite(peer, suite)));
        }
        for (KeyKind kind : peer.abilities().accepts()) {
            tests.add(test(peer, "server key " + kind, () -> key(peer, kind, Crypto.ownCurves())));
            if (Ours.KEYS_OF_OUR_CURVES.contains(kind)) {
                tests.add(test(peer, "server key " + kind + " with the JDK", () -> key(peer, kind, Crypto.jdk())));
            }
        }
        return tests;
    }

    private static void full(Peer peer) throws IOException {
        TlsSession session = connectOnce(peer, server().build(), spec -> spec, false);
        assertThat(session.resumed()).isFalse();
    }

    private static void resumption(Peer peer) throws IOException {
        try (OurServer server = OurServer.start(server().build(), false)) {
            List<Seen> seen =
                    peer.connect(ClientSpec.of(certificates, server.port()).connections(2));
            requireAgreement(seen, server);
            assertThat(server.sessions()).hasSizeGreaterThanOrEqualTo(2);
            assertThat(server.sessions().getFirst().resumed()).isFalse();
            // A browser opens connections side by side, before the first has its ticket.
            assertThat(server.sessions()).anyMatch(TlsSession::resumed);
        }
    }

    private static void retry(Peer peer) throws IOException {
        NamedGroup second = NamedGroup.SECP384R1;
        TlsServer config =
                server().policy(Ours.POLICY.withGroups(List.of(second))).build();
        // Both of one kind: SunJSSE sends one share for x25519 and one for the NIST curves.
        TlsSession session = connectOnce(peer, config, spec -> spec.groups("secp256r1", second.toString()), false);
        assertThat(session.retried()).isTrue();
        assertThat(session.group()).isEqualTo(second);
    }

    private static void statelessRetry(Peer peer) throws IOException {
        Collection<TraceEvent> events = new ConcurrentLinkedQueue<>();
        TlsServer config =
                server().statelessRetry(() -> true).observer(events::add).build();
        assertThat(connectOnce(peer, config, spec -> spec, false).retried()).isTrue();
        assertThat(events).anyMatch(event -> event instanceof TraceEvent.CookieReturned);
    }

    private static void padding(Peer peer) throws IOException {
        Collection<TraceEvent> events = new ConcurrentLinkedQueue<>();
        TlsServer config = server().records(Ours.PADDING).observer(events::add).build();
        connectOnce(peer, config, spec -> spec, false);
        Ours.requirePadded(events, Flow.SENT);
    }

    private static void clientCertificate(Peer peer) throws IOException {
        TlsServer config = server().clientAuthentication(ClientAuthentication.REQUIRED, Ours.trust(certificates))
                .build();
        TlsSession session = connectOnce(peer, config, ClientSpec::withCertificate, false);
        // Some send the root too.
        assertThat(session.peerCertificates().getFirst())
                .isEqualTo(Ours.identity(certificates.client()).chain().getFirst());
    }

    private static void alpn(Peer peer) throws IOException {
        TlsServer config = server().applicationProtocols("http/1.1").build();
        TlsSession session = connectOnce(peer, config, spec -> spec.alpn("h2", "http/1.1"), false);
        assertThat(session.applicationProtocol()).isEqualTo("http/1.1");
    }

    private static void keyUpdateByClient(Peer peer) throws IOException {
        connectOnce(peer, server().build(), ClientSpec::sendingKeyUpdate, false);
    }

    private static void keyUpdateByUs(Peer peer) throws IOException {
        connectOnce(peer, server().build(), spec -> spec, true);
    }

    private static void recordSizeLimit(Peer peer) throws IOException {
        Collection<TraceEvent> events = new ConcurrentLinkedQueue<>();
        TlsServer config = server().records(RecordPolicy.DEFAULT.withSizeLimit(Ours.RECORD_SIZE_LIMIT))
                .observer(events::add)
                .build();
        connectOnce(peer, config, spec -> spec, false);
        Ours.requireShortRecords(events);
    }

    private static void byZlib(Peer peer) throws IOException {
        compression(peer, CertificateCompression.zlib(), "zlib");
    }

    private static void byBrotli(Peer peer) throws IOException {
        compression(peer, CertificateCompression.brotli(), "brotli");
    }

    private static void byZstd(Peer peer) throws IOException {
        compression(peer, CertificateCompression.zstd(), "zstd");
    }

    private static void compression(Peer peer, CertificateCompression way, String algorithm) throws IOException {
        Collection<TraceEvent> events = new ConcurrentLinkedQueue<>();
        TlsServer config =
                server().certificateCompressions(way).observer(events::add).build();
        connectOnce(peer, config, spec -> spec, false);
        Ours.requireCompressed(events, Flow.SENT, algorithm);
    }

    private static void stapling(Peer peer) throws IOException {
        Identity identity = certificates.server(KeyKind.EC_P256);
        Bytes response = Bytes.wrap(Files.readAllBytes(certificates.ocspResponse(identity, false)));
        TlsServer config = TlsServer.builder(Ours.identity(identity).withOcspResponse(() -> Optional.of(response)))
                .build();
        try (OurServer server = OurServer.start(config, false)) {
            List<Seen> seen = peer.connect(ClientSpec.of(certificates, server.port()));
            requireAgreement(seen, server);
            assertThat(seen.getFirst().stapled()).isEqualTo(response);
        }
    }

    private static void group(Peer peer, String group, Crypto base) throws IOException {
        boolean chooses = peer.abilities().has(Feature.CLIENT_CHOOSES_GROUPS);
        Ours.withGroup(peer, group, base, crypto -> {
            TlsServer config = server().crypto(crypto)
                    .policy(Ours.POLICY.withGroups(List.of(Ours.group(group))))
                    .build();
            TlsSession session = connectOnce(peer, config, spec -> chooses ? spec.groups(group) : spec, false);
            assertThat(session.group()).isEqualTo(Ours.group(group));
        });
    }

    private static void suite(Peer peer, String suite) throws IOException {
        TlsServer config = server().policy(Ours.POLICY.withSuites(List.of(Ours.suite(suite))))
                .build();
        assertThat(connectOnce(peer, config, spec -> spec, false).suite()).isEqualTo(Ours.suite(suite));
    }

    private static void key(Peer peer, KeyKind kind, Crypto crypto) throws IOException {
        TlsServer config = Ours.server(certificates.server(kind), crypto).build();
        assertThat(connectOnce(peer, config, spec -> spec, false).signatureScheme())
                .isNotNull();
    }

    /** One run of the peer's client, after which both ends must tell the same of the first connection. */
    private static TlsSession connectOnce(
            Peer peer, TlsServer config, UnaryOperator<ClientSpec> spec, boolean keyUpdate) throws IOException {
        try (OurServer server = OurServer.start(config, keyUpdate)) {
            List<Seen> seen = peer.connect(spec.apply(ClientSpec.of(certificates, server.port())));
            requireAgreement(seen, server);
            return server.sessions().getFirst();
        }
    }

    private static void requireAgreement(List<Seen> all, OurServer server) {
        for (Seen seen : all) {
            assertThat(seen.error())
                    .as("%s%n%s", seen.output(), server.failures())
                    .isNull();
        }
        assertThat(server.sessions()).as("%s", server.failures()).isNotEmpty();
        Seen seen = all.getFirst();
        TlsSession session = server.sessions().getFirst();
        requireSame("resumed", seen.resumed(), session.resumed(), seen);
        requireSame("suite", seen.suite(), session.suite().toString(), seen);
        requireSame("group", seen.group(), session.group().toString(), seen);
        requireSame("retried", seen.hrr(), session.retried(), seen);
        requireSame("ALPN", seen.alpn(), session.applicationProtocol(), seen);
    }

    private static void requireSame(String fact, @Nullable Object seen, @Nullable Object ours, Seen all) {
        if (seen != null) {
            assertThat(seen).as("%s by the peer: %s", fact, all.output()).isEqualTo(ours);
        }
    }

    private static TlsServer.Builder server() throws IOException {
        return Ours.server(certificates.server(KeyKind.EC_P256));
    }

    private static void addIf(Peer peer, Feature feature, List<DynamicTest> tests, String name, Executable body) {
        if (peer.abilities().has(feature)) {
            tests.add(test(peer, name, body));
        }
    }

    private static DynamicTest test(Peer peer, String name, Executable body) {
        return dynamicTest(name, () -> {
            Peers.require(peer);
            body.execute();
        });
    }
}
