package dev.akushu.tls;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/** Answers to early data, which do not wait for the handshake. */
final class EarlyOutputStream extends OutputStream {
    private final BlockingEngine blocking;

    EarlyOutputStream(BlockingEngine blocking) {
        this.blocking = blocking;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, source.length);
        if (length > 0) {
            blocking.answerEarly(source, offset, length);
        }
    }
}
