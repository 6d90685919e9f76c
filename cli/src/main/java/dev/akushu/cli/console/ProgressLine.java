package dev.akushu.cli.console;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A line on a terminal that says what is waited for and for how long; appears after a second and goes without a trace. */
public final class ProgressLine implements AutoCloseable {
    /** For where nobody looks. */
    static final ProgressLine NONE = new ProgressLine();

    private static final String ERASE_LINE = "\r\u001b[K";

    private final CountDownLatch closed = new CountDownLatch(1);
    private @Nullable Thread writer;

    private ProgressLine() {}

    static ProgressLine on(Console console, String text) {
        ProgressLine line = new ProgressLine();
        line.writer = Thread.ofVirtual().start(() -> line.write(console, text));
        return line;
    }

    private void write(Console on, String text) {
        boolean written = false;
        try {
            for (int seconds = 1; !closed.await(1, TimeUnit.SECONDS); seconds++) {
                on.overwrite(ERASE_LINE + text + " " + on.words().text("progress.seconds", seconds));
                written = true;
            }
        } catch (InterruptedException nobodyInterrupts) {
            Thread.currentThread().interrupt();
        }
        if (written) {
            on.overwrite(ERASE_LINE);
        }
    }

    /** Takes the line away, if there is one. */
    @Override
    public void close() {
        closed.countDown();
        if (writer != null) {
            try {
                writer.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
