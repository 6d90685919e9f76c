package dev.akushu.fleet;

import static dev.akushu.fleet.Probe.LIMIT;
import static dev.akushu.fleet.Probe.answer;
import static dev.akushu.fleet.Probe.await;
import static dev.akushu.fleet.Probe.hello;
import static dev.akushu.fleet.Probe.knows;
import static dev.akushu.fleet.Probe.nameOfSealing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.Problem;
import dev.akushu.tls.ReplayGuard;
import dev.akushu.tls.ReplayGuard.Answer;
import dev.akushu.tls.TicketKey;
import dev.akushu.tls.TlsException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers of one fleet that share keys and what they remember of ClientHellos, by a real store. */
@Timeout(60)
@ParameterizedClass
@ValueSource(strings = {"redis-server", "valkey-server"})
class FleetTest extends FleetAtStore {
    private static final SecureRandom RANDOM = new SecureRandom();

    @Test
    void serversThatStartTogetherShareOneKey() throws Exception {
        List<Fleet> fleets = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            fleets.add(start(builder()));
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
        try (FleetOperator operator = operator(SLOW)) {
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
    void clientHelloIsFreshOnceThoughAllServersAreAskedAtOnce() throws Exception {
        List<Fleet> fleets = List.of(joined(), joined(), joined());
        fleets.forEach(FleetAtStore::awaitFresh);
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
    void serverWhoseClockDiffersFromTheStoresSaysSoAndOpensWithTheKeysOfOthersAndMakesNone() throws Exception {
        Fleet wrong = start(builder().clock(() -> Instant.now().plusSeconds(60)));
        awaitFault(Problem.STORE_CLOCK_DIFFERS);
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
        awaitFault(Problem.STORE_CLOCK_DIFFERS);

        assertThat(store.ask("hexists", "akushu:{shop}:keys", sealing.hex())).contains("1");
        error.set(Duration.ZERO);
        await(() -> wrong.isSharing(Instant.now()));
        assertThat(nameOfSealing(wrong)).isEqualTo(sealing);
    }

    @Test
    void serverWithAnotherKeyEncryptionKeySealsAloneUntilItsTurnComes() throws Exception {
        Fleet right = joined();
        Bytes sealing = nameOfSealing(right);
        List<Boolean> told = new CopyOnWriteArrayList<>();
        Fleet stranger = start(builder(OTHER_WRAPPING).observer(new FleetObserver() {
            @Override
            public void onFault(TlsException fault) {
                faults.add(fault);
            }

            @Override
            public void onSharing(boolean sharing) {
                told.add(sharing);
            }
        }));

        awaitFault(Problem.STORE_KEYS_FOREIGN);
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
    void observerThatThrowsDisturbsNothing() throws Exception {
        AtomicInteger told = new AtomicInteger();
        Fleet fleet = joined(builder().observer(new FleetObserver() {
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
}
