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
import org.junit.jupiter.api.Test;

/** ClientHello recording. RFC 9846 section 8.2. */
class HellosInMemoryTest {
    private static final Instant BEGAN = Instant.parse("2026-11-28T12:00:00Z");
    private static final Duration WINDOW = Duration.ofSeconds(10);

    private final HellosInMemory guard = new HellosInMemory(100, BEGAN);

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
        assertThat(ask(1, BEGAN, 60, 61, Duration.ofSeconds(60))).isEqualTo(SEEN);
        assertThat(ask(2, 60, 62)).isEqualTo(FRESH);
        assertThat(ask(1, BEGAN, 60, 119, Duration.ofSeconds(60))).isEqualTo(SEEN);
    }

    @Test
    void aWiderWindowThanBeforeCannotTellOfWhatIsForgotten() {
        assertThat(ask(1, 60, 60)).isEqualTo(FRESH);
        assertThat(ask(2, 90, 90)).isEqualTo(FRESH);
        assertThat(ask(1, BEGAN, 60, 91, Duration.ofSeconds(60))).isEqualTo(CANNOT_TELL);
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
        for (int id = 0; id < 100; id++) {
            assertThat(ask(id, 60, 60)).isEqualTo(FRESH);
        }
        assertThat(ask(100, 60, 60)).isEqualTo(CANNOT_TELL);
        assertThat(ask(0, 60, 60)).isEqualTo(SEEN);
        assertThat(ask(101, 90, 90)).as("when all of these are too old").isEqualTo(FRESH);
    }

    @Test
    void copiesTakeNoRoom() {
        for (int i = 0; i < 1000; i++) {
            ask(1, 60, 60);
        }
        assertThat(ask(2, 60, 60)).isEqualTo(FRESH);
    }

    @Test
    void whatMayHaveComeBeforeItBeganIsRefused() {
        Instant before = BEGAN.minusSeconds(100);
        assertThat(ask(1, before, 5, 5)).isEqualTo(CANNOT_TELL);
        assertThat(ask(2, before, 9, 19)).isEqualTo(CANNOT_TELL);
        assertThat(ask(3, before, 10, 10)).isEqualTo(FRESH);
    }

    @Test
    void aTicketThatIsYoungerThanTheMemoryNeedsNoPatience() {
        assertThat(ask(1, BEGAN, 0, 0)).isEqualTo(FRESH);
        assertThat(ask(1, BEGAN, 0, 1)).isEqualTo(SEEN);
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
        assertThatIllegalArgumentException().isThrownBy(() -> new HellosInMemory(0, BEGAN));
    }

    private ReplayGuard.Answer ask(int id, int expected, int arrived) {
        return ask(id, BEGAN, expected, arrived);
    }

    private ReplayGuard.Answer ask(int id, Instant issued, int expected, int arrived) {
        return ask(id, issued, expected, arrived, WINDOW);
    }

    private ReplayGuard.Answer ask(int id, Instant issued, int expected, int arrived, Duration window) {
        ReplayGuard.Hello hello = new ReplayGuard.Hello(
                Bytes.fromHex("%08x".formatted(id)),
                issued,
                BEGAN.plusSeconds(expected),
                BEGAN.plusSeconds(arrived),
                window);
        return guard.check(hello).toCompletableFuture().join();
    }
}
