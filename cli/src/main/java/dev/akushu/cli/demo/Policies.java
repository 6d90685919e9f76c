package dev.akushu.cli.demo;

import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.Policy;
import java.util.List;

/**
 * What each end may use.
 *
 * @param client the client's policy
 * @param server the server's policy
 */
record Policies(Policy client, Policy server) {
    /** Both as the library is without settings. */
    static Policies usual() {
        return new Policies(Policy.MODERN_2026_11, Policy.MODERN_2026_11);
    }

    Policies onlySuite(CipherSuite suite) {
        return new Policies(client.withSuites(List.of(suite)), server.withSuites(List.of(suite)));
    }

    Policies onlyGroup(NamedGroup group) {
        return new Policies(client.withGroups(List.of(group)), server.withGroups(List.of(group)));
    }

    /**
     * The server insists on {@code group}; the client knows it but guesses another one, so that the server has to ask for another
     * ClientHello. RFC 9846 section 4.2.4.
     */
    Policies withRetry(NamedGroup group) {
        NamedGroup guess = group.equals(NamedGroup.X25519) ? NamedGroup.SECP256R1 : NamedGroup.X25519;
        return new Policies(
                client.withGroups(List.of(guess, group)).withKeyShares(List.of(guess)),
                server.withGroups(List.of(group)));
    }
}
