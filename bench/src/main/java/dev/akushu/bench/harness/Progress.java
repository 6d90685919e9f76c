package dev.akushu.bench.harness;

import java.time.Duration;
import java.util.Locale;

/** Tells on standard error what is being measured: on a terminal in one line, with the time that is left as far as one can tell. */
public final class Progress {
    /** Before as many steps are done, nobody can tell how long the others take. */
    private static final int SOONEST = 4;

    private final boolean isTerminal;
    private String bench = "";
    private int steps;
    private int done;
    private long start;

    /** @param isTerminal whether standard error is one */
    public Progress(boolean isTerminal) {
        this.isTerminal = isTerminal;
    }

    /** {@code steps} steps of about the same length follow. */
    public void begin(String name, int count) {
        bench = name;
        steps = count;
        done = 0;
        start = System.nanoTime();
    }

    /** The next step begins. */
    public void next(String step) {
        String line = String.format(Locale.ROOT, "%s, %d of %d%s: %s", bench, done + 1, steps, left(), step);
        System.err.print(isTerminal ? "\r\033[K" + line : line + System.lineSeparator());
        System.err.flush();
        done++;
    }

    private String left() {
        if (done < SOONEST) {
            return "";
        }
        Duration left = Duration.ofNanos((System.nanoTime() - start) / done * (steps - done));
        return String.format(Locale.ROOT, ", %d:%02d left", left.toMinutes(), left.toSecondsPart());
    }

    /** All steps are done. */
    public void end() {
        if (isTerminal) {
            System.err.print("\r\033[K");
        }
    }
}
