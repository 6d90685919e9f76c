package dev.akushu.fleet;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A store by the rules of {@link EntryStore} on a clock of the test's, so that months can pass in no time. {@link FleetTest} and {@link FaultyStoreTest} hold the real one to the same. */
final class ModelStore implements EntryStore {
    private static final int FIELDS = 500;

    private final NavigableMap<String, String> entries = new TreeMap<>();
    private final InstantSource clock;
    private Instant leasedUntil = Instant.MIN;
    private boolean away;
    private boolean readOnly;
    private boolean announced;

    ModelStore(InstantSource clock) {
        this.clock = clock;
    }

    void away(boolean value) {
        away = value;
    }

    /** It answers, and refuses to write. */
    void readOnly(boolean value) {
        readOnly = value;
    }

    /** As a restart does without persistence. */
    void loseEverything() {
        entries.clear();
        leasedUntil = Instant.MIN;
    }

    /** So that the next server gets one though another has it: as when the store is split in two. */
    void forgetLease() {
        leasedUntil = Instant.MIN;
    }

    /** Whether a server has told of changes since this was asked for the last time. */
    boolean takeAnnouncement() {
        boolean taken = announced;
        announced = false;
        return taken;
    }

    private void answer() throws IOException {
        if (away) {
            throw new IOException("away");
        }
    }

    private void write() throws IOException {
        answer();
        if (readOnly) {
            throw new IOException("read only");
        }
    }

    /** All that is in it. */
    Map<String, String> entries() {
        return Map.copyOf(entries);
    }

    @Override
    public Part part(String from) throws IOException {
        answer();
        Map<String, String> found = new HashMap<>();
        int others = 0;
        for (Map.Entry<String, String> each :
                entries.tailMap(from.equals(BEGIN) ? "" : from).entrySet()) {
            if (found.size() + others == FIELDS) {
                return new Part(found, others, each.getKey());
            }
            if (each.getKey().matches("[0-9a-f]{32}") && each.getValue().length() <= EntryHead.LONGEST) {
                found.put(each.getKey(), each.getValue());
            } else {
                others++;
            }
        }
        return new Part(found, others, BEGIN);
    }

    @Override
    public Map<String, String> named(Collection<String> names) throws IOException {
        answer();
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
    public void put(String name, String entry) throws IOException {
        write();
        entries.put(name, entry);
    }

    @Override
    public void putIfAbsent(String name, String entry) throws IOException {
        write();
        entries.putIfAbsent(name, entry);
    }

    @Override
    public void expireAfter(Duration time) {}

    @Override
    public void remove(Collection<String> names) throws IOException {
        write();
        entries.keySet().removeAll(names);
    }

    @Override
    public boolean lease(Duration time) throws IOException {
        answer();
        if (clock.instant().isBefore(leasedUntil)) {
            return false;
        }
        leasedUntil = clock.instant().plus(time);
        return true;
    }

    @Override
    public void release() throws IOException {
        answer();
        leasedUntil = Instant.MIN;
    }

    @Override
    public void announce() {
        announced = true;
    }
}
