package dev.akushu.cli.serve;

import dev.akushu.cli.console.Words;
import java.io.IOException;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;

/** Echoes, but shows a browser a page with the facts of the connection. */
final class EchoOrFacts implements Service {
    private static final int LONGEST_BEGINNING = 5;

    private final Service echo = new EchoService();
    private final Service facts;

    EchoOrFacts(Words words) {
        facts = new HttpService(new FactsSite(words));
    }

    @Override
    public void serve(Talk talk) throws IOException {
        PushbackInputStream input = new PushbackInputStream(talk.input(), LONGEST_BEGINNING);
        byte[] beginning = new byte[LONGEST_BEGINNING];
        int length = input.read(beginning);
        if (length < 0) {
            return;
        }
        input.unread(beginning, 0, length);
        String text = new String(beginning, 0, length, StandardCharsets.US_ASCII);
        boolean http = text.equals("GET /") || text.equals("HEAD ");
        (http ? facts : echo).serve(new Talk(input, talk.output(), talk.session()));
    }
}
