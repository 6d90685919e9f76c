package dev.akushu.tls.server;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.ClientAuthentication;
import dev.akushu.tls.NotResumed;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.resume.OpenedTicket;
import dev.akushu.tls.resume.TicketProtector;
import dev.akushu.tls.wire.WireWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * What a server's tickets are bound to besides their key: its scope, and for a client that showed a certificate the
 * trust that accepted it. A resumption asks no trust; so a client that one set of roots knows must not get in by its
 * ticket where another set decides, even if the servers share their keys.
 */
final class TicketBinding {
    private static final int ANONYMOUS = 0;
    private static final int IDENTIFIED = 1;

    private TicketBinding() {}

    /** Seals tickets of clients that showed a certificate, or of those that did not. */
    static TicketProtector sealing(TlsServer config, boolean identified) {
        return protector(config, identified ? IDENTIFIED : ANONYMOUS);
    }

    /** Opens a ticket of either kind. */
    static OpenedTicket open(TlsServer config, Bytes ticket, Instant now) {
        OpenedTicket anonymous = protector(config, ANONYMOUS).open(ticket, now);
        boolean sealedOtherwise = anonymous instanceof OpenedTicket.Unopened unopened
                && unopened.reason() == NotResumed.TICKET_UNREADABLE
                && config.clientAuthentication() != ClientAuthentication.NONE;
        return sealedOtherwise ? protector(config, IDENTIFIED).open(ticket, now) : anonymous;
    }

    private static TicketProtector protector(TlsServer config, int kind) {
        WireWriter binding = new WireWriter();
        binding.u8("kind", kind);
        binding.vector16("scope", utf8(config.ticketScope()));
        if (kind == IDENTIFIED) {
            binding.vector16("trust", utf8(config.clientTrustScope()));
        }
        return TicketProtector.of(config.crypto(), config.ticketKeys(), Bytes.wrap(binding.toArray()));
    }

    private static Bytes utf8(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
