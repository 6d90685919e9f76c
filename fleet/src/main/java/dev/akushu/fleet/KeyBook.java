package dev.akushu.fleet;

import dev.akushu.tls.TicketKey;
import dev.akushu.tls.TlsException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The entries that this server knows. They outlive those of the store: what the store has lost, by a restart or because it was split in two, is written again, and a key that was retired stays
 * retired whatever the store says. Used by one thread; the keys are read by all.
 */
final class KeyBook {
    private final RollOut rollOut;
    private final EntryOpener opener;
    private final EntrySurvey survey = new EntrySurvey();
    private final Map<String, KeyEntry.Stored> known = new TreeMap<>();

    private volatile List<TicketKey> keys = List.of();

    /** @param store as it is called in error texts */
    KeyBook(String fleet, String store, KeyWrapping wrapping, RollOut rollOut, Consumer<TlsException> onFault) {
        this(rollOut, new EntryOpener(fleet, store, wrapping, rollOut, onFault, System::nanoTime));
    }

    KeyBook(RollOut rollOut, EntryOpener opener) {
        this.rollOut = rollOut;
        this.opener = opener;
    }

    /** The keys that open now, in an immutable list. */
    List<TicketKey> keys() {
        return keys;
    }

    /** Whether all that the store has was seen once. A look does not come to all if somebody has filled the store with rubbish. */
    boolean isSurveyed() {
        return survey.isWhole();
    }

    /** Whether it was tried, too. */
    boolean isWhole() {
        return isSurveyed() && !opener.leftAny();
    }

    /** How much of what the store has is not used, as far as is known. */
    int unused() {
        return opener.unused();
    }

    /** Whether servers seal with keys that do not open here, and this one with none of the fleet's: it has not their key-encryption key. Where a key of the fleet's seals, entries that do not open prove nothing. */
    boolean isForeign(Instant now) {
        return !rollOut.anySeals(keys, now) && opener.seesKeysInUse(name -> !known.containsKey(name), now);
    }

    /** Takes a key that this server made and has put into the store as {@code text}: whatever else is there, it need not look for this one. The key is the book's from now on. */
    void add(TicketKey key, String text) {
        known.put(key.name().hex(), new KeyEntry.Stored(text, new KeyEntry(key.name(), key, key.openUntil())));
        publishKeys();
    }

    /** Takes over what {@code entries} has, as far as a look goes, and gives it back what it lacks; called again with the same it changes nothing. If writing fails, what is there is known all the same. */
    void compare(EntryStore entries, Instant now) throws IOException {
        Look look = look(entries, now);
        List<String> over = new ArrayList<>(look.opened().longOver());
        over.addAll(forgetExpired(look.stored(), now));
        // Before anything is written, which may fail: handshakes need not wait for that.
        publishKeys();
        opener.endLook(survey.others(), survey.roundEnded(), now);
        try {
            if (!over.isEmpty()) {
                entries.remove(over);
            }
        } finally {
            repair(entries, look);
        }
    }

    /** Takes over what {@code entries} has, as far as a look goes, and neither writes nor forgets: for who does not know what time it is. */
    void follow(EntryStore entries, Instant now) throws IOException {
        var _ = look(entries, now);
        publishKeys();
        opener.endLook(survey.others(), survey.roundEnded(), now);
    }

    /** Takes over what {@code entries} has under {@code name}, however much else is there. */
    void lookFor(String name, EntryStore entries, Instant now) throws IOException {
        var _ = learn(entries.named(List.of(name)), now);
        publishKeys();
    }

    private record Look(Map<String, String> stored, EntryOpener.Opened opened) {}

    private Look look(EntryStore entries, Instant now) throws IOException {
        try {
            Map<String, String> stored = survey.look(entries);
            if (!known.isEmpty()) {
                // However much is there: that one of these is retired must be heard at once.
                stored.putAll(entries.named(known.keySet()));
            }
            return new Look(stored, learn(stored, now));
        } catch (Throwable failed) {
            survey.beginAnew();
            throw failed;
        }
    }

    private EntryOpener.Opened learn(Map<String, String> stored, Instant now) {
        Map<String, String> fresh = new HashMap<>();
        stored.forEach((name, text) -> {
            KeyEntry.Stored mine = known.get(name);
            if (mine == null || !mine.text().equals(text)) {
                fresh.put(name, text);
            }
        });
        EntryOpener.Opened opened = opener.open(fresh, known.keySet(), now);
        opened.usable().forEach((name, theirs) -> learn(name, known.get(name), theirs));
        return opened;
    }

    private void learn(String name, KeyEntry.@Nullable Stored mine, KeyEntry.Stored theirs) {
        if (mine == null || theirs.entry().retired()) {
            known.put(name, theirs);
        } else {
            // Wrapped anew, or a key that was retired, brought back: what is known of it stays.
            retire(theirs.entry());
            known.put(name, mine.entry().retired() ? mine : new KeyEntry.Stored(theirs.text(), mine.entry()));
        }
    }

    private static void retire(KeyEntry entry) {
        if (entry.key() != null) {
            entry.key().retire();
        }
    }

    /** The names of those that the store still has. */
    private List<String> forgetExpired(Map<String, String> stored, Instant now) {
        List<String> left = new ArrayList<>();
        known.entrySet().removeIf(each -> {
            boolean over = rollOut.isOver(each.getValue().entry().openUntil(), now);
            if (over && stored.containsKey(each.getKey())) {
                left.add(each.getKey());
            }
            return over;
        });
        return left;
    }

    /** A key that is no longer one leaves the list before it is overwritten. */
    private void publishKeys() {
        List<TicketKey> before = keys;
        List<TicketKey> now = known.values().stream()
                .map(each -> each.entry().key())
                .filter(key -> key != null)
                .toList();
        keys = now;
        before.stream().filter(key -> !now.contains(key)).forEach(TicketKey::retire);
    }

    private void repair(EntryStore entries, Look look) throws IOException {
        for (Map.Entry<String, KeyEntry.Stored> each : known.entrySet()) {
            String name = each.getKey();
            String text = each.getValue().text();
            String there = look.stored().get(name);
            if (there == null) {
                entries.putIfAbsent(name, text);
            } else if (!there.equals(text) && !look.opened().undecided().contains(name)) {
                entries.put(name, text);
            }
        }
    }

    /** Overwrites all secrets. */
    void close() {
        keys = List.of();
        known.values().forEach(each -> retire(each.entry()));
        known.clear();
    }
}
