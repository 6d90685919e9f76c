package dev.akushu.curves;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * Objects with room for intermediates, kept to be used again: an operation needs kilobytes of them and gives back a few octets. One
 * that is taken belongs to the taker alone. Without locks: where none is there, a new one is made, and where all places are full, the
 * one that comes back is dropped.
 */
final class Pool<T> {
    private static final int PLACES = 16;

    private final AtomicReferenceArray<T> places = new AtomicReferenceArray<>(PLACES);
    private final Supplier<T> maker;

    Pool(Supplier<T> maker) {
        this.maker = maker;
    }

    T take() {
        T kept = places.getAndSet(place(Thread.currentThread().threadId()), null);
        return kept == null ? maker.get() : kept;
    }

    /** What comes back must hold no secret, and be used no more. */
    void giveBack(T used) {
        places.setRelease(place(Thread.currentThread().threadId()), used);
    }

    /** Threads with other numbers meet at other places, mostly. */
    static int place(long threadId) {
        return (int) (threadId % PLACES);
    }
}
