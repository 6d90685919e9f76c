package dev.akushu.tls.resume;

import static dev.akushu.tls.ReplayGuard.Answer.CANNOT_TELL;
import static dev.akushu.tls.ReplayGuard.Answer.FRESH;
import static dev.akushu.tls.ReplayGuard.Answer.SEEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.ReplayGuard;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** ClientHello recording. RFC 9846 section 8.2. */
class HellosInMemoryTest {
    private static final Instant BEGAN = Instant.parse("2026-11-28T12:00:00Z");
    private static final Duration WINDOW = Duration.ofSeconds(10);

    private final HellosInMemory guard = HellosInMemory.fromTheBeginning(100);

    @Test
    void theFirstOfTwoIsFreshAndItsCopySeen() {
        assertThat(ask(1, 60, 60)).isEqualTo(FRESH);
        assertThat(ask(1, 60, 60)).isEqualTo(SEEN);
        assertThat(ask(2, 60, 60)).isEqualTo(FRESH);
    }

    @Test
    void aCopyIsSeenAsLongAsItIsInTheWindow() {
        // The first comes as early as it may, its copy as late as it may; others pass meanwhile.
        assertThat(ask(1, 70, 60)).isEqualTo(FRESH);
        for (int second = 60; second <= 80; second++) {
            assertThat(ask(100 + second, second, second)).isEqualTo(FRESH);
            assertThat(ask(1, 70, second)).as("at %d", second).isEqualTo(SEEN);
        }
    }

    @Test
    void serversWithOtherWindowsFindTheCopyToo() {
        assertThat(ask(1, 60, 60)).isEqualTo(FRESH);
        assertThat(ask(1, 60, 61, Duration.ofSeconds(60))).isEqualTo(SEEN);
        assertThat(ask(2, 60, 62)).isEqualTo(FRESH);
        assertThat(ask(1, 60, 119, Duration.ofSeconds(60))).isEqualTo(SEEN);
    }

    @Test
    void aWiderWindowThanBeforeCannotTellOfWhatIsForgotten() {
        assertThat(ask(1, 60, 60)).isEqualTo(FRESH);
        assertThat(ask(2, 90, 90)).isEqualTo(FRESH);
        assertThat(ask(1, 60, 91, Duration.ofSeconds(60))).isEqualTo(CANNOT_TELL);
    }

    @Test
    void whatCannotComeAgainMakesRoom() {
        for (int second = 60; second < 1060; second++) {
            for (int i = 0; i < 4; i++) {
                assertThat(ask(4 * second + i, second, second))
                        .as("at %d", second)
                        .isEqualTo(FRESH);
            }
        }
    }

    @Test
    void aFullMemoryCannotTellAndForgetsNothing() {
        int id = 0;
        for (int second = 55; second <= 65; second++) {
            while (ask(id, second, 60) == FRESH) {
                id++;
            }
        }
        assertThat(id).isEqualTo(100);
        assertThat(ask(1000, 66, 60)).isEqualTo(CANNOT_TELL);
        assertThat(ask(0, 55, 60)).isEqualTo(SEEN);
        assertThat(ask(1001, 90, 90)).as("when all of these are too old").isEqualTo(FRESH);
    }

    @Test
    void whatWasTurnedAwayIsNotFreshWhenThereIsRoomAgain() {
        HellosInMemory small = HellosInMemory.fromTheBeginning(1);
        assertThat(ask(small, hello(1, 60, 60, WINDOW))).isEqualTo(FRESH);
        assertThat(ask(small, hello(2, 65, 60, WINDOW))).isEqualTo(CANNOT_TELL);

        // The first can come no more; the second can, for four more seconds.
        assertThat(ask(small, hello(2, 65, 71, WINDOW))).isEqualTo(CANNOT_TELL);
        assertThat(ask(small, hello(3, 65, 71, WINDOW)))
                .as("any of that second")
                .isEqualTo(CANNOT_TELL);
        assertThat(ask(small, hello(4, 71, 71, WINDOW))).isEqualTo(FRESH);
    }

    @Test
    void whatWasTurnedAwayInOneSpanIsNotFreshWhenAnotherHasEnded() {
        HellosInMemory small = HellosInMemory.fromTheBeginning(1);
        assertThat(ask(small, byKey(1, "lamp", 0, 100, 10))).isEqualTo(FRESH);
        assertThat(ask(small, byKey(2, "lamp", 0, 200, 10))).isEqualTo(CANNOT_TELL);

        assertThat(ask(small, byKey(2, "lamp", 0, 200, 101))).isEqualTo(CANNOT_TELL);
        assertThat(ask(small, byKey(3, "lamp", 101, 300, 101))).isEqualTo(FRESH);
    }

    @Test
    void aLongSpanKeepsNothingElseInMemory() {
        assertThat(ask(1, 3600, 0, Duration.ofHours(1))).isEqualTo(FRESH);
        for (int second = 1; second < 1000; second++) {
            assertThat(ask(10 + second, second, second)).as("at %d", second).isEqualTo(FRESH);
        }
        assertThat(ask(1, 3600, 7200, Duration.ofHours(1))).isEqualTo(SEEN);
    }

    @Test
    void oneKeyLeavesRoomForAnother() {
        for (int id = 0; id < 1000; id++) {
            ask(guard, byKey(id, "lamp", 0, 100, 10));
        }
        assertThat(ask(guard, byKey(0, "lamp", 0, 100, 11))).isEqualTo(SEEN);
        assertThat(ask(guard, byKey(1000, "lamp", 0, 100, 11))).isEqualTo(CANNOT_TELL);
        assertThat(ask(guard, byKey(1001, "door", 0, 100, 11))).isEqualTo(FRESH);
        assertThat(ask(1002, 11, 11)).as("with a ticket").isEqualTo(FRESH);
    }

    @Test
    void aServerThatWasToldAnotherBeginningOfASpanFindsTheCopyToo() {
        assertThat(ask(guard, byKey(1, "lamp", 0, 100, 10))).isEqualTo(FRESH);
        assertThat(ask(guard, byKey(1, "lamp", 20, 100, 30))).isEqualTo(SEEN);
        assertThat(ask(guard, byKey(2, "lamp", 20, 100, 30))).isEqualTo(FRESH);
    }

    @Test
    void aSpanWhoseMiddleIsPastBeginsWithoutDoubt() {
        // The buckets of tickets from around its middle are gone long since.
        for (int second = 0; second < 500; second++) {
            ask(second, second, second);
        }
        assertThat(ask(guard, byKey(1000, "lamp", 0, 600, 500))).isEqualTo(FRESH);
        assertThat(ask(guard, byKey(1000, "lamp", 0, 600, 600))).isEqualTo(SEEN);
        ask(2000, 601, 601);
        assertThat(ask(guard, byKey(1000, "lamp", 0, 600, 600)))
                .as("by a clock that was set back")
                .isEqualTo(CANNOT_TELL);
    }

    @Test
    void copiesTakeNoRoom() {
        for (int i = 0; i < 1000; i++) {
            ask(1, 60, 60);
        }
        assertThat(ask(2, 60, 60)).isEqualTo(FRESH);
    }

    @Test
    void nothingIsFreshBeforeTwoWindowsHavePassedSinceItBegan() {
        AtomicLong nanoTime = new AtomicLong(-1);
        HellosInMemory young = HellosInMemory.fromNow(100, nanoTime::get);
        assertThat(ask(young, 1, 60)).isEqualTo(CANNOT_TELL);
        // By the server's clock an hour later, by the other one 20 seconds: somebody has set the first.
        nanoTime.set(20_000_000_000L - 1);
        assertThat(ask(young, 2, 3660)).isEqualTo(CANNOT_TELL);
        nanoTime.set(20_000_000_000L);
        assertThat(ask(young, 2, 3660)).as("its client may have sent it again").isEqualTo(SEEN);
        assertThat(ask(young, 3, 3660)).isEqualTo(FRESH);
        assertThat(ask(young, 3, 3660)).isEqualTo(SEEN);
    }

    @Test
    void withExternalKeysNothingIsFreshWhoseSpanBeganBeforeTheMemory() {
        AtomicLong nanoTime = new AtomicLong(0);
        HellosInMemory young = HellosInMemory.ofExternalKeys(100, nanoTime::get);
        // A span of 20 seconds, that is 10 on either side, which began 5 seconds ago; and somebody sets the clock.
        nanoTime.set(5_000_000_000L);
        assertThat(ask(young, hello(1, 65, 60, WINDOW))).isEqualTo(CANNOT_TELL);
        assertThat(ask(young, hello(2, 65, 61, WINDOW))).isEqualTo(CANNOT_TELL);
        nanoTime.set(5_000_000_001L);
        assertThat(ask(young, hello(1, 65, 60, WINDOW))).isEqualTo(SEEN);
        assertThat(ask(young, hello(3, 65, 60, WINDOW))).isEqualTo(FRESH);
        assertThat(ask(young, hello(4, 65, 75, WINDOW)))
                .as("by the other clock its span began long ago")
                .isEqualTo(CANNOT_TELL);
        nanoTime.set(20_000_000_001L);
        assertThat(ask(young, hello(4, 65, 75, WINDOW))).isEqualTo(SEEN);
        assertThat(ask(young, hello(5, 65, 75, WINDOW))).isEqualTo(FRESH);
    }

    @Test
    void aMemoryAsOldAsTheKeysNeedsNoPatience() {
        assertThat(ask(1, 0, 0)).isEqualTo(FRESH);
        assertThat(ask(1, 0, 1)).isEqualTo(SEEN);
    }

    @Test
    void aTimeThatIsForgottenAlreadyCannotBeTold() {
        assertThat(ask(1, 60, 60)).isEqualTo(FRESH);
        assertThat(ask(2, 200, 200)).isEqualTo(FRESH);
        // A thread that was asleep meanwhile, or a clock that was set back.
        assertThat(ask(1, 60, 60)).isEqualTo(CANNOT_TELL);
    }

    @Test
    void ofManyCopiesAtOnceOneIsFresh() throws InterruptedException, ExecutionException {
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int id = 0; id < 50; id++) {
                int same = id;
                List<Future<ReplayGuard.Answer>> answers = new ArrayList<>();
                for (int copy = 0; copy < 8; copy++) {
                    answers.add(pool.submit(() -> ask(same, 60, 60)));
                }
                List<ReplayGuard.Answer> all = new ArrayList<>();
                for (Future<ReplayGuard.Answer> answer : answers) {
                    all.add(answer.get());
                }
                assertThat(all).filteredOn(answer -> answer == FRESH).hasSize(1);
                assertThat(all).filteredOn(answer -> answer == SEEN).hasSize(7);
            }
        }
    }

    @Test
    void needsRoomForOne() {
        assertThatIllegalArgumentException().isThrownBy(() -> HellosInMemory.fromTheBeginning(0));
    }

    private ReplayGuard.Answer ask(int id, int expected, int arrived) {
        return ask(guard, hello(id, expected, arrived, WINDOW));
    }

    private static ReplayGuard.Answer ask(ReplayGuard guard, int id, int expected) {
        return ask(guard, hello(id, expected, expected, WINDOW));
    }

    private ReplayGuard.Answer ask(int id, int expected, int arrived, Duration window) {
        return ask(guard, hello(id, expected, arrived, window));
    }

    private static ReplayGuard.Answer ask(ReplayGuard guard, ReplayGuard.Hello hello) {
        return guard.check(hello).toCompletableFuture().join();
    }

    private static ReplayGuard.Hello byKey(int id, String key, int from, int until, int arrived) {
        Duration half = Duration.ofSeconds(until - from).dividedBy(2);
        return new ReplayGuard.Hello(
                Bytes.fromHex("%08x".formatted(id)),
                Bytes.ofAscii(key),
                BEGAN.plusSeconds(until).minus(half),
                BEGAN.plusSeconds(arrived),
                half);
    }

    private static ReplayGuard.Hello hello(int id, int expected, int arrived, Duration window) {
        return new ReplayGuard.Hello(
                Bytes.fromHex("%08x".formatted(id)), BEGAN.plusSeconds(expected), BEGAN.plusSeconds(arrived), window);
    }
}
