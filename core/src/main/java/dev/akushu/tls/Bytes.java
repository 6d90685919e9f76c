package dev.akushu.tls;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * An immutable string of octets: a key share, a ticket, a certificate in DER. Never a secret: equality is not constant-time and {@code toString} shows
 * the content.
 */
public final class Bytes {
    private static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] octets;

    private Bytes(byte[] octets) {
        this.octets = octets;
    }

    /** The empty string. */
    public static Bytes empty() {
        return EMPTY;
    }

    /** A copy of all of {@code octets}; the caller keeps the array. */
    public static Bytes copyOf(byte[] octets) {
        return octets.length == 0 ? EMPTY : new Bytes(octets.clone());
    }

    /** A copy of {@code length} octets from {@code offset}; the caller keeps the array. */
    public static Bytes copyOf(byte[] octets, int offset, int length) {
        return length == 0 ? EMPTY : new Bytes(Arrays.copyOfRange(octets, offset, offset + length));
    }

    /** Takes {@code octets} over without a copy: the caller must never write to the array again. */
    public static Bytes wrap(byte[] octets) {
        return octets.length == 0 ? EMPTY : new Bytes(octets);
    }

    /** The octets written as hexadecimal digits, either case, nothing between them. */
    public static Bytes fromHex(String hex) {
        return wrap(HexFormat.of().parseHex(hex));
    }

    /** The US-ASCII octets of {@code text}. */
    public static Bytes ofAscii(String text) {
        return wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** How many octets there are. */
    public int length() {
        return octets.length;
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return octets.length == 0;
    }

    /** The octet at {@code index}, 0 to 255. */
    public int at(int index) {
        return octets[index] & 0xff;
    }

    /** A copy that the caller owns. */
    public byte[] toArray() {
        return octets.clone();
    }

    /** {@code length} octets from {@code offset}. */
    public Bytes slice(int offset, int length) {
        return offset == 0 && length == octets.length ? this : copyOf(octets, offset, length);
    }

    /** Writes all octets to {@code target} from {@code offset}. */
    public void copyTo(byte[] target, int offset) {
        System.arraycopy(octets, 0, target, offset, octets.length);
    }

    /** Lower-case hexadecimal digits. */
    public String hex() {
        return HexFormat.of().formatHex(octets);
    }

    /** The octets as US-ASCII, everything outside the printable range as {@code .}: safe to print whatever a peer sent. */
    public String printableAscii() {
        StringBuilder text = new StringBuilder(octets.length);
        for (byte octet : octets) {
            text.append(octet >= 0x20 && octet < 0x7f ? (char) octet : '.');
        }
        return text.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    @Override
    public String toString() {
        return octets.length <= 32
                ? hex()
                : HexFormat.of().formatHex(octets, 0, 32) + "...(" + octets.length + " bytes)";
    }
}
