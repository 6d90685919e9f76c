package dev.akushu.tls;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Ticket keys of one process: made at random, rotated by themselves when they are used, never written anywhere. A
 * restart forgets them, and clients then make one full handshake. Safe for use by many threads, without a lock.
 */
public final class TicketKeys implements TicketKeySource {
    // How long practice lets one key seal (Caddy, HAProxy's advice, Twitter: 12 h); whoever steals it later learns the
    // less, the shorter it is.
    private static final Duration DEFAULT_SEAL_FOR = Duration.ofHours(12);
    // A ticket sealed last lives for a day; see TicketKey.remaining.
    private static final Duration DEFAULT_OPEN_FOR = Duration.ofHours(24);

    private final InstantSource clock;
    private final SecureRandom random;
    private final Duration sealFor;
    private final Duration openFor;
    private final AtomicReference<Ring> current = new AtomicReference<>(Ring.EMPTY);

    private TicketKeys(InstantSource clock, SecureRandom random, Duration sealFor, Duration openFor) {
        if (!sealFor.isPositive() || openFor.isNegative()) {
            throw new IllegalArgumentException("Ticket keys cannot seal for " + sealFor + " and open for " + openFor);
        }
        this.clock = clock;
        this.random = random;
        this.sealFor = sealFor;
        this.openFor = openFor;
    }

    /**
     * Keys that seal for 12 hours and open for 24 more, by the system's clock and the JDK's default
     * {@link SecureRandom}.
     */
    public static TicketKeys rotating() {
        return rotating(InstantSource.system(), new SecureRandom());
    }

    /** As {@link #rotating()}, by another clock and with other randomness. */
    public static TicketKeys rotating(InstantSource clock, SecureRandom random) {
        return rotating(clock, random, DEFAULT_SEAL_FOR, DEFAULT_OPEN_FOR);
    }

    /**
     * Keys that seal for {@code sealFor}, more than zero, and open for {@code openFor} more, zero or longer.
     *
     * @param clock tells the time; it may be set back
     * @param random makes the keys
     */
    public static TicketKeys rotating(InstantSource clock, SecureRandom random, Duration sealFor, Duration openFor) {
        return new TicketKeys(clock, random, sealFor, openFor);
    }

    /** The live keys; the first of them seals now. */
    @Override
    public List<TicketKey> keys() {
        Instant now = clock.instant();
        while (true) {
            Ring ring = current.get();
            if (ring.fits(now)) {
                return ring.keys();
            }
            Ring next = ring.rotated(now, this::generate);
            if (current.compareAndSet(ring, next)) {
                ring.retireKeysNotIn(next);
                return next.keys();
            }
            // Another thread was faster: its ring is the one, and a key that only ours has was never seen by anybody.
            next.retireKeysNotIn(ring);
        }
    }

    /**
     * The key that seals by the clock of this object: {@code now} may have been read a moment before the key was made.
     */
    @Override
    public TicketKey sealingKey(Instant now) {
        return keys().getFirst();
    }

    private TicketKey generate(Instant now) {
        return TicketKey.generate(random, now, sealFor, openFor);
    }

    /**
     * The keys of a stretch of time in which nothing has to be done.
     *
     * @param keys the one that seals first
     * @param from when that one begins to seal
     * @param until when that one seals no more, or when any opens no more
     */
    private record Ring(List<TicketKey> keys, Instant from, Instant until) {
        private static final Ring EMPTY = new Ring(List.of(), Instant.MAX, Instant.MIN);

        boolean fits(Instant now) {
            return !now.isBefore(from) && now.isBefore(until);
        }

        Ring rotated(Instant now, Function<Instant, TicketKey> maker) {
            List<TicketKey> live = new ArrayList<>();
            for (TicketKey key : keys) {
                if (key.opens(now)) {
                    live.add(key);
                }
            }
            // A clock that was set back leaves a key that does not seal yet; then, too, a new one begins.
            if (live.isEmpty() || !live.getFirst().seals(now)) {
                live.addFirst(maker.apply(now));
            }
            return of(List.copyOf(live));
        }

        void retireKeysNotIn(Ring other) {
            for (TicketKey key : keys) {
                if (!other.keys.contains(key)) {
                    key.retire();
                }
            }
        }

        private static Ring of(List<TicketKey> keys) {
            TicketKey sealing = keys.getFirst();
            Instant until = sealing.sealUntil();
            for (TicketKey key : keys) {
                until = key.openUntil().isBefore(until) ? key.openUntil() : until;
            }
            return new Ring(keys, sealing.notBefore(), until);
        }
    }
}
