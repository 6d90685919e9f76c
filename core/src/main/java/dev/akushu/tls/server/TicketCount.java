package dev.akushu.tls.server;

import dev.akushu.tls.TicketRequest;
import dev.akushu.tls.TlsServer;

/** How many tickets a client gets. */
final class TicketCount {
    private TicketCount() {}

    /** The number for a client that sent {@code wishes}, once it is known whether the session resumes. */
    static int of(TlsServer config, ClientWishes wishes, boolean resumed) {
        // RFC 9846 4.3.9: a ticket for no mode of the client's would be of no use.
        if (config.ticketsPerHandshake() == 0 || !wishes.takesPsk(config.policy())) {
            return 0;
        }
        TicketRequest request = wishes.ticketRequest();
        if (request != null) {
            // RFC 9149 3: no more than the client asks for, and no more than the server's own limit.
            return Math.min(resumed ? request.resumption() : request.newSession(), config.maximumTickets());
        }
        // A resumed client has used up one ticket, so it gets one back.
        return resumed ? 1 : config.ticketsPerHandshake();
    }
}
