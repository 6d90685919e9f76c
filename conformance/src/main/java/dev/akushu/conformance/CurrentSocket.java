package dev.akushu.conformance;

import java.io.IOException;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** The socket that a test uses at present, to be closed from another thread if the test is given up. */
final class CurrentSocket {
    private @Nullable Socket socket;
    private boolean givenUp;

    /** Notes a socket that is about to be used. */
    synchronized void is(Socket next) throws IOException {
        socket = next;
        if (givenUp) {
            next.close();
        }
    }

    /** Closes it, and each further one. */
    synchronized void giveUp() throws IOException {
        givenUp = true;
        if (socket != null) {
            socket.close();
        }
    }
}
