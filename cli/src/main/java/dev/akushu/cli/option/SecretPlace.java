package dev.akushu.cli.option;

import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.Words;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Where a secret is, as it is typed: {@code file:PATH} or {@code env:NAME}. */
public sealed interface SecretPlace {
    /** A file. */
    record InFile(Path file) implements SecretPlace {}

    /** A variable of the environment. */
    record InEnvironment(String name) implements SecretPlace {}

    /** The place that {@code text} names. */
    static SecretPlace of(String text, String option, Words words) throws CommandFailure {
        int colon = text.indexOf(':');
        String rest = text.substring(colon + 1);
        String kind = rest.isEmpty() ? "" : text.substring(0, colon + 1);
        try {
            return switch (kind) {
                case "file:" -> new InFile(Path.of(rest));
                case "env:" -> new InEnvironment(rest);
                // It may be the secret itself, so it is not shown.
                default -> throw words.misuse("secret_place", option);
            };
        } catch (InvalidPathException noPath) {
            throw words.misuse("secret_place", option);
        }
    }
}
