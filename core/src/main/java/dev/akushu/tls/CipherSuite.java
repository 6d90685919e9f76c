package dev.akushu.tls;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An AEAD and a hash for the key schedule. RFC 9846 appendix B.4.
 *
 * <p>An open set: a peer may name codes that nobody here knows, so this is a code with a name where one is registered, not an enum.
 *
 * @param code the 16-bit code point on the wire
 */
public record CipherSuite(int code) {
    /** AES-128 in GCM with SHA-256: mandatory to implement. */
    public static final CipherSuite TLS_AES_128_GCM_SHA256 = new CipherSuite(0x1301);

    /** AES-256 in GCM with SHA-384. */
    public static final CipherSuite TLS_AES_256_GCM_SHA384 = new CipherSuite(0x1302);

    /** ChaCha20-Poly1305 with SHA-256. */
    public static final CipherSuite TLS_CHACHA20_POLY1305_SHA256 = new CipherSuite(0x1303);

    /** AES-128 in CCM with SHA-256; named for explanations, not implemented. */
    public static final CipherSuite TLS_AES_128_CCM_SHA256 = new CipherSuite(0x1304);

    /** AES-128 in CCM with a short tag; named for explanations, not implemented. */
    public static final CipherSuite TLS_AES_128_CCM_8_SHA256 = new CipherSuite(0x1305);

    private static final Codes<Known> KNOWN = Codes.of(
            known -> known.id().code(),
            List.of(
                    new Known(TLS_AES_128_GCM_SHA256, "TLS_AES_128_GCM_SHA256"),
                    new Known(TLS_AES_256_GCM_SHA384, "TLS_AES_256_GCM_SHA384"),
                    new Known(TLS_CHACHA20_POLY1305_SHA256, "TLS_CHACHA20_POLY1305_SHA256"),
                    new Known(TLS_AES_128_CCM_SHA256, "TLS_AES_128_CCM_SHA256"),
                    new Known(TLS_AES_128_CCM_8_SHA256, "TLS_AES_128_CCM_8_SHA256")));

    private record Known(CipherSuite id, String name) {}

    /** The canonical constant of {@code code}, or a new value for a code that is not known here. */
    public static CipherSuite of(int code) {
        Known known = KNOWN.find(code);
        return known != null ? known.id() : new CipherSuite(code);
    }

    /** Whether this code has a name here. */
    public boolean isKnown() {
        return KNOWN.find(code) != null;
    }

    /** Whether this is a reserved GREASE code (RFC 8701): sent to keep peers tolerant, never to be chosen. */
    public boolean isGrease() {
        return (code & 0x0f0f) == 0x0a0a && code >>> 8 == (code & 0xff);
    }

    // Written out, as hashCode is: what a record has by itself is made when it is first called, and a program's start
    // waits for that.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CipherSuite that && that.code == code;
    }

    @Override
    public int hashCode() {
        return code;
    }

    /** The name in IANA's registry, {@code GREASE(0x....)}, or the code in hexadecimal. */
    @Override
    public String toString() {
        Known known = KNOWN.find(code);
        if (known != null) {
            return known.name();
        }
        return String.format(isGrease() ? "GREASE(0x%04x)" : "0x%04x", code);
    }
}
