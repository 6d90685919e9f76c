package dev.akushu.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TicketKeysTest {
    private static final Instant START = Instant.parse("2026-11-25T12:00:00Z");
    private static final Duration SEAL_FOR = Duration.ofHours(12);
    private static final Duration OPEN_FOR = Duration.ofHours(24);

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final TicketKeys keys = rotating(SEAL_FOR, OPEN_FOR);

    @Property(tries = 200)
    void everyTicketOpensUntilTheEndOfItsKey(
            @ForAll @IntRange(min = 1, max = 100) int sealMinutes,
            @ForAll @IntRange(max = 300) int openMinutes,
            @ForAll @Size(max = 60) List<@IntRange(max = 90) Integer> stepsInMinutes) {
        now.set(START);
        TicketKeys rotating = rotating(Duration.ofMinutes(sealMinutes), Duration.ofMinutes(openMinutes));
        Set<TicketKey> everSealed = new LinkedHashSet<>();
        for (int step : stepsInMinutes) {
            now.set(now.get().plus(Duration.ofMinutes(step)));
            TicketKey sealing = rotating.sealingKey(now.get());
            assertThat(sealing.seals(now.get())).isTrue();
            assertThat(Duration.between(sealing.notBefore(), sealing.sealUntil()))
                    .isEqualTo(Duration.ofMinutes(sealMinutes));
            everSealed.add(sealing);
            for (TicketKey key : everSealed) {
                boolean alive = now.get().isBefore(key.openUntil());
                assertThat(rotating.openingKey(key.name(), now.get())).isSameAs(alive ? key : null);
                assertThat(key.copySecret() != null).isEqualTo(alive);
            }
            assertThat(rotating.keys()).hasSizeLessThanOrEqualTo(openMinutes / sealMinutes + 2);
        }
    }

    @Property(tries = 200)
    void clockThatJumpsBackAndForthNeverLeavesTheServerWithoutAKey(
            @ForAll @Size(max = 40) List<@IntRange(min = -4000, max = 4000) Integer> jumpsInMinutes) {
        now.set(START);
        TicketKeys rotating = rotating(SEAL_FOR, OPEN_FOR);
        for (int jump : jumpsInMinutes) {
            now.set(now.get().plus(Duration.ofMinutes(jump)));
            TicketKey sealing = rotating.sealingKey(now.get());
            assertThat(sealing.seals(now.get())).isTrue();
            assertThat(sealing.copySecret()).isNotNull();
            assertThat(rotating.openingKey(sealing.name(), now.get())).isSameAs(sealing);
        }
    }

    @Test
    void keySealsForItsTimeAndNotAMomentLonger() {
        TicketKey first = keys.sealingKey(START);
        now.set(first.sealUntil().minusNanos(1));
        assertThat(keys.sealingKey(now.get())).isSameAs(first);
        now.set(first.sealUntil());
        assertThat(keys.sealingKey(now.get())).isNotSameAs(first);
        assertThat(keys.openingKey(first.name(), now.get())).isSameAs(first);
    }

    @Test
    void keyThatOpensNoMoreIsRemovedAndWiped() {
        TicketKey first = keys.sealingKey(START);
        now.set(first.openUntil().minusNanos(1));
        assertThat(keys.keys()).contains(first);
        assertThat(first.copySecret()).isNotNull();
        now.set(first.openUntil());
        assertThat(keys.keys()).doesNotContain(first);
        assertThat(first.copySecret()).isNull();
    }

    @Test
    void keyIsThereForAServerThatReadTheClockAMomentBefore() {
        assertThat(keys.sealingKey(START.minusNanos(1))).isNotNull();
    }

    @Test
    void threadsThatRotateAtOnceAgreeOnOneKeyAndWipeNoneThatLives() throws Exception {
        int threads = 4;
        CyclicBarrier start = new CyclicBarrier(threads);
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            for (int round = 0; round < 3000; round++) {
                now.set(now.get().plus(SEAL_FOR));
                List<Future<TicketKey>> found = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    found.add(pool.submit(() -> {
                        start.await();
                        return keys.sealingKey(now.get());
                    }));
                }
                TicketKey first = found.getFirst().get();
                for (Future<TicketKey> each : found) {
                    assertThat(each.get()).isSameAs(first);
                }
                assertThat(keys.keys()).contains(first).allMatch(key -> key.copySecret() != null);
            }
        }
    }

    @Test
    void keysDifferInNameAndSecret() {
        TicketKey first = keys.sealingKey(START);
        byte[] firstSecret = Objects.requireNonNull(first.copySecret());
        now.set(first.sealUntil());
        TicketKey second = keys.sealingKey(now.get());
        assertThat(second.name()).isNotEqualTo(first.name());
        assertThat(second.copySecret()).isNotEqualTo(firstSecret);
    }

    @Test
    void defaultKeysSealForTwelveHoursAndOpenForADayMore() {
        TicketKey key = TicketKeys.rotating().keys().getFirst();
        assertThat(Duration.between(key.notBefore(), key.sealUntil())).isEqualTo(SEAL_FOR);
        assertThat(Duration.between(key.sealUntil(), key.openUntil())).isEqualTo(OPEN_FOR);
    }

    @Test
    void durationsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> rotating(Duration.ZERO, OPEN_FOR)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> rotating(SEAL_FOR, Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void newestKeyThatIsReadySeals() {
        TicketKey old = key(START.minus(SEAL_FOR.dividedBy(2)));
        TicketKey newest = key(START);
        TicketKey published = key(START.plusSeconds(1));
        TicketKeySource source = () -> List.of(published, old, newest);
        assertThat(source.sealingKey(START)).isSameAs(newest);
        assertThat(source.sealingKey(START.minusSeconds(1))).isSameAs(old);
        assertThat(source.sealingKey(START.plusSeconds(1))).isSameAs(published);
    }

    @Test
    void keyOpensBeforeItSealsBecauseAnotherServersClockMayBeAhead() {
        TicketKey published = key(START.plusSeconds(60));
        TicketKeySource source = () -> List.of(published);
        assertThat(source.sealingKey(START)).isNull();
        assertThat(source.openingKey(published.name(), START)).isSameAs(published);
    }

    @Test
    void ticketsPromiseNoLongerLifeThanTheirKeyHas() {
        TicketKey key = key(START);
        assertThat(key.remaining(START)).isEqualTo(SEAL_FOR.plus(OPEN_FOR));
        assertThat(key.remaining(key.sealUntil())).isEqualTo(OPEN_FOR);
        assertThat(key.remaining(key.openUntil().plusSeconds(1))).isZero();
    }

    @Test
    void textOfAKeyShowsItsNameAndNotItsSecret() {
        TicketKey key = key(START);
        String secret = HexFormat.of().formatHex(Objects.requireNonNull(key.copySecret()));
        assertThat(key.toString()).contains(key.name().hex()).doesNotContain(secret.substring(0, 8));
    }

    @Test
    void keyOfTheWrongShapeIsRefused() {
        Bytes name = Bytes.wrap(new byte[16]);
        assertThatThrownBy(
                        () -> new TicketKey(Bytes.ofAscii("short"), new byte[32], START, START.plusSeconds(1), START))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TicketKey(name, new byte[16], START, START.plusSeconds(1), START.plusSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TicketKey(name, new byte[32], START, START, START.plusSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TicketKey(name, new byte[32], START, START.plusSeconds(2), START.plusSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private TicketKeys rotating(Duration sealFor, Duration openFor) {
        return TicketKeys.rotating(now::get, new SecureRandom(), sealFor, openFor);
    }

    private static TicketKey key(Instant notBefore) {
        return TicketKey.generate(new SecureRandom(), notBefore, SEAL_FOR, OPEN_FOR);
    }
}
