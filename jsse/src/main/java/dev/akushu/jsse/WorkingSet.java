package dev.akushu.jsse;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Connections that keep what work needs. JSSE has no word for one that rests, and most of a server's do: so there is room for some, who comes in since data passes through him makes another one
 * rest, and that one comes in again when data passes. Which one it is follows from chance, so that with twice as many at work as there is room for, half of them find their place. Without a lock, for any number of threads.
 */
final class WorkingSet {
    /** Each keeps some 3 kB. */
    static final int MOST = 2048;

    private static final long GOLDEN_RATIO = 0x9e3779b97f4a7c15L;

    private final AtomicReferenceArray<@Nullable Member> places;
    private final AtomicLong chance = new AtomicLong();

    /** Of {@code most} connections. */
    WorkingSet(int most) {
        places = new AtomicReferenceArray<>(most);
    }

    /** Something of a connection, which can do without what only work needs. */
    interface Resting {
        /** Lets go of it: now, or when the connection has done what it does just now. Throws nothing. */
        void rest();
    }

    /** A connection, in the set or not; used by one thread at a time. It does not keep it from being collected. */
    static final class Member extends WeakReference<Resting> {
        private int place;

        Member(Resting connection) {
            super(connection);
        }
    }

    /** Data passes through {@code member}. */
    void uses(Member member) {
        if (has(member)) {
            return;
        }
        member.place = place();
        Member before = places.getAndSet(member.place, member);
        Resting connection = before == null ? null : before.get();
        if (connection != null) {
            connection.rest();
        }
    }

    /** Whether {@code member} keeps what it needs. */
    boolean has(Member member) {
        return places.get(member.place) == member;
    }

    /** As good as by chance; nobody gains by knowing it. */
    private int place() {
        long mixed = chance.addAndGet(GOLDEN_RATIO);
        mixed = (mixed ^ mixed >>> 30) * 0xbf58476d1ce4e5b9L;
        return (int) Math.floorMod(mixed ^ mixed >>> 31, (long) places.length());
    }
}
