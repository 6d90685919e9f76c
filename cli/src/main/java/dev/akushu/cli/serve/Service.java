package dev.akushu.cli.serve;

import java.io.IOException;

/** What a server does for a client once they have shaken hands. Called for many clients at once. */
@FunctionalInterface
interface Service {
    /**
     * Serves one client until it has had enough; the caller closes the connection.
     *
     * @throws IOException if the connection fails
     */
    void serve(Talk talk) throws IOException;
}
