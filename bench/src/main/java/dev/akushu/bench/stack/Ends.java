package dev.akushu.bench.stack;

import java.io.IOException;

/** A client's configuration and those of its servers, which any number of threads may share. */
public interface Ends {
    /** A new connection's client, to {@link Servers#HOST}. Tickets and sessions are kept by the port. */
    End client(int port) throws IOException;

    /** A new connection's server: the one with this number. */
    End server(int number) throws IOException;

    /** How many servers there are. */
    int count();

    /** Whether these work outside the heap, and take direct buffers without a copy. */
    boolean areNative();
}
