package dev.akushu.cli.demo;

import dev.akushu.lab.throwaway.KeyType;
import dev.akushu.lab.throwaway.ThrowawayCa;
import dev.akushu.tls.ClientAuthentication;
import dev.akushu.tls.TicketKeys;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.Trust;
import dev.akushu.tls.crypto.Crypto;
import java.time.Duration;
import java.util.List;

/**
 * The two ends, with certificates by an authority that both know. Each connection gets observers of its own: {@code server} is a builder for
 * that, with Ticket Keys that stay the same.
 *
 * @param client the client; its tickets stay with it
 * @param server makes the server
 */
record Cast(TlsClient client, TlsServer.Builder server) {
    /** Whom the client wants to talk to, and whom the server can prove to be. */
    static final String SERVER_NAME = "localhost";

    private static final String CLIENT_NAME = "demo client";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    static Cast of(KeyType keyType, boolean clientAuth, Policies policies) throws TlsException {
        Crypto crypto = Crypto.ownCurves();
        ThrowawayCa authority = ThrowawayCa.create(keyType, crypto);
        Trust trust = authority.trust("Akushu throwaway CA");
        TlsClient.Builder client = TlsClient.builder(trust)
                .crypto(crypto)
                .policy(policies.client())
                .handshakeTimeout(PATIENCE);
        TlsServer.Builder server = TlsServer.builder(authority.server(List.of(SERVER_NAME)))
                .crypto(crypto)
                .policy(policies.server())
                .ticketKeys(TicketKeys.rotating())
                .ticketsPerHandshake(1)
                .handshakeTimeout(PATIENCE);
        if (clientAuth) {
            client.identity(authority.client(CLIENT_NAME));
            server.clientAuthentication(ClientAuthentication.REQUIRED, trust);
        }
        return new Cast(client.build(), server);
    }
}
