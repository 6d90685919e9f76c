package dev.akushu.jsse;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.StoredTicket;
import dev.akushu.tls.TicketStore;
import java.lang.ref.WeakReference;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * What a session and all that are resumed from it have in common: the id by which programs tell sessions apart (TLS 1.3
 * has none), the time it began, what programs put in, and the tickets that can still resume it.
 */
final class SessionRoot {
    static final int ID_LENGTH = 32;

    // No more are kept for one server anyway.
    private static final int MAXIMUM_TICKETS = 8;

    private final @Nullable SecureRandom random;
    private final Instant createdAt;
    // Made when there is something to put in: there are as many of these as connections, and more.
    private @Nullable Map<String, Object> values;
    private @Nullable List<KeptTicket> tickets;
    private @Nullable Bytes id;
    private X509Certificate @Nullable [] localCertificates;
    private @Nullable Bytes ocspResponse;
    private WeakReference<Session> latest = new WeakReference<>(null);
    private boolean invalid;
    private boolean foreign;

    SessionRoot(SecureRandom random, Instant createdAt) {
        this.random = random;
        this.createdAt = createdAt;
    }

    /** One that was known by {@code id} before. */
    SessionRoot(Bytes id, Instant createdAt) {
        this.random = null;
        this.id = id;
        this.createdAt = createdAt;
    }

    /**
     * A ticket that can resume the session.
     *
     * @param key under which it is kept
     * @param id as {@link StoredTicket#id} names it
     */
    record KeptTicket(TicketStore.Key key, Bytes id) {}

    /** Made when it is first asked for: an engine that has not begun has a session too, which nobody looks at. */
    synchronized Bytes id() {
        Bytes made = id;
        if (made == null) {
            byte[] octets = new byte[ID_LENGTH];
            Objects.requireNonNull(random, "who has no id makes one").nextBytes(octets);
            made = Bytes.wrap(octets);
            id = made;
        }
        return made;
    }

    Instant createdAt() {
        return createdAt;
    }

    /** The session of the last connection, as long as anybody holds it. */
    synchronized @Nullable SSLSession latest() {
        return invalid ? null : latest.get();
    }

    synchronized void latest(Session session) {
        latest = new WeakReference<>(session);
    }

    synchronized boolean isInvalid() {
        return invalid;
    }

    /** The session was first resumed from a ticket without a {@link TicketNote}: such tickets cannot be told from each other. */
    synchronized void foreign() {
        foreign = true;
    }

    synchronized boolean isForeign() {
        return foreign;
    }

    /** Nothing is resumed from here on; returns the tickets that have to go. */
    synchronized List<KeptTicket> invalidate() {
        invalid = true;
        return forgetTickets();
    }

    /** The tickets that there are, which from here on are not this session's. */
    synchronized List<KeptTicket> forgetTickets() {
        List<KeptTicket> all = tickets == null ? List.of() : List.copyOf(tickets);
        tickets = null;
        return all;
    }

    /** Takes a ticket on; returns those that it has pushed out. */
    synchronized List<KeptTicket> add(KeptTicket ticket) {
        if (tickets == null) {
            tickets = new ArrayList<>();
        }
        tickets.add(ticket);
        return tickets.size() > MAXIMUM_TICKETS ? List.of(tickets.removeFirst()) : List.of();
    }

    synchronized void forget(Bytes ticketId) {
        if (tickets != null) {
            tickets.removeIf(kept -> kept.id().equals(ticketId));
        }
    }

    synchronized @Nullable Object put(String name, Object value) {
        if (values == null) {
            values = new HashMap<>();
        }
        return values.put(name, value);
    }

    synchronized @Nullable Object value(String name) {
        return values == null ? null : values.get(name);
    }

    synchronized @Nullable Object remove(String name) {
        return values == null ? null : values.remove(name);
    }

    synchronized String[] valueNames() {
        return values == null ? new String[0] : values.keySet().toArray(new String[0]);
    }

    /** Takes over what was put into the session of a handshake before it was known that it resumes this one. */
    synchronized void putAll(Map<String, Object> others) {
        others.forEach(this::put);
    }

    synchronized Map<String, Object> values() {
        return values == null ? Map.of() : Map.copyOf(values);
    }

    /** What this end showed in the full handshake, for the sessions that resume it; the array is nobody's to change. */
    synchronized void localCertificates(X509Certificate @Nullable [] shown) {
        localCertificates = shown;
    }

    synchronized X509Certificate @Nullable [] localCertificates() {
        return localCertificates;
    }

    /** What came beside the peer's certificate in the full handshake, for the sessions that resume it. */
    synchronized void ocspResponse(@Nullable Bytes received) {
        ocspResponse = received;
    }

    synchronized @Nullable Bytes ocspResponse() {
        return ocspResponse;
    }
}
