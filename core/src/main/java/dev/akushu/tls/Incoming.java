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
 */
final class Incoming {
    private static final int HEADER = 5;
    private static final int LENGTH_AT = 3;

    private final InputStream fromSocket;
    private final boolean recordByRecord;
    // Kept ready to be read from.
    private final ByteBuffer bytes =
            ByteBuffer.allocate(TlsEngine.NETWORK_BUFFER_SIZE).flip();
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

    /** What has come and was not taken yet; a record that is taken moves its position. */
    ByteBuffer bytes() {
        return bytes;
    }

    /** Waits for at least one more byte; false at the end. What has come stays if this throws. */
    boolean fill() throws IOException {
        bytes.compact();
        try {
            int count = read(bytes.array(), bytes.position(), wanted());
            if (count < 0) {
                return false;
            }
            if (kept != null) {
                kept.write(bytes.array(), bytes.position(), count);
            }
            bytes.position(bytes.position() + count);
            return true;
        } finally {
            bytes.flip();
        }
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

    /** How much to read into the compacted buffer. */
    private int wanted() {
        if (!recordByRecord) {
            return bytes.remaining();
        }
        int present = bytes.position();
        int needed = present < HEADER ? HEADER : HEADER + Short.toUnsignedInt(bytes.getShort(LENGTH_AT));
        return Math.clamp(needed - present, 1, bytes.remaining());
    }
}
