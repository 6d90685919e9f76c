package dev.akushu.jsse;

import java.lang.ref.WeakReference;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Connections that keep what work needs. JSSE has no word for one that rests, and most of a server's do: so there is room for some. One through which data passes comes in, and makes
 * another one rest, which comes in again when data passes through it. Chance chooses that one, so that more than there is room for, at work in turn, do not push out each other always. Without a lock, for any number of threads.
 */
final class WorkingSet {
    /** Each keeps some 3 kB. */
    static final int MOST = 2048;

    private final AtomicReferenceArray<@Nullable Member> places;

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
        member.place = ThreadLocalRandom.current().nextInt(places.length());
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
}
