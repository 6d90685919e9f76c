package dev.akushu.jsse;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.TicketStore;
import dev.akushu.tls.TlsException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one SSLContext in one role. A client's sessions can be resumed as long as they are here; a server's are
 * here only for who asks by id, because what resumes them is in the clients' tickets, and so the ids of those that were
 * ended are kept beside them. The lock is held for a few steps in
 * memory.
 */
final class Sessions implements SSLSessionContext {
    /** As the JDK's own. */
    static final int DEFAULT_SIZE = 20_480;

    /** As the JDK's own: a day. */
    static final int DEFAULT_TIMEOUT_SECONDS = 86_400;

    private static final System.Logger LOG = System.getLogger("dev.akushu.jsse");

    private final @Nullable TicketStore tickets;
    private final boolean ownStore;
    // The least recently used first.
    private final Map<Bytes, SessionRoot> roots = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Bytes, SessionRoot> byTicketId = new HashMap<>();
    // A server's; a client drops the tickets instead.
    private final EndedSessions ended = new EndedSessions();
    private int size = DEFAULT_SIZE;
    private int timeoutSeconds = DEFAULT_TIMEOUT_SECONDS;

    private Sessions(@Nullable TicketStore tickets, boolean ownStore) {
        this.tickets = tickets;
        this.ownStore = ownStore;
    }

    /** A server's, which keeps no tickets. */
    static Sessions ofServers() {
        return new Sessions(null, false);
    }

    /**
     * A client's.
     *
     * @param ownStore whether nobody else puts tickets into {@code tickets}, now or before
     */
    static Sessions ofClients(TicketStore tickets, boolean ownStore) {
        return new Sessions(tickets, ownStore);
    }

    /** A store without a limit of its own: it holds the tickets of the sessions here, whose number is limited. */
    static TicketStore unboundedTickets() {
        return TicketStore.inMemory(Integer.MAX_VALUE);
    }

    /** Where the tickets are; asked for by clients only. */
    TicketStore tickets() {
        if (tickets == null) {
            throw new IllegalStateException("a server keeps no tickets");
        }
        return tickets;
    }

    /** A session has been established at {@code now}; those that have expired make room, whether there is a limit or none. */
    void add(SessionRoot root, Instant now) {
        List<SessionRoot.KeptTicket> dropped;
        synchronized (this) {
            roots.put(root.id(), root);
            dropped = evict(eldest -> !isCurrent(eldest, now));
            ended.shrink(size, timeoutSeconds, now);
        }
        drop(dropped);
    }

    /** A ticket that resumes the session of {@code root} is about to be kept. */
    void keep(SessionRoot root, SessionRoot.KeptTicket ticket) {
        List<SessionRoot.KeptTicket> dropped;
        synchronized (this) {
            byTicketId.put(ticket.id(), root);
            dropped = new ArrayList<>(root.add(ticket));
            dropped.forEach(old -> byTicketId.remove(old.id()));
            // Looked at, so that it is the most recently used.
            roots.put(root.id(), root);
        }
        drop(dropped);
    }

    /** The session that the ticket resumes, or null if it is not known; the ticket has been taken out of the store. */
    synchronized @Nullable SessionRoot taken(Bytes ticketId) {
        SessionRoot root = forget(ticketId);
        if (root != null) {
            // Looked at, so that it is the most recently used.
            roots.get(root.id());
        }
        return root;
    }

    /** The tickets are about to be dropped from the store; their sessions stay. */
    synchronized void forget(Set<Bytes> ticketIds) {
        ticketIds.forEach(this::forget);
    }

    /** Whether a ticket may be used though its session is not known: it may be from another context, or an earlier run. */
    boolean acceptsUnknown() {
        return !ownStore;
    }

    /** Whether the ticket's session is known. */
    synchronized boolean knows(Bytes ticketId) {
        return byTicketId.containsKey(ticketId);
    }

    /** A server's session by its id, or null if it is no longer known. */
    synchronized @Nullable SessionRoot find(Bytes id) {
        return roots.get(id);
    }

    /** Whether the session may still be resumed at {@code now}. */
    synchronized boolean isCurrent(SessionRoot root, Instant now) {
        return !root.isInvalid()
                && !(tickets == null && ended.contains(root.id(), root.createdAt()))
                && (timeoutSeconds == 0
                        || Duration.between(root.createdAt(), now).toSeconds() < timeoutSeconds);
    }

    /** Whether a server's session must not be resumed because the program has ended it, or may have; see {@link EndedSessions}. */
    boolean hasEnded(Bytes id, Instant createdAt) {
        return ended.contains(id, createdAt);
    }

    /** As {@link EndedSessions#mayContainForeign}. */
    boolean mayHaveEndedForeign(Instant authenticatedAfter) {
        return ended.mayContainForeign(authenticatedAfter);
    }

    /** Ends a session: nothing is resumed from it any more. */
    void invalidate(SessionRoot root) {
        List<SessionRoot.KeptTicket> dropped;
        synchronized (this) {
            roots.remove(root.id());
            if (tickets == null) {
                ended.add(root.id(), root.createdAt());
                if (root.isForeign()) {
                    ended.addForeign(root.createdAt());
                }
                ended.shrink(size, timeoutSeconds, Instant.EPOCH);
            }
            dropped = root.invalidate();
            dropped.forEach(ticket -> byTicketId.remove(ticket.id()));
        }
        drop(dropped);
    }

    @Override
    public synchronized @Nullable SSLSession getSession(byte[] sessionId) {
        SessionRoot root = roots.get(Bytes.copyOf(sessionId));
        return root == null || !isCurrent(root, Instant.now()) ? null : root.latest();
    }

    @Override
    public synchronized Enumeration<byte[]> getIds() {
        Instant now = Instant.now();
        List<byte[]> ids = roots.values().stream()
                .filter(root -> isCurrent(root, now))
                .map(root -> root.id().toArray())
                .toList();
        return Collections.enumeration(ids);
    }

    @Override
    public synchronized void setSessionTimeout(int seconds) {
        if (seconds < 0) {
            throw new IllegalArgumentException("a session's timeout cannot be negative: " + seconds);
        }
        timeoutSeconds = seconds;
    }

    @Override
    public synchronized int getSessionTimeout() {
        return timeoutSeconds;
    }

    @Override
    public void setSessionCacheSize(int newSize) {
        if (newSize < 0) {
            throw new IllegalArgumentException("a session cache's size cannot be negative: " + newSize);
        }
        List<SessionRoot.KeptTicket> dropped;
        synchronized (this) {
            size = newSize;
            dropped = evict(eldest -> false);
            ended.shrink(size, timeoutSeconds, Instant.EPOCH);
        }
        drop(dropped);
    }

    @Override
    public synchronized int getSessionCacheSize() {
        return size;
    }

    private List<SessionRoot.KeptTicket> evict(Predicate<SessionRoot> expired) {
        List<SessionRoot.KeptTicket> dropped = new ArrayList<>();
        var all = roots.values().iterator();
        while (all.hasNext()) {
            SessionRoot eldest = all.next();
            // 0 stands for no limit.
            boolean tooMany = size > 0 && roots.size() > size;
            if (!tooMany && !expired.test(eldest)) {
                break;
            }
            dropped.addAll(eldest.forgetTickets());
            all.remove();
        }
        dropped.forEach(ticket -> byTicketId.remove(ticket.id()));
        return dropped;
    }

    private @Nullable SessionRoot forget(Bytes ticketId) {
        SessionRoot root = byTicketId.remove(ticketId);
        if (root != null) {
            root.forget(ticketId);
        }
        return root;
    }

    private void drop(List<SessionRoot.KeptTicket> dropped) {
        Map<TicketStore.Key, Set<Bytes>> ids = dropped.stream()
                .collect(Collectors.groupingBy(
                        SessionRoot.KeptTicket::key,
                        Collectors.mapping(SessionRoot.KeptTicket::id, Collectors.toSet())));
        ids.forEach(this::drop);
    }

    private void drop(TicketStore.Key key, Set<Bytes> ids) {
        try {
            tickets().remove(key, ids);
        } catch (TlsException unwritable) {
            // In memory they are gone, so this context does not resume them.
            LOG.log(System.Logger.Level.WARNING, "session tickets could not be removed from their file", unwritable);
        }
    }
}
