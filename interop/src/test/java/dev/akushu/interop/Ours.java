package dev.akushu.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.interop.peer.Certificates;
import dev.akushu.interop.peer.Feature;
import dev.akushu.interop.peer.Identity;
import dev.akushu.interop.peer.KeyKind;
import dev.akushu.interop.peer.Peer;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.Policy;
import dev.akushu.tls.RecordPadding;
import dev.akushu.tls.RecordPolicy;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.Trust;
import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.trace.Flow;
import dev.akushu.tls.trace.Protection;
import dev.akushu.tls.trace.TraceEvent;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Our configurations for the interop tests. */
final class Ours {
    static final Policy POLICY = Policy.MODERN_2026_11;

    static final int RECORD_SIZE_LIMIT = 512;

    static final RecordPolicy PADDING = RecordPolicy.DEFAULT
            .withPadding(RecordPadding.toMultipleOf(777))
            .withHandshakePadding(RecordPadding.constant(99));

    /** Computed by curves of our own if a configuration has them, otherwise by the JDK's. */
    static final Set<String> GROUPS_OF_OUR_CURVES =
            Set.of("x25519", "secp256r1", "secp384r1", "X25519MLKEM768", "SecP256r1MLKEM768", "SecP384r1MLKEM1024");

    /** Likewise. */
    static final Set<KeyKind> KEYS_OF_OUR_CURVES = Set.of(KeyKind.EC_P256, KeyKind.EC_P384, KeyKind.ED25519);

    private Ours() {}

    static TlsClient.Builder client(Certificates certificates) {
        return TlsClient.builder(trust(certificates));
    }

    static TlsServer.Builder server(Identity identity) throws TlsException {
        return TlsServer.builder(identity(identity));
    }

    static TlsServer.Builder server(Identity identity, Crypto crypto) throws TlsException {
        return TlsServer.builder(identity(identity, crypto)).crypto(crypto);
    }

    static Trust trust(Certificates certificates) {
        return Trust.anchors(List.of(certificates.ca()), "the interop CA");
    }

    static dev.akushu.tls.Identity identity(Identity identity) throws TlsException {
        return identity(identity, Crypto.ownCurves());
    }

    private static dev.akushu.tls.Identity identity(Identity identity, Crypto crypto) throws TlsException {
        return dev.akushu.tls.Identity.of(identity.chain(), identity.key(), crypto);
    }

    static NamedGroup group(String name) {
        return POLICY.groups().stream()
                .filter(group -> group.toString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Checks that the two agreed on limits, and that what came kept to ours: shorter than a server's certificate, whose message comes in several records. */
    static void requireShortRecords(Collection<TraceEvent> events) {
        assertThat(events).anyMatch(event -> event instanceof TraceEvent.RecordSizesAgreed);
        assertThat(events).allSatisfy(event -> {
            if (event instanceof TraceEvent.RecordPassed passed
                    && passed.flow() == Flow.RECEIVED
                    && passed.protection() != Protection.CLEAR) {
                assertThat(passed.length()).isLessThanOrEqualTo(RECORD_SIZE_LIMIT + 5 + 16);
            }
        });
    }

    /** Checks that the records with data that went this way were padded, and those of the handshake. */
    static void requirePadded(Collection<TraceEvent> events, Flow flow) {
        for (Protection protection : List.of(Protection.HANDSHAKE, Protection.APPLICATION)) {
            assertThat(events)
                    .anyMatch(event -> event instanceof TraceEvent.RecordPassed passed
                            && passed.flow() == flow
                            && passed.protection() == protection
                            && passed.padding() > 0);
        }
    }

    /** Checks that a certificate went this way in its short form, by this {@code algorithm} of RFC 8879. */
    static void requireCompressed(Collection<TraceEvent> events, Flow flow, String algorithm) {
        assertThat(events)
                .anyMatch(event -> event instanceof TraceEvent.CertificateCompressed compressed
                        && compressed.flow() == flow
                        && compressed.algorithm().equals(algorithm));
    }

    /** Those of the peer's groups that we have too. */
    static List<String> groups(List<String> ofPeer) {
        return ofPeer.stream()
                .filter(name -> POLICY.groups().stream()
                        .anyMatch(group -> group.toString().equals(name)))
                .toList();
    }

    /**
     * Runs {@code attempt} with {@code crypto}; again if it failed because the peer drops a leading zero, as it is
     * known to do, and the secret had one.
     */
    static void withGroup(Peer peer, String group, Crypto crypto, Attempt attempt) throws IOException {
        boolean trims = group.startsWith("ffdhe") && peer.abilities().has(Feature.TRIMS_FINITE_FIELD_SECRETS);
        for (int left = trims ? 4 : 0; ; left--) {
            WatchedExchange watched = new WatchedExchange(crypto.group(group(group)));
            try {
                attempt.run(trims ? crypto.with(watched) : crypto);
                return;
            } catch (IOException | AssertionError failed) {
                if (left == 0 || !watched.beganWithZero()) {
                    throw failed;
                }
            }
        }
    }

    /** A handshake, which must go well. */
    interface Attempt {
        void run(Crypto crypto) throws IOException;
    }

    static CipherSuite suite(String name) {
        return POLICY.suites().stream()
                .filter(suite -> suite.toString().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
