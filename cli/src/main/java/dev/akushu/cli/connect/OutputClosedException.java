package dev.akushu.cli.connect;

import java.io.IOException;

/** Whoever read stdout has left, as {@code head} does: there is nobody to go on for, and nobody to complain to. */
final class OutputClosedException extends IOException {
    private static final long serialVersionUID = 1L;

    OutputClosedException(IOException cause) {
        super(cause);
    }
}
