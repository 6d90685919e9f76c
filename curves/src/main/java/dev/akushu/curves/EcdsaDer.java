package dev.akushu.curves;

import java.util.Arrays;

/**
 * ECDSA signatures as DER (RFC 3279 section 2.2.3: {@code SEQUENCE { r INTEGER, s INTEGER }}) and as r and s of fixed
 * length, which IEEE P1363 has. The decoder is strict: what it accepts has one encoding only.
 */
public final class EcdsaDer {
    private static final int SEQUENCE = 0x30;
    private static final int INTEGER = 0x02;

    private EcdsaDer() {}

    /** DER of the signature {@code rs}, both halves big-endian. */
    public static byte[] encode(byte[] rs) {
        int length = rs.length / 2;
        byte[] out = new byte[rs.length + 9];
        int end = putInteger(out, 3, rs, 0, length);
        end = putInteger(out, end, rs, length, length);
        int content = end - 3;
        // A length from 128 on takes two octets.
        if (content >= 0x80) {
            out[0] = SEQUENCE;
            out[1] = (byte) 0x81;
            out[2] = (byte) content;
            return Arrays.copyOf(out, end);
        }
        out[1] = SEQUENCE;
        out[2] = (byte) content;
        return Arrays.copyOfRange(out, 1, end);
    }

    private static int putInteger(byte[] out, int at, byte[] value, int from, int length) {
        int skip = 0;
        while (skip < length - 1 && value[from + skip] == 0) {
            skip++;
        }
        // A leading zero keeps the number positive.
        int pad = value[from + skip] < 0 ? 1 : 0;
        int octets = length - skip + pad;
        out[at] = INTEGER;
        out[at + 1] = (byte) octets;
        System.arraycopy(value, from + skip, out, at + 2 + pad, length - skip);
        return at + 2 + octets;
    }

    /**
     * Reads a signature into {@code rs}, whose halves take r and s.
     *
     * @return false if it is not DER to the letter, or a number is negative or does not fit
     */
    public static boolean decode(byte[] signature, int offset, int length, byte[] rs) {
        int end = offset + length;
        int at = skipHeader(signature, offset, end);
        if (at < 0) {
            return false;
        }
        Arrays.fill(rs, (byte) 0);
        int half = rs.length / 2;
        at = readInteger(signature, at, end, rs, half);
        return at >= 0 && readInteger(signature, at, end, rs, rs.length) == end;
    }

    /** Where the content begins, if it ends at {@code end}; else -1. */
    private static int skipHeader(byte[] in, int offset, int end) {
        if (end - offset < 2 || in[offset] != SEQUENCE) {
            return -1;
        }
        int first = in[offset + 1];
        if (first >= 0) {
            return first == end - offset - 2 ? offset + 2 : -1;
        }
        // X.690 section 10.1: the long form is for what the short form cannot say.
        if (first != (byte) 0x81 || end - offset < 3) {
            return -1;
        }
        int content = in[offset + 2] & 0xff;
        return content >= 0x80 && content == end - offset - 3 ? offset + 3 : -1;
    }

    /** Reads a number so that it ends before {@code rsEnd}; returns where it ends in the input, or -1. */
    private static int readInteger(byte[] in, int at, int end, byte[] rs, int rsEnd) {
        if (end - at < 3 || in[at] != INTEGER) {
            return -1;
        }
        int length = in[at + 1];
        int from = at + 2;
        if (length < 1 || length > end - from || !isMinimalPositive(in, from, length)) {
            return -1;
        }
        int skip = in[from] == 0 ? 1 : 0;
        int octets = length - skip;
        if (octets > rs.length / 2) {
            return -1;
        }
        System.arraycopy(in, from + skip, rs, rsEnd - octets, octets);
        return from + length;
    }

    /** X.690 section 8.3.2: the first nine bits are not all equal; the first of them is the sign. */
    private static boolean isMinimalPositive(byte[] in, int from, int length) {
        boolean negative = in[from] < 0;
        boolean padded = in[from] == 0 && length > 1 && in[from + 1] >= 0;
        return !negative && !padded;
    }
}
