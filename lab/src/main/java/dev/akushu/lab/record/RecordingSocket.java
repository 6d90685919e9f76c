package dev.akushu.lab.record;

import dev.akushu.tls.Role;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** A client's socket that keeps a copy of each record that passes it, in either direction. */
final class RecordingSocket extends Socket {
    private final RecordSplitter sent;
    private final RecordSplitter received;

    RecordingSocket(Recording recording) {
        sent = new RecordSplitter(Role.CLIENT, recording);
        received = new RecordSplitter(Role.SERVER, recording);
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read() throws IOException {
                int read = in.read();
                if (read >= 0) {
                    received.take(new byte[] {(byte) read}, 0, 1);
                }
                return read;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                int read = in.read(target, offset, length);
                if (read > 0) {
                    received.take(target, offset, read);
                }
                return read;
            }
        };
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(super.getOutputStream()) {
            @Override
            public void write(int octet) throws IOException {
                write(new byte[] {(byte) octet}, 0, 1);
            }

            @Override
            public void write(byte[] source, int offset, int length) throws IOException {
                // Before it leaves: nothing of the answer can be here earlier than what it answers.
                sent.take(source, offset, length);
                out.write(source, offset, length);
            }
        };
    }
}
