package dev.akushu.tls;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** The data that the peer sends. */
final class ConnectionInput extends InputStream {
    private final TlsConnection connection;
    private final BlockingEngine blocking;

    ConnectionInput(TlsConnection connection, BlockingEngine blocking) {
        this.connection = connection;
        this.blocking = blocking;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        connection.handshake();
        return blocking.read(target, offset, length);
    }

    /** What can be read without waiting for the peer. */
    @Override
    public int available() {
        return blocking.available();
    }

    /** Closes the connection, both ways. */
    @Override
    public void close() throws IOException {
        connection.close();
    }
}
