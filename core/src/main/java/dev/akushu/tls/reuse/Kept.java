package dev.akushu.tls.reuse;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A few objects that came back, for the next who needs one; without locks: safe for use by many threads. Threads with other numbers meet at other
 * places, mostly: where none is kept, the taker makes one, and what comes back where all places are taken is dropped.
 */
public final class Kept<T> {
    private static final int THREADS = 16;

    private final int mostAThread;
    private final AtomicReferenceArray<@Nullable T> places;

    /** Keeps {@code mostAThread} at most of what one thread gives back. */
    public Kept(int mostAThread) {
        this.mostAThread = mostAThread;
        places = new AtomicReferenceArray<>(THREADS * mostAThread);
    }

    /** One that is the caller's alone, or null if none is there. */
    public @Nullable T take() {
        int first = firstPlace();
        for (int place = first; place < first + mostAThread; place++) {
            T there = places.getPlain(place);
            // Whoever finds it gone has lost it to another thread.
            if (there != null && places.compareAndSet(place, there, null)) {
                return there;
            }
        }
        return null;
    }

    /** Keeps {@code used}, which holds no secret and is used by nobody. */
    public void giveBack(T used) {
        int first = firstPlace();
        for (int place = first; place < first + mostAThread; place++) {
            if (places.getPlain(place) == null && places.compareAndSet(place, null, used)) {
                return;
            }
        }
    }

    private int firstPlace() {
        return (int) (Thread.currentThread().threadId() % THREADS) * mostAThread;
    }
}
