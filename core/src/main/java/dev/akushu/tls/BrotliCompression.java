package dev.akushu.tls;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.decoder.DecoderJNI;
import com.aayushatharva.brotli4j.encoder.Encoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/** Certificates by brotli, in the native code of brotli4j. RFC 7932. */
final class BrotliCompression implements CertificateCompression {
    private static final int CODE = 2;
    private static final int BEST = 11;

    /** log2 of the window: a Certificate message, of 128 KiB at most, lies in it as a whole. */
    private static final int WINDOW_BITS = 18;

    private BrotliCompression() {}

    /** Throws a {@link LinkageError} if brotli4j is not there, or not for this machine. */
    static BrotliCompression load() {
        Brotli4jLoader.ensureAvailability();
        return new BrotliCompression();
    }

    @Override
    public int code() {
        return CODE;
    }

    @Override
    public byte[] compress(byte[] message) {
        try {
            return Encoder.compress(message, Encoder.Parameters.create(BEST, WINDOW_BITS));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    @Override
    public byte[] decompress(byte[] compressed, int length) throws IOException {
        if (compressed.length == 0) {
            throw new IOException("it is empty");
        }
        DecoderJNI.Wrapper decoder = new DecoderJNI.Wrapper(compressed.length);
        try {
            decoder.getInputBuffer().put(withoutLongerWindow(compressed));
            decoder.push(compressed.length);
            return unpacked(decoder, length);
        } finally {
            decoder.destroy();
        }
    }

    /**
     * The same stream with a window of 2^{@value #WINDOW_BITS} bytes at most. The decoder fills as much memory as the window has before it gives anything out: up to 16 MiB, for a stream of a few bytes. A message reaches back no
     * further than its own length, so what is good stays the same. RFC 7932 section 9.1: 1 and three more bits, n, other than zero, are a window of 17 + n bits.
     */
    static byte[] withoutLongerWindow(byte[] compressed) {
        byte[] stream = compressed.clone();
        boolean longer = (stream[0] & 1) == 1 && (stream[0] >> 1 & 7) > WINDOW_BITS - 17;
        if (longer) {
            stream[0] = (byte) (stream[0] & 0xf0 | (WINDOW_BITS - 17) << 1 | 1);
        }
        return stream;
    }

    private static byte[] unpacked(DecoderJNI.Wrapper decoder, int length) throws IOException {
        ByteBuffer message = ByteBuffer.allocate(length);
        while (true) {
            DecoderJNI.Status status = decoder.getStatus();
            switch (status) {
                case NEEDS_MORE_OUTPUT -> take(decoder, message);
                // What it has read it may not have worked off.
                case OK -> decoder.push(0);
                case DONE -> {
                    while (decoder.hasOutput()) {
                        take(decoder, message);
                    }
                    if (message.hasRemaining()) {
                        throw new IOException("it ends after " + message.position() + " bytes");
                    }
                    return message.array();
                }
                case NEEDS_MORE_INPUT -> throw new IOException("it is cut short");
                case ERROR -> throw new IOException("it is malformed, or something follows behind it");
            }
        }
    }

    private static void take(DecoderJNI.Wrapper decoder, ByteBuffer message) throws IOException {
        ByteBuffer part = decoder.pull();
        if (part.remaining() > message.remaining()) {
            throw new IOException("it does not end after " + message.capacity() + " bytes");
        }
        message.put(part);
    }
}
