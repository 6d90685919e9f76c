package dev.akushu.tls;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a CertificateEntry holds. RFC 9846 section 4.5.1, RFC 7250.
 *
 * <p>An open set: a peer may name codes that nobody here knows, so this is a code with a name where one is known.
 *
 * @param code the 8-bit code on the wire
 */
public record CertificateType(int code) {
    /** An X.509 certificate in DER: what counts where nothing was negotiated. */
    public static final CertificateType X509 = new CertificateType(0);

    /** A SubjectPublicKeyInfo in DER, without any certificate. */
    public static final CertificateType RAW_PUBLIC_KEY = new CertificateType(2);

    /** The type with this code. */
    public static CertificateType of(int code) {
        return switch (code) {
            case 0 -> X509;
            case 2 -> RAW_PUBLIC_KEY;
            default -> new CertificateType(code);
        };
    }

    // Written out, as hashCode is: what a record has by itself is made when it is first called, and a program's start
    // waits for that.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CertificateType that && that.code == code;
    }

    @Override
    public int hashCode() {
        return code;
    }

    /** The RFC's name, or the code in hexadecimal. */
    @Override
    public String toString() {
        return switch (code) {
            case 0 -> "X509";
            case 2 -> "RawPublicKey";
            default -> String.format(Locale.ROOT, "0x%02x", code);
        };
    }
}
