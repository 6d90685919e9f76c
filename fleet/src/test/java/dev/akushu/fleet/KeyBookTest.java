package dev.akushu.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.Problem;
import dev.akushu.tls.TicketKey;
import dev.akushu.tls.TlsException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What becomes of entries that the store loses, changes, makes up or brings back. */
class KeyBookTest {
    private static final Instant NOW = Instant.parse("2026-11-29T00:00:00Z");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final KeyWrapping WRAPPING = KeyEncryptionKey.of(List.of(new byte[KeyEncryptionKey.LENGTH]));

    private final ModelStore store = new ModelStore(() -> NOW);
    private final List<TlsException> faults = new ArrayList<>();
    private final KeyBook book = book("shop");
    private final KeyKeeper keeper = new KeyKeeper("shop", book, RollOut.DEFAULT, WRAPPING, RANDOM);

    private KeyBook book(String fleet) {
        return new KeyBook(fleet, "the store", WRAPPING, RollOut.DEFAULT, faults::add);
    }

    @Test
    void keyOfOneServerIsKnownToAnotherWithItsSecretAndTimes() throws Exception {
        keeper.look(store, NOW);
        KeyBook other = book("shop");
        other.compare(store, NOW);

        TicketKey mine = book.keys().getFirst();
        assertThat(other.keys())
                .singleElement()
                .satisfies(key -> assertThat(key.toString()).isEqualTo(mine.toString()))
                .satisfies(key -> assertThat(key.copySecret()).isEqualTo(mine.copySecret()));
        assertThat(faults).isEmpty();
    }

    @Test
    void storeSeesNoSecret() throws Exception {
        keeper.look(store, NOW);

        String all = store.entries().toString();
        byte[] secret = Objects.requireNonNull(book.keys().getFirst().copySecret());
        assertThat(all).doesNotContain(Base64.getEncoder().withoutPadding().encodeToString(Arrays.copyOf(secret, 30)));
    }

    @Test
    void everyChangeOfAnEntryIsFoundReportedOnceAndMendedByThoseWhoKnowIt() throws Exception {
        keeper.look(store, NOW);
        String name = store.entries().keySet().iterator().next();
        String entry = store.entries().get(name);
        for (int i = 0; i < entry.length(); i++) {
            char other = entry.charAt(i) == '1' ? '2' : '1';
            String forged = entry.substring(0, i) + other + entry.substring(i + 1);
            store.put(name, forged);
            KeyBook stranger = book("shop");
            faults.clear();

            stranger.compare(store, NOW);
            stranger.compare(store, NOW);

            assertThat(stranger.keys()).as(forged).isEmpty();
            boolean saysThatItIsOver = EntryHead.parse(forged)
                    .filter(read -> RollOut.DEFAULT.isOver(read.head().openUntil(), NOW))
                    .isPresent();
            assertThat(faults).as(forged).hasSize(saysThatItIsOver ? 0 : 1).allSatisfy(fault -> {
                assertThat(fault.problem())
                        .isIn(
                                Problem.STORE_ENTRY_FORGED,
                                Problem.STORE_ENTRY_MALFORMED,
                                Problem.STORE_ENTRY_KEY_UNKNOWN);
                assertThat(fault).hasMessageContaining(name);
            });
            book.compare(store, NOW);
            assertThat(store.entries()).containsEntry(name, entry);
        }
    }

    @Test
    void entryOfAnotherFleetOrUnderAnotherNameIsNotTaken() throws Exception {
        keeper.look(store, NOW);
        KeyBook other = book("bank");
        other.compare(store, NOW);
        assertThat(other.keys()).isEmpty();

        String entry = store.entries().values().iterator().next();
        store.put("00".repeat(16), entry);
        KeyBook fresh = book("shop");
        fresh.compare(store, NOW);
        assertThat(fresh.keys()).hasSize(1);
        assertThat(faults).hasSize(2);
    }

    @Test
    void whatTheStoreLostItGetsBack() throws Exception {
        keeper.look(store, NOW);
        Map<String, String> before = store.entries();
        store.loseEverything();

        keeper.look(store, NOW.plusSeconds(1));

        assertThat(store.entries()).isEqualTo(before);
    }

    @Test
    void keyIsRetiredEverywhereAndItsSecretOverwritten() throws Exception {
        keeper.look(store, NOW);
        KeyBook other = book("shop");
        other.compare(store, NOW);
        TicketKey theirs = other.keys().getFirst();

        keeper.retire(store, book.keys().getFirst(), NOW);
        other.compare(store, NOW);

        assertThat(book.keys()).isEmpty();
        assertThat(other.keys()).isEmpty();
        assertThat(theirs.copySecret()).isNull();
    }

    @Test
    void keyThatWasRetiredStaysSoThoughTheStoreBringsItBack() throws Exception {
        keeper.look(store, NOW);
        Map<String, String> old = store.entries();
        keeper.retire(store, book.keys().getFirst(), NOW);
        Map<String, String> retired = store.entries();
        store.loseEverything();
        for (Map.Entry<String, String> entry : old.entrySet()) {
            store.put(entry.getKey(), entry.getValue());
        }

        book.compare(store, NOW);

        assertThat(book.keys()).isEmpty();
        assertThat(store.entries()).isEqualTo(retired);
    }

    @Test
    void keyThatIsRetiredSoonAfterItWasMadeIsReplacedAtTheNextLook() throws Exception {
        keeper.look(store, NOW);
        keeper.retire(store, book.keys().getFirst(), NOW);

        keeper.look(store, NOW);

        assertThat(book.keys())
                .singleElement()
                .satisfies(key -> assertThat(key.seals(NOW)).isTrue());
    }

    @Test
    void twoServersWhoRetireTheSameKeyComeToRest() throws Exception {
        keeper.look(store, NOW);
        KeyBook other = book("shop");
        other.compare(store, NOW);
        KeyKeeper others = new KeyKeeper("shop", other, RollOut.DEFAULT, WRAPPING, RANDOM);
        TicketKey key = other.keys().getFirst();
        keeper.retire(store, book.keys().getFirst(), NOW);
        others.retire(store, key, NOW);

        book.compare(store, NOW);
        Map<String, String> once = store.entries();
        other.compare(store, NOW);
        book.compare(store, NOW);

        assertThat(store.entries()).isEqualTo(once);
        assertThat(faults).isEmpty();
    }

    @Test
    void keysWhoseTimeIsOverLeaveTheStoreAndAreOverwritten() throws Exception {
        keeper.look(store, NOW);
        TicketKey old = book.keys().getFirst();
        Instant later = old.openUntil().plusSeconds(11);

        book.compare(store, later);

        assertThat(old.copySecret()).isNull();
        assertThat(store.entries()).isEmpty();
    }

    @Test
    void keysThatWereOverBeforeTheServerStartedLeaveTheStoreADayLater() throws Exception {
        keeper.look(store, NOW);
        Instant end = book.keys().getFirst().openUntil();

        book("shop").compare(store, end.plus(Duration.ofDays(1)));
        assertThat(store.entries()).hasSize(1);
        book("shop").compare(store, end.plus(Duration.ofDays(1)).plusMillis(1));

        assertThat(store.entries()).isEmpty();
        assertThat(faults).isEmpty();
    }

    /** As a KMS that is away for a while. */
    private static final class Kms implements KeyWrapping {
        private boolean away;

        @Override
        public byte[] wrap(byte[] secret, byte[] context) throws GeneralSecurityException {
            answer();
            return WRAPPING.wrap(secret, context);
        }

        @Override
        public byte[] unwrap(byte[] wrapped, byte[] context) throws GeneralSecurityException {
            answer();
            return WRAPPING.unwrap(wrapped, context);
        }

        private void answer() throws GeneralSecurityException {
            if (away) {
                throw new GeneralSecurityException("timeout");
            }
        }
    }

    @Test
    void entryThatOnceDidNotOpenIsTriedAgainAfterAPauseAndReportedOnce() throws Exception {
        keeper.look(store, NOW);
        Kms kms = new Kms();
        KeyBook other = new KeyBook("shop", "the store", kms, RollOut.DEFAULT, faults::add);
        kms.away = true;
        other.compare(store, NOW);
        other.compare(store, NOW.plusSeconds(10));
        assertThat(other.keys()).isEmpty();
        assertThat(faults).singleElement().satisfies(fault -> {
            assertThat(fault.problem()).isEqualTo(Problem.STORE_ENTRY_NOT_OPENED);
            assertThat(fault).hasMessageContaining("timeout");
        });

        kms.away = false;
        other.compare(store, NOW.plusSeconds(29));
        assertThat(other.keys()).as("the second pause is twice the first").isEmpty();
        other.compare(store, NOW.plusSeconds(30));

        assertThat(other.keys()).hasSize(1);
    }

    @Test
    void keyThatCannotBeWrappedIsToldAndTheLeaseIsGivenBack() throws Exception {
        Kms kms = new Kms();
        kms.away = true;
        KeyKeeper failing = new KeyKeeper("shop", book, RollOut.DEFAULT, kms, RANDOM);

        assertThatThrownBy(() -> failing.look(store, NOW))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessage("timeout");

        keeper.look(store, NOW);
        assertThat(book.keys()).as("made by another server at once").hasSize(1);
    }

    @Test
    void leaseThatNeverEndsDoesNotLeaveTheFleetWithoutKeys() throws Exception {
        assertThat(store.lease(Duration.ofDays(365))).isTrue();
        Instant patient = NOW.plus(KeyKeeper.LEASE.multipliedBy(2));
        keeper.look(store, NOW);
        keeper.look(store, patient);
        assertThat(book.keys()).isEmpty();

        keeper.look(store, patient.plusMillis(1));

        assertThat(book.keys()).hasSize(1);
    }
}
