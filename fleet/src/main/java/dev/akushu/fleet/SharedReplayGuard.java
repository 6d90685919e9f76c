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
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers ClientHellos in the store, each by one command. Where the store does not answer in time, nobody can tell whether it has seen the ClientHello, and early data is refused; if it has remembered it all the same, so much the
 * better. If it has not, a copy may come when the store is back, so none is fresh here that could have come as early as one that was missed.
 *
 * <p>Each server asks about a ClientHello that comes at most a window before or after its expected arrival by the server's own clock; whose copies another server, by its clock, may take for longer. So the store decides once more, by its
 * own clock, which is the same for all: it says "fresh" between earliest and latest alone, and remembers for longer, so that no copy is fresh after the mark has gone, however wrong the clocks of servers are.
 *
 * <pre>
 * earliest = expected arrival - window - d,  latest = expected arrival + window + d
 * </pre>
 *
 * where d is the difference from the store's clock that goes unnoticed, so a server within it is refused nothing that is in time by its own clock. A store that has forgotten may have taken a copy at earliest, and is asked again by latest: that is
 * 2 * (window + d) later by one clock. Another store, which has taken over, has another clock; that adds d once more if both are tolerated. No store of less age knows what is fresh.
 *
 * <p>Where a server and the store do not agree what time it is, nothing is fresh: by the clock of each question, and by that of the last look, which is more exact.
 */
final class SharedReplayGuard implements ReplayGuard {
    /** Of the binder, which is the output of a hash function. As many as no two ClientHellos share by chance; two that did would be one refused early data. */
    private static final int ID_LENGTH = 16;

    private final Supplier<@Nullable RedisLink> link;
    private final BooleanSupplier inTime;
    private final Duration deadline;
    private final Duration clockDifference;
    private final Duration silence;
    private final InstantSource clock;
    private final FleetObserver observer;
    /** The latest time from which on a ClientHello that the store has missed could come. */
    private final AtomicReference<Instant> missed = new AtomicReference<>(Instant.MIN);

    /**
     * @param link the store, if it is there and can be trusted to remember
     * @param inTime whether this server's clock is known to differ from the store's by no more than {@code clockDifference}
     * @param silence for how long no server may look at the store's clock
     */
    SharedReplayGuard(
            Supplier<@Nullable RedisLink> link,
            BooleanSupplier inTime,
            Duration deadline,
            Duration clockDifference,
            Duration silence,
            InstantSource clock,
            FleetObserver observer) {
        this.link = link;
        this.inTime = inTime;
        this.deadline = deadline;
        this.clockDifference = clockDifference;
        this.silence = silence;
        this.clock = clock;
        this.observer = observer;
    }

    @Override
    public CompletionStage<Answer> check(Hello hello) {
        long begin = System.nanoTime();
        RedisLink store = link.get();
        CompletionStage<Answer> answer = store == null ? miss(hello) : ask(store, hello);
        return answer.thenApply(told -> {
            boolean doubtful = !inTime.getAsBoolean() || mayBeMissed(hello);
            Answer known = told == Answer.FRESH && doubtful ? Answer.CANNOT_TELL : told;
            observer.onReplayAnswer(known, Duration.ofNanos(System.nanoTime() - begin));
            return known;
        });
    }

    private CompletionStage<Answer> ask(RedisLink store, Hello hello) {
        RedisLink.Question question = new RedisLink.Question(
                id(hello),
                silence,
                clock.instant(),
                // The question is on its way for so long at most, or the answer comes too late.
                clockDifference.plus(deadline),
                earliest(hello).minus(clockDifference),
                hello.rememberUntil().plus(clockDifference),
                hello.window().multipliedBy(2).plus(clockDifference.multipliedBy(3)));
        try {
            return store.remember(question)
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
