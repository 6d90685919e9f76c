package dev.akushu.fleet;

import static dev.akushu.fleet.Probe.LIMIT;
import static dev.akushu.fleet.Probe.answer;
import static dev.akushu.fleet.Probe.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.Problem;
import dev.akushu.tls.ReplayGuard;
import dev.akushu.tls.ReplayGuard.Answer;
import dev.akushu.tls.TlsException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Early data at servers whose clocks are wrong, by less than is noticed and by more. */
@Timeout(90)
@ParameterizedClass
@ValueSource(strings = {"redis-server", "valkey-server"})
class ClocksTest {
    private static final KeyWrapping WRAPPING = KeyEncryptionKey.of(List.of(new byte[KeyEncryptionKey.LENGTH]));
    private static final Duration WINDOW = Duration.ofMillis(300);
    private static final Duration TOLERANCE = Duration.ofMillis(500);

    /** A server's clock and the store's may be wrong in different directions. */
    private static final Duration ALMOST_NOTICED = TOLERANCE.multipliedBy(2).minusMillis(50);

    private static final Duration FAR = Duration.ofSeconds(4);

    @Parameter
    private String program;

    @TempDir
    private Path folder;

    private RedisServer store;
    private final List<Fleet> fleets = new ArrayList<>();
    private final List<Problem> faults = new CopyOnWriteArrayList<>();

    @BeforeEach
    void startStoreThatHasForgottenNothing() throws Exception {
        store = new RedisServer(RedisServer.program(program), folder);
        store.beOld("shop");
    }

    @AfterEach
    void stop() {
        fleets.forEach(Fleet::close);
        if (store != null) {
            store.close();
        }
    }

    private Fleet.Builder builder(AtomicReference<Duration> error) {
        return Fleet.at(store.address("shop"), WRAPPING)
                .rollOut(new RollOut(Duration.ofHours(9), Duration.ofHours(2), Duration.ofHours(1), TOLERANCE))
                .clock(() -> Instant.now().plus(error.get()))
                .pollEvery(Duration.ofMillis(100))
                .replayDeadline(Duration.ofSeconds(1))
                .observer(new FleetObserver() {
                    @Override
                    public void onFault(TlsException fault) {
                        faults.add(fault.problem());
                    }
                });
    }

    /** A server that has looked at the store with a clock that is wrong by {@code error}. */
    private Fleet joined(Fleet.Builder builder) throws Exception {
        Fleet fleet = builder.start();
        fleets.add(fleet);
        assertThat(fleet.awaitJoined(LIMIT)).isTrue();
        return fleet;
    }

    private Fleet joined(Duration error) throws Exception {
        return joined(builder(new AtomicReference<>(error)));
    }

    private static ReplayGuard.Hello expected(Instant when) {
        return new ReplayGuard.Hello(Probe.id(), when, when, WINDOW);
    }

    /** How often {@code server}, whose clock is wrong by {@code error}, finds copies of {@code hello} fresh; it asks for as long as they are in time by that clock. */
    private static int timesFresh(Fleet server, Duration error, ReplayGuard.Hello hello) throws Exception {
        int fresh = 0;
        for (Instant now = Instant.now().plus(error);
                !now.isAfter(hello.rememberUntil());
                now = Instant.now().plus(error)) {
            if (!now.isBefore(hello.expectedArrival().minus(WINDOW)) && answer(server, hello) == Answer.FRESH) {
                fresh++;
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
        return fresh;
    }

    @Test
    void clientHelloIsFreshOnceThoughTwoClocksDifferByAllThatGoesUnnoticed() throws Exception {
        Fleet ahead = joined(ALMOST_NOTICED);
        Fleet behind = joined(ALMOST_NOTICED.negated());
        await(() -> answer(behind, expected(Instant.now().minus(ALMOST_NOTICED))) == Answer.FRESH);
        // The one takes it as early as it can; the other takes copies for as long as any may.
        ReplayGuard.Hello hello = expected(Instant.now().plus(ALMOST_NOTICED).plus(WINDOW));

        assertThat(answer(ahead, hello)).isEqualTo(Answer.FRESH);
        assertThat(timesFresh(behind, ALMOST_NOTICED.negated(), hello)).isZero();
        assertThat(faults).isEmpty();
    }

    @Test
    void serverWhoseClockDiffersTakesNoEarlyDataUntilItIsSet() throws Exception {
        AtomicReference<Duration> error = new AtomicReference<>(Duration.ZERO);
        Fleet right = joined(Duration.ZERO);
        Fleet wrong = joined(builder(error));
        await(() -> answer(wrong) == Answer.FRESH);

        for (Duration each : List.of(FAR, FAR.negated(), ALMOST_NOTICED.plus(WINDOW))) {
            faults.clear();
            error.set(each);
            await(() -> faults.contains(Problem.STORE_CLOCK_DIFFERS));
            assertThat(answer(wrong, expected(Instant.now().plus(each)))).isEqualTo(Answer.CANNOT_TELL);
            assertThat(answer(wrong)).as("though the store takes it for fresh").isEqualTo(Answer.CANNOT_TELL);
            assertThat(answer(right)).isEqualTo(Answer.FRESH);

            error.set(Duration.ZERO);
            await(() -> answer(wrong) == Answer.FRESH);
        }
        assertThat(faults).containsOnly(Problem.STORE_CLOCK_DIFFERS);
    }

    @Test
    void whatAServerRefusesBecauseOfItsClockIsKnownToTheOthers() throws Exception {
        AtomicReference<Duration> error = new AtomicReference<>(ALMOST_NOTICED.plus(WINDOW));
        Fleet right = joined(Duration.ZERO);
        Fleet wrong = joined(builder(error));
        await(() -> answer(right) == Answer.FRESH);
        ReplayGuard.Hello hello = expected(Instant.now().plus(WINDOW));
        assertThat(answer(wrong, hello)).isEqualTo(Answer.CANNOT_TELL);

        assertThat(timesFresh(right, Duration.ZERO, hello)).isZero();
    }

    @Test
    void whatTheStoreHasForgottenIsNotFreshAtAServerWhoseClockIsBehind() throws Exception {
        Fleet ahead = joined(ALMOST_NOTICED);
        Fleet behind = joined(ALMOST_NOTICED.negated());
        ReplayGuard.Hello hello = expected(Instant.now().plus(ALMOST_NOTICED).plus(WINDOW));
        assertThat(answer(ahead, hello)).isEqualTo(Answer.FRESH);

        store.ask("flushall");
        assertThat(answer(ahead, expected(Instant.now().plus(ALMOST_NOTICED))))
                .as("the store is new")
                .isEqualTo(Answer.CANNOT_TELL);

        assertThat(timesFresh(behind, ALMOST_NOTICED.negated(), hello)).isZero();
        await(() -> answer(behind, expected(Instant.now().minus(ALMOST_NOTICED))) == Answer.FRESH);
    }

    /** Between two looks nobody notices. */
    @Test
    void clientHelloIsFreshOnceThoughAClockHasJustBeenSetAhead() throws Exception {
        AtomicReference<Duration> error = new AtomicReference<>(Duration.ZERO);
        Fleet right = joined(Duration.ZERO);
        Fleet wrong = joined(builder(error).pollEvery(Duration.ofHours(1)));
        await(() -> answer(wrong) == Answer.FRESH);
        error.set(FAR);
        ReplayGuard.Hello hello = expected(Instant.now().plus(FAR));

        int before = answer(wrong, hello) == Answer.FRESH ? 1 : 0;
        assertThat(before + timesFresh(right, Duration.ZERO, hello)).isEqualTo(1);
        assertThat(faults).isEmpty();
    }
}
