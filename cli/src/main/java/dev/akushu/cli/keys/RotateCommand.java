package dev.akushu.cli.keys;

import dev.akushu.cli.console.Command;
import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.Console;
import dev.akushu.cli.console.Manner;
import dev.akushu.cli.option.MannerOptions;
import dev.akushu.cli.option.Seconds;
import dev.akushu.cli.option.StoreOptions;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds a new key, which replaces the one that seals; makes the file if there is none. */
@CommandLine.Command(name = "rotate")
final class RotateCommand implements Command {
    @Parameters(paramLabel = KeysCommand.PLACE, descriptionKey = "keys.place")
    private String place = "";

    @Option(names = "--ahead", paramLabel = "SECONDS")
    private @Nullable String ahead;

    @Mixin
    private final StoreOptions store = new StoreOptions();

    @Mixin
    private final MannerOptions manner = new MannerOptions();

    @Override
    public Manner manner() {
        return manner.manner();
    }

    @Override
    public void run(Console console) throws CommandFailure, IOException {
        Optional<Duration> early =
                ahead == null ? Optional.empty() : Optional.of(Seconds.of(ahead, "--ahead", console.words()));
        try (KeyRing keys = KeyRing.at(place, store, console)) {
            new KeyTable(console, keys.noneSeals()).show(keys.rotate(early), Instant.now());
        }
    }
}
