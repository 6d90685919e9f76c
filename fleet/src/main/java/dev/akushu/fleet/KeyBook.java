package dev.akushu.fleet;

import dev.akushu.tls.Problem;
import dev.akushu.tls.TicketKey;
import dev.akushu.tls.TlsException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The entries that this server knows. They outlive those of the store: what the store has lost, by a restart or because it was split in two, is written again, and a key that was retired stays
 * retired whatever the store says. Used by one thread; the keys are read by all.
 */
final class KeyBook {
    private final String fleet;
    private final String store;
    private final KeyWrapping wrapping;
    private final Duration clockTolerance;
    private final Consumer<TlsException> onFault;

    private final Map<String, Known> known = new TreeMap<>();
    private Set<String> reported = Set.of();

    private volatile List<TicketKey> keys = List.of();

    /** @param store as it is called in error texts */
    KeyBook(String fleet, String store, KeyWrapping wrapping, Duration clockTolerance, Consumer<TlsException> onFault) {
        this.fleet = fleet;
        this.store = store;
        this.wrapping = wrapping;
        this.clockTolerance = clockTolerance;
        this.onFault = onFault;
    }

    private record Known(String text, KeyEntry entry) {}

    /** The keys that open now, in an immutable list. */
    List<TicketKey> keys() {
        return keys;
    }

    /** Takes over what {@code entries} has, and gives it back what it lacks; called again with the same it changes nothing. */
    void compare(EntryStore entries, Instant now) throws IOException {
        Map<String, String> stored = entries.entries();
        learn(stored, entries, now);
        forgetExpired(now);
        publishKeys();
        repair(entries, stored);
    }

    private void learn(Map<String, String> stored, EntryStore entries, Instant now) throws IOException {
        Set<String> unusable = new HashSet<>();
        for (Map.Entry<String, String> each : stored.entrySet()) {
            String name = each.getKey();
            Known mine = known.get(name);
            KeyEntry entry = mine != null && mine.text().equals(each.getValue())
                    ? mine.entry()
                    : decode(name, each.getValue(), unusable);
            if (entry != null && isOver(entry, now)) {
                retire(known.remove(name));
                retire(entry);
                entries.remove(name);
            } else if (entry != null) {
                learn(name, mine, new Known(each.getValue(), entry));
            }
        }
        reported = unusable;
    }

    private void learn(String name, @Nullable Known mine, Known theirs) {
        if (mine == null) {
            known.put(name, theirs);
        } else if (mine.text().equals(theirs.text())) {
            return;
        } else if (theirs.entry().retired()) {
            known.put(name, theirs);
            retire(mine.entry());
        } else {
            // Wrapped anew, or a key that was retired, brought back: what is known of it stays.
            retire(theirs.entry());
            known.put(name, mine.entry().retired() ? mine : new Known(theirs.text(), mine.entry()));
        }
    }

    private static void retire(@Nullable Known old) {
        if (old != null) {
            retire(old.entry());
        }
    }

    private static void retire(KeyEntry entry) {
        if (entry.key() != null) {
            entry.key().retire();
        }
    }

    /** Null if the entry is not used, which is reported once for as long as it is there; but it is tried again, because a KMS may only have been away. */
    private @Nullable KeyEntry decode(String name, String text, Set<String> unusable) {
        try {
            return KeyEntry.decode(fleet, name, text, wrapping);
        } catch (KeyEntry.Unusable reason) {
            String which = name + " " + text;
            unusable.add(which);
            if (!reported.contains(which)) {
                onFault.accept(Problem.STORE_ENTRY_UNUSABLE.causedBy(
                        reason, store, printable(name), String.valueOf(reason.getMessage())));
            }
            return null;
        }
    }

    /** Names come from the store, so they may be anything. */
    private static String printable(String name) {
        String shown = name.replaceAll("[^0-9A-Za-z._-]", "?");
        return shown.length() <= 40 ? shown : shown.substring(0, 40) + "...";
    }

    /** Also by the clock of a server that is behind. */
    private boolean isOver(KeyEntry entry, Instant now) {
        return now.isAfter(entry.openUntil().plus(clockTolerance.multipliedBy(2)));
    }

    private void forgetExpired(Instant now) {
        known.values().removeIf(each -> {
            boolean over = isOver(each.entry(), now);
            if (over) {
                retire(each);
            }
            return over;
        });
    }

    private void publishKeys() {
        keys = known.values().stream()
                .map(each -> each.entry().key())
                .filter(key -> key != null)
                .toList();
    }

    private void repair(EntryStore entries, Map<String, String> stored) throws IOException {
        for (Map.Entry<String, Known> each : known.entrySet()) {
            String name = each.getKey();
            String text = each.getValue().text();
            String there = stored.get(name);
            if (there == null) {
                entries.putIfAbsent(name, text);
            } else if (!there.equals(text)) {
                entries.put(name, text);
            }
        }
    }

    /** Overwrites all secrets. */
    void close() {
        keys = List.of();
        known.values().forEach(KeyBook::retire);
        known.clear();
    }
}
