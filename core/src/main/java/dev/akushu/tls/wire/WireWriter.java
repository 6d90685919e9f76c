package dev.akushu.tls.wire;

import dev.akushu.tls.Bytes;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Writes the presentation language of RFC 9846 section 3 into a growing array. The names are those the reader uses; they only make a value that does not fit its
 * field a clear fault of the caller ({@link IllegalArgumentException}).
 */
public final class WireWriter {
    private byte[] data = new byte[256];
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

    /** What {@code content} writes, after its length in {@code prefix} bytes. */
    public void sub(String field, int prefix, Runnable content) {
        int prefixAt = length;
        ensure(prefix);
        length += prefix;
        content.run();
        int written = length - prefixAt - prefix;
        length = prefixAt;
        number(field, written, prefix);
        length += written;
    }

    /** The elements one after another, after their common length in {@code prefix} bytes. */
    public <T> void list(String field, int prefix, List<T> elements, BiConsumer<WireWriter, T> element) {
        sub(field, prefix, () -> elements.forEach(one -> element.accept(this, one)));
    }

    /** How many bytes have been written. */
    public int length() {
        return length;
    }

    /** A copy of what has been written. */
    public byte[] toArray() {
        return Arrays.copyOf(data, length);
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
        if (length + more > data.length) {
            data = Arrays.copyOf(data, Math.max(2 * data.length, length + more));
        }
    }
}
