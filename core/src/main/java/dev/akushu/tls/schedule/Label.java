package dev.akushu.tls.schedule;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A label of the key schedule as it stands in an HkdfLabel: its length, {@code tls13} and a space, itself. RFC 9846 section 7.1. Immutable. */
final class Label {
    private static final byte[] PREFIX = "tls13 ".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST = 255 - PREFIX.length;

    private final byte[] encoded;

    private Label(byte[] encoded) {
        this.encoded = encoded;
    }

    /** Of 1 to 249 characters of US-ASCII, without the prefix. */
    static Label of(String text) {
        int length = text.length();
        if (length == 0 || length > LONGEST) {
            throw bad(text);
        }
        int at = 1 + PREFIX.length;
        byte[] encoded = new byte[at + length];
        encoded[0] = (byte) (PREFIX.length + length);
        System.arraycopy(PREFIX, 0, encoded, 1, PREFIX.length);
        for (int i = 0; i < length; i++) {
            char character = text.charAt(i);
            if (character > 0x7f) {
                throw bad(text);
            }
            encoded[at++] = (byte) character;
        }
        return new Label(encoded);
    }

    /** Adds it to a message. */
    void addTo(MessageDigest message) {
        message.update(encoded);
    }

    /** The label itself. */
    @Override
    public String toString() {
        int start = 1 + PREFIX.length;
        return new String(encoded, start, encoded.length - start, StandardCharsets.US_ASCII);
    }

    private static IllegalArgumentException bad(String text) {
        return new IllegalArgumentException("A label is 1 to " + LONGEST + " US-ASCII characters, not " + text);
    }
}
