package dev.akushu.tls.wire;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads the presentation language of RFC 9846 section 3 from an array. Each read takes the field's name: for the error
 * text, and for the {@link Annotator} when one is there, so that the same decoder serves the handshake and the
 * explainer. Every length is checked before it is used; what is malformed throws.
 */
public final class WireReader {
    /** As many elements as most vectors have that are no lists of codes. */
    private static final int FEW = 4;

    private final byte[] data;
    private final int end;
    private final @Nullable Annotator annotator;
    private int position;

    private WireReader(byte[] data, int position, int end, @Nullable Annotator annotator) {
        this.data = data;
        this.position = position;
        this.end = end;
        this.annotator = annotator;
    }

    /** Reads {@code length} bytes from {@code offset}; the array stays the caller's and must not change meanwhile. */
    public static WireReader of(byte[] data, int offset, int length) {
        return new WireReader(data, offset, offset + length, null);
    }

    /** Reads all of {@code data}. */
    public static WireReader of(byte[] data) {
        return of(data, 0, data.length);
    }

    /** As {@link #of(byte[])}, telling {@code annotator} what each byte means. */
    public static WireReader annotating(byte[] data, Annotator annotator) {
        return new WireReader(data, 0, data.length, annotator);
    }

    /** Whether there is more to read. */
    public boolean hasMore() {
        return position < end;
    }

    /** How many bytes are left. */
    public int remaining() {
        return end - position;
    }

    /** The same bytes for a look ahead: this reader stays where it is, and nothing of it is annotated. */
    WireReader ahead() {
        return new WireReader(data, position, end, null);
    }

    /** An unsigned 8-bit number. */
    public int u8(String field) throws TlsException {
        return number(field, 1);
    }

    /** An unsigned 16-bit number. */
    public int u16(String field) throws TlsException {
        return number(field, 2);
    }

    /** An unsigned 24-bit number. */
    public int u24(String field) throws TlsException {
        return number(field, 3);
    }

    /** An unsigned 32-bit number. */
    public long u32(String field) throws TlsException {
        int start = take(field, 4);
        long value = 0;
        for (int i = start; i < start + 4; i++) {
            value = value << 8 | data[i] & 0xff;
        }
        if (annotator != null) {
            annotator.field(field, start, 4, Long.toString(value));
        }
        return value;
    }

    /** An 8-bit code; {@code of} gives its value, whose text becomes the field's meaning. */
    public <T> T u8(String field, IntFunction<T> of) throws TlsException {
        return code(field, 1, of);
    }

    /** A 16-bit code; {@code of} gives its value, whose text becomes the field's meaning. */
    public <T> T u16(String field, IntFunction<T> of) throws TlsException {
        return code(field, 2, of);
    }

    /** Exactly {@code length} bytes. */
    public Bytes fixed(String field, int length) throws TlsException {
        return fixed(field, length, value -> "");
    }

    /** Exactly {@code length} bytes; {@code meaning} tells the explainer what they say. */
    public Bytes fixed(String field, int length, Function<Bytes, String> meaning) throws TlsException {
        int start = take(field, length);
        Bytes value = Bytes.copyOf(data, start, length);
        if (annotator != null) {
            annotator.field(field, start, length, meaning.apply(value));
        }
        return value;
    }

    /** All bytes that are left. */
    public Bytes rest(String field) throws TlsException {
        return fixed(field, remaining());
    }

    /** Passes over {@code length} bytes. */
    void skip(String field, int length) throws TlsException {
        take(field, length);
    }

    /** A vector with an 8-bit length from {@code minimum} to {@code maximum} bytes. */
    public Bytes vector8(String field, int minimum, int maximum) throws TlsException {
        return opaque(field, 1, minimum, maximum, WireReader::size);
    }

    /** A vector with a 16-bit length from {@code minimum} to {@code maximum} bytes. */
    public Bytes vector16(String field, int minimum, int maximum) throws TlsException {
        return opaque(field, 2, minimum, maximum, WireReader::size);
    }

    /**
     * A vector with an 8-bit length from {@code minimum} to {@code maximum} bytes; {@code meaning} tells the explainer
     * what they say.
     */
    public Bytes vector8(String field, int minimum, int maximum, Function<Bytes, String> meaning) throws TlsException {
        return opaque(field, 1, minimum, maximum, meaning);
    }

    /**
     * A vector with a 16-bit length from {@code minimum} to {@code maximum} bytes; {@code meaning} tells the explainer
     * what they say.
     */
    public Bytes vector16(String field, int minimum, int maximum, Function<Bytes, String> meaning) throws TlsException {
        return opaque(field, 2, minimum, maximum, meaning);
    }

    /** A vector with a 24-bit length from {@code minimum} to {@code maximum} bytes. */
    public Bytes vector24(String field, int minimum, int maximum) throws TlsException {
        return opaque(field, 3, minimum, maximum, WireReader::size);
    }

    /**
     * A vector with a length prefix of {@code prefix} bytes, as a reader of its own over exactly its bytes: read it to
     * its end and call {@link #expectEnd}, or use {@link #list}.
     */
    public WireReader sub(String field, int prefix, int minimum, int maximum) throws TlsException {
        int prefixStart = position;
        int length = length(field, prefix, minimum, maximum);
        int start = take(field, length);
        if (annotator == null) {
            return new WireReader(data, start, start + length, null);
        }
        annotator.field(field, prefixStart, prefix + length, length + " bytes");
        return new WireReader(data, start, start + length, annotator.deeper());
    }

    /** A vector with a length prefix of {@code prefix} bytes, read element by element until its end. */
    public <T> List<T> list(String field, int prefix, int minimum, int maximum, Element<T> element)
            throws TlsException {
        WireReader in = sub(field, prefix, minimum, maximum);
        List<T> elements = new ArrayList<>(FEW);
        while (in.hasMore()) {
            elements.add(element.read(in));
        }
        return List.copyOf(elements);
    }

    /** A vector of 16-bit codes with a length prefix of {@code prefix} bytes; {@code element} is the name of each, and {@code of} gives its value. */
    public <T> List<T> codes(String field, int prefix, int minimum, int maximum, String element, IntFunction<T> of)
            throws TlsException {
        WireReader in = sub(field, prefix, minimum, maximum);
        List<T> codes = new ArrayList<>(in.remaining() / 2);
        while (in.hasMore()) {
            codes.add(in.u16(element, of));
        }
        return List.copyOf(codes);
    }

    /** Throws if bytes are left over; {@code structure} is the name of what should have ended here. */
    public void expectEnd(String structure) throws TlsException {
        if (hasMore()) {
            throw Problem.TRAILING_BYTES.with(structure, remaining());
        }
    }

    private <T> T code(String field, int length, IntFunction<T> of) throws TlsException {
        int start = take(field, length);
        T value = of.apply(bigEndian(start, length));
        if (annotator != null) {
            annotator.field(field, start, length, String.valueOf(value));
        }
        return value;
    }

    private int number(String field, int length) throws TlsException {
        int start = take(field, length);
        int value = bigEndian(start, length);
        if (annotator != null) {
            annotator.field(field, start, length, Integer.toString(value));
        }
        return value;
    }

    private Bytes opaque(String field, int prefix, int minimum, int maximum, Function<Bytes, String> meaning)
            throws TlsException {
        int prefixStart = position;
        int length = length(field, prefix, minimum, maximum);
        Bytes value = Bytes.copyOf(data, take(field, length), length);
        if (annotator != null) {
            annotator.field(field, prefixStart, prefix + length, meaning.apply(value));
        }
        return value;
    }

    private static String size(Bytes value) {
        return value.length() + " bytes";
    }

    private int length(String field, int prefix, int minimum, int maximum) throws TlsException {
        int length = bigEndian(take(field, prefix), prefix);
        if (length < minimum || length > maximum) {
            throw Problem.LENGTH_OUT_OF_RANGE.with(field, length, minimum, maximum);
        }
        return length;
    }

    private int bigEndian(int start, int length) {
        int value = 0;
        for (int i = start; i < start + length; i++) {
            value = value << 8 | data[i] & 0xff;
        }
        return value;
    }

    private int take(String field, int length) throws TlsException {
        if (length > remaining()) {
            throw Problem.TRUNCATED_FIELD.with(field, length, remaining());
        }
        int start = position;
        position += length;
        return start;
    }

    /** Reads one element of a vector. */
    @FunctionalInterface
    public interface Element<T> {
        /** Reads the element and leaves the reader behind it. */
        T read(WireReader in) throws TlsException;
    }
}
