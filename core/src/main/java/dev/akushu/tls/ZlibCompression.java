package dev.akushu.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Certificates by zlib, in the JDK's native code. */
final class ZlibCompression implements CertificateCompression {
    private static final int CODE = 1;

    @Override
    public int code() {
        return CODE;
    }

    @Override
    public byte[] compress(byte[] message) {
        try (Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION)) {
            deflater.setInput(message);
            deflater.finish();
            ByteArrayOutputStream compressed = new ByteArrayOutputStream(message.length);
            byte[] part = new byte[1024];
            while (!deflater.finished()) {
                compressed.write(part, 0, deflater.deflate(part));
            }
            return compressed.toByteArray();
        }
    }

    @Override
    public byte[] decompress(byte[] compressed, int length) throws IOException {
        try (Inflater inflater = new Inflater()) {
            inflater.setInput(compressed);
            byte[] message = new byte[length];
            int written = 0;
            while (written < length) {
                int count = inflater.inflate(message, written, length - written);
                if (count == 0) {
                    throw new IOException("it ends after " + written + " bytes");
                }
                written += count;
            }
            // Only now is the checksum read; and a byte more would be one too many.
            if (inflater.inflate(new byte[1]) > 0 || !inflater.finished()) {
                throw new IOException("it does not end after " + length + " bytes");
            }
            if (inflater.getRemaining() > 0) {
                throw new IOException(inflater.getRemaining() + " bytes follow behind it");
            }
            return message;
        } catch (DataFormatException malformed) {
            throw new IOException(malformed.getMessage(), malformed);
        }
    }
}
