package dev.akushu.tls.engine;

import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.Policy;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.testing.Issued;
import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.testing.TestPki;
import java.util.List;

/** Two ends that trust each other, as tests begin to configure them. */
final class Ends {
    static final TestPki PKI = TestPki.create();
    static final Issued LEAF = PKI.leaf(TestKey.P256, "localhost");

    /** A quick group alone: these tests make very many handshakes. */
    static final Policy QUICK = Policy.MODERN_2026_11.withGroups(List.of(NamedGroup.X25519));

    private Ends() {}

    /** It says the same in each connection, so that a test knows what it changes. */
    static TlsClient.Builder client() {
        return TlsClient.builder(PKI.trust()).policy(QUICK).grease(false).permuteExtensions(false);
    }

    static TlsServer.Builder server() {
        return TlsServer.builder(LEAF.identity()).grease(false);
    }

    /** A handshake in which the client offers these groups, with shares for some of them. */
    static Deception.Beginning offering(List<NamedGroup> groups, List<NamedGroup> shares) {
        Policy policy = Policy.MODERN_2026_11.withGroups(groups).withKeyShares(shares);
        return () -> new Talk(client().policy(policy).build(), server().build());
    }

    /** A handshake in which the client offers these application protocols. */
    static Deception.Beginning speaking(String... protocols) {
        return () -> new Talk(
                client().applicationProtocols(protocols).build(),
                server().applicationProtocols(protocols).build());
    }
}
