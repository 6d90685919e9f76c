package dev.akushu.tls.resume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.NotResumed;
import dev.akushu.tls.TicketKey;
import dev.akushu.tls.TicketKeySource;
import dev.akushu.tls.crypto.Crypto;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class TicketProtectorTest {
    private static final Instant NOW = AnyTicket.NOW;
    private static final Crypto CRYPTO = Crypto.jdk();
    private static final Bytes SCOPE = Bytes.ofAscii("one configuration");
    private static final int NAME_END = 1 + TicketKey.NAME_LENGTH;

    private final SecureRandom random = new SecureRandom();
    private final TicketKey key = TicketKey.generate(random, NOW, Duration.ofHours(12), Duration.ofHours(24));
    private final TicketProtector protector = protector(SCOPE, key);

    @Property(tries = 100)
    void ticketOpensToWhatWasSealed(@ForAll("states") TicketState state) {
        OpenedTicket opened = protector.open(seal(state), NOW);
        assertThat(opened).isInstanceOfSatisfying(OpenedTicket.Opened.class, ticket -> {
            TicketStateTest.assertSame(ticket.state(), state);
            assertThat(ticket.keyName()).isEqualTo(key.name());
        });
    }

    @Test
    void everyFlippedBitIsNoticed() {
        byte[] ticket = seal(plain()).toArray();
        for (int bit = 0; bit < 8 * ticket.length; bit++) {
            byte[] changed = ticket.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            boolean inName = bit / 8 >= 1 && bit / 8 < NAME_END;
            assertUnopened(
                    protector.open(Bytes.wrap(changed), NOW),
                    inName ? NotResumed.UNKNOWN_TICKET_KEY : NotResumed.TICKET_UNREADABLE);
        }
    }

    @Test
    void everyTruncationIsNoticed() {
        Bytes ticket = seal(plain());
        for (int length = 0; length < ticket.length(); length++) {
            assertUnopened(protector.open(ticket.slice(0, length), NOW), NotResumed.TICKET_UNREADABLE);
        }
    }

    @Test
    void bytesAddedAreNoticed() {
        byte[] ticket = seal(plain()).toArray();
        byte[] longer = Arrays.copyOf(ticket, ticket.length + 1);
        assertUnopened(protector.open(Bytes.wrap(longer), NOW), NotResumed.TICKET_UNREADABLE);
    }

    @Property(tries = 500)
    void noiseNeverOpensAndNeverThrows(@ForAll byte[] noise) {
        assertThat(protector.open(Bytes.copyOf(noise), NOW)).isInstanceOf(OpenedTicket.Unopened.class);
    }

    @Property(tries = 200)
    void noiseUnderTheNameOfAKeyNeverOpensAndNeverThrows(@ForAll byte[] noise) {
        byte[] ticket = Arrays.copyOf(seal(plain()).toArray(), NAME_END + noise.length);
        System.arraycopy(noise, 0, ticket, NAME_END, noise.length);
        assertUnopened(protector.open(Bytes.wrap(ticket), NOW), NotResumed.TICKET_UNREADABLE);
    }

    @Test
    void ticketOfAnotherConfigurationDoesNotOpen() {
        TicketProtector other = protector(Bytes.ofAscii("another configuration"), key);
        assertUnopened(other.open(seal(plain()), NOW), NotResumed.TICKET_UNREADABLE);
    }

    @Test
    void serverThatSharesTheKeysOpensTheTicketsOfAnother() {
        TicketKey sameKey = new TicketKey(
                key.name(),
                Objects.requireNonNull(key.copySecret()),
                key.notBefore(),
                key.sealUntil(),
                key.openUntil());
        assertThat(protector(SCOPE, sameKey).open(seal(plain()), NOW)).isInstanceOf(OpenedTicket.Opened.class);
    }

    @Test
    void keyOfTheSameNameAndAnotherSecretDoesNotOpen() {
        TicketKey other =
                new TicketKey(key.name(), AnyTicket.filled(32, 1), key.notBefore(), key.sealUntil(), key.openUntil());
        assertUnopened(protector(SCOPE, other).open(seal(plain()), NOW), NotResumed.TICKET_UNREADABLE);
    }

    @Test
    void ticketOpensUntilTheEndOfItsKeyAndNoLonger() {
        Bytes ticket = seal(plain());
        assertThat(protector.open(ticket, key.openUntil().minusNanos(1))).isInstanceOf(OpenedTicket.Opened.class);
        assertUnopened(protector.open(ticket, key.openUntil()), NotResumed.UNKNOWN_TICKET_KEY);
    }

    @Test
    void retiredKeyNeitherOpensNorSeals() {
        Bytes ticket = seal(plain());
        key.retire();
        assertUnopened(protector.open(ticket, NOW), NotResumed.UNKNOWN_TICKET_KEY);
        assertThat(protector.seal(key, plain())).isNull();
    }

    @Test
    void ticketsOfTheKeysAreKnownByTheirNames() {
        Bytes ticket = seal(plain());
        TicketKey other = TicketKey.generate(random, NOW, Duration.ofHours(12), Duration.ofHours(24));
        assertThat(TicketProtector.isTicketUnder(() -> List.of(other, key), ticket))
                .isTrue();
        assertThat(TicketProtector.isTicketUnder(() -> List.of(other), ticket)).isFalse();
        assertThat(TicketProtector.isTicketUnder(() -> List.of(key), ticket.slice(0, 20)))
                .isFalse();
    }

    @Test
    void noTwoTicketsAreAlike() {
        byte[] one = seal(plain()).toArray();
        byte[] other = seal(plain()).toArray();
        assertThat(Arrays.copyOfRange(one, NAME_END, NAME_END + 32))
                .isNotEqualTo(Arrays.copyOfRange(other, NAME_END, NAME_END + 32));
        assertThat(Arrays.copyOfRange(one, NAME_END + 32, one.length))
                .isNotEqualTo(Arrays.copyOfRange(other, NAME_END + 32, other.length));
    }

    @Test
    void stateIsNotLegibleInTheTicket() {
        assertThat(seal(plain()).printableAscii()).doesNotContain("example");
        assertThat(seal(plain()).hex()).doesNotContain("5a5a5a5a5a5a");
    }

    @Test
    void withoutAKeyThereIsNothingToSealWith() {
        TicketKeySource none = List::of;
        assertThat(TicketProtector.of(CRYPTO, none, SCOPE).sealingKey(NOW)).isNull();
    }

    @Test
    void cryptoWithoutAes256IsRefusedAtOnce() {
        Crypto without = new Crypto(
                CRYPTO.suites().stream()
                        .filter(suite -> !suite.suite().equals(CipherSuite.TLS_AES_256_GCM_SHA384))
                        .toList(),
                CRYPTO.groups(),
                CRYPTO.signatures(),
                CRYPTO.random());
        TicketKeySource keys = () -> List.of(key);
        assertThatThrownBy(() -> TicketProtector.of(without, keys, SCOPE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("TLS_AES_256_GCM_SHA384");
    }

    @Provide
    Arbitrary<TicketState> states() {
        return AnyTicket.states();
    }

    private static TicketState plain() {
        return AnyTicket.plainState(AnyTicket.plainOrigin());
    }

    private static TicketProtector protector(Bytes scope, TicketKey... keys) {
        List<TicketKey> all = List.of(keys);
        return TicketProtector.of(CRYPTO, () -> all, scope);
    }

    private Bytes seal(TicketState state) {
        return Objects.requireNonNull(protector.seal(key, state));
    }

    private static void assertUnopened(OpenedTicket opened, NotResumed reason) {
        assertThat(opened).isEqualTo(new OpenedTicket.Unopened(reason));
    }
}
