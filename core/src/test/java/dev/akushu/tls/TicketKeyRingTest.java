package dev.akushu.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.TicketKeyRing.Rotation;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TicketKeyRingTest {
    private static final Instant START = Instant.parse("2026-11-28T12:00:00Z");
    private static final Duration AHEAD = Duration.ofSeconds(60);
    private static final Duration LIFE = Duration.ofHours(24);
    private static final Rotation ROTATION = new Rotation(AHEAD, Duration.ofDays(7), LIFE);
    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * Rings are published at any time, every server hears of each within half the time that keys are published ahead, and its clock is wrong by less than the other half: then
     * what one server seals opens at every other for as long as the ticket lives, however late the other hears of things.
     */
    @Property(tries = 200)
    void whatOneServerSealsEveryOtherOpens(
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 200_000) Integer> gaps,
            @ForAll @IntRange(max = 29) int sealersDelay,
            @ForAll @IntRange(max = 29) int openersDelay,
            @ForAll @IntRange(min = -14, max = 14) int sealersClock,
            @ForAll @IntRange(min = -14, max = 14) int openersClock,
            @ForAll @IntRange(max = 1_000_000) int sealedAt,
            @ForAll @IntRange(max = 86_000) int age) {
        History history = new History(gaps);
        Instant sealing = START.plusSeconds(30 + sealedAt % Math.max(1, history.lasts() + 1000));
        TicketKeyRing sealers = history.at(sealing.minusSeconds(sealersDelay));
        TicketKey key = sealers.sealingKey(sealing.plusSeconds(sealersClock));
        assertThat(key).as("a server always has a key to seal with").isNotNull();

        Instant opening = sealing.plusSeconds(age);
        TicketKeyRing openers = history.at(opening.minusSeconds(openersDelay));

        assertThat(openers.openingKey(Objects.requireNonNull(key).name(), opening.plusSeconds(openersClock)))
                .isNotNull();
    }

    @Test
    void firstKeySealsAtOnce() {
        TicketKeyRing ring = TicketKeyRing.EMPTY.rotated(START, ROTATION, RANDOM);

        TicketKey only = ring.sealingKey(START);
        assertThat(ring.keys()).containsExactly(Objects.requireNonNull(only));
        assertThat(only.sealUntil()).isEqualTo(START.plus(Duration.ofDays(7)));
        assertThat(only.openUntil()).isEqualTo(START.plus(Duration.ofDays(8)));
    }

    @Test
    void nextKeyOpensAtOnceSealsLaterAndEndsTheOneBefore() {
        TicketKeyRing first = TicketKeyRing.EMPTY.rotated(START, ROTATION, RANDOM);
        Instant later = START.plusSeconds(3600);
        TicketKeyRing second = first.rotated(later, ROTATION, RANDOM);
        Bytes old = first.keys().getFirst().name();
        Bytes fresh = second.keys().getFirst().name();

        assertThat(second.openingKey(fresh, later)).isNotNull();
        assertThat(nameOfSealing(second, later)).isEqualTo(old);
        assertThat(nameOfSealing(second, later.plus(AHEAD).minusNanos(1))).isEqualTo(old);
        assertThat(nameOfSealing(second, later.plus(AHEAD))).isEqualTo(fresh);
        assertThat(second.openingKey(old, later.plus(AHEAD.multipliedBy(2)).plus(LIFE)))
                .isNull();
        assertThat(second.openingKey(
                        old, later.plus(AHEAD.multipliedBy(2)).plus(LIFE).minusNanos(1)))
                .isNotNull();
    }

    @Test
    void keysThatOpenNoMoreLeaveTheRing() {
        TicketKeyRing first = TicketKeyRing.EMPTY.rotated(START, ROTATION, RANDOM);

        TicketKeyRing muchLater = first.rotated(START.plus(Duration.ofDays(8)), ROTATION, RANDOM);

        assertThat(muchLater.keys()).hasSize(1);
        assertThat(muchLater.keys().getFirst().name())
                .isNotEqualTo(first.keys().getFirst().name());
    }

    @Test
    void keyThatWasStolenIsTakenOut() {
        TicketKeyRing both =
                TicketKeyRing.EMPTY.rotated(START, ROTATION, RANDOM).rotated(START.plusSeconds(1), ROTATION, RANDOM);
        Bytes stolen = both.keys().getLast().name();

        assertThat(both.without(stolen).openingKey(stolen, START)).isNull();
        assertThat(both.without(stolen).keys()).containsExactly(both.keys().getFirst());
    }

    @Test
    void successorGoesOnWithTheSecretsAndRetiresThoseThatAreGone() {
        TicketKeyRing before =
                TicketKeyRing.EMPTY.rotated(START, ROTATION, RANDOM).rotated(START.plusSeconds(1), ROTATION, RANDOM);
        TicketKey stays = before.keys().getFirst();
        TicketKey goes = before.keys().getLast();
        TicketKeyRing read = TicketKeyRing.of(List.of(copyOf(stays, Objects.requireNonNull(stays.copySecret()))));

        TicketKeyRing next = read.succeeding(before);

        assertThat(goes.copySecret()).isNull();
        assertThat(stays.copySecret()).as("a handshake may be using it").isNotNull();
        assertThat(next.keys().getFirst().copySecret()).isEqualTo(stays.copySecret());
        next.keys().getFirst().retire();
        assertThat(stays.copySecret()).as("one secret, wiped once").isNull();
    }

    @Test
    void otherKeyOfTheSameNameIsAnotherKey() {
        TicketKeyRing before = TicketKeyRing.EMPTY.rotated(START, ROTATION, RANDOM);
        TicketKey old = before.keys().getFirst();
        byte[] other = new byte[TicketKey.SECRET_LENGTH];

        TicketKeyRing next = TicketKeyRing.of(List.of(copyOf(old, other))).succeeding(before);

        assertThat(old.copySecret()).isNull();
        assertThat(next.keys().getFirst().copySecret()).isEqualTo(other);
    }

    @Test
    void twoKeysOfOneNameAreRefused() {
        TicketKey key = TicketKey.generate(RANDOM, START, AHEAD, AHEAD);

        assertThatThrownBy(() -> TicketKeyRing.of(List.of(key, key)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(key.name().hex());
    }

    private static TicketKey copyOf(TicketKey key, byte[] secret) {
        return new TicketKey(key.name(), secret, key.notBefore(), key.sealUntil(), key.openUntil());
    }

    private static Bytes nameOfSealing(TicketKeyRing ring, Instant now) {
        return Objects.requireNonNull(ring.sealingKey(now)).name();
    }

    /** Every ring that was published, and when. */
    private static final class History {
        private final List<Instant> times = new ArrayList<>();
        private final List<TicketKeyRing> rings = new ArrayList<>();

        History(List<Integer> gaps) {
            Instant now = START;
            TicketKeyRing ring = TicketKeyRing.EMPTY;
            for (int gap : gaps) {
                ring = ring.rotated(now, ROTATION, RANDOM);
                times.add(now);
                rings.add(ring);
                now = now.plusSeconds(gap);
            }
        }

        TicketKeyRing at(Instant time) {
            TicketKeyRing newest = rings.getFirst();
            for (int i = 0; i < rings.size(); i++) {
                newest = times.get(i).isAfter(time) ? newest : rings.get(i);
            }
            return newest;
        }

        long lasts() {
            return Duration.between(START, times.getLast()).toSeconds();
        }
    }
}
