package dev.akushu.jsse;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The connections through which data has passed last. JSSE has no word for one that rests, and most of a server's do: so only these keep what work needs,
 * and whoever comes in makes one that came in long before him rest. It takes all of that again when data passes. Without a lock, for any number of threads.
 */
final class WorkingSet {
    /** Each keeps some 3 kB. */
    static final int MOST = 2048;

    private final AtomicReferenceArray<@Nullable Member> places;
    private final AtomicInteger next = new AtomicInteger();

    /** Of {@code most} connections. */
    WorkingSet(int most) {
        places = new AtomicReferenceArray<>(most);
    }

    /** Something of a connection, which can do without what only work needs. */
    interface Resting {
        /** Lets go of it, unless the connection works just now. */
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
        if (places.get(member.place) == member) {
            return;
        }
        member.place = Math.floorMod(next.getAndIncrement(), places.length());
        Member before = places.getAndSet(member.place, member);
        Resting connection = before == null ? null : before.get();
        if (connection != null) {
            connection.rest();
        }
    }
}
