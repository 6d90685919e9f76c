package dev.akushu.tls.reuse;

import java.util.Arrays;

/**
 * Arrays for what is read or written in one go, such as a flight of a handshake. One that came back is wiped and serves
 * the next, if it is not unusually long; so whoever gives one back has taken it here, once, and must not look at it
 * again. Safe for use by many threads.
 */
public final class Buffers {
    /** Enough for most messages. */
    private static final int SHORTEST = 512;

    /** An array that a rare long message needed is not kept. */
    private static final int LONGEST_KEPT = 4096;

    /** Of two ends in one thread, each may be reading and writing messages and records. */
    private static final int MOST_A_THREAD = 8;

    private static final Kept<byte[]> KEPT = new Kept<>(MOST_A_THREAD);

    private Buffers() {}

    /** An array of zeros with room for {@code length} bytes at least. */
    public static byte[] take(int length) {
        byte[] kept = KEPT.take();
        return kept != null && kept.length >= length ? kept : new byte[Math.max(SHORTEST, length)];
    }

    /**
     * {@code buffer} itself if {@code more} bytes have room in it behind the {@code used}; else a larger one with those
     * in it, and {@code buffer} has come back.
     */
    public static byte[] grow(byte[] buffer, int used, int more) {
        if (used + more <= buffer.length) {
            return buffer;
        }
        byte[] larger = take(Math.max(used + more, 2 * buffer.length));
        System.arraycopy(buffer, 0, larger, 0, used);
        giveBack(buffer);
        return larger;
    }

    /** Wipes and takes back {@code buffer}, which was taken here and nobody uses any more, or is empty. */
    public static void giveBack(byte[] buffer) {
        Arrays.fill(buffer, (byte) 0);
        if (buffer.length >= SHORTEST && buffer.length <= LONGEST_KEPT) {
            KEPT.giveBack(buffer);
        }
    }
}
