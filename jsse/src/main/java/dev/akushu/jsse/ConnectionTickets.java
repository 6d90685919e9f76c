package dev.akushu.jsse;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.StoredTicket;
import dev.akushu.tls.TicketStore;
import dev.akushu.tls.TlsException;
import java.time.Instant;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The context's tickets as one client connection sees them: each belongs to a session of JSSE. */
final class ConnectionTickets implements TicketStore {
    private final Sessions sessions;
    private final TicketStore tickets;
    private final TicketBinding binding;
    private final Supplier<SessionRoot> ownRoot;
    private volatile @Nullable SessionRoot offered;

    /**
     * Tickets for one connection.
     *
     * @param binding in the place of the core's
     * @param ownRoot gives the session of this connection once it is established
     */
    ConnectionTickets(Sessions sessions, TicketBinding binding, Supplier<SessionRoot> ownRoot) {
        this.sessions = sessions;
        this.binding = binding;
        this.tickets = sessions.tickets();
        this.ownRoot = ownRoot;
    }

    /** The session that the ticket on offer resumes, or null if there is none or it is not known. */
    @Nullable SessionRoot offered() {
        return offered;
    }

    @Override
    public void put(Key key, StoredTicket ticket) throws TlsException {
        SessionRoot root = ownRoot.get();
        if (root.isInvalid()) {
            ticket.wipe();
            return;
        }
        Key bound = binding.key(key);
        Bytes id = ticket.id();
        sessions.keep(root, new SessionRoot.KeptTicket(bound, id));
        tickets.put(bound, ticket);
        // Who has ended or pushed out the session meanwhile could not remove what was not in the store yet.
        if (root.isInvalid()) {
            sessions.invalidate(root);
        }
        if (!sessions.knows(id)) {
            tickets.remove(bound, Set.of(id));
        }
    }

    @Override
    public @Nullable StoredTicket take(Key key, Instant now) throws TlsException {
        Key bound = binding.key(key);
        StoredTicket ticket = tickets.take(bound, now);
        while (ticket != null) {
            SessionRoot root = sessions.taken(ticket.id());
            if (root == null ? sessions.acceptsUnknown() : sessions.isCurrent(root, now)) {
                offered = root;
                return ticket;
            }
            ticket.wipe();
            ticket = tickets.take(bound, now);
        }
        return null;
    }

    @Override
    public void remove(Key key, Set<Bytes> ids) throws TlsException {
        sessions.forget(ids);
        tickets.remove(binding.key(key), ids);
    }

    @Override
    public void clear() throws TlsException {
        tickets.clear();
    }
}
