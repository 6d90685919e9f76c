package dev.akushu.jsse;

import dev.akushu.tls.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The sessions that a server's program has ended before their time: what resumes them is in the clients' tickets, so they
 * have to be refused by name. As many are remembered as the session cache may hold sessions, and none longer than a session
 * can live. What is forgotten is not resumed by mistake: with the oldest of them, every session that is as old or older
 * counts as ended, which costs those clients a full handshake.
 *
 * <p>A ticket that another server has made, of the core with the same Ticket Keys, has no {@link TicketNote} and names no
 * session. Once a session that began with such a ticket has been ended, none of them is taken until every session
 * of that time is too old to be resumed. Safe for use by many threads.
 */
final class EndedSessions {
    /** No ticket is good for longer. RFC 9846 section 4.7.1. */
    private static final Duration LONGEST = Duration.ofDays(7);

    private static final Comparator<Ended> OLDEST_FIRST = Comparator.comparingLong(Ended::createdAtMillis)
            .thenComparing((one, other) ->
                    Arrays.compare(one.id().toArray(), other.id().toArray()));

    private final NavigableSet<Ended> known = new TreeSet<>(OLDEST_FIRST);
    private long forgottenUntilMillis = Long.MIN_VALUE;
    private Instant latestForeign = Instant.MIN;

    /** The session is not to be resumed any more. */
    synchronized void add(Bytes id, Instant createdAt) {
        known.add(new Ended(createdAt.toEpochMilli(), id));
    }

    /** The session, of which there may be tickets without a note, is not to be resumed by one of those either. */
    synchronized void addForeign(Instant createdAt) {
        latestForeign = createdAt.isAfter(latestForeign) ? createdAt : latestForeign;
    }

    /** Whether a ticket without a note, of a session that was authenticated after {@code authenticatedAfter}, may be of one that has been ended. */
    synchronized boolean mayContainForeign(Instant authenticatedAfter) {
        // A session that has been ended was authenticated before it came here.
        return !authenticatedAfter.isAfter(latestForeign);
    }

    /** Whether the session has been ended, or may have been. */
    synchronized boolean contains(Bytes id, Instant createdAt) {
        long millis = createdAt.toEpochMilli();
        return millis <= forgottenUntilMillis || known.contains(new Ended(millis, id));
    }

    /**
     * Forgets those that are too many or too old.
     *
     * @param size how many may be remembered; 0 for any number
     * @param timeoutSeconds how long a session lives; 0 for as long as there are tickets for it
     */
    synchronized void shrink(int size, int timeoutSeconds, Instant now) {
        Duration life = timeoutSeconds == 0 ? LONGEST : Duration.ofSeconds(timeoutSeconds);
        long expired = now.minus(life).toEpochMilli();
        while (!known.isEmpty() && (size > 0 && known.size() > size || known.first().createdAtMillis < expired)) {
            forgottenUntilMillis = Math.max(forgottenUntilMillis, known.removeFirst().createdAtMillis);
        }
    }

    private record Ended(long createdAtMillis, Bytes id) {}
}
