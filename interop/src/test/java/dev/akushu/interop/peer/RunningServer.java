package dev.akushu.interop.peer;

import java.io.IOException;

/** A peer's server, ready for connections on 127.0.0.1; closing it ends it at once. */
public interface RunningServer extends AutoCloseable {
    /** What the client under test should send; it ends with an empty line, so that HTTP servers are content too. */
    String REQUEST = "GET / HTTP/1.0\r\n\r\n";

    int port();

    /** What the server does with {@link #REQUEST}. */
    Answer answer();

    /**
     * What the server saw of the connection that has just ended, which must be the only one that ended since the last call.
     *
     * @param reply what it answered on that connection: some servers tell there what they saw
     * @throws IOException if it does not tell within the bounded time
     */
    Seen seen(String reply) throws IOException;

    @Override
    void close();

    /** How a server answers {@link #REQUEST}. */
    enum Answer {
        /** The same bytes; the server then waits for the client's close_notify. */
        ECHO,
        /** An HTTP/1.0 response, after which the server says close_notify. */
        HTTP;

        public boolean accepts(String reply) {
            return switch (this) {
                case ECHO -> reply.equals(REQUEST);
                case HTTP -> reply.startsWith("HTTP/1.0 200");
            };
        }
    }
}
