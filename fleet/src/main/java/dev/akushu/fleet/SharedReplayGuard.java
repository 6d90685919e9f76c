package dev.akushu.fleet;

import dev.akushu.tls.ReplayGuard;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers ClientHellos in the store, each by one command. Where the store does not answer in time, nobody can tell whether it has seen the ClientHello, and early data is refused; if it has remembered it all the same, so much the
 * better.
 */
final class SharedReplayGuard implements ReplayGuard {
    /** Of the binder, which is the output of a hash function. As many as no two ClientHellos share by chance; two that did would be one refused early data. */
    private static final int ID_LENGTH = 16;

    private final Supplier<@Nullable RedisLink> link;
    private final Duration deadline;
    private final Duration clockTolerance;
    private final InstantSource clock;
    private final FleetObserver observer;

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
        CompletionStage<Answer> answer =
                store == null ? CompletableFuture.completedFuture(Answer.CANNOT_TELL) : ask(store, hello);
        return answer.thenApply(known -> {
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
                    .toCompletableFuture()
                    .copy()
                    .completeOnTimeout(Answer.CANNOT_TELL, deadline.toNanos(), TimeUnit.NANOSECONDS)
                    .exceptionally(failed -> Answer.CANNOT_TELL);
        } catch (RuntimeException refused) {
            // The link has just ended, or too many commands wait for an answer.
            return CompletableFuture.completedFuture(Answer.CANNOT_TELL);
        }
    }

    private static String id(Hello hello) {
        byte[] id =
                hello.id().slice(0, Math.min(ID_LENGTH, hello.id().length())).toArray();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
    }
}
