package dev.akushu.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.Problem;
import dev.akushu.tls.TicketKey;
import dev.akushu.tls.TlsException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What somebody who can write to the store, and has no key-encryption key, does to servers: little. */
class ForgedEntriesTest {
    private static final Instant NOW = Instant.parse("2026-11-29T00:00:00Z");
    private static final Duration POLL = Duration.ofSeconds(10);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final KeyWrapping WRAPPING = KeyEncryptionKey.of(List.of(new byte[KeyEncryptionKey.LENGTH]));

    private final ModelStore store = new ModelStore(() -> NOW);
    private final List<TlsException> faults = new ArrayList<>();
    private final Server server = new Server(WRAPPING);

    private final class Server {
        final KeyBook book;
        final KeyKeeper keeper;

        Server(KeyWrapping wrapping) {
            this(wrapping, new KeyBook("shop", "the store", wrapping, RollOut.DEFAULT, faults::add));
        }

        Server(KeyWrapping wrapping, KeyBook book) {
            this.book = book;
            keeper = new KeyKeeper("shop", book, RollOut.DEFAULT, wrapping, RANDOM, () -> 0);
        }

        void look(Instant now) throws Exception {
            keeper.look(store, now);
        }
    }

    /** Counts how often it is asked to unwrap, and answers as {@code WRAPPING} does, in the words of a service. */
    private static class Kms implements KeyWrapping {
        int asked;
        boolean away;

        @Override
        public byte[] wrap(byte[] secret, byte[] context) throws GeneralSecurityException {
            return WRAPPING.wrap(secret, context);
        }

        @Override
        public byte[] unwrap(byte[] wrapped, byte[] context) throws GeneralSecurityException {
            asked++;
            if (away) {
                throw new GeneralSecurityException("timeout");
            }
            try {
                return WRAPPING.unwrap(wrapped, context);
            } catch (GeneralSecurityException notOurs) {
                throw new IllegalStateException("InvalidCiphertext", notOurs);
            }
        }
    }

    /** Takes {@code time} for each question, by a clock of its own. */
    private final class SlowKms extends Kms {
        private final Duration time;
        private long nanos;

        SlowKms(Duration time) {
            this.time = time;
        }

        EntryOpener opener() {
            return new EntryOpener("shop", "the store", this, RollOut.DEFAULT, faults::add, () -> nanos);
        }

        @Override
        public byte[] unwrap(byte[] wrapped, byte[] context) throws GeneralSecurityException {
            nanos += time.toNanos();
            return super.unwrap(wrapped, context);
        }
    }

    /** A key as another fleet's, or a forger's, that seals from {@code from} on for as long as those of this fleet. */
    private void forge(int number, Instant from) {
        forge(number, from, RollOut.DEFAULT.every().multipliedBy(2));
    }

    private void forge(int number, Instant from, Duration sealFor) {
        TicketKey key = TicketKey.generate(RANDOM, from, sealFor, Duration.ofDays(1));
        try {
            String entry = KeyEntry.live("shop", key, foreign());
            store.put(name(number), String.valueOf(entry));
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }

    private static String name(int number) {
        return String.format(Locale.ROOT, "%032x", number);
    }

    private static KeyEncryptionKey foreign() {
        byte[] secret = new byte[KeyEncryptionKey.LENGTH];
        secret[0] = 1;
        return KeyEncryptionKey.of(List.of(secret));
    }

    @Test
    void thousandsOfForgedEntriesAreToldInFourSentencesAndHideNoKey() throws Exception {
        server.look(NOW);
        for (int i = 0; i < 5_000; i++) {
            forge(i, NOW);
        }
        Server fresh = new Server(WRAPPING);
        for (int i = 0; i < 400; i++) {
            fresh.look(NOW.plus(POLL.multipliedBy(i)));
        }

        assertThat(fresh.book.keys()).hasSize(1);
        assertThat(faults)
                .extracting(TlsException::problem)
                .containsExactly(
                        Problem.STORE_ENTRY_KEY_UNKNOWN,
                        Problem.STORE_ENTRY_KEY_UNKNOWN,
                        Problem.STORE_ENTRY_KEY_UNKNOWN,
                        Problem.STORE_ENTRIES_UNUSABLE);
        assertThat(faults.getLast()).hasMessageContaining("4997").hasMessageContaining("akushu:{shop}:keys");
    }

    @Test
    void rubbishOfEveryFormIsCountedAndHarmless() throws Exception {
        List<String> rubbish = List.of("", " ", "1", "1 live 1 2 3 ", "1 live a b c AAAA", "x".repeat(100_000));
        for (int i = 0; i < rubbish.size(); i++) {
            store.put("name\n\u001b[31m" + i, rubbish.get(i));
            store.put(name(i), rubbish.get(i));
        }

        server.look(NOW);

        assertThat(server.book.keys()).hasSize(1);
        // Of those that have a key's name, one has the form and is long over, and one is too long to be looked at.
        assertThat(faults)
                .extracting(TlsException::problem)
                .containsExactly(
                        Problem.STORE_ENTRY_MALFORMED,
                        Problem.STORE_ENTRY_MALFORMED,
                        Problem.STORE_ENTRY_MALFORMED,
                        Problem.STORE_ENTRIES_UNUSABLE);
        assertThat(faults.getLast().diagnosis().fact("count")).isEqualTo(6 + 1 + 1);
        assertThat(store.entries()).doesNotContainKey(name(3));
    }

    @Test
    void storeThatFillsUpIsToldWheneverTheRubbishHasDoubled() throws Exception {
        for (int i = 0; i < 64; i++) {
            store.put("junk" + i, "");
            server.look(NOW.plus(POLL.multipliedBy(i)));
        }

        assertThat(faults)
                .extracting(fault -> fault.diagnosis().fact("count"))
                .isEqualTo(List.<Object>of(1, 2, 4, 8, 16, 32, 64));
    }

    @Test
    void whoWritesOtherForgedEntriesAtEachLookIsToldThreeTimesAnHour() throws Exception {
        for (int i = 0; i < 360; i++) {
            store.loseEverything();
            forge(i, NOW);
            server.look(NOW.plus(POLL.multipliedBy(i)));
        }

        assertThat(faults)
                .filteredOn(fault -> fault.problem() == Problem.STORE_ENTRY_KEY_UNKNOWN)
                .hasSize(3);
        assertThat(faults.size()).isLessThanOrEqualTo(5);
    }

    @Test
    void forgedEntryThatIsReplacedByTheGoodOneIsUsed() throws Exception {
        server.look(NOW);
        String name = server.book.keys().getFirst().name().hex();
        String good = store.entries().get(name);
        Server fresh = new Server(WRAPPING);
        store.put(name, good.replace("live", "retired"));
        fresh.book.compare(store, NOW);
        assertThat(fresh.book.keys()).isEmpty();

        store.put(name, good);
        fresh.book.compare(store, NOW);

        assertThat(fresh.book.keys()).hasSize(1);
    }

    @Test
    void serviceIsNotAskedForEachForgedEntryAtEachLook() throws Exception {
        Kms kms = new Kms();
        Server fresh = new Server(kms);
        fresh.look(NOW);
        forge(0, NOW);

        int looks = 0;
        for (Instant now = NOW; now.isBefore(NOW.plus(Duration.ofHours(2))); now = now.plus(POLL)) {
            fresh.look(now);
            looks++;
        }

        // 10, 20, 40, 80, 160, 320 seconds after the first, then every ten minutes.
        assertThat(looks).isEqualTo(720);
        assertThat(kms.asked).isEqualTo(1 + 6 + 10);
        assertThat(fresh.book.keys()).hasSize(1);
    }

    @Test
    void slowServiceIsAskedForASecondOfEachLookUntilAllHasBeenTried() throws Exception {
        server.look(NOW);
        for (int i = 0; i < 1_000; i++) {
            forge(i, NOW);
        }
        SlowKms slow = new SlowKms(Duration.ofMillis(50));
        Server fresh = new Server(slow, new KeyBook(RollOut.DEFAULT, slow.opener()));
        int looks = 0;
        for (Instant now = NOW; fresh.book.keys().isEmpty(); now = now.plus(POLL)) {
            int before = slow.asked;
            fresh.look(now);
            looks++;
            assertThat(slow.asked - before).isLessThanOrEqualTo(21);
            assertThat(store.entries())
                    .as("it made no key before it knew that there is one")
                    .hasSize(1_001);
        }

        // Of 21 at a look, 15 are such as were not tried yet.
        assertThat(looks).isLessThanOrEqualTo(1_001 / 15 + 1);

        Instant due = NOW.plus(RollOut.DEFAULT.every());
        for (int i = 1_000; i < 2_000; i++) {
            forge(i, due);
        }
        fresh.look(due);
        assertThat(fresh.book.isWhole()).isFalse();
        assertThat(fresh.book.keys()).as("whoever has a key makes the next").hasSize(2);
        fresh.look(due.plus(POLL));
        assertThat(fresh.book.keys()).as("once").hasSize(2);
        assertThat(store.entries()).hasSize(2_002);
    }

    @Test
    void keyIsTriedAtLastThoughThereAreMoreForgedEntriesThanAreRemembered() throws Exception {
        SlowKms slow = new SlowKms(Duration.ofSeconds(2));
        EntryOpener opener = slow.opener();
        Map<String, String> rubbish = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            rubbish.put(name(1_000_000 + i), "x");
        }
        assertThat(opener.open(rubbish, Set.of(), NOW).usable()).isEmpty();
        server.look(NOW);
        for (int i = 0; i < 20; i++) {
            forge(i, NOW);
        }

        boolean found = false;
        // One of 21 at each look.
        for (int i = 0; i < 1_000 && !found; i++) {
            found = !opener.open(store.entries(), Set.of(), NOW).usable().isEmpty();
        }

        assertThat(found).isTrue();
    }

    @Test
    void keyAmongMoreFieldsThanALookComesToIsFoundByALaterOne() throws Exception {
        server.look(NOW);
        for (int i = 0; i < 250_000; i++) {
            store.put("  " + i, "");
        }
        Server fresh = new Server(WRAPPING);

        fresh.look(NOW);
        fresh.look(NOW);
        assertThat(fresh.book.isWhole()).isFalse();
        assertThat(store.entries()).as("nor is a second key made").hasSize(250_001);
        fresh.look(NOW);

        assertThat(fresh.book.isWhole()).isTrue();
        assertThat(fresh.book.keys()).hasSize(1);
        assertThat(faults)
                .extracting(fault -> fault.diagnosis().fact("count"))
                .as("what it has come to so far, when that has doubled")
                .isEqualTo(List.<Object>of(100_000, 200_000));
    }

    @Test
    void retirementOfAKnownKeyIsHeardAtOnceHoweverMuchRubbishThereIs() throws Exception {
        server.look(NOW);
        Server other = new Server(WRAPPING);
        other.look(NOW);
        for (int i = 0; i < 250_000; i++) {
            store.put("  " + i, "");
        }
        server.keeper.retire(store, server.book.keys().getFirst(), NOW);

        other.book.compare(store, NOW);

        assertThat(other.book.keys()).isEmpty();
    }

    @Test
    void retirementOfAKnownKeyIsHeardAtOnceThoughAServiceIsSlowAndManyEntriesAreForged() throws Exception {
        server.look(NOW);
        SlowKms slow = new SlowKms(Duration.ofMillis(50));
        Server other = new Server(slow, new KeyBook(RollOut.DEFAULT, slow.opener()));
        other.look(NOW);
        for (int i = 0; i < 1_000; i++) {
            forge(i, NOW);
        }
        server.keeper.retire(store, server.book.keys().getFirst(), NOW);

        other.book.compare(store, NOW);

        assertThat(other.book.keys()).isEmpty();
    }

    @Test
    void noMoreIsRememberedThanALookBrings() {
        Refusals refusals = new Refusals();
        for (int i = 0; i < 100_000; i++) {
            var _ = refusals.add(name(i), "x", null);
        }

        assertThat(refusals.count()).isEqualTo(20_000);
        refusals.endRound();
        refusals.endRound();
        assertThat(refusals.count()).isZero();
    }

    @Test
    void forgedEntriesThatSayThatTheyAreLongOverAreTakenAwayUntriedAndOthersAreNot() throws Exception {
        Kms kms = new Kms();
        Server fresh = new Server(kms);
        Duration life = Duration.ofDays(2);
        forge(0, NOW.minus(life).minus(Duration.ofDays(1)).minusMillis(1));
        forge(1, NOW.minus(life).minus(Duration.ofDays(1)));
        forge(2, NOW.minus(life));
        forge(3, NOW.minusSeconds(1), Duration.ofDays(365_000));
        fresh.look(NOW);

        assertThat(store.entries()).doesNotContainKey(name(0)).containsKeys(name(1), name(2), name(3));
        assertThat(kms.asked).as("the two that are not over").isEqualTo(2);
    }

    @Test
    void serverWithAnotherKeyEncryptionKeyMakesNoKeyAndSaysSo() throws Exception {
        server.look(NOW);
        Map<String, String> before = store.entries();
        Server stranger = new Server(foreign());

        stranger.look(NOW);

        assertThat(stranger.book.isForeign(NOW)).isTrue();
        assertThat(stranger.book.keys()).isEmpty();
        assertThat(store.entries()).isEqualTo(before);
        assertThat(server.book.isForeign(NOW)).isFalse();
    }

    @Test
    void serverWithAnotherKeyEncryptionKeyBeginsOnceNobodySealsWithKeysThatItCannotOpen() throws Exception {
        forge(0, NOW);
        Instant end = NOW.plus(RollOut.DEFAULT.every().multipliedBy(2));
        server.look(end.minusMillis(1));
        assertThat(server.book.keys()).isEmpty();

        server.look(end);

        assertThat(server.book.keys()).hasSize(1);
        assertThat(server.book.isForeign(end)).isFalse();
    }

    @Test
    void entriesThatAreTakenOutOfTheStoreNoLongerHoldAServerUp() throws Exception {
        forge(0, NOW);
        server.look(NOW);
        assertThat(server.book.isForeign(NOW)).isTrue();

        store.loseEverything();
        server.look(NOW);
        server.look(NOW);

        assertThat(server.book.isForeign(NOW)).isFalse();
        assertThat(server.book.keys()).hasSize(1);
    }

    @Test
    void forgedEntryDoesNotStopAServerThatHasAKeyFromMakingTheNext() throws Exception {
        server.look(NOW);
        Instant due = NOW.plus(RollOut.DEFAULT.every());
        forge(0, due);

        server.look(due);

        assertThat(server.book.isForeign(due)).isFalse();
        assertThat(server.book.keys()).hasSize(2);
    }

    @Test
    void forgedEntriesThatNoServerWouldHaveMadeDoNotStopTheFirst() throws Exception {
        forge(0, NOW, Duration.ofDays(365));
        forge(1, NOW.plus(Duration.ofHours(1)));
        forge(2, NOW.minus(Duration.ofHours(25)));

        server.look(NOW);

        assertThat(server.book.keys()).hasSize(1);
    }

    /** An entry that names the fleet's own key-encryption key and does not open was made by nobody who has it. */
    @Test
    void changedEntryIsNoSignOfOtherServers() throws Exception {
        server.look(NOW);
        String entry = store.entries().values().iterator().next();
        store.loseEverything();
        store.put(name(0), entry);
        Server fresh = new Server(WRAPPING);

        fresh.look(NOW);

        assertThat(faults)
                .singleElement()
                .satisfies(fault -> assertThat(fault.problem()).isEqualTo(Problem.STORE_ENTRY_FORGED));
        assertThat(fresh.book.keys()).hasSize(1);
    }

    @Test
    void keyEncryptionKeyIsReplacedWithoutAServerThatDoesNotShare() throws Exception {
        byte[] old = new byte[KeyEncryptionKey.LENGTH];
        byte[] next = old.clone();
        next[0] = 1;
        List<byte[]> both = List.of(next, old);
        List<List<byte[]>> steps = List.of(List.of(old), List.of(old, next), both, both, List.of(next));
        Instant now = NOW;
        // One server is a step ahead of the other, for longer than a key lives, and keys are made by either.
        for (int i = 0; i + 1 < steps.size(); i++) {
            Server behind = new Server(KeyEncryptionKey.of(steps.get(i)));
            Server ahead = new Server(KeyEncryptionKey.of(steps.get(i + 1)));
            for (int key = 0; key < 6; key++) {
                now = now.plus(RollOut.DEFAULT.every());
                Server maker = key % 2 == 0 ? ahead : behind;
                Server other = key % 2 == 0 ? behind : ahead;
                maker.look(now);
                other.look(now);
                assertThat(maker.book.isForeign(now) || other.book.isForeign(now))
                        .isFalse();
                assertThat(names(maker)).isEqualTo(names(other)).isNotEmpty();
            }
        }
        assertThat(faults).isEmpty();
    }

    private static List<String> names(Server server) {
        return server.book.keys().stream().map(key -> key.name().hex()).toList();
    }

    @Test
    void serverWithAnotherKeyEncryptionKeySeesSoThoughMalformedEntriesFillItsMemory() throws Exception {
        for (int i = 0; i < 20_000; i++) {
            store.put(name(i), "x");
        }
        forge(1_000_000, NOW);
        Map<String, String> before = store.entries();

        for (int i = 0; i < 3; i++) {
            server.look(NOW);
            assertThat(server.book.isForeign(NOW)).isTrue();
        }

        assertThat(store.entries()).isEqualTo(before);
        store.remove(List.of(name(1_000_000)));
        server.look(NOW);
        server.look(NOW);
        assertThat(server.book.isForeign(NOW)).as("what is gone is forgotten").isFalse();
    }

    @Test
    void entryToBeTriedAgainIsNotKeptWaitingByNewForgedOnes() throws Exception {
        server.look(NOW);
        SlowKms slow = new SlowKms(Duration.ofMillis(100));
        EntryOpener opener = slow.opener();
        slow.away = true;
        assertThat(opener.open(store.entries(), Set.of(), NOW).usable()).isEmpty();
        slow.away = false;
        for (int i = 0; i < 100; i++) {
            forge(i, NOW);
        }

        assertThat(opener.open(store.entries(), Set.of(), NOW.plusSeconds(10)).usable())
                .hasSize(1);
    }
}
