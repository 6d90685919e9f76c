package dev.akushu.tls.wire;

import java.util.Locale;

/**
 * How a Certificate message can be compressed. RFC 8879 section 7.3.
 *
 * <p>An open set: a peer may name codes that nobody here knows, so this is a code with a name where one is known.
 *
 * @param code the 16-bit code on the wire
 */
public record CertificateCompressionAlgorithm(int code) {
    /** RFC 1950: the one that the JDK has too. */
    public static final CertificateCompressionAlgorithm ZLIB = new CertificateCompressionAlgorithm(1);

    /** RFC 7932. */
    public static final CertificateCompressionAlgorithm BROTLI = new CertificateCompressionAlgorithm(2);

    /** RFC 8878. */
    public static final CertificateCompressionAlgorithm ZSTD = new CertificateCompressionAlgorithm(3);

    /** The algorithm with this code. */
    public static CertificateCompressionAlgorithm of(int code) {
        return switch (code) {
            case 1 -> ZLIB;
            case 2 -> BROTLI;
            case 3 -> ZSTD;
            default -> new CertificateCompressionAlgorithm(code);
        };
    }

    /** The name in IANA's registry, or the code in hexadecimal. */
    @Override
    public String toString() {
        return switch (code) {
            case 1 -> "zlib";
            case 2 -> "brotli";
            case 3 -> "zstd";
            default -> String.format(Locale.ROOT, "0x%04x", code);
        };
    }
}
