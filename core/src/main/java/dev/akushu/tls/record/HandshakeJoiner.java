package dev.akushu.tls.record;

import dev.akushu.tls.ContentType;
import dev.akushu.tls.HandshakeType;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.reuse.Buffers;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Joins the fragments that handshake records carry to whole messages: a record may hold several messages, and a message
 * may span several records. RFC 9846 section 5.1. Keeps no more than what arrived. Not safe for use by two threads at
 * once.
 */
public final class HandshakeJoiner {
    private static final int HEADER = 4;
    private static final byte[] EMPTY = new byte[0];

    private byte[] buffer = EMPTY;
    private int start;
    private int end;

    /**
     * Takes the content of one handshake record; the array stays the caller's. Then {@link #next} is to be called until
     * it returns null, else memory is bounded by what arrives and not by the limit.
     *
     * @throws TlsException EMPTY_RECORD, if there is no content: RFC 9846 section 5.1 forbids that;
     *     HANDSHAKE_MESSAGE_TOO_LONG, as soon as the header of such a message is there
     */
    public void add(byte[] fragment, int offset, int length) throws TlsException {
        if (length == 0) {
            throw Problem.EMPTY_RECORD.with(ContentType.HANDSHAKE);
        }
        makeRoom(length);
        System.arraycopy(fragment, offset, buffer, end, length);
        end += length;
        refuseTooLong();
    }

    /**
     * The next whole message, header included, or null until more fragments arrive. The array is the caller's.
     *
     * @throws TlsException HANDSHAKE_MESSAGE_TOO_LONG, if the message after it announces too much
     */
    public byte @Nullable [] next() throws TlsException {
        refuseTooLong();
        if (buffered() < HEADER || buffered() < HEADER + announced()) {
            return null;
        }
        int length = HEADER + announced();
        byte[] message = Arrays.copyOfRange(buffer, start, start + length);
        start += length;
        if (start == end) {
            release();
        }
        return message;
    }

    /** The code of the type of a message that has begun but is not whole yet, or -1. */
    public int begun() {
        return buffered() == 0 ? -1 : type();
    }

    /**
     * Whether nothing is left over from the records so far, not even a part of a message: where keys change, messages
     * must align with the end of a record (RFC 9846 section 5.1).
     */
    public boolean isAligned() {
        return start == end;
    }

    private int buffered() {
        return end - start;
    }

    private int type() {
        return buffer[start] & 0xff;
    }

    private int announced() {
        return (buffer[start + 1] & 0xff) << 16 | (buffer[start + 2] & 0xff) << 8 | (buffer[start + 3] & 0xff);
    }

    private void refuseTooLong() throws TlsException {
        if (buffered() < HEADER) {
            return;
        }
        int limit = type() == HandshakeType.CLIENT_HELLO.code()
                ? RecordLimits.CLIENT_HELLO
                : RecordLimits.HANDSHAKE_MESSAGE;
        if (announced() > limit) {
            throw Problem.HANDSHAKE_MESSAGE_TOO_LONG.with(name(type()), announced(), limit);
        }
    }

    private static String name(int code) {
        HandshakeType type = HandshakeType.find(code);
        return type == null ? "handshake type " + code : type.messageName();
    }

    /** Grows by doubling with what has arrived, never to what a header merely announces. */
    private void makeRoom(int length) {
        if (buffer.length - end >= length) {
            return;
        }
        int needed = buffered() + length;
        if (needed <= buffer.length) {
            System.arraycopy(buffer, start, buffer, 0, buffered());
        } else {
            byte[] larger = Buffers.take(Math.max(needed, 2 * buffer.length));
            System.arraycopy(buffer, start, larger, 0, buffered());
            Buffers.giveBack(buffer);
            buffer = larger;
        }
        end -= start;
        start = 0;
    }

    /** Keeps nothing while idle: after the handshake, messages are rare and connections many. */
    private void release() {
        Buffers.giveBack(buffer);
        buffer = EMPTY;
        start = 0;
        end = 0;
    }
}
