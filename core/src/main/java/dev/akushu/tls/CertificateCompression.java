package dev.akushu.tls;

import java.io.IOException;

/**
 * A way to compress Certificate messages. RFC 8879. The JDK has {@link #zlib}; others can be supplied by whoever has a library for them. Safe for any number of threads.
 */
public interface CertificateCompression {
    /** The code in IANA's registry: 1 is zlib, 2 brotli, 3 zstd. */
    int code();

    /** The compressed form of {@code message}. Called once for each certificate that is sent often. */
    byte[] compress(byte[] message);

    /**
     * The message that {@code compressed} is the form of.
     *
     * @param length what the message must come to, 128 KiB at most; no more memory than this may be used for it
     * @return exactly {@code length} bytes
     * @throws IOException if it is not the form of a message of this length, or something follows behind it
     */
    byte[] decompress(byte[] compressed, int length) throws IOException;

    /** By the JDK: RFC 1950. */
    static CertificateCompression zlib() {
        return new ZlibCompression();
    }
}
