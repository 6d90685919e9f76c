package dev.akushu.tls.file;

import dev.akushu.tls.Diagnosis;
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

/**
 * Something that is read anew when its files change. Safe for use by many threads; none waits for another's reading.
 *
 * @param <T> what the files hold
 */
public final class WatchedFiles<T> {
    /** Files that were written this short before they were read may be written again without looking different. */
    private static final Duration UNSETTLED = Duration.ofSeconds(3);

    private final List<Path> files;
    private final Reading<T> reading;
    private final Duration interval;
    private final Consumer<TlsException> onFault;
    private final ReentrantLock looking = new ReentrantLock();

    // Only touched by who holds the lock.
    private List<Diagnosis> reported = List.of();

    private volatile State<T> state;

    private WatchedFiles(
            List<Path> files, Reading<T> reading, Duration interval, Consumer<TlsException> onFault, State<T> state) {
        this.files = files;
        this.reading = reading;
        this.interval = interval;
        this.onFault = onFault;
        this.state = state;
    }

    /**
     * Reads the files for the first time.
     *
     * @param interval the least time between two looks at the files
     * @param onFault hears of each fault once, as long as it stays the same
     * @throws TlsException if the files cannot be used now
     */
    public static <T> WatchedFiles<T> read(
            List<Path> files, Reading<T> reading, Duration interval, Consumer<TlsException> onFault)
            throws TlsException {
        Optional<List<Stamp>> stamps = stamps(files);
        List<TlsException> faults = new ArrayList<>();
        T content = reading.read(faults::add);
        WatchedFiles<T> watched =
                new WatchedFiles<>(List.copyOf(files), reading, interval, onFault, State.of(content, stamps));
        watched.report(faults);
        return watched;
    }

    /** The last content that could be read, after a look at the files if it is time for one. */
    public T current() {
        if (System.nanoTime() - state.lookedAt() >= interval.toNanos() && looking.tryLock()) {
            try {
                look();
            } finally {
                looking.unlock();
            }
        }
        return state.content();
    }

    private void look() {
        State<T> before = state;
        // Taken before the reading: what changes during it looks changed the next time.
        Optional<List<Stamp>> stamps = stamps(files);
        if (stamps.isPresent() && before.settled() && stamps.get().equals(before.stamps())) {
            state = before.lookedAtNow();
            return;
        }
        List<TlsException> faults = new ArrayList<>();
        try {
            state = State.of(reading.read(faults::add), stamps);
        } catch (TlsException fault) {
            // The stamps stay the old ones, so that the next look tries again.
            state = before.unsettledNow();
            faults.add(fault);
        }
        report(faults);
    }

    /** Tells of what was not told of at the last reading. */
    private void report(List<TlsException> faults) {
        List<Diagnosis> before = reported;
        reported = faults.stream().map(TlsException::diagnosis).toList();
        for (TlsException fault : faults) {
            if (!before.contains(fault.diagnosis())) {
                onFault.accept(fault);
            }
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

    /**
     * Reads the files; never called by two threads at once.
     *
     * @param <T> what the files hold
     */
    @FunctionalInterface
    public interface Reading<T> {
        /**
         * What is in the files.
         *
         * @param leftOut hears of what cannot be used and need not be
         */
        T read(Consumer<TlsException> leftOut) throws TlsException;
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
     * @param stamps of the files that {@code content} was read from
     * @param settled whether equal stamps mean equal content
     * @param lookedAt by {@link System#nanoTime}
     */
    private record State<T>(T content, List<Stamp> stamps, boolean settled, long lookedAt) {
        /** What was just read; {@code stamps} are empty if one of the files is not there. */
        static <T> State<T> of(T content, Optional<List<Stamp>> stamps) {
            boolean settled = stamps.isPresent() && stamps.get().stream().allMatch(Stamp::isSettled);
            return new State<>(content, stamps.orElse(List.of()), settled, System.nanoTime());
        }

        State<T> lookedAtNow() {
            return new State<>(content, stamps, settled, System.nanoTime());
        }

        State<T> unsettledNow() {
            return new State<>(content, stamps, false, System.nanoTime());
        }
    }
}
