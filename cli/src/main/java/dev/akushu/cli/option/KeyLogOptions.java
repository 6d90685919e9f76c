package dev.akushu.cli.option;

import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.Console;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether the secrets of connections are written to a file, for Wireshark and the like. */
public final class KeyLogOptions {
    private static final String VARIABLE = "SSLKEYLOGFILE";

    @Option(names = "--keylog", paramLabel = "FILE")
    private @Nullable Path file;

    /** Opens the file that was named by the option or else by the environment, and says loudly that it did. */
    public Optional<KeyLogFile> open(Console console) throws CommandFailure {
        String fromEnvironment = console.surroundings().environment().getOrDefault(VARIABLE, "");
        if (file != null) {
            return Optional.of(open(file, "--keylog", console));
        }
        return fromEnvironment.isEmpty()
                ? Optional.empty()
                : Optional.of(open(path(fromEnvironment, console), VARIABLE, console));
    }

    private static Path path(String text, Console console) throws CommandFailure {
        try {
            return Path.of(text);
        } catch (InvalidPathException noPath) {
            throw console.words().misuse("keylog", text, String.valueOf(noPath.getMessage()));
        }
    }

    private static KeyLogFile open(Path path, String reason, Console console) throws CommandFailure {
        KeyLogFile opened = KeyLogFile.open(path, console);
        console.warn(console.words().text("keylog.on", path, reason));
        return opened;
    }
}
