package dev.akushu.tls;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Hands a ticket to any client, whatever it was accepted by: what neither end must rely on.
 *
 * @param peerRawKey what the tickets are said to come from, or null to leave them as they are
 */
record StoreForAll(TicketStore store, @Nullable Bytes peerRawKey) implements TicketStore {
    private static final Key ONE = new Key("localhost", 443, "any");

    @Override
    public void put(Key key, StoredTicket ticket) throws TlsException {
        store.put(ONE, ticket);
    }

    @Override
    public @Nullable StoredTicket take(Key key, Instant now) throws TlsException {
        StoredTicket ticket = store.take(ONE, now);
        return ticket == null || peerRawKey == null ? ticket : relabelled(ticket, peerRawKey);
    }

    @Override
    public void remove(Key key, Set<Bytes> ids) throws TlsException {
        store.remove(ONE, ids);
    }

    @Override
    public void clear() throws TlsException {
        store.clear();
    }

    private static StoredTicket relabelled(StoredTicket ticket, Bytes peerRawKey) {
        StoredTicket.Origin origin = ticket.origin();
        return new StoredTicket(
                ticket.ticket(),
                ticket.copyPsk(),
                ticket.suite(),
                ticket.receivedAt(),
                ticket.lifetime(),
                ticket.ageAdd(),
                ticket.maxEarlyDataBytes(),
                ticket.recordSizeLimit(),
                new StoredTicket.Origin(
                        origin.serverName(),
                        origin.applicationProtocol(),
                        origin.group(),
                        origin.scheme(),
                        List.of(),
                        peerRawKey,
                        origin.authenticatedAt(),
                        null));
    }
}
