package dev.akushu.tls.wire;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.HandshakeType;
import dev.akushu.tls.TlsException;

/**
 * NewSessionTicket: the name of a pre-shared key for a later connection. RFC 9846 section 4.7.1.
 *
 * @param ticketLifetime in seconds; whether it is too long is for the client to check
 * @param ticketAgeAdd what hides the ticket's age, 32 bits
 * @param ticketNonce what makes this ticket's key differ from others of the connection
 * @param ticket the identity of the key
 * @param extensions such as the limit of early data
 */
public record NewSessionTicket(
        long ticketLifetime, long ticketAgeAdd, Bytes ticketNonce, Bytes ticket, Extensions extensions)
        implements HandshakeMessage {
    static NewSessionTicket decode(WireReader in) throws TlsException {
        return new NewSessionTicket(
                in.u32("ticket_lifetime"),
                in.u32("ticket_age_add"),
                in.vector8("ticket_nonce", 0, 0xff),
                in.vector16("ticket", 1, 0xffff),
                Extensions.decode(in, MessageKind.NEW_SESSION_TICKET));
    }

    @Override
    public HandshakeType type() {
        return HandshakeType.NEW_SESSION_TICKET;
    }

    @Override
    public void encode(WireWriter out) {
        out.u32("ticket_lifetime", ticketLifetime);
        out.u32("ticket_age_add", ticketAgeAdd);
        out.vector8("ticket_nonce", ticketNonce);
        out.vector16("ticket", ticket);
        extensions.encode(out);
    }
}
