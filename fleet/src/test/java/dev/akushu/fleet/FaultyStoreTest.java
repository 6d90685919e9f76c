package dev.akushu.fleet;

import static dev.akushu.fleet.Probe.answer;
import static dev.akushu.fleet.Probe.await;
import static dev.akushu.fleet.Probe.nameOfSealing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.Problem;
import dev.akushu.tls.ReplayGuard.Answer;
import dev.akushu.tls.TlsException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers of a fleet whose store is there, and set wrong, full, no master, or full of rubbish. */
@Timeout(60)
@ParameterizedClass
@ValueSource(strings = {"redis-server", "valkey-server"})
class FaultyStoreTest extends FleetAtStore {
    @Test
    void storeThatThrowsEntriesAwayWhenItIsFullIsNotTrusted() throws Exception {
        replaceStore("--maxmemory", "100mb", "--maxmemory-policy", "allkeys-lru");
        Fleet fleet = joined();

        awaitFault(Problem.STORE_FORGETS);
        assertThat(faults).last().asString().contains("allkeys-lru");
        assertThat(answer(fleet)).isEqualTo(Answer.CANNOT_TELL);
        assertThat(fleet.isSharing(Instant.now())).isTrue();
    }

    @Test
    void storeThatIsSetToThrowEntriesAwayLaterIsNotTrustedFromThenOn() throws Exception {
        Fleet fleet = joined();
        awaitFresh(fleet);

        store.ask("config", "set", "maxmemory", "100mb", "maxmemory-policy", "allkeys-lru");

        awaitFault(Problem.STORE_FORGETS);
        assertThat(answer(fleet)).isEqualTo(Answer.CANNOT_TELL);
        store.ask("config", "set", "maxmemory-policy", "noeviction");
        awaitFresh(fleet);
    }

    /** Marks may be among it. */
    @Test
    void storeThatHasThrownSomethingAwayIsNew() throws Exception {
        Fleet fleet = joined();
        awaitFresh(fleet);
        store.ask("config", "set", "maxmemory", "1", "maxmemory-policy", "volatile-lru");
        store.ask("set", "more", "than fits");
        awaitFault(Problem.STORE_FORGETS);
        Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);

        store.ask("config", "set", "maxmemory", "0", "maxmemory-policy", "noeviction");

        awaitFresh(fleet);
        Instant since = Instant.ofEpochMilli(Long.parseLong(store.noted("shop").split(" ", -1)[1]));
        assertThat(since).isAfterOrEqualTo(before);
    }

    @Test
    void keysOfAFullStoreAreReadThoughItCanNoteNothing() throws Exception {
        Fleet fleet = joined();
        awaitFresh(fleet);
        store.ask("config", "set", "maxmemory", "1", "maxmemory-policy", "noeviction");
        // Then each look has a time to note.
        TimeUnit.SECONDS.sleep(2);

        Fleet other = joined();

        assertThat(nameOfSealing(other)).isEqualTo(nameOfSealing(fleet));
        assertThat(answer(other)).isEqualTo(Answer.CANNOT_TELL);
    }

    @Test
    void scriptsThatAnOperatorTakesAwayAreGivenBack() throws Exception {
        Fleet fleet = joined();
        awaitFresh(fleet);

        store.ask("script", "flush");

        awaitFresh(fleet);
        assertThat(faults).isEmpty();
    }

    @Test
    void replicaIsNoStore() throws Exception {
        Fleet fleet = joined();
        RedisServer master = anotherStore();

        store.ask("replicaof", "127.0.0.1", String.valueOf(master.port()));

        awaitFault(Problem.STORE_IS_REPLICA);
        assertThat(answer(fleet)).isEqualTo(Answer.CANNOT_TELL);
        assertThat(fleet.isSharing(Instant.now())).isTrue();
    }

    @Test
    void fullStoreCannotTell() throws Exception {
        replaceStore("--maxmemory", "1", "--maxmemory-policy", "noeviction");
        Fleet fleet = start(builder());

        await(() -> !faults.isEmpty());
        assertThat(faults).extracting(TlsException::problem).containsOnly(Problem.STORE_FULL);
        assertThat(faults.getFirst()).hasMessageContaining("OOM");
        assertThat(answer(fleet)).isEqualTo(Answer.CANNOT_TELL);
        assertThat(fleet.ticketKeys().sealingKey(Instant.now())).isNotNull();
    }

    @Test
    void storeThatRefusesEachLookIsAskedOnceASecond() throws Exception {
        var _ = start(builder().rollOut(SLOW).pollEvery(Duration.ofHours(1)));
        await(() -> links() == 1);
        store.ask("set", "akushu:{shop}:keys", "no entries");
        store.ask("publish", "akushu:{shop}:changed", "changed");
        await(() -> links() > 1);
        long begin = System.nanoTime();
        int before = links();

        await(() -> links() >= before + 2);

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(900));
        assertThat(faults).extracting(TlsException::problem).containsOnly(Problem.STORE_REFUSED);
    }

    @Test
    void whoTellsOfChangesWithoutEndIsHeardFiveTimesASecond() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        var _ = joined(builder().rollOut(SLOW).pollEvery(Duration.ofHours(1)).observer(new FleetObserver() {
            @Override
            public void onLook(Duration took) {
                looks.incrementAndGet();
            }
        }));
        try (StoreClient client = StoreClient.of(store.address("shop"), StoreAccess.DEFAULT);
                RedisLink link = client.connect(() -> {})) {
            long begin = System.nanoTime();
            int before = looks.get();
            while (looks.get() < before + 5) {
                link.announce();
            }

            // The first of the five may come at once.
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(800));
        }
    }

    @Test
    void keyIsFoundAmongRubbishOfEverySizeOfWhichNothingIsFetched() throws Exception {
        Fleet one = joined();
        Bytes sealing = nameOfSealing(one);
        String entries = "akushu:{shop}:keys";
        store.ask("eval", "for i = 1, 50000 do redis.call('hset', KEYS[1], 'x' .. i, 'y') end", "1", entries);
        store.ask(
                "eval",
                "redis.call('hset', KEYS[1], string.rep('n', 2 ^ 20), 'y', string.rep('0', 32), string.rep('x', 2 ^ 20))",
                "1",
                entries);
        assertThat(store.ask("hlen", entries)).contains("50003");

        try (StoreClient client = StoreClient.of(store.address("shop"), StoreAccess.DEFAULT);
                RedisLink link = client.connect(() -> {})) {
            EntrySurvey survey = new EntrySurvey();
            assertThat(survey.look(link)).containsOnlyKeys(sealing.hex());
            assertThat(survey.isWhole()).isTrue();
            assertThat(survey.others()).isEqualTo(50_002);
            assertThat(link.named(List.of("0".repeat(32), sealing.hex(), "1".repeat(32))))
                    .containsEntry("0".repeat(32), "")
                    .containsOnlyKeys("0".repeat(32), sealing.hex());
        }
        Fleet late = joined();
        assertThat(nameOfSealing(late)).isEqualTo(sealing);
        awaitFault(Problem.STORE_ENTRIES_UNUSABLE);
        assertThat(faults).extracting(TlsException::problem).containsOnly(Problem.STORE_ENTRIES_UNUSABLE);
    }
}
