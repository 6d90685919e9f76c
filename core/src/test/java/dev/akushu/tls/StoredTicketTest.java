package dev.akushu.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.StoredTicket.Origin;
import dev.akushu.tls.resume.AnyTicket;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoredTicketTest {
    private static final Instant RECEIVED = AnyTicket.NOW;
    private static final Duration MILLISECOND = Duration.ofMillis(1);

    @Test
    void ticketIsUsableUntilItsLifetimeEnds() {
        StoredTicket ticket = AnyTicket.stored("t", Duration.ofHours(2), AnyTicket.plainOrigin());
        Instant end = RECEIVED.plus(Duration.ofHours(2));
        assertThat(ticket.isUsable(RECEIVED)).isTrue();
        assertThat(ticket.isUsable(end)).isTrue();
        assertThat(ticket.isUsable(end.plus(MILLISECOND))).isFalse();
    }

    @Test
    void noTicketIsUsableAfterSevenDaysWhateverItsServerSays() {
        StoredTicket ticket = AnyTicket.stored("t", Duration.ofDays(30), AnyTicket.plainOrigin());
        assertThat(ticket.isUsable(RECEIVED.plus(Duration.ofDays(7)))).isTrue();
        assertThat(ticket.isUsable(RECEIVED.plus(Duration.ofDays(7)).plus(MILLISECOND)))
                .isFalse();
    }

    @Test
    void lifetimeOfZeroDiscardsTheTicketAtOnce() {
        assertThat(AnyTicket.stored("t", Duration.ZERO, AnyTicket.plainOrigin()).isUsable(RECEIVED))
                .isFalse();
    }

    @Test
    void ticketIsNotUsableOnceTheServersCertificateHasExpired() {
        Origin origin = new Origin(
                "a.example", null, NamedGroup.X25519, null, List.of(), null, RECEIVED, RECEIVED.plusSeconds(9));
        StoredTicket ticket = AnyTicket.stored("t", Duration.ofDays(1), origin);
        assertThat(ticket.isUsable(RECEIVED.plusSeconds(9))).isTrue();
        assertThat(ticket.isUsable(RECEIVED.plusSeconds(9).plus(MILLISECOND))).isFalse();
    }

    @Test
    void chainOfResumptionsEndsSevenDaysAfterItsFullHandshake() {
        Origin origin = AnyTicket.origin("a.example", null, List.of(), RECEIVED.minus(Duration.ofDays(7)));
        StoredTicket ticket = AnyTicket.stored("t", Duration.ofDays(1), origin);
        assertThat(ticket.isUsable(RECEIVED)).isTrue();
        assertThat(ticket.isUsable(RECEIVED.plus(MILLISECOND))).isFalse();
    }

    @Test
    void clockThatWasSetBackALittleDoesNoHarm() {
        StoredTicket ticket = AnyTicket.plainStored("t");
        assertThat(ticket.isUsable(RECEIVED.minusSeconds(60))).isTrue();
        assertThat(ticket.age(RECEIVED.minusSeconds(60))).isZero();
        assertThat(ticket.isUsable(RECEIVED.minusSeconds(61))).isFalse();
    }

    @Test
    void obfuscatedAgeIsTheAgeInMillisecondsPlusAgeAddModulo2To32() {
        StoredTicket ticket = AnyTicket.plainStored("t");
        assertThat(ticket.obfuscatedAge(RECEIVED)).isEqualTo(0x8000_0001L);
        assertThat(ticket.obfuscatedAge(RECEIVED.plusMillis(0x7fff_fffeL))).isEqualTo(0xffff_ffffL);
        assertThat(ticket.obfuscatedAge(RECEIVED.plusMillis(0x7fff_ffffL))).isZero();
    }

    @Test
    void textShowsNoSecret() {
        StoredTicket ticket = AnyTicket.plainStored("t");
        String secret = HexFormat.of().formatHex(ticket.copyPsk(), 0, 4);
        assertThat(ticket.toString()).doesNotContain(secret);
    }

    @Test
    void wipedTicketGivesNoKeyAway() {
        StoredTicket ticket = AnyTicket.plainStored("t");
        ticket.wipe();
        assertThatThrownBy(ticket::copyPsk).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void ticketWithoutBytesIsRefused() {
        assertThatThrownBy(() -> AnyTicket.plainStored("")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void originRefusesTextsThatCannotBeKept() {
        for (String text :
                List.of("", "a".repeat(256), "half of a pair: \ud800", "\udc00", "\ud800a", "\ud83d\ude00\ude00")) {
            assertThatThrownBy(() -> AnyTicket.origin(text, null, List.of(), RECEIVED))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> AnyTicket.origin(null, text, List.of(), RECEIVED))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void certificatesOfImpossibleYearsAreKeptAtTheEdgeOfTime() {
        assertThat(expiring(Instant.MIN).certificateExpiry()).isEqualTo(Instant.EPOCH);
        assertThat(expiring(Instant.MAX).certificateExpiry()).isAfter(Instant.parse("9999-12-31T23:59:59Z"));
    }

    private static Origin expiring(Instant expiry) {
        return new Origin(null, null, NamedGroup.X25519, null, List.of(), null, RECEIVED, expiry);
    }
}
