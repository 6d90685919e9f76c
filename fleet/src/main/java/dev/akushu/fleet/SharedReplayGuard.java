package dev.akushu.fleet;

import dev.akushu.tls.ReplayGuard;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers ClientHellos in the store, each by one command. Where the store does not answer in time, nobody can tell whether it has seen the ClientHello, and early data is refused; if it has remembered it all the same, so much the
 * better. If it has not, a copy may come when the store is back, so none is fresh here that could have come as early as one that was missed.
 */
final class SharedReplayGuard implements ReplayGuard {
    /** Of the binder, which is the output of a hash function. As many as no two ClientHellos share by chance; two that did would be one refused early data. */
    private static final int ID_LENGTH = 16;

    private final Supplier<@Nullable RedisLink> link;
    private final Duration deadline;
    private final Duration clockTolerance;
    private final InstantSource clock;
    private final FleetObserver observer;
    /** The latest time from which on a ClientHello that the store has missed could come. */
    private final AtomicReference<Instant> missed = new AtomicReference<>(Instant.MIN);

    /** @param link the store, if it is there and can be trusted to remember */
    SharedReplayGuard(
            Supplier<@Nullable RedisLink> link,
            Duration deadline,
            Duration clockTolerance,
            InstantSource clock,
            FleetObserver observer) {
        this.link = link;
        this.deadline = deadline;
        this.clockTolerance = clockTolerance;
        this.clock = clock;
        this.observer = observer;
    }

    @Override
    public CompletionStage<Answer> check(Hello hello) {
        long begin = System.nanoTime();
        RedisLink store = link.get();
        CompletionStage<Answer> answer = store == null ? miss(hello) : ask(store, hello);
        return answer.thenApply(told -> {
            Answer known = told == Answer.FRESH && mayBeMissed(hello) ? Answer.CANNOT_TELL : told;
            observer.onReplayAnswer(known, Duration.ofNanos(System.nanoTime() - begin));
            return known;
        });
    }

    private CompletionStage<Answer> ask(RedisLink store, Hello hello) {
        // A server whose clock is behind takes a copy for longer than this one would, and each may be wrong either way.
        Duration slack = clockTolerance.multipliedBy(2);
        Duration left = Duration.between(clock.instant(), hello.rememberUntil()).plus(slack);
        Duration longest = hello.window().multipliedBy(2).plus(slack);
        try {
            return store.remember(id(hello), left, longest)
                    .exceptionallyCompose(failed -> miss(hello))
                    .toCompletableFuture()
                    .copy()
                    .completeOnTimeout(Answer.CANNOT_TELL, deadline.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RuntimeException refused) {
            // The link has just ended, or too many commands wait for an answer.
            return miss(hello);
        }
    }

    private CompletionStage<Answer> miss(Hello hello) {
        missed.accumulateAndGet(earliest(hello), (one, other) -> one.isAfter(other) ? one : other);
        return CompletableFuture.completedFuture(Answer.CANNOT_TELL);
    }

    /** A copy has the same earliest time as the first. */
    private boolean mayBeMissed(Hello hello) {
        return !earliest(hello).isAfter(missed.get());
    }

    private static Instant earliest(Hello hello) {
        return hello.expectedArrival().minus(hello.window());
    }

    private static String id(Hello hello) {
        byte[] id =
                hello.id().slice(0, Math.min(ID_LENGTH, hello.id().length())).toArray();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
    }
}
