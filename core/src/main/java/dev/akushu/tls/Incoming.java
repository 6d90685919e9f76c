package dev.akushu.tls;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that come from the peer: first those that somebody has read from the socket before, then the socket's. It never closes the socket, not at its end either. For one thread at a time.
 *
 * <p>Most connections wait most of the time, so the buffer that waits is short. One for a whole record is there only while a record needs it, or more has come than has room in the short one.
 */
final class Incoming {
    /** Has room for most requests and many answers. */
    static final int SHORT = 1024;

    private static final int HEADER = 5;
    private static final int LENGTH_AT = 3;

    private final InputStream fromSocket;
    private final boolean recordByRecord;
    // Both are kept ready to be read from; the short one is empty while there is the other.
    private final ByteBuffer shortBuffer = ByteBuffer.allocate(SHORT).flip();
    private @Nullable ByteBuffer recordBuffer;
    // The last read has got all that it asked for.
    private boolean wasFilled;
    private @Nullable InputStream consumed;
    private @Nullable ByteArrayOutputStream kept;

    /**
     * Bytes of {@code socket}.
     *
     * @param consumed gives what was read from the socket before
     * @param recordByRecord reads nothing of what follows a record before that record has been taken, since after close_notify it may not be TLS any more
     */
    Incoming(Socket socket, InputStream consumed, boolean recordByRecord) throws IOException {
        this.fromSocket = socket.getInputStream();
        this.consumed = consumed;
        this.recordByRecord = recordByRecord;
    }

    /** What has come and was not taken yet; a record that is taken moves its position. Another one after {@link #fill} and {@link #rest}. */
    ByteBuffer bytes() {
        return recordBuffer == null ? shortBuffer : recordBuffer;
    }

    /** Waits for at least one more byte; false at the end. What has come stays if this throws. */
    boolean fill() throws IOException {
        int length = recordLength(bytes());
        ByteBuffer into = bufferFor(length).compact();
        try {
            int wanted = recordByRecord ? Math.clamp(length - into.position(), 1, into.remaining()) : into.remaining();
            int count = read(into, wanted);
            wasFilled = count == wanted;
            return count >= 0;
        } finally {
            into.flip();
        }
    }

    /** What has come was taken, as far as it could be: lets go of the buffer for records if nothing is left in it. */
    void rest() {
        ByteBuffer used = recordBuffer;
        if (used != null && !used.hasRemaining()) {
            recordBuffer = null;
            RecordBuffers.giveBack(used);
        }
    }

    /** What has come, where a record of {@code length} bytes has room, and much more if there is more. */
    private ByteBuffer bufferFor(int length) throws IOException {
        if (recordBuffer == null && (length > SHORT || isMoreThere())) {
            recordBuffer = RecordBuffers.take().put(shortBuffer).flip();
        }
        return bytes();
    }

    /** Whether more can be read at once than the last read had room for; not asked where it has found all. */
    private boolean isMoreThere() throws IOException {
        return wasFilled && !recordByRecord && (consumed == null ? fromSocket : consumed).available() > 0;
    }

    /** With its header, of the record that {@code begun} begins with; of the header alone while it is not known. */
    private static int recordLength(ByteBuffer begun) {
        return begun.remaining() < HEADER
                ? HEADER
                : HEADER + Short.toUnsignedInt(begun.getShort(begun.position() + LENGTH_AT));
    }

    /** From now on keeps a copy of all that comes. */
    void keep() {
        if (kept == null) {
            kept = new ByteArrayOutputStream();
        }
    }

    /** Lets go of the copy. */
    void forget() {
        kept = null;
    }

    /** All that has come since {@link #keep}, and what is left of what somebody had read before. */
    InputStream kept() {
        InputStream copy = new ByteArrayInputStream(kept == null ? new byte[0] : kept.toByteArray());
        return consumed == null ? copy : new SequenceInputStream(copy, consumed);
    }

    /** Takes what the socket has without waiting, and throws it away; within limits, so that the peer cannot make it go on for ever. Returns whether there was something. */
    boolean discard() throws IOException {
        byte[] discarded = new byte[1024];
        boolean any = false;
        for (int budget = 64; budget > 0 && fromSocket.available() > 0; budget--) {
            if (fromSocket.read(discarded) < 0) {
                return any;
            }
            any = true;
        }
        return any;
    }

    /** Waits for something to throw away, as long as the socket's timeout says; false at the end. */
    boolean discardNext() throws IOException {
        return fromSocket.read(new byte[1024]) >= 0;
    }

    /** Puts at most {@code wanted} bytes into the buffer; returns how many, -1 at the end. */
    private int read(ByteBuffer into, int wanted) throws IOException {
        byte[] array = into.array();
        int offset = into.arrayOffset() + into.position();
        int count = read(array, offset, wanted);
        if (count > 0) {
            if (kept != null) {
                kept.write(array, offset, count);
            }
            into.position(into.position() + count);
        }
        return count;
    }

    private int read(byte[] target, int offset, int length) throws IOException {
        if (consumed != null) {
            int count = consumed.read(target, offset, length);
            if (count >= 0) {
                return count;
            }
            consumed = null;
        }
        return fromSocket.read(target, offset, length);
    }
}
