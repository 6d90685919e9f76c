package dev.akushu.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.TicketKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RollOutTest {
    private static final Instant NOW = Instant.parse("2026-11-29T00:00:00Z");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final RollOut DEFAULT = RollOut.DEFAULT;

    @Test
    void firstKeySealsAtOnceAlsoWhereTheClockIsBehind() {
        TicketKey first = DEFAULT.next(List.of(), NOW, RANDOM);

        assertThat(first.seals(NOW.minus(DEFAULT.clockTolerance().multipliedBy(2))))
                .isTrue();
    }

    @Test
    void nextKeyIsMadeAheadAndSealsWhenTheOneBeforeHasLastedItsTime() {
        TicketKey first = DEFAULT.next(List.of(), NOW, RANDOM);
        Instant due = first.notBefore().plus(DEFAULT.every()).minus(DEFAULT.ahead());

        assertThat(DEFAULT.isDue(List.of(first), due.minusMillis(1))).isFalse();
        assertThat(DEFAULT.isDue(List.of(first), due)).isTrue();
        TicketKey second = DEFAULT.next(List.of(first), due, RANDOM);
        assertThat(second.notBefore()).isEqualTo(first.notBefore().plus(DEFAULT.every()));
        assertThat(DEFAULT.isDue(List.of(first, second), due)).isFalse();
    }

    @Test
    void keyOfAClockFarAheadDoesNotKeepOthersFromMakingTheNext() {
        TicketKey first = DEFAULT.next(List.of(), NOW, RANDOM);
        TicketKey astray =
                TicketKey.generate(RANDOM, NOW.plus(Duration.ofDays(365)), Duration.ofDays(1), Duration.ofDays(1));
        Instant due = first.notBefore().plus(DEFAULT.every()).minus(DEFAULT.ahead());

        assertThat(DEFAULT.isDue(List.of(first, astray), due.minusMillis(1))).isFalse();
        assertThat(DEFAULT.isDue(List.of(first, astray), due)).isTrue();
    }

    @Test
    void keySealsForAsLongAgainWhenNoneFollows() {
        TicketKey only = DEFAULT.next(List.of(), NOW, RANDOM);

        assertThat(only.sealUntil())
                .isEqualTo(only.notBefore().plus(DEFAULT.every().multipliedBy(2)));
    }

    @Test
    void whatAKeySealsLastStillOpensForTheWholeLifeOfATicketWhereTheClockIsAhead() {
        TicketKey key = DEFAULT.next(List.of(), NOW, RANDOM);
        Instant last = key.sealUntil().minusMillis(1);
        Duration skew = DEFAULT.clockTolerance().multipliedBy(2);

        assertThat(key.opens(last.plus(DEFAULT.ticketLifetime()).plus(skew))).isTrue();
    }

    @Test
    void timesThatCannotWorkAreRefusedWithTheReason() {
        Duration second = Duration.ofSeconds(1);
        Duration day = Duration.ofDays(1);

        assertThatThrownBy(() -> new RollOut(day, second, day, second)).hasMessageContaining("PT1S");
        assertThatThrownBy(() -> new RollOut(second, day, day, second)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RollOut(day, second, Duration.ofDays(8), Duration.ZERO))
                .hasMessageContaining("seven days");
    }
}
