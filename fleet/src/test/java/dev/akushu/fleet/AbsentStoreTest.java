package dev.akushu.fleet;

import static dev.akushu.fleet.Probe.LIMIT;
import static dev.akushu.fleet.Probe.answer;
import static dev.akushu.fleet.Probe.await;
import static dev.akushu.fleet.Probe.hello;
import static dev.akushu.fleet.Probe.id;
import static dev.akushu.fleet.Probe.knows;
import static dev.akushu.fleet.Probe.nameOfSealing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.Problem;
import dev.akushu.tls.ReplayGuard;
import dev.akushu.tls.ReplayGuard.Answer;
import dev.akushu.tls.TlsException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers of a fleet whose store comes late, goes away, stops to answer and comes back empty. */
@Timeout(60)
@ParameterizedClass
@ValueSource(strings = {"redis-server", "valkey-server"})
class AbsentStoreTest extends FleetAtStore {
    @Test
    void storeThatIsDownAtStartIsJoinedLaterAndTheOwnKeyGoesOnOpening() throws Exception {
        store.kill();
        Fleet fleet = start(builder());
        assertThat(fleet.awaitJoined(Duration.ofMillis(300))).isFalse();

        Bytes own = nameOfSealing(fleet);
        assertThat(fleet.isSharing(Instant.now())).isFalse();
        assertThat(answer(fleet)).isEqualTo(Answer.CANNOT_TELL);
        await(() -> !faults.isEmpty());
        assertThat(faults).extracting(TlsException::problem).containsOnly(Problem.STORE_UNREACHABLE);
        assertThat(faults.getFirst()).hasMessageContaining("127.0.0.1:" + store.port());

        store.start();
        await(() -> fleet.isSharing(Instant.now()));
        assertThat(nameOfSealing(fleet)).isNotEqualTo(own);
        assertThat(knows(fleet, own)).as("its tickets are out there").isTrue();
    }

    @Test
    void storeThatIsLostLeavesTheKeysAndTakesEarlyDataAway() throws Exception {
        Fleet fleet = joined();
        Bytes shared = nameOfSealing(fleet);
        awaitFresh(fleet);

        store.kill();

        await(() -> answer(fleet) == Answer.CANNOT_TELL);
        assertThat(nameOfSealing(fleet)).isEqualTo(shared);
        awaitFault(Problem.STORE_UNREACHABLE);
        store.start();
        awaitFresh(fleet);
        assertThat(nameOfSealing(fleet)).as("it gave the key back").isEqualTo(shared);
        Fleet late = joined();
        await(() -> late.isSharing(Instant.now()));
        assertThat(nameOfSealing(late)).isEqualTo(shared);
    }

    @Test
    void pausedStoreHoldsAnAnswerUpForTheDeadlineAlone() throws Exception {
        // Asked once an hour, and nobody tells of a key: no look finds out that the store is paused, and the link
        // stays.
        try (FleetOperator operator = operator(SLOW)) {
            operator.rotate();
        }
        Fleet fleet =
                joined(builder().rollOut(SLOW).pollEvery(Duration.ofHours(1)).replayDeadline(Duration.ofMillis(5)));
        List<Duration> waits = new ArrayList<>();
        store.pause();
        try {
            for (int i = 0; i < 50; i++) {
                long begin = System.nanoTime();
                assertThat(inTime(fleet.replayGuard().check(hello()))).isEqualTo(Answer.CANNOT_TELL);
                waits.add(Duration.ofNanos(System.nanoTime() - begin));
            }
            assertThat(fleet.isSharing(Instant.now())).isTrue();
        } finally {
            store.resume();
        }
        waits.sort(null);
        assertThat(waits.getFirst()).as("the link was there").isGreaterThan(Duration.ofMillis(4));
        assertThat(waits.get(waits.size() / 2)).isLessThan(Duration.ofMillis(50));
        assertThat(waits.getLast())
                .as("before a command's own limit, on a machine that is busy too")
                .isLessThan(Duration.ofMillis(700));
        awaitFresh(fleet);
        assertThat(faults).isEmpty();
    }

    /** Without a deadline there is no answer at all. */
    private static Answer inTime(CompletionStage<Answer> answer) throws Exception {
        return answer.toCompletableFuture().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void storeThatComesBackEmptyKnowsNothingFreshUntilAllThatItForgotIsOver() throws Exception {
        Fleet fleet = joined();
        awaitFresh(fleet);
        ReplayGuard.Hello played = new ReplayGuard.Hello(id(), Instant.now(), Instant.now(), LIMIT);
        // With so wide a window nothing is fresh for a while; but it is remembered.
        assertThat(answer(fleet, played)).isEqualTo(Answer.CANNOT_TELL);
        assertThat(answer(fleet, played)).isEqualTo(Answer.SEEN);

        store.kill();
        store.start();

        await(() -> answer(fleet) != Answer.CANNOT_TELL);
        assertThat(answer(fleet, played))
                .as("it was forgotten, but is not taken for fresh")
                .isEqualTo(Answer.CANNOT_TELL);
    }

    @Test
    void serverWhoseLastKeyLapsesWhileTheStoreIsAwaySealsAloneAndSaysSoAtOnce() throws Exception {
        List<Boolean> told = new CopyOnWriteArrayList<>();
        // A key seals for twice two seconds.
        Fleet fleet = joined(builder()
                .rollOut(new RollOut(
                        Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofSeconds(20), Duration.ZERO))
                .observer(new FleetObserver() {
                    @Override
                    public void onSharing(boolean sharing) {
                        told.add(sharing);
                    }
                }));
        Bytes shared = nameOfSealing(fleet);

        // Its connections are accepted, and wait for its first word.
        store.pause();
        try {
            await(() -> !fleet.isSharing(Instant.now()));
            long lapsed = System.nanoTime();
            Bytes own = nameOfSealing(fleet);
            assertThat(own).isNotEqualTo(shared);
            assertThat(knows(fleet, shared) && knows(fleet, own)).isTrue();
            await(() -> told.contains(false));
            assertThat(Duration.ofNanos(System.nanoTime() - lapsed))
                    .as("the connecting takes some seconds")
                    .isLessThan(Duration.ofSeconds(1));
            store.resume();

            await(() -> told.equals(List.of(true, false, true)));
            assertThat(nameOfSealing(fleet)).isNotEqualTo(own);
            assertThat(knows(fleet, own)).as("its tickets are out there").isTrue();
        } finally {
            store.resume();
        }
    }
}
