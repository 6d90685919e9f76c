package dev.akushu.tls;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The kind of a handshake message. RFC 9846 section 4. */
public enum HandshakeType {
    /** Opens the handshake. */
    CLIENT_HELLO(1),
    /** The server's choice; also the form of a HelloRetryRequest. */
    SERVER_HELLO(2),
    /** A ticket for a later resumption. */
    NEW_SESSION_TICKET(4),
    /** No more early data will follow. */
    END_OF_EARLY_DATA(5),
    /** The first encrypted message. */
    ENCRYPTED_EXTENSIONS(8),
    /** A certificate chain or a raw public key. */
    CERTIFICATE(11),
    /** The server asks who the client is. */
    CERTIFICATE_REQUEST(13),
    /** Proof that the sender holds the private key. */
    CERTIFICATE_VERIFY(15),
    /** A MAC over the whole handshake. */
    FINISHED(20),
    /** The sender changes its sending keys. */
    KEY_UPDATE(24),
    /** A Certificate message, compressed. RFC 8879. */
    COMPRESSED_CERTIFICATE(25),
    /** Stands for the first ClientHello in the transcript after a retry; never sent. */
    MESSAGE_HASH(254);

    private static final HandshakeType[] BY_CODE = new HandshakeType[256];

    static {
        for (HandshakeType value : values()) {
            BY_CODE[value.code] = value;
        }
    }

    private final int code;
    private final String messageName;

    HandshakeType(int code) {
        this.code = code;
        StringBuilder name = new StringBuilder();
        for (String word : name().split("_", -1)) {
            name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        messageName = name.toString();
    }

    /** The value with this 8-bit code, or null where none is registered. */
    public static @Nullable HandshakeType find(int code) {
        return code < 0 || code > 255 ? null : BY_CODE[code];
    }

    /** The 8-bit code on the wire. */
    public int code() {
        return code;
    }

    /** The RFC's spelling, such as {@code ClientHello}. */
    public String messageName() {
        return messageName;
    }
}
