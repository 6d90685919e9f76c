package dev.akushu.cli.crypto;

import dev.akushu.cli.crypto.Operation.Task;
import java.security.GeneralSecurityException;

/** Times a task: the best of many short spans, since all that disturbs makes it longer. Collection of garbage is so left out. */
final class Stopwatch {
    private static final long SPAN_NANOS = 2_000_000;

    /** Keeps the compiler from leaving a task out. */
    @SuppressWarnings("UnusedVariable")
    private static volatile Object sink = "";

    private Stopwatch() {}

    /** Microseconds a run, found within about {@code nanos}; at least one run is made. */
    static double micros(Task task, long nanos) throws GeneralSecurityException {
        long end = System.nanoTime() + nanos;
        double best = Double.MAX_VALUE;
        long now;
        do {
            long start = System.nanoTime();
            int runs = 0;
            do {
                sink = task.run();
                runs++;
                now = System.nanoTime();
            } while (now - start < SPAN_NANOS);
            best = Math.min(best, (now - start) / 1e3 / runs);
        } while (now < end);
        return best;
    }
}
