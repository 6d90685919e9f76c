package dev.akushu.tls.engine;

import dev.akushu.tls.CertificateCompression;
import dev.akushu.tls.ClientAuthentication;
import dev.akushu.tls.EarlyData;
import dev.akushu.tls.ExternalPsk;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.Policy;
import dev.akushu.tls.PskSource;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.testing.EnginePair;
import dev.akushu.tls.testing.Issued;
import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.testing.TestPki;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The ways a handshake can go; together they pass through every state of both roles. */
enum Scenario {
    FULL,
    RETRY,
    COOKIE,
    CLIENT_AUTHENTICATION,
    COMPRESSION,
    CLIENT_COMPRESSION,
    LATE_AUTHENTICATION,
    LATE_REFUSAL,
    RESUMPTION,
    EXTERNAL_PSK,
    EARLY_DATA;

    private static final TestPki PKI = TestPki.create();
    private static final Issued LEAF = PKI.leaf(TestKey.P256, "localhost");
    private static final ExternalPsk LAMP = ExternalPsk.of("lamp", new byte[32]);
    private static final EarlyData HELLO = EarlyData.of("hello".getBytes(StandardCharsets.UTF_8));
    private static final List<Scenario> ALL = List.of(values());

    static List<Scenario> all() {
        return ALL;
    }

    /** A new pair that is about to shake hands this way. */
    Talk begin() throws TlsException {
        Pair pair = pair();
        if (this == RESUMPTION || this == EARLY_DATA) {
            new Talk(pair.client(), pair.server()).finish();
        }
        Talk talk = new Talk(pair.client(), pair.server(), this == EARLY_DATA ? HELLO : null);
        return isLate() ? talk.askingLate() : talk;
    }

    /** As {@link #begin}, with records. */
    EnginePair beginEngines() throws TlsException {
        Pair pair = pair();
        if (this == RESUMPTION || this == EARLY_DATA) {
            EnginePair.connected(pair.client(), pair.server());
        }
        return this == EARLY_DATA
                ? EnginePair.of(
                        pair.client().engine("localhost", 443, HELLO),
                        pair.server().engine())
                : EnginePair.of(pair.client(), pair.server());
    }

    private boolean isLate() {
        return this == LATE_AUTHENTICATION || this == LATE_REFUSAL;
    }

    private Pair pair() {
        TlsServer.Builder server = TlsServer.builder(LEAF.identity()).grease(false);
        TlsClient.Builder client = TlsClient.builder(PKI.trust()).grease(false).permuteExtensions(false);
        // A quick group: these tests make very many handshakes.
        Policy policy = Policy.MODERN_2026_11.withGroups(List.of(NamedGroup.X25519));
        client.policy(this == RETRY ? policy.withKeyShares(List.of()) : policy);
        if (isLate()) {
            server.clientAuthentication(ClientAuthentication.NONE, PKI.trust());
            client.postHandshakeAuthentication(true);
        }
        if (this == LATE_AUTHENTICATION) {
            client.identity(LEAF.identity());
        }
        if (this == EXTERNAL_PSK) {
            server.externalPsks(PskSource.of(List.of(LAMP)));
            client.externalPsks(LAMP);
        }
        if (this == COOKIE) {
            server.statelessRetry(() -> true);
        }
        if (this == EARLY_DATA) {
            server.earlyData(1 << 14);
        }
        if (this == COMPRESSION || this == CLIENT_COMPRESSION) {
            server.certificateCompressions(CertificateCompression.zlib());
            client.certificateCompressions(CertificateCompression.zlib());
        }
        if (this == CLIENT_AUTHENTICATION || this == CLIENT_COMPRESSION) {
            server.clientAuthentication(ClientAuthentication.REQUIRED, PKI.trust());
            client.identity(LEAF.identity());
        }
        return new Pair(client.build(), server.build());
    }

    private record Pair(TlsClient client, TlsServer server) {}
}
