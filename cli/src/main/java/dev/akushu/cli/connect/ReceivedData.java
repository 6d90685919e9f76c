package dev.akushu.cli.connect;

import dev.akushu.cli.console.Console;
import dev.akushu.cli.console.JsonLine;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;

/** Where the server's data goes: to stdout as it is, or for programs as an event. */
final class ReceivedData {
    private final Console console;

    ReceivedData(Console console) {
        this.console = console;
    }

    /** Takes {@code length} bytes from the beginning of {@code data}. */
    void take(byte[] data, int length) throws OutputClosedException {
        if (length == 0) {
            return;
        }
        if (console.json()) {
            String base64 = Base64.getEncoder().encodeToString(Arrays.copyOf(data, length));
            console.event(JsonLine.event("data")
                    .with("flow", "received")
                    .with("length", length)
                    .with("base64", base64));
            return;
        }
        try {
            console.output().write(data, 0, length);
            console.output().flush();
        } catch (IOException gone) {
            throw new OutputClosedException(gone);
        }
    }
}
