package dev.akushu.conformance;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.StoredTicket;
import dev.akushu.tls.TicketStore;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The session that the runner wants to be resumed: the newest of the connection before, whatever has been changed in
 * the configuration since. Belongs to the test's thread.
 */
final class ShimTickets implements TicketStore {
    private @Nullable StoredTicket offered;
    private @Nullable StoredTicket received;

    /** Offers what the last connection brought in the next one. */
    void turn() {
        offered = received;
        received = null;
    }

    boolean hasOffer() {
        return offered != null;
    }

    /** The application protocol of the session on offer, or nothing. */
    String protocolOnOffer() {
        String protocol = offered == null ? null : offered.origin().applicationProtocol();
        return protocol == null ? "" : protocol;
    }

    /** Whether the ticket that came on this connection allows early data. */
    boolean allowsEarlyData() {
        return received != null && received.maxEarlyDataBytes() > 0;
    }

    /** Whether a ticket came on this connection. */
    boolean hasReceived() {
        return received != null;
    }

    @Override
    public void put(Key key, StoredTicket ticket) {
        received = ticket;
    }

    @Override
    public @Nullable StoredTicket take(Key key, Instant now) {
        StoredTicket ticket = offered;
        offered = null;
        return ticket != null && ticket.isUsable(now) ? ticket : null;
    }

    @Override
    public void remove(Key key, Set<Bytes> ids) {
        offered = offered != null && ids.contains(offered.id()) ? null : offered;
        received = received != null && ids.contains(received.id()) ? null : received;
    }

    @Override
    public void clear() {
        offered = null;
        received = null;
    }
}
