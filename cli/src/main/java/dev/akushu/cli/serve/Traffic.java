package dev.akushu.cli.serve;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicLong;

/** Counts a client's bytes both ways, and knows since when it has been taking nothing of what it is sent. */
final class Traffic {
    private static final long NOT_WRITING = Long.MIN_VALUE;

    private final AtomicLong received = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private volatile long writingSince = NOT_WRITING;

    long received() {
        return received.get();
    }

    long sent() {
        return sent.get();
    }

    /** Whether a write has been going on for longer than {@code nanoseconds}: sockets have no time limit for that. */
    boolean isStuckFor(long nanoseconds) {
        long since = writingSince;
        return since != NOT_WRITING && System.nanoTime() - since > nanoseconds;
    }

    InputStream counting(InputStream input) {
        return new FilterInputStream(input) {
            @Override
            public int read() throws IOException {
                int octet = super.read();
                received.addAndGet(octet < 0 ? 0 : 1);
                return octet;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                int count = super.read(target, offset, length);
                received.addAndGet(Math.max(0, count));
                return count;
            }
        };
    }

    OutputStream watching(OutputStream output) {
        return new FilterOutputStream(output) {
            @Override
            public void write(int octet) throws IOException {
                write(new byte[] {(byte) octet}, 0, 1);
            }

            @Override
            public void write(byte[] source, int offset, int length) throws IOException {
                writingSince = System.nanoTime();
                try {
                    out.write(source, offset, length);
                } finally {
                    writingSince = NOT_WRITING;
                }
                sent.addAndGet(length);
            }
        };
    }
}
