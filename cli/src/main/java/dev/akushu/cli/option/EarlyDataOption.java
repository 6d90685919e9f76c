package dev.akushu.cli.option;

import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.ExitCode;
import dev.akushu.cli.console.Words;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a client sends before the server has said anything. */
public final class EarlyDataOption {
    /** The option as it is typed. */
    public static final String USE = "--early-data TEXT|@FILE";

    private static final String NAME = "--early-data";

    private static final String AGAIN = "--early-data-resend";

    /** More than any server allows that Akushu knows of, and little enough to hold in memory. */
    private static final int MOST_BYTES = 1 << 24;

    @Option(names = NAME, paramLabel = "TEXT|@FILE")
    private @Nullable String text;

    @Option(names = AGAIN)
    private boolean again;

    /** The data: the text in UTF-8 as it is, or what the file has. Empty if none was given. */
    public Optional<byte[]> data(Words words) throws CommandFailure {
        if (text == null) {
            if (again) {
                throw words.misuse("needs", AGAIN, USE);
            }
            return Optional.empty();
        }
        byte[] data = text.startsWith("@") ? contents(text.substring(1), words) : text.getBytes(StandardCharsets.UTF_8);
        if (data.length == 0 || data.length > MOST_BYTES) {
            throw words.misuse("early_data_length", NAME, data.length, MOST_BYTES);
        }
        return Optional.of(data);
    }

    /** Whether it is sent again, behind the handshake, if the server does not take it early. */
    public boolean mayBeResent() {
        return again;
    }

    private static byte[] contents(String file, Words words) throws CommandFailure {
        try (InputStream input = Files.newInputStream(Path.of(file))) {
            return input.readNBytes(MOST_BYTES + 1);
        } catch (IOException | InvalidPathException unreadable) {
            throw new CommandFailure(
                    words.failure(ExitCode.USAGE, "unreadable_option_file", NAME, file, String.valueOf(unreadable))
                            .failure(),
                    unreadable);
        }
    }
}
