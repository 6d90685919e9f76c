package dev.akushu.explain;

import dev.akushu.tls.Role;
import org.jspecify.annotations.Nullable;

/** Counts records of application data that follow one another in one direction: a short telling shows the first and sums up. */
final class DataRun {
    private @Nullable Role sender;
    private int more;
    private long length;

    /** Whether a record from {@code from} continues the run; if so it is counted. */
    boolean continues(Role from, int bytes) {
        if (sender != from) {
            return false;
        }
        more++;
        length += bytes;
        return true;
    }

    void begin(Role from) {
        sender = from;
    }

    /** How many records were counted and not shown. */
    int more() {
        return more;
    }

    /** How many bytes they held. */
    long length() {
        return length;
    }

    void end() {
        sender = null;
        more = 0;
        length = 0;
    }
}
