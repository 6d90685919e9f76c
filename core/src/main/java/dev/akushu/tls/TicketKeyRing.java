package dev.akushu.tls;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The Ticket Keys that several servers share, at one time: an immutable value that is published to all of them. A key is rolled out in three steps, so that no server meets a ticket
 * under a key that it does not know: it is published, and only opens; it begins to seal when all have had time to hear of it; it is replaced, and opens until its last ticket has expired.
 */
public final class TicketKeyRing implements TicketKeySource {
    /** No keys. */
    public static final TicketKeyRing EMPTY = new TicketKeyRing(List.of());

    private final List<TicketKey> keys;

    private TicketKeyRing(List<TicketKey> keys) {
        this.keys = keys;
    }

    /**
     * The keys {@code keys}, in any order.
     *
     * @throws IllegalArgumentException if two have the same name
     */
    public static TicketKeyRing of(List<TicketKey> keys) {
        Set<Bytes> names = new HashSet<>();
        for (TicketKey key : keys) {
            if (!names.add(key.name())) {
                throw new IllegalArgumentException(
                        "Two ticket keys are called " + key.name().hex());
            }
        }
        List<TicketKey> sorted = new ArrayList<>(keys);
        sorted.sort(Comparator.comparing(TicketKey::notBefore).reversed());
        return new TicketKeyRing(List.copyOf(sorted));
    }

    /** The keys, the one that begins to seal last first. */
    @Override
    public List<TicketKey> keys() {
        return keys;
    }

    /**
     * The ring with a new key, and without those that open no more at {@code now}. The new key begins to seal {@code rotation.ahead()} after {@code now}, at once if no other does; the
     * others stop one more {@code ahead} after that, for servers whose clocks are behind.
     */
    public TicketKeyRing rotated(Instant now, Rotation rotation, SecureRandom random) {
        boolean urgent = keys.stream().noneMatch(key -> key.seals(now));
        Instant begin = urgent ? now : now.plus(rotation.ahead());
        Instant end = begin.plus(rotation.ahead());
        List<TicketKey> next = new ArrayList<>();
        next.add(TicketKey.generate(random, begin, rotation.sealFor(), rotation.openFor()));
        for (TicketKey key : keys) {
            if (key.opens(now)) {
                next.add(ending(key, end, rotation.openFor()));
            }
        }
        return of(next);
    }

    /** {@code key}, which seals until {@code end} at most, as one that begins later than that cannot. */
    private static TicketKey ending(TicketKey key, Instant end, Duration openFor) {
        if (!key.sealUntil().isAfter(end) || !key.notBefore().isBefore(end)) {
            return key;
        }
        Instant last = end.plus(openFor);
        return key.until(end, last.isBefore(key.openUntil()) ? last : key.openUntil());
    }

    /** The ring without the key called {@code name}: what it sealed opens nowhere any more. For a key that was stolen. */
    public TicketKeyRing without(Bytes name) {
        return new TicketKeyRing(
                keys.stream().filter(key -> !key.name().equals(name)).toList());
    }

    /**
     * This ring as the successor of {@code earlier}, whose keys are in use: those that stay keep their secrets, those that are gone are retired. To be called with the newest ring only, once.
     */
    public TicketKeyRing succeeding(TicketKeyRing earlier) {
        TicketKeyRing next = new TicketKeyRing(
                keys.stream().map(key -> continuing(key, earlier)).toList());
        for (TicketKey key : earlier.keys) {
            if (next.keys.stream().noneMatch(key::sharesSecretWith)) {
                key.retire();
            }
        }
        return next;
    }

    private static TicketKey continuing(TicketKey key, TicketKeyRing earlier) {
        for (TicketKey known : earlier.keys) {
            if (known.name().equals(key.name())) {
                return key.continuing(known);
            }
        }
        return key;
    }

    /** Names and times, no secrets. */
    @Override
    public String toString() {
        return keys.toString();
    }

    /**
     * How keys are rotated.
     *
     * @param ahead how long before it seals a key is published: longer than the servers need to hear of it and than their clocks differ; zero or more
     * @param sealFor how long a key may seal if no other replaces it; more than zero
     * @param openFor how long it opens after it has sealed for the last time, which is the longest life of a ticket; zero or more
     */
    public record Rotation(Duration ahead, Duration sealFor, Duration openFor) {
        /**
         * Published a minute ahead; tickets live for a day; a key that nobody replaces seals for a week.
         */
        public static final Rotation DEFAULT =
                new Rotation(Duration.ofMinutes(1), Duration.ofDays(7), Duration.ofDays(1));

        /** Checks the durations. */
        public Rotation {
            if (ahead.isNegative() || !sealFor.isPositive() || openFor.isNegative()) {
                throw new IllegalArgumentException("Ticket keys cannot be published " + ahead + " ahead, seal for "
                        + sealFor + " and open for " + openFor + " more");
            }
        }
    }
}
