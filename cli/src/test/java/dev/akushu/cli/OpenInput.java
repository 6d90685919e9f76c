package dev.akushu.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;

/** stdin that stays open and never has anything, until it is closed. */
final class OpenInput extends InputStream {
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean wasRead;

    boolean wasRead() {
        return wasRead;
    }

    @Override
    public int read() throws IOException {
        return read(new byte[1], 0, 1);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        wasRead = true;
        try {
            closed.await();
            return -1;
        } catch (InterruptedException interrupted) {
            throw new IOException(interrupted);
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
