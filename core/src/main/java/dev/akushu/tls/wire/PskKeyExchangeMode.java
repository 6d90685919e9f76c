package dev.akushu.tls.wire;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether a pre-shared key stands alone or joins a fresh key exchange. RFC 9846 section 4.3.9.
 *
 * <p>An open set: a peer may name codes that nobody here knows, so this is a code with a name where one is known.
 *
 * @param code the 8-bit code on the wire
 */
public record PskKeyExchangeMode(int code) {
    /** The key alone: no forward secrecy. */
    public static final PskKeyExchangeMode PSK_KE = new PskKeyExchangeMode(0);

    /** The key with a fresh key exchange. */
    public static final PskKeyExchangeMode PSK_DHE_KE = new PskKeyExchangeMode(1);

    /** The mode with this code. */
    public static PskKeyExchangeMode of(int code) {
        return switch (code) {
            case 0 -> PSK_KE;
            case 1 -> PSK_DHE_KE;
            default -> new PskKeyExchangeMode(code);
        };
    }

    // Written out, as hashCode is: what a record has by itself is made when it is first called, and a program's start
    // waits for that.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PskKeyExchangeMode that && that.code == code;
    }

    @Override
    public int hashCode() {
        return code;
    }

    /** The RFC's name, or the code in hexadecimal. */
    @Override
    public String toString() {
        return switch (code) {
            case 0 -> "psk_ke";
            case 1 -> "psk_dhe_ke";
            default -> String.format(Locale.ROOT, "0x%02x", code);
        };
    }
}
