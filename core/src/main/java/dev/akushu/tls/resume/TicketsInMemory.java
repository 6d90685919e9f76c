package dev.akushu.tls.resume;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.StoredTicket;
import dev.akushu.tls.TicketStore;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tickets in memory, the least recently used key's oldest dropped first. The lock is held for a few steps in memory,
 * never for I/O.
 */
public final class TicketsInMemory implements TicketStore {
    // Enough for a browser's parallel connections to one host; a server that sends tickets without end fills no more
    // than this.
    private static final int MAXIMUM_PER_KEY = 8;

    private final int maximumTickets;
    // In order of access, the least recently used key first; no deque is empty, and each has its newest ticket first.
    private final Map<Key, Deque<StoredTicket>> tickets = new LinkedHashMap<>(16, 0.75f, true);
    private int count;

    /** Holds {@code maximumTickets} at most, one or more. */
    public TicketsInMemory(int maximumTickets) {
        if (maximumTickets < 1) {
            throw new IllegalArgumentException("A store must hold a ticket at least, not " + maximumTickets);
        }
        this.maximumTickets = maximumTickets;
    }

    @Override
    public synchronized void put(Key key, StoredTicket ticket) {
        Deque<StoredTicket> ofKey = tickets.computeIfAbsent(key, absent -> new ArrayDeque<>(2));
        ofKey.addFirst(ticket);
        count++;
        if (ofKey.size() > MAXIMUM_PER_KEY) {
            drop(ofKey.removeLast());
        }
        if (count > maximumTickets) {
            dropEldest();
        }
    }

    @Override
    public synchronized @Nullable StoredTicket take(Key key, Instant now) {
        Deque<StoredTicket> ofKey = tickets.get(key);
        if (ofKey == null) {
            return null;
        }
        dropAll(ofKey, held -> !held.isUsable(now));
        StoredTicket newest = ofKey.pollFirst();
        if (newest != null) {
            count--;
        }
        if (ofKey.isEmpty()) {
            tickets.remove(key);
        }
        return newest;
    }

    @Override
    public synchronized void remove(Key key, Set<Bytes> ids) {
        Deque<StoredTicket> ofKey = tickets.get(key);
        if (ofKey == null) {
            return;
        }
        dropAll(ofKey, held -> ids.contains(held.id()));
        if (ofKey.isEmpty()) {
            tickets.remove(key);
        }
    }

    @Override
    public synchronized void clear() {
        for (Deque<StoredTicket> ofKey : tickets.values()) {
            ofKey.forEach(StoredTicket::wipe);
        }
        tickets.clear();
        count = 0;
    }

    /**
     * All tickets, so that putting them into an empty store in this order makes the same store again. They stay this
     * store's.
     */
    synchronized List<Entry> entries() {
        List<Entry> entries = new ArrayList<>(count);
        tickets.forEach((key, ofKey) -> ofKey.reversed().forEach(ticket -> entries.add(new Entry(key, ticket))));
        return entries;
    }

    /** How many tickets there are. */
    synchronized int count() {
        return count;
    }

    /** A ticket and what it is for. */
    record Entry(Key key, StoredTicket ticket) {}

    private void dropAll(Deque<StoredTicket> ofKey, Predicate<StoredTicket> useless) {
        Iterator<StoredTicket> each = ofKey.iterator();
        while (each.hasNext()) {
            StoredTicket ticket = each.next();
            if (useless.test(ticket)) {
                each.remove();
                drop(ticket);
            }
        }
    }

    private void dropEldest() {
        Map.Entry<Key, Deque<StoredTicket>> eldest =
                tickets.entrySet().iterator().next();
        drop(eldest.getValue().removeLast());
        if (eldest.getValue().isEmpty()) {
            tickets.remove(eldest.getKey());
        }
    }

    private void drop(StoredTicket ticket) {
        ticket.wipe();
        count--;
    }
}
