package dev.akushu.lab.stage;

import dev.akushu.lab.throwaway.KeyType;
import dev.akushu.lab.throwaway.ThrowawayCa;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.ClientAuthentication;
import dev.akushu.tls.ExternalPsk;
import dev.akushu.tls.Identity;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.Policy;
import dev.akushu.tls.PskSource;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.Trust;
import dev.akushu.tls.crypto.Crypto;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The two ends, configured as ordered.
 *
 * @param client begins with the client's settings; its tickets stay with it
 * @param server begins with the server's settings
 * @param ticketKeys the server's
 */
record Cast(TlsClient client, TlsServer server, ReplaceableKeys ticketKeys) {
    /** Whom the client wants to talk to. */
    static final String SERVER_NAME = "localhost";

    private static final String OTHER_NAME = "www.example.org";
    private static final String STORE = "client-trust";
    private static final String PSK_NAME = "sensor 7";
    private static final int PSK_BYTES = 32;
    private static final int MOST_EARLY_DATA = 4096;

    static Cast of(Order order) throws TlsException {
        Crypto crypto = Crypto.ownCurves();
        ThrowawayCa authority = ThrowawayCa.create(order.keyType(), crypto);
        ReplaceableKeys keys = new ReplaceableKeys();
        TlsServer.Builder server = TlsServer.builder(identity(order, authority))
                .crypto(crypto)
                .policy(policy(order.suite(), serverGroups(order)))
                .ticketsPerHandshake(1)
                .handshakeTimeout(Patience.LIMIT);
        TlsClient.Builder client = TlsClient.builder(trust(order, authority, crypto))
                .crypto(crypto)
                .policy(clientPolicy(order))
                .handshakeTimeout(Patience.LIMIT);
        if (order.fault() == Fault.RETIRED_TICKET_KEY) {
            // Only then: with keys that are its own a server's replay guard can be sure from its first moment on.
            server.ticketKeys(keys);
        }
        if (order.scenario() == Scenario.EARLY_DATA) {
            server.earlyData(MOST_EARLY_DATA);
        }
        if (order.scenario() == Scenario.CLIENT_CERTIFICATE) {
            client.identity(authority.client("lab client"));
            server.clientAuthentication(ClientAuthentication.REQUIRED, authority.trust("server-trust"));
        }
        if (order.scenario() == Scenario.EXTERNAL_PSK) {
            ExternalPsk psk = freshPsk(crypto);
            client.externalPsks(psk);
            server.externalPsks(PskSource.of(List.of(psk)));
        }
        protocols(order, client, server);
        return new Cast(client.build(), server.build(), keys);
    }

    /** As if somebody had brought the same key to both ends. RFC 9257 section 6: it is random, and as long as a hash. */
    private static ExternalPsk freshPsk(Crypto crypto) {
        byte[] key = new byte[PSK_BYTES];
        crypto.random().nextBytes(key);
        ExternalPsk psk = ExternalPsk.of(PSK_NAME, key);
        Arrays.fill(key, (byte) 0);
        return psk;
    }

    private static Identity identity(Order order, ThrowawayCa authority) throws TlsException {
        List<String> names = List.of(SERVER_NAME);
        return switch (order.fault()) {
            case EXPIRED -> authority.expiredServer(names);
            case WRONG_HOST -> authority.server(List.of(OTHER_NAME));
            case OTHER_KEY -> authority.serverWithOtherKey(names);
            case null, default -> authority.server(names);
        };
    }

    private static Trust trust(Order order, ThrowawayCa authority, Crypto crypto) {
        if (order.fault() == Fault.WRONG_CA) {
            return ThrowawayCa.create("Some other CA", KeyType.EC, crypto).trust(STORE);
        }
        return authority.trust(STORE);
    }

    private static void protocols(Order order, TlsClient.Builder client, TlsServer.Builder server) {
        if (order.fault() == Fault.NO_COMMON_PROTOCOL) {
            client.applicationProtocols("h2");
            server.applicationProtocols("http/1.1");
        } else if (order.protocol() != null) {
            client.applicationProtocols(order.protocol());
            server.applicationProtocols(order.protocol());
        }
    }

    private static Policy clientPolicy(Order order) {
        if (order.fault() == Fault.NO_COMMON_GROUP) {
            return policy(order.suite(), List.of(NamedGroup.X25519));
        }
        if (order.scenario() != Scenario.RETRY) {
            return policy(order.suite(), serverGroups(order));
        }
        NamedGroup wanted = retryGroup(order);
        NamedGroup guess = wanted.equals(NamedGroup.X25519) ? NamedGroup.SECP256R1 : NamedGroup.X25519;
        return policy(order.suite(), List.of(guess, wanted)).withKeyShares(List.of(guess));
    }

    private static List<NamedGroup> serverGroups(Order order) {
        if (order.fault() == Fault.NO_COMMON_GROUP) {
            return List.of(NamedGroup.SECP384R1);
        }
        if (order.scenario() == Scenario.RETRY) {
            return List.of(retryGroup(order));
        }
        return order.group() == null ? List.of() : List.of(order.group());
    }

    /** The group that the server insists on; the client knows it but guesses another one. RFC 9846 section 4.2.4. */
    private static NamedGroup retryGroup(Order order) {
        return order.group() == null ? NamedGroup.SECP384R1 : order.group();
    }

    /** What an end may agree to: the one suite if there is one, and these groups if there are any. */
    static Policy policy(@Nullable CipherSuite suite, List<NamedGroup> groups) {
        Policy policy = Policy.MODERN_2026_11;
        if (suite != null) {
            policy = policy.withSuites(List.of(suite));
        }
        return groups.isEmpty() ? policy : policy.withGroups(groups);
    }
}
