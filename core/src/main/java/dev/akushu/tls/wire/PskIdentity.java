package dev.akushu.tls.wire;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.TlsException;

/**
 * The name of a pre-shared key. RFC 9846 section 4.3.11.
 *
 * @param identity a ticket, or a name agreed upon elsewhere
 * @param obfuscatedTicketAge the ticket's age in milliseconds plus ticket_age_add, 32 bits; says nothing for other keys
 */
public record PskIdentity(Bytes identity, long obfuscatedTicketAge) {
    static PskIdentity decode(WireReader in) throws TlsException {
        return new PskIdentity(in.vector16("identity", 1, 0xffff), in.u32("obfuscated_ticket_age"));
    }

    void encode(WireWriter out) {
        out.vector16("identity", identity);
        out.u32("obfuscated_ticket_age", obfuscatedTicketAge);
    }
}
