package dev.akushu.tls.identity;

import dev.akushu.tls.Diagnosis;
import dev.akushu.tls.Identity;
import dev.akushu.tls.TlsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An identity that is read anew when its files change. Safe for use by many threads; none waits for another's reading. */
public final class WatchedIdentity {
    /** Files that were written this short before they were read may be written again without looking different. */
    private static final Duration UNSETTLED = Duration.ofSeconds(3);

    private final List<Path> files;
    private final Reading reading;
    private final Duration interval;
    private final Consumer<TlsException> onFault;
    private final ReentrantLock looking = new ReentrantLock();

    // Only touched by who holds the lock.
    private @Nullable Diagnosis reported;

    private volatile State state;

    private WatchedIdentity(
            List<Path> files, Reading reading, Duration interval, Consumer<TlsException> onFault, State state) {
        this.files = files;
        this.reading = reading;
        this.interval = interval;
        this.onFault = onFault;
        this.state = state;
    }

    /**
     * Reads the identity for the first time.
     *
     * @param interval the least time between two looks at the files
     * @param onFault hears of each fault once, as long as it stays the same
     * @throws TlsException if the files cannot be used now
     */
    public static WatchedIdentity read(
            List<Path> files, Reading reading, Duration interval, Consumer<TlsException> onFault) throws TlsException {
        Optional<List<Stamp>> stamps = stamps(files);
        Identity identity = reading.read();
        boolean settled = stamps.isPresent() && stamps.get().stream().allMatch(Stamp::isSettled);
        State first = new State(identity, stamps.orElse(List.of()), settled, System.nanoTime());
        return new WatchedIdentity(List.copyOf(files), reading, interval, onFault, first);
    }

    /** The last identity that could be read, after a look at the files if it is time for one. */
    public Identity current() {
        if (System.nanoTime() - state.lookedAt() >= interval.toNanos() && looking.tryLock()) {
            try {
                look();
            } finally {
                looking.unlock();
            }
        }
        return state.identity();
    }

    private void look() {
        State before = state;
        // Taken before the reading: what changes during it looks changed the next time.
        Optional<List<Stamp>> stamps = stamps(files);
        if (stamps.isPresent() && before.settled() && stamps.get().equals(before.stamps())) {
            state = before.lookedAtNow();
            return;
        }
        try {
            Identity identity = reading.read();
            boolean settled = stamps.isPresent() && stamps.get().stream().allMatch(Stamp::isSettled);
            state = new State(identity, stamps.orElse(List.of()), settled, System.nanoTime());
            reported = null;
        } catch (TlsException fault) {
            // The stamps stay the old ones, so that the next look tries again.
            state = before.unsettledNow();
            report(fault);
        }
    }

    private void report(TlsException fault) {
        if (!fault.diagnosis().equals(reported)) {
            reported = fault.diagnosis();
            onFault.accept(fault);
        }
    }

    private static Optional<List<Stamp>> stamps(List<Path> files) {
        List<Stamp> stamps = new ArrayList<>();
        for (Path file : files) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                stamps.add(new Stamp(
                        attributes.lastModifiedTime(), attributes.size(), String.valueOf(attributes.fileKey())));
            } catch (IOException _) {
                // Why it cannot be read is what the reading says, in better words.
                return Optional.empty();
            }
        }
        return Optional.of(stamps);
    }

    /** Reads the files. */
    @FunctionalInterface
    public interface Reading {
        /** The identity in the files. */
        Identity read() throws TlsException;
    }

    /** How a file looks from outside; links are followed, since some tools replace the link. */
    private record Stamp(FileTime modified, long size, String key) {
        boolean isSettled() {
            return modified.toInstant().plus(UNSETTLED).isBefore(Instant.now());
        }
    }

    /**
     * What is known.
     *
     * @param stamps of the files that {@code identity} was read from
     * @param settled whether equal stamps mean equal content
     * @param lookedAt by {@link System#nanoTime}
     */
    private record State(Identity identity, List<Stamp> stamps, boolean settled, long lookedAt) {
        State lookedAtNow() {
            return new State(identity, stamps, settled, System.nanoTime());
        }

        State unsettledNow() {
            return new State(identity, stamps, false, System.nanoTime());
        }
    }
}
