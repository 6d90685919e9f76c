package dev.akushu.tls.crypto;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A few objects that came back, for the next who needs one; without locks. Threads with other numbers meet at other
 * places, mostly: where none is kept, the taker makes one, and what comes back to a place that is taken replaces what is
 * there.
 */
final class Kept<T> {
    private static final int PLACES = 16;

    private final AtomicReferenceArray<@Nullable T> places = new AtomicReferenceArray<>(PLACES);

    /** One that is the caller's alone, or null if none is there. */
    @Nullable T take() {
        return places.getAndSet(place(), null);
    }

    /** Keeps {@code used}, which holds no secret and is used by nobody. */
    void giveBack(T used) {
        places.setRelease(place(), used);
    }

    private static int place() {
        return (int) (Thread.currentThread().threadId() % PLACES);
    }
}
