package dev.akushu.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.Problem;
import dev.akushu.tls.TicketKey;
import dev.akushu.tls.TlsException;
import java.io.IOException;
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
    private final KeyKeeper keeper = new KeyKeeper("shop", book, RollOut.DEFAULT, WRAPPING, RANDOM, () -> 0);

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

    @Test
    void storeThatRefusesToWriteTeachesItsNewKeysAndHidesTheOverwrittenAllTheSame() throws Exception {
        keeper.look(store, NOW);
        TicketKey old = book.keys().getFirst();
        Instant over = old.openUntil().plusSeconds(11);
        KeyBook other = book("shop");
        new KeyKeeper("shop", other, RollOut.DEFAULT, WRAPPING, RANDOM, () -> 0).makeKey(store, over.minusSeconds(1));
        store.readOnly(true);

        assertThatThrownBy(() -> book.compare(store, over)).hasMessage("read only");

        assertThat(old.copySecret()).isNull();
        assertThat(book.keys()).doesNotContain(old).hasSize(1);
        assertThat(store.entries()).hasSize(2);
    }

    @Test
    void whoDoesNotKnowTheTimeForgetsNothingAndWritesNothing() throws Exception {
        keeper.look(store, NOW);
        TicketKey key = book.keys().getFirst();
        Map<String, String> before = store.entries();

        book.follow(store, key.openUntil().plus(Duration.ofDays(9)));

        assertThat(book.keys()).containsExactly(key);
        assertThat(key.copySecret()).isNotNull();
        assertThat(store.entries()).isEqualTo(before);
    }

    @Test
    void retirementThatAServiceCannotOpenYetIsNotWrittenOverAndHeardAtLast() throws Exception {
        Kms kms = new Kms();
        KeyBook other = new KeyBook("shop", "the store", kms, RollOut.DEFAULT, faults::add);
        keeper.look(store, NOW);
        other.compare(store, NOW);
        keeper.retire(store, book.keys().getFirst(), NOW);
        Map<String, String> retired = store.entries();
        kms.away = true;
        for (int i = 0; i < 100; i++) {
            other.compare(store, NOW.plusSeconds(10 * i));
        }
        assertThat(other.keys()).hasSize(1);
        assertThat(store.entries()).isEqualTo(retired);

        kms.away = false;
        other.compare(store, NOW.plusSeconds(1000));

        assertThat(other.keys()).as("the pause did not grow").isEmpty();
    }

    @Test
    void lookThatFailedHalfwayBeginsAnewAndHasNotSeenAll() throws Exception {
        EntrySurvey survey = new EntrySurvey();
        var _ = survey.look(store);
        assertThat(survey.isWhole()).isTrue();
        var _ = survey.look(new ModelStore(() -> NOW));
        survey.beginAnew();
        assertThat(survey.isWhole()).isFalse();

        book.compare(store, NOW);
        assertThat(book.isSurveyed()).isTrue();
        store.away(true);
        assertThatThrownBy(() -> book.compare(store, NOW)).hasMessage("away");

        assertThat(book.isSurveyed()).isFalse();
    }

    @Test
    void anotherStoreCountsAsUnseenUntilAllOfItWasRead() throws Exception {
        book.compare(store, NOW);
        ModelStore large = new ModelStore(() -> NOW);
        for (int i = 0; i < 150_000; i++) {
            large.put("  " + i, "");
        }

        book.compare(large, NOW);
        assertThat(book.isSurveyed()).isFalse();
        book.compare(large, NOW);

        assertThat(book.isSurveyed()).isTrue();
    }

    /** Throws what it does not declare, as code in other languages may. */
    private static final class Thrower implements KeyWrapping {
        private final Throwable failure;

        Thrower(Throwable failure) {
            this.failure = failure;
        }

        @Override
        public byte[] wrap(byte[] secret, byte[] context) {
            Thrower.<RuntimeException>raise(failure);
            return new byte[0];
        }

        @Override
        public byte[] unwrap(byte[] wrapped, byte[] context) {
            Thrower.<RuntimeException>raise(failure);
            return new byte[0];
        }

        @SuppressWarnings("unchecked")
        private static <T extends Throwable> void raise(Throwable failure) throws T {
            throw (T) failure;
        }
    }

    private static final List<Throwable> WHAT_SERVICES_THROW = List.of(
            new IllegalStateException("busy"),
            new IOException("busy"),
            new StackOverflowError("busy"),
            new NoClassDefFoundError("busy"));

    @Test
    void whateverAServiceThrowsWhenItWrapsIsNoFaultOfTheStore() throws Exception {
        keeper.look(store, NOW);
        TicketKey key = book.keys().getFirst();
        for (Throwable failure : WHAT_SERVICES_THROW) {
            KeyKeeper failing = new KeyKeeper("shop", book, RollOut.DEFAULT, new Thrower(failure), RANDOM);
            assertThatThrownBy(() -> failing.makeKey(store, NOW))
                    .isInstanceOf(GeneralSecurityException.class)
                    .hasCause(failure);
            assertThatThrownBy(() -> failing.retire(store, key, NOW))
                    .isInstanceOf(GeneralSecurityException.class)
                    .hasCause(failure);
        }
        assertThat(book.keys()).containsExactly(key);
    }

    @Test
    void whateverAServiceThrowsWhenItUnwrapsEndsNoLook() throws Exception {
        keeper.look(store, NOW);
        for (Throwable failure : WHAT_SERVICES_THROW) {
            faults.clear();
            KeyBook other = new KeyBook("shop", "the store", new Thrower(failure), RollOut.DEFAULT, faults::add);

            other.compare(store, NOW);

            assertThat(faults)
                    .singleElement()
                    .satisfies(fault -> assertThat(fault.problem()).isEqualTo(Problem.STORE_ENTRY_NOT_OPENED));
        }
    }

    private static KeyWrapping padding(int length) {
        return new KeyWrapping() {
            @Override
            public byte[] wrap(byte[] secret, byte[] context) {
                return Arrays.copyOf(secret, length);
            }

            @Override
            public byte[] unwrap(byte[] wrapped, byte[] context) {
                return Arrays.copyOf(wrapped, TicketKey.SECRET_LENGTH);
            }
        };
    }

    @Test
    void keyWhoseEntryNobodyWouldLookAtIsNotMade() throws Exception {
        KeyWrapping wide = padding(6_000);
        KeyBook own = new KeyBook("shop", "the store", wide, RollOut.DEFAULT, faults::add);
        new KeyKeeper("shop", own, RollOut.DEFAULT, wide, RANDOM).makeKey(store, NOW);
        assertThat(own.keys()).hasSize(1);

        KeyWrapping tooWide = padding(6_200);
        assertThatThrownBy(() -> new KeyKeeper("shop", own, RollOut.DEFAULT, tooWide, RANDOM).makeKey(store, NOW))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining("8192");

        assertThat(own.keys()).hasSize(1);
        assertThat(store.entries()).hasSize(1);
    }

    @Test
    void keyThatWasWrappedTooLateForAllToHearOfItIsDropped() throws Exception {
        long[] nanos = {0};
        Duration[] takes = {Duration.ofSeconds(10).plusMillis(1)};
        KeyWrapping slow = new KeyWrapping() {
            @Override
            public byte[] wrap(byte[] secret, byte[] context) throws GeneralSecurityException {
                nanos[0] += takes[0].toNanos();
                return WRAPPING.wrap(secret, context);
            }

            @Override
            public byte[] unwrap(byte[] wrapped, byte[] context) throws GeneralSecurityException {
                return WRAPPING.unwrap(wrapped, context);
            }
        };
        KeyKeeper late = new KeyKeeper("shop", book, RollOut.DEFAULT, slow, RANDOM, () -> nanos[0]);
        late.look(store, NOW);
        assertThat(book.keys())
                .as("the first seals at once, and is better than none")
                .hasSize(1);
        Instant due = NOW.plus(RollOut.DEFAULT.every());

        assertThatThrownBy(() -> late.look(store, due)).isInstanceOf(GeneralSecurityException.class);
        assertThat(store.entries()).hasSize(1);
        takes[0] = Duration.ofSeconds(10);
        late.look(store, due);

        assertThat(book.keys()).hasSize(2);
    }
}
