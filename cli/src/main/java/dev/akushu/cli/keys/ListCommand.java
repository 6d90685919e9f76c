package dev.akushu.cli.keys;

import dev.akushu.cli.console.Command;
import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.Console;
import dev.akushu.cli.console.Manner;
import dev.akushu.cli.option.MannerOptions;
import dev.akushu.cli.option.TicketKeyPlace;
import dev.akushu.tls.TicketKeyFiles;
import java.io.IOException;
import java.time.Instant;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lists the keys. */
@CommandLine.Command(name = "list")
final class ListCommand implements Command {
    @Parameters(paramLabel = "file:PATH", descriptionKey = "keys.place")
    private String place = "";

    @Mixin
    private final MannerOptions manner = new MannerOptions();

    @Override
    public Manner manner() {
        return manner.manner();
    }

    @Override
    public void run(Console console) throws CommandFailure, IOException {
        new KeyTable(console).show(TicketKeyFiles.read(TicketKeyPlace.file(place, console.words())), Instant.now());
    }
}
