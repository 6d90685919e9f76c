package dev.akushu.fleet;

import dev.akushu.tls.TicketKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * When a fleet makes Ticket Keys, and how long they live. A key is published and only opens; when all servers have heard of it, it seals; the next one replaces it, and it opens until its last ticket has
 * expired. If the store is away when the next one is due, a key goes on sealing for as long again. So a key lives for {@code 2 * every + ticketLifetime} and a little; whoever steals it reads the early data of that
 * time, and can impersonate the servers to clients that resume.
 *
 * @param every how often a new key begins to seal
 * @param ahead how long before that it is published: longer than a server needs to hear of it, and than clocks differ
 * @param ticketLifetime how long a ticket can be used, at most seven days (RFC 9846 section 4.7.1)
 * @param clockTolerance how far each server's clock may be from the right time
 */
public record RollOut(Duration every, Duration ahead, Duration ticketLifetime, Duration clockTolerance) {
    // First, because the check of the default needs it.
    private static final Duration LONGEST_LIFETIME = Duration.ofDays(7);

    private static final Duration SHORTEST_MAKING = Duration.ofSeconds(1);

    /** A key every 12 hours, published a minute ahead; tickets for a day; clocks may be wrong by 5 seconds. */
    public static final RollOut DEFAULT =
            new RollOut(Duration.ofHours(12), Duration.ofMinutes(1), Duration.ofDays(1), Duration.ofSeconds(5));

    /** Checks the durations. */
    public RollOut {
        if (!every.isPositive()
                || !ahead.isPositive()
                || ahead.compareTo(every) > 0
                || !ticketLifetime.isPositive()
                || ticketLifetime.compareTo(LONGEST_LIFETIME) > 0
                || clockTolerance.isNegative()
                || clockTolerance.multipliedBy(2).compareTo(ahead) >= 0) {
            throw new IllegalArgumentException("A fleet cannot make a key every " + every + ", published " + ahead
                    + " ahead, for tickets of " + ticketLifetime + " and clocks that are wrong by up to "
                    + clockTolerance + ": all but the last are more than zero, a key is published at most as long ahead"
                    + " as keys last and more than twice the clocks' tolerance, and tickets last seven days at most");
        }
    }

    /** By how much two clocks differ at most that are both tolerated: those of two servers, or of one and the store. */
    Duration clockDifference() {
        return clockTolerance.multipliedBy(2);
    }

    /** How long a server may take to hear of a new key. */
    Duration hearingTime() {
        return ahead.minus(clockDifference());
    }

    /** How long the making of a key may take, so that all servers still hear of it before it seals; a second is nothing to wait for. */
    Duration makingTime() {
        return clockDifference().compareTo(SHORTEST_MAKING) > 0 ? clockDifference() : SHORTEST_MAKING;
    }

    /** Whether a new key has to be made. */
    boolean isDue(List<TicketKey> keys, Instant now) {
        // What begins later was made by a clock that is wrong: it must not keep all others from making keys.
        Instant latest = now.plus(ahead).plus(clockDifference());
        Optional<TicketKey> newest = keys.stream()
                .filter(key -> !key.notBefore().isAfter(latest))
                .max(Comparator.comparing(TicketKey::notBefore));
        return newest.isEmpty()
                || !anySeals(keys, now)
                || !now.isBefore(newest.get().notBefore().plus(every).minus(ahead));
    }

    /**
     * When a key that is made at {@code now} begins to seal. If no other does, at once, by the clock of every server: then
     * it is better that a few do not know it than that nobody has a key.
     */
    TicketKey next(List<TicketKey> keys, Instant now, SecureRandom random) {
        return TicketKey.generate(random, begin(keys, ahead, now), sealFor(), openFor());
    }

    /** The same for servers with other times than these, which the newest key tells, all but {@code theirAhead}. */
    TicketKey nextLikeNewest(List<TicketKey> keys, Duration theirAhead, Instant now, SecureRandom random) {
        Optional<TicketKey> newest = keys.stream().max(Comparator.comparing(TicketKey::notBefore));
        return newest.map(key -> TicketKey.generate(
                        random,
                        begin(keys, theirAhead, now),
                        Duration.between(key.notBefore(), key.sealUntil()),
                        Duration.between(key.sealUntil(), key.openUntil())))
                .orElseGet(() -> next(keys, now, random));
    }

    private Instant begin(List<TicketKey> keys, Duration published, Instant now) {
        Instant begin = anySeals(keys, now) ? now.plus(published) : now.minus(clockDifference());
        return begin.truncatedTo(ChronoUnit.MILLIS);
    }

    /** Whether this server has a key to seal with. */
    boolean anySeals(List<TicketKey> keys, Instant now) {
        return keys.stream().anyMatch(key -> key.seals(now));
    }

    /** Whether no server opens an entry any more, by its own clock. */
    boolean isOver(Instant openUntil, Instant now) {
        return now.isAfter(openUntil.plus(clockDifference()));
    }

    /** Whether servers with these times may seal with such a key at {@code now}, or are about to. */
    boolean isInUse(EntryHead head, Instant now) {
        Instant latest = now.plus(ahead).plus(clockDifference());
        return head.claimsToSeal(now)
                && !head.notBefore().isAfter(latest)
                && Duration.between(head.notBefore(), head.sealUntil()).compareTo(sealFor()) <= 0;
    }

    /** How long a key seals if none follows: as long again as until the next one, because the store may be away. */
    public Duration sealFor() {
        return every.multipliedBy(2);
    }

    /** How long a key opens behind that: a server whose clock is ahead must still open what one sealed whose clock is behind. */
    public Duration openFor() {
        return ticketLifetime.plus(clockDifference());
    }
}
