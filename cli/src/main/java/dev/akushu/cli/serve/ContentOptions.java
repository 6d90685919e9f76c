package dev.akushu.cli.serve;

import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.ExitCode;
import dev.akushu.cli.console.Words;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What clients are served. */
final class ContentOptions {
    private static final String GREETING = "--half-rtt";

    @Option(names = "--www", paramLabel = "FOLDER")
    private @Nullable Path folder;

    @Option(names = "--echo")
    private boolean echo;

    @Option(names = GREETING, paramLabel = "TEXT")
    private @Nullable String greeting;

    Service service(Words words) throws CommandFailure {
        if (folder == null) {
            return echo ? new EchoService() : new EchoOrFacts(words);
        }
        if (echo) {
            throw words.misuse("excluding", "--www", "--echo");
        }
        try {
            return new HttpService(StaticSite.of(folder));
        } catch (IOException noFolder) {
            throw new CommandFailure(
                    words.failure(ExitCode.USAGE, "no_folder", folder).failure(), noFolder);
        }
    }

    /** What a client is sent with the server's flight, without waiting for its answer; empty if nothing. */
    byte[] greeting(Words words) throws CommandFailure {
        if (greeting == null) {
            return new byte[0];
        }
        if (!echo) {
            // A browser would take it for the answer to its request.
            throw words.misuse("needs", GREETING, "--echo");
        }
        return (greeting + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** The application protocols that go with it, if none were asked for. */
    List<String> protocols() {
        return folder == null ? List.of() : List.of("http/1.1");
    }

    /** The key of the text that says what is served. */
    String description() {
        return folder == null ? echo ? "serve.echo" : "serve.echo_or_facts" : "serve.www";
    }
}
