package dev.akushu.cli.keys;

import dev.akushu.cli.option.MannerOptions;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/** Looks at the Ticket Keys that servers share, and changes them. */
@CommandLine.Command(
        name = "keys",
        subcommands = {ListCommand.class, RotateCommand.class, RetireCommand.class})
@SuppressWarnings("UnusedVariable") // Read by the parser.
public final class KeysCommand {
    static final String PLACE = "file:PATH|redis://HOST:PORT/NAME";

    @Mixin
    private final MannerOptions manner = new MannerOptions();
}
