package dev.akushu.tls.client;

import dev.akushu.tls.EarlyData;
import dev.akushu.tls.NotResumed;
import dev.akushu.tls.TicketStore;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.identity.HostNames;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What stays the same through all states of one client connection.
 *
 * @param config the client's configuration
 * @param expectedName whom the server must prove to be: a DNS name in ASCII or the text of an IP address; null if that is for the trust to know
 * @param port that is dialled
 * @param earlyData to send before the server has answered, or null
 * @param variation what differs from connection to connection
 * @param withheld why a ticket that there was is not offered, or null
 */
record ClientSetting(
        TlsClient config,
        @Nullable String expectedName,
        int port,
        @Nullable EarlyData earlyData,
        HelloVariation variation,
        @Nullable NotResumed withheld) {
    /** Before it is known that a ticket is withheld. */
    ClientSetting(
            TlsClient config,
            @Nullable String expectedName,
            int port,
            @Nullable EarlyData earlyData,
            HelloVariation variation) {
        this(config, expectedName, port, earlyData, variation, null);
    }

    /** The same, but the ticket that there was is not offered. */
    ClientSetting withholding(NotResumed reason) {
        return new ClientSetting(config, expectedName, port, earlyData, variation, reason);
    }

    /** The name to ask for by SNI, or null. */
    @Nullable String serverName() {
        // RFC 6066 section 3: IP addresses are not permitted in server_name.
        boolean isName =
                expectedName != null && HostNames.ipAddress(expectedName).isEmpty();
        return isName && config.serverNameIndication() ? expectedName : null;
    }

    Instant now() {
        return config.clock().instant();
    }

    /** Under which a server's tickets are kept: where they came from, and everything that the session they resume was accepted by; null if nobody can say where from. */
    TicketStore.@Nullable Key ticketKey() {
        if (expectedName == null) {
            return null;
        }
        return new TicketStore.Key(expectedName, port, config.ticketScope());
    }
}
