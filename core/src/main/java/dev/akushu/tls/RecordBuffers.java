package dev.akushu.tls;

import dev.akushu.tls.reuse.Kept;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Buffers with room for a whole record, for connections through which something passes just now: most wait, and need none meanwhile. Whoever gives one back has taken it here, once, and must not look at it again. Safe for
 * use by many threads.
 */
final class RecordBuffers {
    /** A connection that receives and sends at a time has three, and a thread may be both of its ends. */
    private static final int MOST_A_THREAD = 6;

    private static final Kept<ByteBuffer> KEPT = new Kept<>(MOST_A_THREAD);

    private RecordBuffers() {}

    /** A cleared one, in the heap, of {@link TlsEngine#NETWORK_BUFFER_SIZE} bytes; what they are is not said. */
    static ByteBuffer take() {
        ByteBuffer kept = KEPT.take();
        return kept != null ? kept : ByteBuffer.allocate(TlsEngine.NETWORK_BUFFER_SIZE);
    }

    /** Takes back {@code used}, in which nothing secret stands behind the limit. */
    static void wipeAndGiveBack(ByteBuffer used) {
        int first = used.arrayOffset();
        Arrays.fill(used.array(), first, first + used.limit(), (byte) 0);
        giveBack(used);
    }

    /** Takes back {@code used}, which has no secrets in it. */
    static void giveBack(ByteBuffer used) {
        KEPT.giveBack(used.clear());
    }
}
