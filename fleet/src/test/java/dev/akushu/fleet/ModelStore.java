package dev.akushu.fleet;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** A store by the rules of {@link EntryStore} on a clock of the test's, so that months can pass in no time. {@link FleetTest} holds the real one to the same. */
final class ModelStore implements EntryStore {
    private final Map<String, String> entries = new HashMap<>();
    private final InstantSource clock;
    private Instant leasedUntil = Instant.MIN;
    private boolean away;
    private boolean announced;

    ModelStore(InstantSource clock) {
        this.clock = clock;
    }

    void away(boolean value) {
        away = value;
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

    @Override
    public Map<String, String> entries() throws IOException {
        answer();
        return Map.copyOf(entries);
    }

    @Override
    public void put(String name, String entry) throws IOException {
        answer();
        entries.put(name, entry);
    }

    @Override
    public void putIfAbsent(String name, String entry) throws IOException {
        answer();
        entries.putIfAbsent(name, entry);
    }

    @Override
    public void expireAfter(Duration time) {}

    @Override
    public void remove(String name) throws IOException {
        answer();
        entries.remove(name);
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
