package dev.akushu.interop;

import dev.akushu.interop.peer.Certificates;
import dev.akushu.interop.peer.Identity;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.Policy;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.Trust;
import dev.akushu.tls.crypto.Crypto;
import java.util.List;

/** Our configurations for the interop tests. */
final class Ours {
    static final Policy POLICY = Policy.MODERN_2026_11;

    private Ours() {}

    static TlsClient.Builder client(Certificates certificates) {
        return TlsClient.builder(trust(certificates));
    }

    static TlsServer.Builder server(Identity identity) throws TlsException {
        return TlsServer.builder(identity(identity));
    }

    static Trust trust(Certificates certificates) {
        return Trust.anchors(List.of(certificates.ca()), "the interop CA");
    }

    static dev.akushu.tls.Identity identity(Identity identity) throws TlsException {
        return dev.akushu.tls.Identity.of(identity.chain(), identity.key(), Crypto.jdk());
    }

    static NamedGroup group(String name) {
        return POLICY.groups().stream()
                .filter(group -> group.toString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Those of the peer's groups that we have too. */
    static List<String> groups(List<String> ofPeer) {
        return ofPeer.stream()
                .filter(name -> POLICY.groups().stream()
                        .anyMatch(group -> group.toString().equals(name)))
                .toList();
    }

    static CipherSuite suite(String name) {
        return POLICY.suites().stream()
                .filter(suite -> suite.toString().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
