package dev.akushu.tls;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Objects;

/** Data of a server that does not wait for the client's Finished. */
final class HalfRttOutputStream extends OutputStream {
    private final BlockingEngine blocking;
    private final Duration handshakeTimeout;

    HalfRttOutputStream(BlockingEngine blocking, Duration handshakeTimeout) {
        this.blocking = blocking;
        this.handshakeTimeout = handshakeTimeout;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, source.length);
        if (length > 0) {
            blocking.writeHalfRtt(source, offset, length, handshakeTimeout);
        }
    }
}
