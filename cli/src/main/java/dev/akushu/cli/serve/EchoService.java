package dev.akushu.cli.serve;

import java.io.IOException;

/** Sends back what comes. */
final class EchoService implements Service {
    @Override
    public void serve(Talk talk) throws IOException {
        talk.input().transferTo(talk.output());
    }
}
