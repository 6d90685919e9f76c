package dev.akushu.tls.wire;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A version of TLS, as legacy_version and supported_versions name it. RFC 9846 sections 4.2.2 and 4.3.1.
 *
 * <p>An open set: a peer may name codes that nobody here knows, so this is a code with a name where one is known.
 *
 * @param code the 16-bit code on the wire
 */
public record ProtocolVersion(int code) {
    /** The only version that is ever negotiated here. */
    public static final ProtocolVersion TLS_1_3 = new ProtocolVersion(0x0304);

    /** What legacy_version always says. */
    public static final ProtocolVersion TLS_1_2 = new ProtocolVersion(0x0303);

    /** The version with this code. */
    public static ProtocolVersion of(int code) {
        return switch (code) {
            case 0x0304 -> TLS_1_3;
            case 0x0303 -> TLS_1_2;
            default -> new ProtocolVersion(code);
        };
    }

    /** Whether this is a reserved GREASE code (RFC 8701): sent to keep peers tolerant, never to be chosen. */
    public boolean isGrease() {
        return (code & 0x0f0f) == 0x0a0a && code >>> 8 == (code & 0xff);
    }

    // Written out, as hashCode is: what a record has by itself is made when it is first called, and a program's start
    // waits for that.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ProtocolVersion that && that.code == code;
    }

    @Override
    public int hashCode() {
        return code;
    }

    /** The name that people use, {@code GREASE(0x....)}, or the code in hexadecimal. */
    @Override
    public String toString() {
        return switch (code) {
            case 0x0304 -> "TLS 1.3";
            case 0x0303 -> "TLS 1.2";
            case 0x0302 -> "TLS 1.1";
            case 0x0301 -> "TLS 1.0";
            case 0x0300 -> "SSL 3.0";
            default -> String.format(Locale.ROOT, isGrease() ? "GREASE(0x%04x)" : "0x%04x", code);
        };
    }
}
