package dev.akushu.tls.resume;

import dev.akushu.tls.CipherSuite;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of a ClientHello, and of the server's first choices, a ticket has to fit.
 *
 * @param now when the ClientHello came
 * @param suite that the server would use
 * @param serverName the host_name in server_name, or null
 * @param commonProtocols the application protocols that the client offers and this server speaks
 * @param commonPskMode whether psk_key_exchange_modes holds a mode that this server uses
 * @param obfuscatedAge the obfuscated_ticket_age beside the ticket
 */
public record ClientOffer(
        Instant now,
        CipherSuite suite,
        @Nullable String serverName,
        List<String> commonProtocols,
        boolean commonPskMode,
        long obfuscatedAge) {
    /** Copies the list. */
    public ClientOffer {
        commonProtocols = List.copyOf(commonProtocols);
    }
}
