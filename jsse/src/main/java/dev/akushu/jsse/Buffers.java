package dev.akushu.jsse;

import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Some of a caller's buffers, to gather from or to scatter to. */
final class Buffers {
    private final ByteBuffer[] buffers;
    private final int offset;
    private final int end;

    private Buffers(ByteBuffer[] buffers, int offset, int length) {
        this.buffers = buffers;
        this.offset = offset;
        this.end = offset + length;
    }

    /** Sources; throws as JSSE says if they or one of them is null. */
    static Buffers sources(ByteBuffer @Nullable [] buffers, int offset, int length) {
        if (buffers == null) {
            throw new IllegalArgumentException("the array of buffers is null");
        }
        Objects.checkFromIndexSize(offset, length, buffers.length);
        Buffers sources = new Buffers(buffers, offset, length);
        for (int i = offset; i < sources.end; i++) {
            require(buffers[i]);
        }
        return sources;
    }

    /** Targets; throws as JSSE says if they or one of them is null, or one is read-only. */
    static Buffers targets(ByteBuffer[] buffers, int offset, int length) {
        Buffers targets = sources(buffers, offset, length);
        for (int i = offset; i < targets.end; i++) {
            if (buffers[i].isReadOnly()) {
                throw new ReadOnlyBufferException();
            }
        }
        return targets;
    }

    /** Throws as JSSE says if {@code buffer} is null. */
    static void require(ByteBuffer buffer) {
        if (buffer == null) {
            throw new IllegalArgumentException("a buffer is null");
        }
    }

    long remaining() {
        long sum = 0;
        for (int i = offset; i < end; i++) {
            sum += buffers[i].remaining();
        }
        return sum;
    }

    /**
     * Up to {@code limit} bytes that come next, without taking them; a view of the first buffer that holds some if they
     * are all in it, or else a copy.
     */
    ByteBuffer peek(int limit) {
        int length = (int) Math.min(remaining(), limit);
        int first = firstWithSome();
        if (first < end && buffers[first].remaining() >= length) {
            return buffers[first].slice(buffers[first].position(), length);
        }
        ByteBuffer copy = ByteBuffer.allocate(length);
        for (int i = offset; i < end && copy.hasRemaining(); i++) {
            int part = Math.min(copy.remaining(), buffers[i].remaining());
            copy.put(buffers[i].slice(buffers[i].position(), part));
        }
        return copy.flip();
    }

    /** Moves the positions on by {@code count} bytes. */
    void take(int count) {
        int left = count;
        for (int i = offset; i < end && left > 0; i++) {
            int part = Math.min(left, buffers[i].remaining());
            buffers[i].position(buffers[i].position() + part);
            left -= part;
        }
    }

    /** Whether more than one buffer has something left. */
    boolean isScattered() {
        int first = firstWithSome();
        return first < end && buffers[first].remaining() < remaining();
    }

    /** The first buffer with something left, or an empty one. */
    ByteBuffer single() {
        int first = firstWithSome();
        return first < end ? buffers[first] : ByteBuffer.allocate(0);
    }

    /** Fills the buffers in their order with all of {@code data}, which fits. */
    void put(ByteBuffer data) {
        for (int i = offset; i < end && data.hasRemaining(); i++) {
            int part = Math.min(data.remaining(), buffers[i].remaining());
            buffers[i].put(data.slice(data.position(), part));
            data.position(data.position() + part);
        }
    }

    private int firstWithSome() {
        for (int i = offset; i < end; i++) {
            if (buffers[i].hasRemaining()) {
                return i;
            }
        }
        return end;
    }
}
