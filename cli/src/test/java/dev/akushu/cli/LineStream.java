package dev.akushu.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Takes what is written and gives it line by line to a reader that can wait for it. */
final class LineStream extends OutputStream {
    private static final long PATIENCE_SECONDS = 30;

    private final ByteArrayOutputStream current = new ByteArrayOutputStream();
    private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();

    /** Waits for the next line; empty at the end. */
    Optional<String> next() throws IOException {
        try {
            Optional<String> line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (line == null) {
                throw new IOException("no line came within " + PATIENCE_SECONDS + " s");
            }
            return line;
        } catch (InterruptedException interrupted) {
            throw new IOException(interrupted);
        }
    }

    @Override
    public synchronized void write(int octet) {
        if (octet == '\n') {
            lines.add(Optional.of(current.toString(StandardCharsets.UTF_8)));
            current.reset();
        } else {
            current.write(octet);
        }
    }

    @Override
    public synchronized void write(byte[] source, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            write(source[i]);
        }
    }

    @Override
    public void close() {
        lines.add(Optional.empty());
    }
}
