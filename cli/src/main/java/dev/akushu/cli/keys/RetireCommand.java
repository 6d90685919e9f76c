package dev.akushu.cli.keys;

import dev.akushu.cli.console.Command;
import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.Console;
import dev.akushu.cli.console.Manner;
import dev.akushu.cli.option.MannerOptions;
import dev.akushu.cli.option.StoreOptions;
import java.io.IOException;
import java.time.Instant;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Takes a key out at once: for one that may have been stolen. */
@CommandLine.Command(name = "retire")
final class RetireCommand implements Command {
    @Parameters(index = "0", paramLabel = KeysCommand.PLACE, descriptionKey = "keys.place")
    private String place = "";

    @Parameters(index = "1", paramLabel = "NAME", descriptionKey = "keys.key_name")
    private String name = "";

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
        try (KeyRing keys = KeyRing.at(place, store, console)) {
            new KeyTable(console, keys.noneSeals()).show(keys.retire(name), Instant.now());
        }
    }
}
