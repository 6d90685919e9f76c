package dev.akushu.tls;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;

/** The early data that a client sends. */
final class EarlyInputStream extends InputStream {
    private final BlockingEngine blocking;
    private final Duration handshakeTimeout;

    EarlyInputStream(BlockingEngine blocking, Duration handshakeTimeout) {
        this.blocking = blocking;
        this.handshakeTimeout = handshakeTimeout;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        return length == 0 ? 0 : blocking.readEarly(target, offset, length, handshakeTimeout);
    }

    /** What can be read without waiting for the client. */
    @Override
    public int available() {
        return blocking.earlyAvailable();
    }
}
