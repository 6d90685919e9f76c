package dev.akushu.cli.console;

import java.io.IOException;

/** What one word on the command line does. */
public interface Command {
    /** How much is told, and in which form. */
    Manner manner();

    /**
     * Does it; returning means that all went well.
     *
     * @throws CommandFailure if it cannot be done as asked, or a condition is not met
     * @throws IOException if a connection fails, then a {@link dev.akushu.tls.TlsException}, or if the output is gone
     */
    void run(Console console) throws CommandFailure, IOException;
}
