package dev.akushu.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.akushu.interop.OurClient.Exchange;
import dev.akushu.interop.peer.Certificates;
import dev.akushu.interop.peer.Feature;
import dev.akushu.interop.peer.Identity;
import dev.akushu.interop.peer.KeyKind;
import dev.akushu.interop.peer.Peer;
import dev.akushu.interop.peer.Peers;
import dev.akushu.interop.peer.RunningServer;
import dev.akushu.interop.peer.Seen;
import dev.akushu.interop.peer.ServerSpec;
import dev.akushu.tls.CertificateCompression;
import dev.akushu.tls.NotResumed;
import dev.akushu.tls.Problem;
import dev.akushu.tls.RecordPolicy;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsSession;
import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.trace.Flow;
import dev.akushu.tls.trace.TraceEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Our client against the server of every peer. */
class OurClientTest {
    @TempDir
    private static Path folder;

    private static Certificates certificates;

    @BeforeAll
    static void makeCertificates() throws IOException {
        certificates = Certificates.in(folder);
    }

    @TestFactory
    Stream<DynamicContainer> ourClientAndTheServerOf() {
        return Peers.all().stream()
                .filter(peer -> peer.abilities().has(Feature.SERVER))
                .map(peer -> dynamicContainer(peer.name(), tests(peer)));
    }

    private static List<DynamicTest> tests(Peer peer) {
        List<DynamicTest> tests = new ArrayList<>();
        tests.add(test(peer, "full handshake", () -> full(peer)));
        addIf(peer, Feature.SERVER_RESUMES, tests, "resumption", () -> resumption(peer));
        tests.add(test(peer, "HelloRetryRequest", () -> retry(peer)));
        tests.add(test(peer, "padded records", () -> padding(peer)));
        addIf(peer, Feature.SERVER_ASKS_CERTIFICATE, tests, "client certificate", () -> clientCertificate(peer));
        addIf(peer, Feature.SERVER_ALPN, tests, "ALPN", () -> alpn(peer));
        addIf(peer, Feature.SERVER_SENDS_KEY_UPDATE, tests, "KeyUpdate by the server", () -> keyUpdateByServer(peer));
        tests.add(test(peer, "KeyUpdate by us", () -> keyUpdateByUs(peer)));
        addIf(peer, Feature.RECORD_SIZE_LIMIT, tests, "record_size_limit", () -> recordSizeLimit(peer));
        addIf(peer, Feature.CERTIFICATES_BY_ZLIB, tests, "certificate by zlib", () -> byZlib(peer));
        addIf(peer, Feature.CERTIFICATES_BY_BROTLI, tests, "certificate by brotli", () -> byBrotli(peer));
        addIf(peer, Feature.CERTIFICATES_BY_ZSTD, tests, "certificate by zstd", () -> byZstd(peer));
        addIf(peer, Feature.SERVER_STAPLES, tests, "stapled OCSP response", () -> stapling(peer));
        for (String group : Ours.groups(peer.abilities().groups())) {
            tests.add(test(peer, "group " + group, () -> group(peer, group, Crypto.ownCurves())));
            if (Ours.GROUPS_OF_OUR_CURVES.contains(group)) {
                tests.add(test(peer, "group " + group + " of the JDK", () -> group(peer, group, Crypto.jdk())));
            }
        }
        for (String suite : peer.abilities().suites()) {
            tests.add(test(peer, "suite " + suite, () -> suite(peer, suite)));
        }
        for (KeyKind kind : peer.abilities().presents()) {
            tests.add(test(peer, "server key " + kind, () -> key(peer, kind, Crypto.ownCurves())));
            if (Ours.KEYS_OF_OUR_CURVES.contains(kind)) {
                tests.add(test(peer, "server key " + kind + " with the JDK", () -> key(peer, kind, Crypto.jdk())));
            }
        }
        return tests;
    }

    private static void full(Peer peer) throws IOException {
        try (RunningServer server = peer.startServer(spec())) {
            TlsSession session =
                    agreed(Ours.client(certificates).build(), server, false).session();
            assertThat(session.notResumed()).isEqualTo(NotResumed.NO_TICKET);
            // Some send the root too.
            assertThat(session.peerCertificates().getFirst())
                    .isEqualTo(Ours.identity(certificates.server(KeyKind.EC_P256))
                            .chain()
                            .getFirst());
        }
    }

    private static void resumption(Peer peer) throws IOException {
        try (RunningServer server = peer.startServer(spec())) {
            TlsClient client = Ours.client(certificates).build();
            TlsSession first = agreed(client, server, false).session();
            TlsSession second = agreed(client, server, false).session();
            assertThat(first.resumed()).isFalse();
            assertThat(second.notResumed()).isNull();
            assertThat(second.peerCertificates()).isEqualTo(first.peerCertificates());
        }
    }

    private static void retry(Peer peer) throws IOException {
        try (RunningServer server = peer.startServer(spec())) {
            TlsClient client = Ours.client(certificates)
                    .policy(Ours.POLICY.withKeyShares(List.of()))
                    .build();
            assertThat(agreed(client, server, false).session().retried()).isTrue();
            if (peer.abilities().has(Feature.SERVER_RESUMES)) {
                TlsSession second = agreed(client, server, false).session();
                assertThat(second.retried()).isTrue();
                assertThat(second.notResumed()).isNull();
            }
        }
    }

    private static void padding(Peer peer) throws IOException {
        Collection<TraceEvent> events = new ConcurrentLinkedQueue<>();
        try (RunningServer server = peer.startServer(spec())) {
            TlsClient client = Ours.client(certificates)
                    .records(Ours.PADDING)
                    .observer(events::add)
                    .build();
            agreed(client, server, false);
        }
        Ours.requirePadded(events, Flow.SENT);
    }

    private static void clientCertificate(Peer peer) throws IOException {
        try (RunningServer server = peer.startServer(spec().askingClientCertificate())) {
            TlsClient client = Ours.client(certificates)
                    .identity(Ours.identity(certificates.client()))
                    .build();
            assertThat(agreed(client, server, false).session().localCertificates())
                    .hasSize(1);
        }
    }

    private static void alpn(Peer peer) throws IOException {
        try (RunningServer server = peer.startServer(spec().alpn("http/1.1"))) {
            TlsClient client = Ours.client(certificates)
                    .applicationProtocols("h2", "http/1.1")
                    .build();
            assertThat(agreed(client, server, false).session().applicationProtocol())
                    .isEqualTo("http/1.1");
        }
    }

    private static void keyUpdateByServer(Peer peer) throws IOException {
        try (RunningServer server = peer.startServer(spec().sendingKeyUpdate())) {
            agreed(Ours.client(certificates).build(), server, false);
        }
    }

    private static void keyUpdateByUs(Peer peer) throws IOException {
        try (RunningServer server = peer.startServer(spec())) {
            agreed(Ours.client(certificates).build(), server, true);
        }
    }

    private static void recordSizeLimit(Peer peer) throws IOException {
        Collection<TraceEvent> events = new ConcurrentLinkedQueue<>();
        try (RunningServer server = peer.startServer(spec())) {
            TlsClient client = Ours.client(certificates)
                    .records(RecordPolicy.DEFAULT.withSizeLimit(Ours.RECORD_SIZE_LIMIT))
                    .observer(events::add)
                    .build();
            agreed(client, server, false);
        }
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
        try (RunningServer server = peer.startServer(spec().askingClientCertificate())) {
            TlsClient client = Ours.client(certificates)
                    .identity(Ours.identity(certificates.client()))
                    .certificateCompressions(way)
                    .observer(events::add)
                    .build();
            agreed(client, server, false);
        }
        Ours.requireCompressed(events, Flow.RECEIVED, algorithm);
    }

    private static void stapling(Peer peer) throws IOException {
        Identity identity = spec().identity();
        Collection<TraceEvent> events = new ConcurrentLinkedQueue<>();
        TlsClient client = Ours.client(certificates).observer(events::add).build();
        try (RunningServer server = peer.startServer(spec().stapling(certificates.ocspResponse(identity, false)))) {
            agreed(client, server, false);
        }
        assertThat(events)
                .anyMatch(event -> event instanceof TraceEvent.PeerChainVerified verified
                        && verified.checks().stream()
                                .anyMatch(check -> check.detail().equals("OCSP, stapled")));
        try (RunningServer server = peer.startServer(spec().stapling(certificates.ocspResponse(identity, true)))) {
            assertThatThrownBy(() -> OurClient.exchange(client, server, false))
                    .isInstanceOfSatisfying(
                            TlsException.class,
                            failure -> assertThat(failure.problem()).isEqualTo(Problem.CERTIFICATE_REVOKED));
        }
    }

    private static void group(Peer peer, String group, Crypto base) throws IOException {
        boolean bindsCertificates = peer.abilities().has(Feature.SERVER_GROUPS_BIND_EC_CERTIFICATES);
        ServerSpec spec = ServerSpec.of(certificates, bindsCertificates ? KeyKind.RSA : KeyKind.EC_P256);
        boolean chooses = peer.abilities().has(Feature.SERVER_CHOOSES_GROUPS);
        Ours.withGroup(peer, group, base, crypto -> {
            try (RunningServer server = peer.startServer(chooses ? spec.groups(group) : spec)) {
                TlsClient client = Ours.client(certificates)
                        .crypto(crypto)
                        .policy(Ours.POLICY.withGroups(List.of(Ours.group(group))))
                        .build();
                assertThat(agreed(client, server, false).session().group()).isEqualTo(Ours.group(group));
            }
        });
    }

    private static void suite(Peer peer, String suite) throws IOException {
        try (RunningServer server = peer.startServer(spec())) {
            TlsClient client = Ours.client(certificates)
                    .policy(Ours.POLICY.withSuites(List.of(Ours.suite(suite))))
                    .build();
            assertThat(agreed(client, server, false).session().suite()).isEqualTo(Ours.suite(suite));
        }
    }

    private static void key(Peer peer, KeyKind kind, Crypto crypto) throws IOException {
        try (RunningServer server = peer.startServer(ServerSpec.of(certificates, kind))) {
            assertThat(agreed(Ours.client(certificates).crypto(crypto).build(), server, false)
                            .session()
                            .signatureScheme())
                    .isNotNull();
        }
    }

    /** One exchange after which both ends must tell the same of it. */
    private static Exchange agreed(TlsClient client, RunningServer server, boolean keyUpdate) throws IOException {
        Exchange exchange = OurClient.exchange(client, server, keyUpdate);
        Seen seen = server.seen(exchange.reply());
        TlsSession session = exchange.session();
        assertThat(server.answer().accepts(exchange.reply()))
                .as("the answer: %s", exchange.reply())
                .isTrue();
        assertThat(seen.error()).as(seen.output()).isNull();
        requireSame("resumed", seen.resumed(), session.resumed(), seen);
        requireSame("suite", seen.suite(), session.suite().toString(), seen);
        requireSame("group", seen.group(), session.group().toString(), seen);
        requireSame("ALPN", seen.alpn(), session.applicationProtocol(), seen);
        requireSame("SNI", seen.sni(), session.serverName(), seen);
        return exchange;
    }

    private static void requireSame(String fact, @Nullable Object seen, @Nullable Object ours, Seen all) {
        if (seen != null) {
            assertThat(seen).as("%s by the peer: %s", fact, all.output()).isEqualTo(ours);
        }
    }

    private static ServerSpec spec() {
        return ServerSpec.of(certificates, KeyKind.EC_P256);
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
