package dev.akushu.fleet;

import static dev.akushu.fleet.Probe.LIMIT;
import static dev.akushu.fleet.Probe.answer;
import static dev.akushu.fleet.Probe.await;
import static dev.akushu.fleet.Probe.hello;
import static dev.akushu.fleet.Probe.id;
import static dev.akushu.fleet.Probe.knows;
import static dev.akushu.fleet.Probe.nameOfSealing;
import static dev.akushu.fleet.RedisServer.program;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.Problem;
import dev.akushu.tls.ReplayGuard;
import dev.akushu.tls.ReplayGuard.Answer;
import dev.akushu.tls.TicketKey;
import dev.akushu.tls.TlsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers of one fleet and a real store, which comes late, goes away, stops to answer and comes back empty. */
@Timeout(60)
@ParameterizedClass
@ValueSource(strings = {"redis-server", "valkey-server"})
class FleetTest {
    @Parameter
    private String program;

    private static final KeyWrapping WRAPPING = KeyEncryptionKey.of(List.of(new byte[KeyEncryptionKey.LENGTH]));
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Everything faster than in life; the clock's tolerance is nothing on one machine. */
    private static final RollOut QUICK =
            new RollOut(Duration.ofHours(1), Duration.ofSeconds(2), Duration.ofHours(1), Duration.ZERO);

    /** For servers that are told, and hardly ever ask by themselves. */
    private static final RollOut SLOW =
            new RollOut(Duration.ofHours(9), Duration.ofHours(2), Duration.ofHours(1), Duration.ZERO);

    @TempDir
    private Path folder;

    private RedisServer store;
    private final List<Fleet> fleets = new ArrayList<>();
    private final List<TlsException> faults = new CopyOnWriteArrayList<>();

    @BeforeEach
    void startStore() throws Exception {
        store = new RedisServer(program(program), folder);
    }

    @AfterEach
    void stop() throws Exception {
        fleets.forEach(Fleet::close);
        if (store != null) {
            store.close();
        }
    }

    private Fleet.Builder builder() {
        return Fleet.at(store.address("shop"), WRAPPING)
                .rollOut(QUICK)
                .pollEvery(Duration.ofMillis(100))
                .replayDeadline(Duration.ofSeconds(1))
                .observer(new FleetObserver() {
                    @Override
                    public void onFault(TlsException fault) {
                        faults.add(fault);
                    }
                });
    }

    private Fleet start(Fleet.Builder builder) throws TlsException {
        Fleet fleet = builder.start();
        fleets.add(fleet);
        return fleet;
    }

    private Fleet joined() throws Exception {
        Fleet fleet = start(builder());
        assertThat(fleet.awaitJoined(LIMIT)).isTrue();
        return fleet;
    }

    @Test
    void serversThatStartTogetherShareOneKey() throws Exception {
        for (int i = 0; i < 4; i++) {
            start(builder());
        }
        for (Fleet fleet : fleets) {
            await(() -> fleet.isSharing(Instant.now()));
        }

        List<Bytes> sealing = fleets.stream().map(Probe::nameOfSealing).toList();
        assertThat(sealing).containsOnly(sealing.getFirst());
        assertThat(faults).isEmpty();
    }

    @Test
    void newKeyIsHeardOfByAllAtOnceAndSealsLater() throws Exception {
        // Asked once an hour: only the subscription can tell so soon.
        Fleet one = start(builder().rollOut(SLOW).pollEvery(Duration.ofHours(1)));
        Fleet other = start(builder().rollOut(SLOW).pollEvery(Duration.ofHours(1)));
        await(() -> one.isSharing(Instant.now()) && other.isSharing(Instant.now()));
        Bytes old = nameOfSealing(one);
        try (FleetOperator operator =
                FleetOperator.connect(store.address("shop"), WRAPPING, StoreAccess.DEFAULT, SLOW)) {
            TicketKey fresh = operator.rotate().keys().getFirst();

            await(() -> knows(one, fresh.name()) && knows(other, fresh.name()));
            assertThat(nameOfSealing(one)).isEqualTo(old);
            Instant begin = Instant.now().plus(SLOW.ahead());
            assertThat(Objects.requireNonNull(other.ticketKeys().sealingKey(begin))
                            .name())
                    .isEqualTo(fresh.name());
        }
    }

    @Test
    void operatorWithAWrongClockChangesNothing() throws Exception {
        var _ = joined();
        try (StoreClient client = StoreClient.of(store.address("shop"), StoreAccess.DEFAULT);
                RedisLink link = client.connect(() -> {})) {
            await(() -> !entries(link).isEmpty());
            Map<String, String> before = entries(link);
            for (Duration wrong : List.of(Duration.ofDays(3), Duration.ofHours(-9))) {
                assertThatThrownBy(() -> FleetOperator.connect(
                                store.address("shop"),
                                WRAPPING,
                                StoreAccess.DEFAULT,
                                RollOut.DEFAULT,
                                () -> Instant.now().plus(wrong)))
                        .isInstanceOfSatisfying(
                                TlsException.class,
                                failure -> assertThat(failure.problem()).isEqualTo(Problem.STORE_CLOCK_DIFFERS));
            }
            assertThat(entries(link)).isEqualTo(before);
        }
    }

    /** By the default times, no server would seal for as long as these do, nor know of a key so long before. */
    @Test
    void operatorWithAnotherKeyEncryptionKeyMakesNoKeyWhateverTimesTheServersHave() throws Exception {
        RollOut longer =
                new RollOut(Duration.ofHours(24), Duration.ofHours(20), Duration.ofDays(1), Duration.ofSeconds(5));
        try (FleetOperator theirs =
                FleetOperator.connect(store.address("shop"), WRAPPING, StoreAccess.DEFAULT, longer)) {
            theirs.rotate();
        }
        byte[] other = new byte[KeyEncryptionKey.LENGTH];
        other[0] = 1;
        try (FleetOperator stranger = FleetOperator.connect(
                        store.address("shop"),
                        KeyEncryptionKey.of(List.of(other)),
                        StoreAccess.DEFAULT,
                        RollOut.DEFAULT);
                StoreClient client = StoreClient.of(store.address("shop"), StoreAccess.DEFAULT);
                RedisLink link = client.connect(() -> {})) {
            Map<String, String> before = entries(link);
            assertThat(before).hasSize(1);
            List<ThrowingCallable> calls =
                    List.of(stranger::keys, stranger::rotate, () -> stranger.rotate(Duration.ofMinutes(1)));
            for (ThrowingCallable call : calls) {
                assertThatThrownBy(call)
                        .isInstanceOfSatisfying(
                                TlsException.class,
                                failure -> assertThat(failure.problem()).isEqualTo(Problem.STORE_KEYS_FOREIGN));
            }
            assertThat(entries(link)).isEqualTo(before);
        }
    }

    @Test
    void operatorRefusesToPublishAKeyAtOnceOrALifetimeAhead() throws Exception {
        try (FleetOperator operator =
                        FleetOperator.connect(store.address("shop"), WRAPPING, StoreAccess.DEFAULT, SLOW);
                StoreClient client = StoreClient.of(store.address("shop"), StoreAccess.DEFAULT);
                RedisLink link = client.connect(() -> {})) {
            List<Duration> wrong = List.of(
                    Duration.ZERO,
                    Duration.ofSeconds(-1),
                    Duration.ofDays(7).plusNanos(1),
                    Duration.ofSeconds(Long.MAX_VALUE));
            for (Duration ahead : wrong) {
                assertThatThrownBy(() -> operator.rotate(ahead))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContainingAll(ahead.toString(), "more than zero", "PT168H");
            }
            assertThat(entries(link)).isEmpty();
            assertThat(operator.rotate(Duration.ofDays(7)).keys()).hasSize(1);
        }
    }

    private static Map<String, String> entries(RedisLink link) {
        try {
            return link.part(EntryStore.BEGIN).entries();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Test
    void serverThatNobodyTellsHearsByPolling() throws Exception {
        Fleet fleet = joined();
        // An entry that is written past the announcements.
        ModelStore elsewhere = new ModelStore(Instant::now);
        KeyBook book = new KeyBook("shop", "elsewhere", WRAPPING, QUICK, faults::add);
        new KeyKeeper("shop", book, QUICK, WRAPPING, RANDOM).look(elsewhere, Instant.now());
        Bytes fresh = book.keys().getFirst().name();
        try (StoreClient client = StoreClient.of(store.address("shop"), StoreAccess.DEFAULT);
                RedisLink link = client.connect(() -> {})) {
            link.put(fresh.hex(), elsewhere.entries().get(fresh.hex()));
        }

        await(() -> knows(fleet, fresh));
    }

    @Test
    void operatorRetiresAKeyEverywhere() throws Exception {
        Fleet one = joined();
        Fleet other = joined();
        await(() -> other.isSharing(Instant.now()));
        Bytes stolen = nameOfSealing(one);
        try (FleetOperator operator =
                FleetOperator.connect(store.address("shop"), WRAPPING, StoreAccess.DEFAULT, QUICK)) {
            assertThat(operator.retire(Bytes.wrap(new byte[16]))).isEmpty();
            assertThat(operator.retire(stolen)).isPresent();
        }

        await(() -> !knows(one, stolen) && !knows(other, stolen));
        await(() -> one.isSharing(Instant.now()) && other.isSharing(Instant.now()));
        assertThat(nameOfSealing(one)).isNotEqualTo(stolen);
    }

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
        await(() -> faults.stream().anyMatch(fault -> fault.problem() == Problem.STORE_UNREACHABLE));
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
        try (FleetOperator operator =
                FleetOperator.connect(store.address("shop"), WRAPPING, StoreAccess.DEFAULT, SLOW)) {
            operator.rotate();
        }
        Fleet fleet =
                start(builder().rollOut(SLOW).pollEvery(Duration.ofHours(1)).replayDeadline(Duration.ofMillis(5)));
        assertThat(fleet.awaitJoined(LIMIT)).isTrue();
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
    void clientHelloIsFreshOnceThoughAllServersAreAskedAtOnce() throws Exception {
        for (int i = 0; i < 3; i++) {
            joined();
        }
        fleets.forEach(this::awaitFresh);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 20; round++) {
                ReplayGuard.Hello hello = hello();
                List<Future<Answer>> answers = new ArrayList<>();
                for (int i = 0; i < 99; i++) {
                    Fleet fleet = fleets.get(i % 3);
                    answers.add(threads.submit(() -> answer(fleet, hello)));
                }
                List<Answer> all = new ArrayList<>();
                for (Future<Answer> answer : answers) {
                    all.add(answer.get());
                }
                assertThat(all).containsOnlyOnce(Answer.FRESH).contains(Answer.SEEN);
            }
        }
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
    void storeThatThrowsEntriesAwayWhenItIsFullIsNotTrusted() throws Exception {
        store.close();
        store = new RedisServer(program(program), folder, "--maxmemory", "100mb", "--maxmemory-policy", "allkeys-lru");
        Fleet fleet = joined();

        await(() -> faults.stream().anyMatch(fault -> fault.problem() == Problem.STORE_FORGETS));
        assertThat(faults).last().asString().contains("allkeys-lru");
        assertThat(answer(fleet)).isEqualTo(Answer.CANNOT_TELL);
        assertThat(fleet.isSharing(Instant.now())).isTrue();
    }

    @Test
    void storeThatIsSetToThrowEntriesAwayLaterIsNotTrustedFromThenOn() throws Exception {
        Fleet fleet = joined();
        awaitFresh(fleet);

        store.ask("config", "set", "maxmemory", "100mb", "maxmemory-policy", "allkeys-lru");

        await(() -> faults.stream().anyMatch(fault -> fault.problem() == Problem.STORE_FORGETS));
        assertThat(answer(fleet)).isEqualTo(Answer.CANNOT_TELL);
        store.ask("config", "set", "maxmemory-policy", "noeviction");
        awaitFresh(fleet);
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
    void leaseThatHasPassedToAnotherIsNotGivenUp() throws Exception {
        try (StoreClient client = StoreClient.of(store.address("shop"), StoreAccess.DEFAULT);
                RedisLink one = client.connect(() -> {});
                RedisLink other = client.connect(() -> {})) {
            assertThat(one.lease(LIMIT)).isTrue();
            assertThat(other.lease(LIMIT)).isFalse();
            store.ask("del", "akushu:{shop}:lease");
            assertThat(other.lease(LIMIT)).isTrue();

            one.release();
            assertThat(one.lease(LIMIT)).as("it is the other's now").isFalse();
            other.release();
            assertThat(one.lease(LIMIT)).isTrue();
        }
    }

    @Test
    void replicaIsNoStore() throws Exception {
        Fleet fleet = joined();
        try (RedisServer master = new RedisServer(program(program), folder)) {
            store.ask("replicaof", "127.0.0.1", String.valueOf(master.port()));

            await(() -> faults.stream().anyMatch(fault -> fault.problem() == Problem.STORE_IS_REPLICA));
            assertThat(answer(fleet)).isEqualTo(Answer.CANNOT_TELL);
            assertThat(fleet.isSharing(Instant.now())).isTrue();
        }
    }

    @Test
    void fullStoreCannotTell() throws Exception {
        store.close();
        store = new RedisServer(program(program), folder, "--maxmemory", "1", "--maxmemory-policy", "noeviction");
        Fleet fleet = start(builder());

        await(() -> !faults.isEmpty());
        assertThat(faults).extracting(TlsException::problem).containsOnly(Problem.STORE_FULL);
        assertThat(faults.getFirst()).hasMessageContaining("OOM");
        assertThat(answer(fleet)).isEqualTo(Answer.CANNOT_TELL);
        assertThat(fleet.ticketKeys().sealingKey(Instant.now())).isNotNull();
    }

    @Test
    void serverWhoseClockDiffersFromTheStoresSaysSoAndOpensWithTheKeysOfOthersAndMakesNone() throws Exception {
        Fleet wrong = start(builder().clock(() -> Instant.now().plusSeconds(60)));
        await(() -> faults.stream().anyMatch(fault -> fault.problem() == Problem.STORE_CLOCK_DIFFERS));
        assertThat(store.ask("exists", "akushu:{shop}:keys")).contains("0");

        Bytes sealing = nameOfSealing(joined());

        await(() -> knows(wrong, sealing));
        assertThat(wrong.isSharing(Instant.now().plusSeconds(60))).isTrue();
    }

    @Test
    void serverWhoseClockIsDaysAheadTakesNoKeyOfTheFleetAway() throws Exception {
        Bytes sealing = nameOfSealing(joined());
        AtomicReference<Duration> error = new AtomicReference<>(Duration.ZERO);
        Fleet wrong = start(builder().clock(() -> Instant.now().plus(error.get())));
        await(() -> knows(wrong, sealing));

        error.set(Duration.ofDays(9));
        await(() -> faults.stream().anyMatch(fault -> fault.problem() == Problem.STORE_CLOCK_DIFFERS));

        assertThat(store.ask("hexists", "akushu:{shop}:keys", sealing.hex())).contains("1");
        error.set(Duration.ZERO);
        await(() -> wrong.isSharing(Instant.now()));
        assertThat(nameOfSealing(wrong)).isEqualTo(sealing);
    }

    /** How often a link to the store has been made. */
    private int links() {
        Matcher calls = Pattern.compile("cmdstat_subscribe:calls=(\\d+)").matcher(store.ask("info", "commandstats"));
        return calls.find() ? Integer.parseInt(calls.group(1)) : 0;
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
        Fleet fleet =
                start(builder().rollOut(SLOW).pollEvery(Duration.ofHours(1)).observer(new FleetObserver() {
                    @Override
                    public void onLook(Duration took) {
                        looks.incrementAndGet();
                    }
                }));
        assertThat(fleet.awaitJoined(LIMIT)).isTrue();
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
        await(() -> faults.stream().anyMatch(fault -> fault.problem() == Problem.STORE_ENTRIES_UNUSABLE));
        assertThat(faults).extracting(TlsException::problem).containsOnly(Problem.STORE_ENTRIES_UNUSABLE);
    }

    @Test
    void serverWithAnotherKeyEncryptionKeySealsAloneUntilItsTurnComes() throws Exception {
        Fleet right = joined();
        Bytes sealing = nameOfSealing(right);
        List<Boolean> told = new CopyOnWriteArrayList<>();
        byte[] other = new byte[KeyEncryptionKey.LENGTH];
        other[0] = 1;
        Fleet stranger = start(Fleet.at(store.address("shop"), KeyEncryptionKey.of(List.of(other)))
                .rollOut(QUICK)
                .pollEvery(Duration.ofMillis(100))
                .replayDeadline(Duration.ofSeconds(1))
                .observer(new FleetObserver() {
                    @Override
                    public void onFault(TlsException fault) {
                        faults.add(fault);
                    }

                    @Override
                    public void onSharing(boolean sharing) {
                        told.add(sharing);
                    }
                }));

        await(() -> faults.stream().anyMatch(fault -> fault.problem() == Problem.STORE_KEYS_FOREIGN));
        assertThat(stranger.isSharing(Instant.now())).isFalse();
        assertThat(nameOfSealing(stranger)).isNotEqualTo(sealing);
        awaitFresh(stranger);
        assertThat(told).isEmpty();
        assertThat(store.ask("hlen", "akushu:{shop}:keys")).contains("1");

        right.close();
        store.ask("del", "akushu:{shop}:keys");
        await(() -> stranger.isSharing(Instant.now()));
        await(() -> told.equals(List.of(true)));
    }

    @Test
    void serverWhoseLastKeyLapsesWhileTheStoreIsAwaySealsAloneAndSaysSoAtOnce() throws Exception {
        List<Boolean> told = new CopyOnWriteArrayList<>();
        // A key seals for twice two seconds.
        Fleet fleet = start(builder()
                .rollOut(new RollOut(
                        Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofSeconds(20), Duration.ZERO))
                .observer(new FleetObserver() {
                    @Override
                    public void onSharing(boolean sharing) {
                        told.add(sharing);
                    }
                }));
        assertThat(fleet.awaitJoined(LIMIT)).isTrue();
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

    @Test
    void observerThatThrowsDisturbsNothing() throws Exception {
        AtomicInteger told = new AtomicInteger();
        Fleet fleet = start(builder().observer(new FleetObserver() {
            private void fail() {
                told.incrementAndGet();
                throw new IllegalStateException("an observer of the test's");
            }

            @Override
            public void onFault(TlsException fault) {
                fail();
            }

            @Override
            public void onJoined() {
                fail();
            }

            @Override
            public void onSharing(boolean sharing) {
                fail();
            }

            @Override
            public void onLook(Duration took) {
                fail();
            }

            @Override
            public void onReplayAnswer(Answer answer, Duration took) {
                told.incrementAndGet();
                throw new LinkageError("an observer of the test's");
            }
        }));
        assertThat(fleet.awaitJoined(LIMIT)).isTrue();
        awaitFresh(fleet);
        int before = told.get();

        await(() -> told.get() > before + 10);

        assertThat(links()).as("the first is still there").isEqualTo(1);
        store.kill();
        await(() -> answer(fleet) == Answer.CANNOT_TELL);
        store.start();
        awaitFresh(fleet);
    }

    @Test
    void addressThatCannotBeUsedIsRefusedWithoutShowingThePassword() {
        for (String address : List.of(
                "redis://u:secret@h:1",
                "http://u:secret@h/x",
                "redis://u:secret@h:1/a b",
                "redis-sentinel://u:secret@h/x")) {
            assertThatThrownBy(() -> Fleet.at(address, WRAPPING).start())
                    .isInstanceOfSatisfying(
                            TlsException.class,
                            refused -> assertThat(refused.problem())
                                    .isIn(Problem.STORE_ADDRESS_MALFORMED, Problem.STORE_MASTER_MISPLACED))
                    .hasMessageNotContaining("secret");
        }
    }

    @Test
    void storeIsNotAskedTooSeldomToHearOfAKey() {
        assertThatThrownBy(() -> builder().pollEvery(Duration.ofSeconds(2)).start())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT2S");
    }

    private void awaitFresh(Fleet fleet) {
        await(() -> answer(fleet) == Answer.FRESH);
    }
}
