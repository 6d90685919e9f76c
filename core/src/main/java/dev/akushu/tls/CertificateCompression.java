package dev.akushu.tls;

import java.io.IOException;

/**
 * A way to compress Certificate messages. RFC 8879. The JDK has {@link #zlib}; {@link #brotli} and {@link #zstd} are by libraries that are there only if an application brings them, and
 * others can be supplied by whoever has a library for them. Safe for any number of threads.
 */
public interface CertificateCompression {
    /** The code in IANA's registry: 1 is zlib, 2 brotli, 3 zstd. */
    int code();

    /** The compressed form of {@code message}. Called once for each certificate that is sent often. */
    byte[] compress(byte[] message);

    /**
     * The message that {@code compressed} is the form of.
     *
     * @param length what the message must come to, 128 KiB at most; no more memory than this may be used for it, but for what does not depend on {@code compressed}
     * @return exactly {@code length} bytes
     * @throws IOException if it is not the form of a message of this length, or something follows behind it
     */
    byte[] decompress(byte[] compressed, int length) throws IOException;

    /** By the JDK: RFC 1950. */
    static CertificateCompression zlib() {
        return new ZlibCompression();
    }

    /**
     * By the library {@code com.aayushatharva.brotli4j:brotli4j} and its native code: RFC 7932, the one that browsers take. The JVM wants {@code --enable-native-access} for it.
     *
     * @throws IllegalStateException if the library is not there, or not for this machine
     */
    static CertificateCompression brotli() {
        try {
            return BrotliCompression.load();
        } catch (LinkageError | IllegalCallerException absent) {
            throw new IllegalStateException("there is no brotli4j, or none for this machine", absent);
        }
    }

    /**
     * By the library {@code com.github.luben:zstd-jni} and its native code: RFC 8878. The JVM wants {@code --enable-native-access} for it.
     *
     * @throws IllegalStateException if the library is not there, or not for this machine
     */
    static CertificateCompression zstd() {
        try {
            return ZstdCompression.load();
        } catch (LinkageError | IllegalCallerException absent) {
            throw new IllegalStateException("there is no zstd-jni, or none for this machine", absent);
        }
    }
}
