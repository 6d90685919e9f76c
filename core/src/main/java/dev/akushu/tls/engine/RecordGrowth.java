package dev.akushu.tls.engine;

import java.util.function.LongSupplier;

/**
 * How much of a burst of data goes into its next record. A record can be used only when all of it has come, and a connection that
 * is new or was idle may send little before it must wait for the other end: ten segments (RFC 6928), less than one full record. So the
 * first record fits into one segment, and each further one is longer by as much.
 */
final class RecordGrowth {
    /** With header, type, tag, and the headers below, this fits into a segment on every common path. */
    static final int STEP = 1300;

    /** TCP begins anew after an idle time of about the time-out of a retransmission, RFC 5681 section 4.1. */
    private static final long IDLE_NANOS = 1_000_000_000;

    private final LongSupplier nanoTime;
    private long last;
    private int most;

    /** Measures time by {@code nanoTime}, as {@link System#nanoTime} does. */
    RecordGrowth(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.most = STEP;
        this.last = nanoTime.getAsLong();
    }

    /** The most that the next record should hold, {@code limit} at most. */
    int next(int limit) {
        long now = nanoTime.getAsLong();
        if (now - last > IDLE_NANOS) {
            most = STEP;
        }
        last = now;
        return Math.min(most, limit);
    }

    /** A record of {@code length} bytes was sent. */
    void sent(int length) {
        // A short message is no burst.
        if (length >= most && most < Integer.MAX_VALUE - STEP) {
            most += STEP;
        }
    }
}
