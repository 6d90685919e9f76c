package dev.akushu.tls;

import org.jspecify.annotations.Nullable;

/** The kind of a record. RFC 9846 section 5.1. */
public enum ContentType {
    /** A dummy for old middleboxes; changes nothing. */
    CHANGE_CIPHER_SPEC(20),
    /** A closure or an error. */
    ALERT(21),
    /** Handshake messages. */
    HANDSHAKE(22),
    /** Application data, and the outer type of all that is encrypted. */
    APPLICATION_DATA(23);

    private static final ContentType[] BY_CODE = new ContentType[256];

    static {
        for (ContentType value : values()) {
            BY_CODE[value.code] = value;
        }
    }

    private final int code;

    ContentType(int code) {
        this.code = code;
    }

    /** The value with this 8-bit code, or null where none is registered. */
    public static @Nullable ContentType find(int code) {
        return code < 0 || code > 255 ? null : BY_CODE[code];
    }

    /** The 8-bit code on the wire. */
    public int code() {
        return code;
    }
}
