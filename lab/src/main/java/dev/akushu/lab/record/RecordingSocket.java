package dev.akushu.lab.record;

import dev.akushu.tls.Role;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A client's socket that keeps a copy of each record that passes it, in either direction. */
final class RecordingSocket extends Socket {
    private final RecordSplitter sent;
    private final RecordSplitter received;

    /** For all that is still read. */
    private volatile @Nullable Deadline deadline;

    /** {@code limit} in nanoseconds, since {@code began} by {@link System#nanoTime}. */
    private record Deadline(long began, long limit) {
        boolean isOver() {
            return System.nanoTime() - began >= limit;
        }
    }

    RecordingSocket(Recording recording) {
        sent = new RecordSplitter(Role.CLIENT, recording);
        received = new RecordSplitter(Role.SERVER, recording);
    }

    /** {@code limit} is for all that is read from now on: a peer that sends a byte now and then would outlast every limit of a single read. */
    void endAfter(Duration limit) {
        deadline = new Deadline(System.nanoTime(), limit.toNanos());
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read() throws IOException {
                refuseIfOver();
                int read = in.read();
                if (read >= 0) {
                    received.take(new byte[] {(byte) read}, 0, 1);
                }
                return read;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                refuseIfOver();
                int read = in.read(target, offset, length);
                if (read > 0) {
                    received.take(target, offset, read);
                }
                return read;
            }
        };
    }

    private void refuseIfOver() throws SocketTimeoutException {
        Deadline current = deadline;
        if (current != null && current.isOver()) {
            throw new SocketTimeoutException("the time for all of the peer's answer is over");
        }
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
