package dev.akushu.tls;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/** The data that goes to the peer. */
final class ConnectionOutput extends OutputStream {
    private final TlsConnection connection;
    private final BlockingEngine blocking;

    ConnectionOutput(TlsConnection connection, BlockingEngine blocking) {
        this.connection = connection;
        this.blocking = blocking;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, source.length);
        if (length == 0) {
            return;
        }
        connection.handshake();
        blocking.write(source, offset, length);
    }

    /** Says that no more will be sent; the connection can still be read. */
    @Override
    public void close() throws IOException {
        connection.closeOutput();
    }
}
