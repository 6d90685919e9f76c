package dev.akushu.tls.identity;

import dev.akushu.tls.Bytes;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;

/**
 * Reads DER (ITU-T X.690) strictly: definite and minimal lengths, one-byte tags, minimal numbers. Reads forward only
 * and never recurses, so that hostile bytes cost no more than their length. Readers of nested values share the array;
 * it must not change.
 */
final class DerReader {
    static final int BOOLEAN = 0x01;
    static final int INTEGER = 0x02;
    static final int BIT_STRING = 0x03;
    static final int OCTET_STRING = 0x04;
    static final int NULL = 0x05;
    static final int OBJECT_IDENTIFIER = 0x06;
    static final int UTC_TIME = 0x17;
    static final int GENERALIZED_TIME = 0x18;
    static final int SEQUENCE = 0x30;
    static final int SET = 0x31;

    private static final int LONGEST_OBJECT_IDENTIFIER = 256;

    /** Of seven bits each, which a long that is not negative can take. */
    private static final int OCTETS_OF_LONG = 9;

    private final byte[] data;
    private final int end;
    private int position;

    private DerReader(byte[] data, int position, int end) {
        this.data = data;
        this.position = position;
        this.end = end;
    }

    /** Reads {@code der} from its first byte to its last. */
    static DerReader of(byte[] der) {
        return new DerReader(der, 0, der.length);
    }

    /** The tag of context-specific class with this number, around a constructed value. */
    static int constructed(int number) {
        return 0xa0 | number;
    }

    /** The tag of context-specific class with this number, around a primitive value. */
    static int primitive(int number) {
        return 0x80 | number;
    }

    boolean hasMore() {
        return position < end;
    }

    /** Bytes from the start of the whole encoding to the next value. */
    int position() {
        return position;
    }

    /** Whether the next value has this tag; false at the end. */
    boolean nextIs(int tag) {
        return hasMore() && (data[position] & 0xff) == tag;
    }

    /** The tag of the next value. */
    int peekTag(String what) throws DerException {
        if (!hasMore()) {
            throw new DerException(position, what + " is missing");
        }
        return data[position] & 0xff;
    }

    /**
     * The content of the next value, which must have this tag, as a reader of its own; this one then stands behind the
     * value.
     */
    DerReader enter(int tag, String what) throws DerException {
        int found = peekTag(what);
        if (found != tag) {
            throw new DerException(position, String.format("%s has the tag 0x%02x, not 0x%02x", what, found, tag));
        }
        return enterNext(what);
    }

    /** As {@link #enter}, whatever the tag is. */
    DerReader enterNext(String what) throws DerException {
        int start = position;
        if ((peekTag(what) & 0x1f) == 0x1f) {
            throw new DerException(start, what + " has a tag of several bytes");
        }
        position++;
        int length = length(what);
        if (length > end - position) {
            throw new DerException(start, what + " needs " + length + " bytes, " + (end - position) + " are left");
        }
        DerReader content = new DerReader(data, position, position + length);
        position += length;
        return content;
    }

    /** The next value with its tag and length. */
    Bytes element(String what) throws DerException {
        return Bytes.wrap(elementToWipe(what));
    }

    /** As {@link #element}, in an array that is the caller's to wipe. */
    byte[] elementToWipe(String what) throws DerException {
        int start = position;
        enterNext(what);
        return Arrays.copyOfRange(data, start, position);
    }

    /** All bytes that are left, which this reader then has read. */
    Bytes rest() {
        Bytes rest = Bytes.copyOf(data, position, end - position);
        position = end;
        return rest;
    }

    /** The content of the next value, which must have this tag. */
    Bytes content(int tag, String what) throws DerException {
        return enter(tag, what).rest();
    }

    /** As {@link #content}, in an array that is the caller's to wipe. */
    byte[] contentToWipe(int tag, String what) throws DerException {
        DerReader content = enter(tag, what);
        return Arrays.copyOfRange(content.data, content.position, content.end);
    }

    void expectEnd(String what) throws DerException {
        if (hasMore()) {
            throw new DerException(position, "bytes are left over after " + what);
        }
    }

    boolean bool(String what) throws DerException {
        int start = position;
        Bytes content = content(BOOLEAN, what);
        if (content.length() != 1 || (content.at(0) != 0x00 && content.at(0) != 0xff)) {
            throw new DerException(start, what + " is neither TRUE nor FALSE in DER");
        }
        return content.at(0) == 0xff;
    }

    /** An INTEGER of any size and sign, its content in two's complement. */
    Bytes integer(String what) throws DerException {
        int start = position;
        Bytes content = content(INTEGER, what);
        boolean padded = content.length() > 1
                && ((content.at(0) == 0x00 && content.at(1) < 0x80)
                        || (content.at(0) == 0xff && content.at(1) >= 0x80));
        if (content.isEmpty() || padded) {
            throw new DerException(start, what + " is not a minimal INTEGER");
        }
        return content;
    }

    /** An INTEGER from 0 to 2^31 - 1. */
    int smallInteger(String what) throws DerException {
        int start = position;
        BigInteger value = new BigInteger(integer(what).toArray());
        if (value.signum() < 0 || value.bitLength() > 31) {
            throw new DerException(start, what + " is out of range");
        }
        return value.intValue();
    }

    void nullValue(String what) throws DerException {
        enter(NULL, what).expectEnd(what);
    }

    /** A BIT STRING of whole bytes: a key or a signature. */
    Bytes octetsInBitString(String what) throws DerException {
        int start = position;
        DerReader content = enter(BIT_STRING, what);
        if (!content.hasMore() || content.octet(what) != 0) {
            throw new DerException(start, what + " is not of whole bytes");
        }
        return content.rest();
    }

    /** A BIT STRING of at most 32 named bits; bit 0 is the lowest of the result. */
    int namedBits(String what) throws DerException {
        int start = position;
        Bytes content = content(BIT_STRING, what);
        int unused = content.isEmpty() ? 8 : content.at(0);
        if (unused > 7 || (unused > 0 && content.length() == 1) || content.length() > 5) {
            throw new DerException(start, what + " is not a string of few bits");
        }
        int bits = 0;
        for (int i = 0; i < (content.length() - 1) * 8; i++) {
            bits |= (content.at(1 + i / 8) >> (7 - i % 8) & 1) << i;
        }
        return bits;
    }

    /** An OBJECT IDENTIFIER in dotted decimal notation. */
    String objectIdentifier(String what) throws DerException {
        int start = position;
        DerReader content = enter(OBJECT_IDENTIFIER, what);
        int from = content.position;
        int to = content.end;
        if (from == to || to - from > LONGEST_OBJECT_IDENTIFIER || data[to - 1] < 0) {
            throw new DerException(start, what + " is not an OBJECT IDENTIFIER");
        }
        StringBuilder dotted = new StringBuilder(4 * (to - from));
        int first = from;
        for (int i = from; i < to; i++) {
            if (i == first && data[i] == (byte) 0x80) {
                throw new DerException(start, what + " is not a minimal OBJECT IDENTIFIER");
            }
            if (data[i] >= 0) {
                appendArc(dotted, first, i + 1);
                first = i + 1;
            }
        }
        return dotted.toString();
    }

    /** UTCTime or GeneralizedTime in the one form of each that RFC 5280 section 4.1.2.5 allows. */
    Instant time(String what) throws DerException {
        int start = position;
        int tag = peekTag(what);
        if (tag != UTC_TIME && tag != GENERALIZED_TIME) {
            throw new DerException(start, what + " is neither UTCTime nor GeneralizedTime");
        }
        return DerTime.parse(content(tag, what), tag == UTC_TIME, start, what);
    }

    private void appendArc(StringBuilder dotted, int from, int to) {
        if (to - from > OCTETS_OF_LONG) {
            appendLongArc(dotted, from, to);
            return;
        }
        long arc = 0;
        for (int i = from; i < to; i++) {
            arc = arc << 7 | data[i] & 0x7f;
        }
        if (!dotted.isEmpty()) {
            dotted.append('.').append(arc);
            return;
        }
        // X.690 8.19.4: the first two arcs share one number.
        long root = Math.min(arc / 40, 2);
        dotted.append(root).append('.').append(arc - root * 40);
    }

    private void appendLongArc(StringBuilder dotted, int from, int to) {
        BigInteger arc = BigInteger.ZERO;
        for (int i = from; i < to; i++) {
            arc = arc.shiftLeft(7).or(BigInteger.valueOf(data[i] & 0x7f));
        }
        if (dotted.isEmpty()) {
            dotted.append("2.").append(arc.subtract(BigInteger.valueOf(80)));
        } else {
            dotted.append('.').append(arc);
        }
    }

    private int length(String what) throws DerException {
        int start = position;
        int first = octet(what);
        if (first < 0x80) {
            return first;
        }
        int count = first & 0x7f;
        if (count == 0 || count > 4) {
            throw new DerException(start, what + (count == 0 ? " has no definite length" : " is too long"));
        }
        long length = 0;
        for (int i = 0; i < count; i++) {
            length = length << 8 | octet(what);
        }
        if (length < 0x80 || length >>> ((count - 1) * 8) == 0) {
            throw new DerException(start, what + " has a length that is not minimal");
        }
        return (int) Math.min(length, Integer.MAX_VALUE);
    }

    private int octet(String what) throws DerException {
        if (position >= end) {
            throw new DerException(position, what + " ends within its length");
        }
        return data[position++] & 0xff;
    }
}
