package dev.akushu.tls.resume;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.ReplayGuard;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Remembers ClientHellos in buckets, one for each second in which they should arrive. That is the same for every copy of a ClientHello, so one bucket is looked at. Buckets are dropped whole, once
 * the widest window that was asked about is over: servers with different windows may share one memory. No lock is held, and the memory is bounded: when it is full, nothing more is taken, and nothing is forgotten too early.
 */
public final class HellosInMemory implements ReplayGuard {
    private final int maximum;
    private final LongSupplier age;
    private final Function<Hello, Duration> longestAgo;
    private final ConcurrentMap<Long, Bucket> buckets = new ConcurrentHashMap<>();
    private final AtomicInteger remembered = new AtomicInteger();
    private final AtomicReference<Duration> widest = new AtomicReference<>(Duration.ZERO);
    private final AtomicLong forgottenBefore = new AtomicLong(Long.MIN_VALUE);

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
        return CompletableFuture.completedFuture(mayHaveComeBefore(hello) ? Answer.CANNOT_TELL : remember(hello));
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
        Duration window = widest.accumulateAndGet(hello.window(), HellosInMemory::longer);
        forgetBefore(hello.arrivedAt().minus(window).getEpochSecond());
        long second = hello.expectedArrival().getEpochSecond();
        if (remembered.incrementAndGet() > maximum) {
            remembered.decrementAndGet();
            return isThere(second, hello.id()) ? Answer.SEEN : Answer.CANNOT_TELL;
        }
        Answer answer = buckets.computeIfAbsent(second, any -> new Bucket()).add(hello.id());
        // The bucket may have been dropped and made again, without the first of two copies: this thread was slow, or
        // its
        // window is wider than those before.
        return second < forgottenBefore.get() ? Answer.CANNOT_TELL : answer;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private boolean isThere(long second, Bytes id) {
        Bucket bucket = buckets.get(second);
        return bucket != null && bucket.ids.contains(id);
    }

    private void forgetBefore(long second) {
        if (second <= forgottenBefore.getAndAccumulate(second, Math::max)) {
            return;
        }
        for (Long number : buckets.keySet()) {
            Bucket old = number < second ? buckets.remove(number) : null;
            if (old != null) {
                old.close();
            }
        }
    }

    /** ClientHellos that should arrive in the same second. */
    private final class Bucket {
        private static final int CLOSED = -1;

        private final Set<Bytes> ids = ConcurrentHashMap.newKeySet();
        // How many of those remembered are here, until the bucket is closed and they no longer count.
        private final AtomicInteger size = new AtomicInteger();

        /** Adds {@code id}, which has been counted as remembered. */
        Answer add(Bytes id) {
            if (size.getAndUpdate(count -> count == CLOSED ? CLOSED : count + 1) == CLOSED) {
                remembered.decrementAndGet();
                return Answer.CANNOT_TELL;
            }
            if (ids.add(id)) {
                return Answer.FRESH;
            }
            if (size.getAndUpdate(count -> count == CLOSED ? CLOSED : count - 1) != CLOSED) {
                remembered.decrementAndGet();
            }
            return Answer.SEEN;
        }

        void close() {
            remembered.addAndGet(-size.getAndSet(CLOSED));
        }
    }
}
