package dev.akushu.tls.resume;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.NotResumed;

/** What became of a ticket that a client offered. */
public sealed interface OpenedTicket {
    /**
     * It is one of ours.
     *
     * @param state what was in it, the receiver's to wipe
     * @param keyName the name of the key that opened it
     */
    record Opened(TicketState state, Bytes keyName) implements OpenedTicket {}

    /**
     * It is none of ours, or no longer: the handshake goes on without it. RFC 9846 section 4.3.11.
     *
     * @param reason {@link NotResumed#UNKNOWN_TICKET_KEY} or {@link NotResumed#TICKET_UNREADABLE}
     */
    record Unopened(NotResumed reason) implements OpenedTicket {}
}
