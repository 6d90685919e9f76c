package dev.akushu.fleet;

import static dev.akushu.fleet.Probe.LIMIT;
import static dev.akushu.fleet.Probe.await;
import static dev.akushu.fleet.Probe.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.ReplayGuard;
import dev.akushu.tls.ReplayGuard.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server whose real store was away for a while and has forgotten nothing meanwhile. */
@Timeout(60)
class SharedReplayGuardTest {
    private static final Duration DIFFERENCE = Duration.ofMillis(100);
    private static final Duration WINDOW = Duration.ofMillis(300);
    private static final Duration SILENCE = Duration.ofMillis(700);

    /** By more than the clocks may differ, though a question be on its way for as long as it may. */
    private static final Duration FAR = LIMIT.multipliedBy(3);

    @TempDir
    private Path folder;

    private RedisServer store;
    private StoreClient client;
    private final AtomicReference<@Nullable RedisLink> link = new AtomicReference<>();
    private final SharedReplayGuard guard =
            new SharedReplayGuard(link::get, () -> true, LIMIT, DIFFERENCE, SILENCE, this::now, new FleetObserver() {});

    private Duration error = Duration.ZERO;

    @BeforeEach
    void startStoreThatHasBeenThereLongEnough() throws Exception {
        store = new RedisServer(folder);
        client = StoreClient.of(store.address("shop"), StoreAccess.DEFAULT);
        link.set(client.connect(() -> {}));
        store.beOld("shop");
        await(() -> answer(hello()) == Answer.FRESH);
    }

    @AfterEach
    void stop() {
        if (client != null) {
            client.close();
        }
        if (store != null) {
            store.close();
        }
    }

    @Test
    void whatCameWhileTheStoreWasAwayIsNotFreshWhenItIsBack() {
        ReplayGuard.Hello missed = hello();
        RedisLink there = link.getAndSet(null);
        assertThat(answer(missed)).isEqualTo(Answer.CANNOT_TELL);

        link.set(there);

        assertThat(answer(missed)).isEqualTo(Answer.CANNOT_TELL);
        assertThat(answer(missed)).as("now the store has it").isEqualTo(Answer.SEEN);
        await(() -> answer(hello()) == Answer.FRESH);
    }

    @Test
    void whatTheStoreCouldNotTakeIsNotFreshWhenItCan() throws Exception {
        ReplayGuard.Hello missed = hello();
        // Then it knows nothing of the command that remembers, until it is told again.
        store.ask("script", "flush");
        assertThat(answer(missed)).isEqualTo(Answer.CANNOT_TELL);

        RedisLink there = link.get();
        assertThat(there).isNotNull();
        there.refresh();

        assertThat(answer(missed)).isEqualTo(Answer.CANNOT_TELL);
        await(() -> answer(hello()) == Answer.FRESH);
    }

    /** The client, once refused, may have sent the data again. */
    @Test
    void whatComesBeforeItsTimeIsNotFreshInIt() throws Exception {
        ReplayGuard.Hello early = expected(Instant.now().plusSeconds(1));

        assertThat(answer(early)).isEqualTo(Answer.CANNOT_TELL);

        while (Instant.now().isBefore(early.rememberUntil())) {
            assertThat(answer(early)).isEqualTo(Answer.SEEN);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    @Test
    void nothingIsFreshWhileTheClocksDiffer() {
        for (Duration each : List.of(FAR, FAR.negated())) {
            error = each;
            assertThat(answer(hello())).isEqualTo(Answer.CANNOT_TELL);
            error = Duration.ZERO;
            await(() -> answer(hello()) == Answer.FRESH);
        }
    }

    @Test
    void storeThatNobodyAgreesWithIsNotOldWhenItsClockIsSet() {
        store.ask("flushall");
        error = FAR;
        assertThat(answer(hello())).isEqualTo(Answer.CANNOT_TELL);
        assertThat(store.noted("shop")).isEmpty();

        error = Duration.ZERO;
        answer(hello());
        assertThat(store.noted("shop")).isNotEmpty();
    }

    /** Marks that went at the later time would be missing. */
    @Test
    void nothingIsFreshUntilAClockThatWasSetBackHasComeToItsTimeAgain() {
        Instant before = Instant.now().plusSeconds(3);
        store.note("shop", Instant.EPOCH, before);

        await(() -> answer(expected(Instant.now())) == Answer.FRESH);
        assertThat(Instant.now()).isAfter(before);
    }

    @Test
    void clockThatIsSetBackAgainHasToComeToItsFirstTime() {
        Instant first = Instant.now().plusSeconds(4);
        store.note("shop", first, Instant.now().plusSeconds(2));

        await(() -> answer(expected(Instant.now())) == Answer.FRESH);
        assertThat(Instant.now()).isAfter(first);
    }

    /** Nobody may ask about a ClientHello meanwhile. */
    @Test
    void lookNotesTheTimeToo() throws Exception {
        store.note("shop", Instant.EPOCH, Instant.now().minusSeconds(2));
        Instant begin = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        RedisLink there = link.get();
        assertThat(there).isNotNull();

        RedisLink.Clock compared = there.compare(InstantSource.system(), SILENCE);

        assertThat(compared.difference()).isLessThan(LIMIT);
        assertThat(compared.isNoted()).isTrue();

        assertThat(Instant.ofEpochMilli(noted(2))).isBetween(begin, Instant.now());
        assertThat(noted(1)).isLessThan(LIMIT.toMillis());
    }

    /** A clock that is set back until then has lost no mark. */
    @Test
    void whatIsTooOldIsRememberedForAsLongAsNobodyMayLook() throws Exception {
        ReplayGuard.Hello hello = expected(Instant.now());
        assertThat(answer(hello)).isEqualTo(Answer.FRESH);

        while (!Instant.now().isAfter(hello.rememberUntil().plus(DIFFERENCE))) {
            TimeUnit.MILLISECONDS.sleep(20);
        }

        assertThat(answer(hello)).isEqualTo(Answer.SEEN);
        await(() -> answer(hello) == Answer.CANNOT_TELL);
        assertThat(Instant.now()).isAfter(hello.rememberUntil().plus(DIFFERENCE).plus(SILENCE));
    }

    @Test
    void whatComesTooLateIsRememberedToo() {
        Instant longAgo = Instant.now().minus(WINDOW).minus(DIFFERENCE).minusMillis(50);
        ReplayGuard.Hello late = expected(longAgo);

        assertThat(answer(late)).isEqualTo(Answer.CANNOT_TELL);
        assertThat(answer(late)).isEqualTo(Answer.SEEN);
    }

    /** The clock may have been set ahead meanwhile. */
    @Test
    void timeThatNobodyHasSeenMakesNoStoreOlder() {
        Instant before = Instant.now();
        // Of the minute, so long counts: less than WINDOW before and behind, and three times DIFFERENCE.
        store.note("shop", before.minusSeconds(60), before.minusSeconds(60));

        assertThat(answer(expected(Instant.now()))).isEqualTo(Answer.CANNOT_TELL);
        await(() -> answer(expected(Instant.now())) == Answer.FRESH);
        assertThat(Instant.ofEpochMilli(noted(1)))
                .isBetween(
                        before.minus(SILENCE).truncatedTo(ChronoUnit.MILLIS),
                        Instant.now().minus(SILENCE));
    }

    /** Or servers that were all away for a minute would take no early data with an external key for days. */
    @Test
    void storeThatIsOldStaysSoWhenNobodyHasLookedForAWhile() {
        store.note("shop", Instant.EPOCH, Instant.now().minusSeconds(60));

        assertThat(answer(hello())).isEqualTo(Answer.FRESH);
    }

    /** Then nobody knows what was taken at that time before. */
    @Test
    void timeThatNobodyHasSeenDoesNotMakeTheWaitForAnOldTimeLonger() {
        Instant before = Instant.now().plusSeconds(3);
        store.note("shop", before, Instant.now().minusSeconds(60));

        await(() -> answer(expected(Instant.now())) == Answer.FRESH);
        assertThat(Instant.now()).isAfter(before);
    }

    @Test
    void storeThatHasTakenOverWaitsForAnOldTimeToo() {
        Instant before = Instant.now().plusSeconds(3);
        store.ask(
                "set",
                "akushu:{shop}:since",
                "another:reign:0 " + before.toEpochMilli() + " " + Instant.now().toEpochMilli());

        await(() -> answer(expected(Instant.now())) == Answer.FRESH);
        assertThat(Instant.now()).isAfter(before);
    }

    /** The number of what was thrown away is part of a reign, and an operator may begin it anew. */
    @Test
    void reignThatALookHasSeenEndDoesNotComeAgain() throws Exception {
        RedisLink there = link.get();
        assertThat(there).isNotNull();
        store.ask("config", "set", "maxmemory", "1", "maxmemory-policy", "volatile-lru");
        store.ask("set", "more", "than fits");
        store.ask("config", "set", "maxmemory", "0", "maxmemory-policy", "noeviction");
        there.refresh();
        there.compare(InstantSource.system(), SILENCE);

        store.ask("config", "resetstat");
        there.refresh();

        assertThat(answer(expected(Instant.now()))).isEqualTo(Answer.CANNOT_TELL);
        await(() -> answer(expected(Instant.now())) == Answer.FRESH);
    }

    @Test
    void lookSaysIfNothingCanBeNoted() throws Exception {
        RedisLink there = link.get();
        assertThat(there).isNotNull();
        store.note("shop", Instant.EPOCH, Instant.now().minusSeconds(2));
        store.ask("config", "set", "maxmemory", "1", "maxmemory-policy", "noeviction");

        RedisLink.Clock compared = there.compare(InstantSource.system(), SILENCE);

        assertThat(compared.isNoted()).isFalse();
        assertThat(compared.difference()).isLessThan(LIMIT);
    }

    /** Its own clock may be behind that of the one before. */
    @Test
    void storeThatHasTakenOverHasToComeToTheTimeOfTheOneBefore() {
        Instant before = Instant.now().plusSeconds(3);
        store.ask("set", "akushu:{shop}:since", "another:reign:0 0 " + before.toEpochMilli());

        await(() -> answer(expected(Instant.now())) == Answer.FRESH);
        assertThat(Instant.now()).isAfter(before);
    }

    @Test
    void nothingIsFreshForAsLongAsAnyKeyLastsAfterAClockWasSetBackByMore() {
        store.note("shop", Instant.EPOCH, Instant.now().plus(Duration.ofDays(9)));
        // The store tells milliseconds.
        Instant begin = Instant.now().truncatedTo(ChronoUnit.MILLIS);

        assertThat(answer(hello())).isEqualTo(Answer.CANNOT_TELL);

        Instant since = Instant.ofEpochMilli(noted(1));
        assertThat(since)
                .isBetween(begin.plus(Duration.ofDays(8)), Instant.now().plus(Duration.ofDays(8)));
    }

    /** Of no mark is more known than how long the clock has been right. */
    @Test
    void masterThatWasAReplicaMeanwhileIsNew() throws Exception {
        RedisLink there = link.get();
        assertThat(there).isNotNull();
        // It follows nobody that is there, and is a master again.
        store.ask("replicaof", "127.0.0.1", "1");
        store.ask("replicaof", "no", "one");
        there.refresh();

        assertThat(answer(expected(Instant.now()))).isEqualTo(Answer.CANNOT_TELL);
        await(() -> answer(expected(Instant.now())) == Answer.FRESH);
    }

    private long noted(int word) {
        return Long.parseLong(store.noted("shop").split(" ", -1)[word]);
    }

    private Instant now() {
        return Instant.now().plus(error);
    }

    /** In time for a moment. */
    private static ReplayGuard.Hello expected(Instant when) {
        // The store tells milliseconds.
        Instant exact = when.truncatedTo(ChronoUnit.MILLIS);
        return new ReplayGuard.Hello(id(), exact, exact, WINDOW);
    }

    /** Remembered for longer than a test takes. */
    private static ReplayGuard.Hello hello() {
        Instant now = Instant.now();
        return new ReplayGuard.Hello(id(), now.plus(LIMIT), now, LIMIT.plusMillis(100));
    }

    private Answer answer(ReplayGuard.Hello hello) {
        return guard.check(hello).toCompletableFuture().join();
    }
}
