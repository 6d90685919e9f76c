package dev.akushu.tls.resume;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.ReplayGuard;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Remembers ClientHellos in buckets: with tickets one for each second in which they should arrive, with external keys one for each key and span. That is the same for every copy of a ClientHello, so one bucket is looked
 * at, and locked meanwhile. Each is dropped whole when the last of its own could come no more, so that one with a long span keeps no others; servers with different windows may share one memory.
 *
 * <p>The memory is bounded, and a bucket takes no more of it than it leaves free for others. One that had to turn something away calls nothing fresh any more: it might come again.
 */
public final class HellosInMemory implements ReplayGuard {
    private final int maximum;
    private final LongSupplier age;
    private final Function<Hello, Duration> longestAgo;
    private final ConcurrentMap<Place, Bucket> buckets = new ConcurrentHashMap<>();
    private final AtomicInteger remembered = new AtomicInteger();
    // The last second in which a ClientHello came.
    private final AtomicLong latest = new AtomicLong(Long.MIN_VALUE);
    // The last second whose bucket, of ClientHellos with tickets, was dropped.
    private final AtomicLong forgotten = new AtomicLong(Long.MIN_VALUE);

    private HellosInMemory(int maximum, LongSupplier age, Function<Hello, Duration> longestAgo) {
        if (maximum < 1) {
            throw new IllegalArgumentException("room for one ClientHello at least, not for " + maximum);
        }
        this.maximum = maximum;
        this.age = age;
        this.longestAgo = longestAgo;
    }

    /**
     * An empty memory that knows nothing of what came before.
     *
     * @param maximum how many ClientHellos there is room for
     * @param nanoTime a clock that nobody sets, in nanoseconds
     */
    public static HellosInMemory fromNow(int maximum, LongSupplier nanoTime) {
        long began = nanoTime.getAsLong();
        return new HellosInMemory(maximum, () -> nanoTime.getAsLong() - began, HellosInMemory::twoWindows);
    }

    /** An empty memory that nothing can have come before: it is as old as the keys that seal the tickets. */
    public static HellosInMemory fromTheBeginning(int maximum) {
        return new HellosInMemory(maximum, () -> Long.MAX_VALUE, HellosInMemory::twoWindows);
    }

    /**
     * An empty memory for ClientHellos with external keys, which may come at any time of a long span: one that began after this memory need not be waited for. The clock that ends are told by
     * must not be set back meanwhile.
     */
    public static HellosInMemory ofExternalKeys(int maximum, LongSupplier nanoTime) {
        long began = nanoTime.getAsLong();
        return new HellosInMemory(maximum, () -> nanoTime.getAsLong() - began, HellosInMemory::sinceTheSpanBegan);
    }

    @Override
    public CompletionStage<Answer> check(Hello hello) {
        Answer answer = remember(hello);
        boolean unknown = answer == Answer.FRESH && mayHaveComeBefore(hello);
        return CompletableFuture.completedFuture(unknown ? Answer.CANNOT_TELL : answer);
    }

    /**
     * RFC 9846 8.2: as long as the recording window overlaps the start, a copy of what came before the start could not
     * be told from the first. With tickets the two come at most two windows apart. A clock that is set, as happens at the start of a
     * machine, or that of another server, which dated the ticket, would not do to tell how long ago the start was.
     */
    private boolean mayHaveComeBefore(Hello hello) {
        return age.getAsLong() <= longestAgo.apply(hello).toNanos();
    }

    private static Duration twoWindows(Hello hello) {
        return hello.window().multipliedBy(2);
    }

    private static Duration sinceTheSpanBegan(Hello hello) {
        return Duration.between(hello.expectedArrival().minus(hello.window()), hello.arrivedAt());
    }

    private Answer remember(Hello hello) {
        forgetBefore(hello.arrivedAt().getEpochSecond());
        Place place = Place.of(hello);
        // Made again, with another window than before, it would lack what was in it: only those in it are known.
        Answer answer = buckets.computeIfAbsent(
                        place, any -> new Bucket(place.byKey() || place.second() > forgotten.get()))
                .add(hello);
        // Its bucket may have been dropped before it was added, because this thread was slow or the clock was set back.
        return hello.rememberUntil().getEpochSecond() < latest.get() ? Answer.CANNOT_TELL : answer;
    }

    private void forgetBefore(long second) {
        if (second <= latest.getAndAccumulate(second, Math::max)) {
            return;
        }
        for (Map.Entry<Place, Bucket> each : buckets.entrySet()) {
            Place place = each.getKey();
            if (each.getValue().closeIfOver(second)) {
                if (!place.byKey()) {
                    forgotten.accumulateAndGet(place.second(), Math::max);
                }
                buckets.remove(place);
            }
        }
    }

    /** Whether there is room for one more in a bucket of {@code size}; it then counts as remembered. */
    private boolean takeRoom(int size) {
        int before = remembered.getAndUpdate(all -> size < maximum - all ? all + 1 : all);
        return size < maximum - before;
    }

    /**
     * Where a ClientHello and all its copies are remembered.
     *
     * @param second in which it should arrive with a ticket, in which its span ends with an external key
     * @param key the external key's name, or empty
     */
    private record Place(long second, Bytes key) {
        static Place of(Hello hello) {
            Instant time = hello.key().isEmpty() ? hello.expectedArrival() : hello.rememberUntil();
            return new Place(time.getEpochSecond(), hello.key());
        }

        boolean byKey() {
            return !key.isEmpty();
        }
    }

    /** ClientHellos of one place. */
    private final class Bucket {
        private final Set<Bytes> ids = new HashSet<>();
        // Whether each that came is in it.
        private boolean complete;
        private boolean closed;
        private long end = Long.MIN_VALUE;

        Bucket(boolean complete) {
            this.complete = complete;
        }

        synchronized Answer add(Hello hello) {
            if (closed) {
                return Answer.CANNOT_TELL;
            }
            end = Math.max(end, hello.rememberUntil().getEpochSecond());
            if (ids.contains(hello.id())) {
                return Answer.SEEN;
            }
            complete = complete && takeRoom(ids.size());
            if (!complete) {
                return Answer.CANNOT_TELL;
            }
            ids.add(hello.id());
            return Answer.FRESH;
        }

        /** Closes it and gives its room back if none of its ClientHellos can be taken in {@code second}. */
        synchronized boolean closeIfOver(long second) {
            if (closed || end >= second) {
                return false;
            }
            closed = true;
            remembered.addAndGet(-ids.size());
            return true;
        }
    }
}
