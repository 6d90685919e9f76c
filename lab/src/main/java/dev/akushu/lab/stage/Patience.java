package dev.akushu.lab.stage;

import java.time.Duration;

/** How long anything on the stage may take: it is all on one machine, or a person waits for it. */
final class Patience {
    static final Duration LIMIT = Duration.ofSeconds(10);
    static final int MILLIS = (int) LIMIT.toMillis();

    private Patience() {}

    /** Whether {@link #LIMIT} has passed since {@code nanos}, by {@link System#nanoTime}. */
    static boolean isOver(long nanos) {
        return System.nanoTime() - nanos > LIMIT.toNanos();
    }
}
