package dev.akushu.tls.wire;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.reuse.Buffers;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Writes the presentation language of RFC 9846 section 3 into a growing array. The names are those the reader uses; they only make a value that does not fit its
 * field a clear fault of the caller ({@link IllegalArgumentException}).
 */
public final class WireWriter {
    private static final byte[] EMPTY = new byte[0];

    private byte[] data = EMPTY;
    private int length;

    /** An unsigned 8-bit number. */
    public void u8(String field, int value) {
        number(field, value, 1);
    }

    /** An unsigned 16-bit number. */
    public void u16(String field, int value) {
        number(field, value, 2);
    }

    /** An unsigned 24-bit number. */
    public void u24(String field, int value) {
        number(field, value, 3);
    }

    /** An unsigned 32-bit number. */
    public void u32(String field, long value) {
        number(field, value, 4);
    }

    /** The bytes as they are, without a length. */
    public void fixed(String field, Bytes value) {
        ensure(value.length());
        value.copyTo(data, length);
        length += value.length();
    }

    /** The bytes after their 8-bit length. */
    public void vector8(String field, Bytes value) {
        u8(field, value.length());
        fixed(field, value);
    }

    /** The bytes after their 16-bit length. */
    public void vector16(String field, Bytes value) {
        u16(field, value.length());
        fixed(field, value);
    }

    /** The bytes after their 24-bit length. */
    public void vector24(String field, Bytes value) {
        u24(field, value.length());
        fixed(field, value);
    }

    /** Begins what stands after its own length in {@code prefix} bytes; give the result to {@link #end}. */
    public int begin(int prefix) {
        ensure(prefix);
        length += prefix;
        return length;
    }

    /** Ends what began at {@code begun} with a length in {@code prefix} bytes. */
    public void end(String field, int prefix, int begun) {
        int written = length - begun;
        length = begun - prefix;
        number(field, written, prefix);
        length += written;
    }

    /** The elements one after another, after their common length in {@code prefix} bytes. */
    public <T> void list(String field, int prefix, List<T> elements, BiConsumer<WireWriter, T> element) {
        int begun = begin(prefix);
        // By index: an iterator is an object.
        for (int i = 0; i < elements.size(); i++) {
            element.accept(this, elements.get(i));
        }
        end(field, prefix, begun);
    }

    /** A copy of what has been written, of which this forgets all. */
    public byte[] finish() {
        byte[] written = Arrays.copyOf(data, length);
        Buffers.giveBack(data);
        data = EMPTY;
        length = 0;
        return written;
    }

    private void number(String field, long value, int octets) {
        if (value < 0 || value >>> 8 * octets != 0) {
            throw new IllegalArgumentException(field + " does not fit " + octets + " bytes: " + value);
        }
        ensure(octets);
        for (int shift = 8 * (octets - 1); shift >= 0; shift -= 8) {
            data[length++] = (byte) (value >>> shift);
        }
    }

    private void ensure(int more) {
        data = Buffers.grow(data, length, more);
    }
}
