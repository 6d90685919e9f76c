package dev.akushu.cli.serve;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * What an answer carries. Closed by whoever sends it.
 *
 * @param type its media type
 * @param length in bytes
 * @param stream has that many bytes
 */
record HttpContent(String type, long length, InputStream stream) implements AutoCloseable {
    static HttpContent text(String type, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new HttpContent(type + "; charset=utf-8", bytes.length, new ByteArrayInputStream(bytes));
    }

    /** Sends exactly {@link #length} bytes; a file that has become shorter breaks the connection rather than the next answer. */
    void sendTo(OutputStream out) throws IOException {
        byte[] buffer = new byte[16_384];
        long left = length;
        while (left > 0) {
            int count = stream.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (count < 0) {
                throw new IOException("a file became shorter while it was sent");
            }
            out.write(buffer, 0, count);
            left -= count;
        }
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
