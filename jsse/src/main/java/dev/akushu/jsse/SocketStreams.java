package dev.akushu.jsse;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.util.Objects;

/** The streams of a socket: those of the core's connection, with a handshake before and JSSE's exceptions. */
final class SocketStreams {
    private final AkushuSocket socket;
    private final InputStream input = new Input();
    private final OutputStream output = new Output();

    SocketStreams(AkushuSocket socket) {
        this.socket = socket;
    }

    InputStream input() {
        return input;
    }

    OutputStream output() {
        return output;
    }

    private final class Input extends InputStream {
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
            if (socket.isInputShutdown() && !socket.isClosed()) {
                return -1;
            }
            Conversation ready = socket.ready();
            try {
                return ready.read(target, offset, length);
            } catch (IOException failed) {
                throw socket.told(failed);
            }
        }

        @Override
        public int available() throws IOException {
            return socket.isInputShutdown() && !socket.isClosed() ? 0 : socket.available();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private final class Output extends OutputStream {
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
            if (socket.isOutputShutdown() && !socket.isClosed()) {
                throw new SocketException("Socket output is shutdown");
            }
            Conversation ready = socket.ready();
            try {
                ready.write(source, offset, length);
            } catch (IOException failed) {
                throw socket.told(failed);
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
