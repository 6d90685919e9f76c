package dev.akushu.fleet;

import dev.akushu.tls.TicketKey;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Lets a fuzzer at what reads a fleet's store, which only this package can reach. */
public final class StoreReading {
    /** Wraps nothing and believes everything, so that what is inside is read, too. */
    private static final KeyWrapping ANY = new KeyWrapping() {
        @Override
        public byte[] wrap(byte[] secret, byte[] context) {
            return secret.clone();
        }

        @Override
        public byte[] unwrap(byte[] wrapped, byte[] context) {
            return wrapped.clone();
        }
    };

    private StoreReading() {}

    /**
     * Two looks of a server at a store with {@code fields}, whose second learns nothing new, and what it does with the keys.
     *
     * @param now when that is
     */
    public static void read(Map<String, String> fields, Instant now) {
        RollOut rollOut = RollOut.DEFAULT;
        // A look has a second at most, of which none passes here.
        EntryOpener opener = new EntryOpener(
                "fleet", "store", ANY, rollOut, fault -> Objects.requireNonNull(fault.getMessage()), () -> 0);
        KeyBook book = new KeyBook(rollOut, opener);
        Store store = new Store(fields);
        try {
            book.compare(store, now);
            List<TicketKey> learned = book.keys();
            Map<String, String> left = Map.copyOf(store.entries);
            book.compare(store, now);
            if (!book.keys().equals(learned) || !store.entries.equals(left)) {
                throw new AssertionError("a second look changes " + learned + " into " + book.keys());
            }
            if (rollOut.isDue(learned, now)) {
                rollOut.next(learned, now, new SecureRandom());
            }
            book.isForeign(now);
        } catch (IOException failed) {
            throw new AssertionError("this store never fails", failed);
        } finally {
            book.close();
        }
    }

    /** The entry of {@code key} as a server would write it where nothing is encrypted. */
    public static String entry(TicketKey key) throws GeneralSecurityException {
        return Objects.requireNonNull(KeyEntry.live("fleet", key, ANY));
    }

    /** The entry that says that {@code key} is retired. */
    public static String retired(TicketKey key) throws GeneralSecurityException {
        return KeyEntry.retired("fleet", key, ANY);
    }

    /** A map, all of which is one part. */
    private static final class Store implements EntryStore {
        final Map<String, String> entries;

        Store(Map<String, String> fields) {
            entries = new HashMap<>(fields);
        }

        private static boolean isEntry(Map.Entry<String, String> field) {
            return field.getKey().matches("[0-9a-f]{32}") && field.getValue().length() <= EntryHead.LONGEST;
        }

        @Override
        public Part part(String from) {
            Map<String, String> found = new HashMap<>();
            entries.entrySet().stream()
                    .filter(Store::isEntry)
                    .forEach(each -> found.put(each.getKey(), each.getValue()));
            return new Part(found, entries.size() - found.size(), BEGIN);
        }

        @Override
        public Map<String, String> named(Collection<String> names) {
            Map<String, String> found = new HashMap<>();
            for (String name : names) {
                String entry = entries.get(name);
                if (entry != null) {
                    found.put(name, entry.length() <= EntryHead.LONGEST ? entry : "");
                }
            }
            return found;
        }

        @Override
        public void put(String name, String entry) {
            entries.put(name, entry);
        }

        @Override
        public void putIfAbsent(String name, String entry) {
            entries.putIfAbsent(name, entry);
        }

        @Override
        public void expireAfter(Duration time) {}

        @Override
        public void remove(Collection<String> names) {
            entries.keySet().removeAll(names);
        }

        @Override
        public boolean lease(Duration time) {
            return true;
        }

        @Override
        public void release() {}

        @Override
        public void announce() {}
    }
}
