package dev.akushu.tls;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A group or KEM for the key exchange. RFC 9846 section 4.3.7, RFC 10024 for the hybrids with ML-KEM.
 *
 * <p>An open set: a peer may name codes that nobody here knows, so this is a code with a name where one is registered, not an enum.
 *
 * @param code the 16-bit code point on the wire
 */
public record NamedGroup(int code) {
    /** NIST P-256: mandatory to implement. */
    public static final NamedGroup SECP256R1 = new NamedGroup(0x0017);

    /** NIST P-384. */
    public static final NamedGroup SECP384R1 = new NamedGroup(0x0018);

    /** NIST P-521. */
    public static final NamedGroup SECP521R1 = new NamedGroup(0x0019);

    /** Curve25519, RFC 7748. */
    public static final NamedGroup X25519 = new NamedGroup(0x001d);

    /** Curve448, RFC 7748. */
    public static final NamedGroup X448 = new NamedGroup(0x001e);

    /** Finite field of 2048 bits, RFC 7919. */
    public static final NamedGroup FFDHE2048 = new NamedGroup(0x0100);

    /** Finite field of 3072 bits, RFC 7919. */
    public static final NamedGroup FFDHE3072 = new NamedGroup(0x0101);

    /** Finite field of 4096 bits, RFC 7919. */
    public static final NamedGroup FFDHE4096 = new NamedGroup(0x0102);

    /** Hybrid of P-256 and ML-KEM-768: P-256 first in share and secret. */
    public static final NamedGroup SECP256R1_MLKEM768 = new NamedGroup(0x11eb);

    /** Hybrid of X25519 and ML-KEM-768: ML-KEM first in share and secret. */
    public static final NamedGroup X25519_MLKEM768 = new NamedGroup(0x11ec);

    /** Hybrid of P-384 and ML-KEM-1024: P-384 first in share and secret. */
    public static final NamedGroup SECP384R1_MLKEM1024 = new NamedGroup(0x11ed);

    /** ML-KEM-1024 alone, without a classical half; draft-ietf-tls-mlkem. */
    public static final NamedGroup MLKEM1024 = new NamedGroup(0x0202);

    private static final Codes<Known> KNOWN = Codes.of(
            known -> known.id().code(),
            List.of(
                    new Known(SECP256R1, "secp256r1"),
                    new Known(SECP384R1, "secp384r1"),
                    new Known(SECP521R1, "secp521r1"),
                    new Known(X25519, "x25519"),
                    new Known(X448, "x448"),
                    new Known(FFDHE2048, "ffdhe2048"),
                    new Known(FFDHE3072, "ffdhe3072"),
                    new Known(FFDHE4096, "ffdhe4096"),
                    new Known(SECP256R1_MLKEM768, "SecP256r1MLKEM768"),
                    new Known(X25519_MLKEM768, "X25519MLKEM768"),
                    new Known(SECP384R1_MLKEM1024, "SecP384r1MLKEM1024"),
                    new Known(MLKEM1024, "MLKEM1024")));

    private record Known(NamedGroup id, String name) {}

    /** The canonical constant of {@code code}, or a new value for a code that is not known here. */
    public static NamedGroup of(int code) {
        Known known = KNOWN.find(code);
        return known != null ? known.id() : new NamedGroup(code);
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
        return other instanceof NamedGroup that && that.code == code;
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
