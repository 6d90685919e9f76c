package dev.akushu.fleet;

import dev.akushu.tls.TicketKey;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the keys of a fleet: follows the store, and makes the next key when it is due and no other server does. A lease makes two at once rare; if two make a key all the same, both open everywhere, and the later one seals.
 */
final class KeyKeeper {
    /** How long a server may take to make a key: another one tries after that. */
    static final Duration LEASE = Duration.ofSeconds(10);

    private final String fleet;
    private final KeyBook book;
    private final RollOut rollOut;
    private final KeyWrapping wrapping;
    private final SecureRandom random;

    private final LongSupplier nanoTime;

    private @Nullable Instant dueSince;

    KeyKeeper(String fleet, KeyBook book, RollOut rollOut, KeyWrapping wrapping, SecureRandom random) {
        this(fleet, book, rollOut, wrapping, random, System::nanoTime);
    }

    /** @param nanoTime as {@link System#nanoTime} */
    KeyKeeper(
            String fleet,
            KeyBook book,
            RollOut rollOut,
            KeyWrapping wrapping,
            SecureRandom random,
            LongSupplier nanoTime) {
        this.fleet = fleet;
        this.book = book;
        this.rollOut = rollOut;
        this.wrapping = wrapping;
        this.random = random;
        this.nanoTime = nanoTime;
    }

    /**
     * One look at the store, with what follows from it.
     *
     * @throws GeneralSecurityException if a key is due and cannot be wrapped; what the store has is known all the same
     */
    void look(EntryStore store, Instant now) throws IOException, GeneralSecurityException {
        long begin = nanoTime.getAsLong();
        book.compare(store, now);
        if (!mustMake(now)) {
            dueSince = null;
            return;
        }
        if (dueSince == null) {
            dueSince = now;
        }
        if (store.lease(LEASE)) {
            try {
                // Another server may have made it between the look and the lease.
                book.compare(store, now);
                if (mustMake(now)) {
                    makeKey(store, now.plus(since(begin)));
                }
            } finally {
                // Without this, a key that is needed soon after, because this one is retired, would have to wait.
                store.release();
            }
        } else if (now.isAfter(dueSince.plus(LEASE.multipliedBy(2)))) {
            // Somebody wrote a lease that does not end, or its holders make none.
            makeKey(store, now.plus(since(begin)));
        }
    }

    private Duration since(long begin) {
        return Duration.ofNanos(nanoTime.getAsLong() - begin);
    }

    private boolean mustMake(Instant now) {
        return rollOut.isDue(book.keys(), now) && mayMake(now);
    }

    /**
     * Whether the others could open what is made here. Where no key seals, one that cannot open those of the others makes none: they could not open it either, and each would go on making its own. Nobody knows of theirs
     * before all that is there was tried.
     */
    boolean mayMake(Instant now) {
        return rollOut.anySeals(book.keys(), now) || (book.isWhole() && !book.isForeign(now));
    }

    /**
     * Makes the next key now, due or not.
     *
     * @throws GeneralSecurityException if it cannot be wrapped, or not in time: then there is none, and the next look makes another
     */
    void makeKey(EntryStore store, Instant now) throws IOException, GeneralSecurityException {
        makeKey(store, rollOut.next(book.keys(), now, random), now);
    }

    /** The same for servers with other times, which publish a key {@code ahead}. */
    void makeKeyLikeNewest(EntryStore store, Duration ahead, Instant now) throws IOException, GeneralSecurityException {
        makeKey(store, rollOut.nextLikeNewest(book.keys(), ahead, now, random), now);
    }

    private void makeKey(EntryStore store, TicketKey key, Instant now) throws IOException, GeneralSecurityException {
        long begin = nanoTime.getAsLong();
        try {
            String entry = Objects.requireNonNull(KeyEntry.live(fleet, key, wrapping), "a new key is not retired");
            Duration took = since(begin);
            if (key.notBefore().isAfter(now) && took.compareTo(rollOut.makingTime()) > 0) {
                throw new GeneralSecurityException("an answer after " + took.toMillis() + " ms, which is too late");
            }
            store.putIfAbsent(key.name().hex(), entry);
            store.expireAfter(Duration.between(now, key.openUntil()));
            book.add(key, entry);
        } catch (Throwable failed) {
            key.retire();
            throw failed;
        }
        store.announce();
        book.compare(store, now);
    }

    /** Retires {@code key} at every server, at once. */
    void retire(EntryStore store, TicketKey key, Instant now) throws IOException, GeneralSecurityException {
        store.put(key.name().hex(), KeyEntry.retired(fleet, key, wrapping));
        store.announce();
        book.compare(store, now);
    }
}
