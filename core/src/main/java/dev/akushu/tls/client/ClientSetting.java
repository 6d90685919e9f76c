package dev.akushu.tls.client;

import dev.akushu.tls.TicketStore;
import dev.akushu.tls.TlsClient;
import java.time.Instant;

/**
 * What stays the same through all states of one client connection.
 *
 * @param config the client's configuration
 * @param expectedName whom the server must prove to be: a DNS name in ASCII or the text of an IP address
 * @param port that is dialled
 */
record ClientSetting(TlsClient config, String expectedName, int port) {
    Instant now() {
        return config.clock().instant();
    }

    /** Under which a server's tickets are kept: where they came from, and everything that the session they resume was accepted by. */
    TicketStore.Key ticketKey() {
        return new TicketStore.Key(expectedName, port, config.ticketScope());
    }
}
