package dev.akushu.cli.keys;

import dev.akushu.cli.console.Command;
import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.Console;
import dev.akushu.cli.console.Manner;
import dev.akushu.cli.console.Words;
import dev.akushu.cli.option.MannerOptions;
import dev.akushu.cli.option.TicketKeyPlace;
import dev.akushu.tls.TicketKey;
import dev.akushu.tls.TicketKeyFiles;
import dev.akushu.tls.TicketKeyRing;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Takes a key out at once: for one that may have been stolen. */
@CommandLine.Command(name = "retire")
final class RetireCommand implements Command {
    @Parameters(index = "0", paramLabel = "file:PATH", descriptionKey = "keys.place")
    private String place = "";

    @Parameters(index = "1", paramLabel = "NAME", descriptionKey = "keys.key_name")
    private String name = "";

    @Mixin
    private final MannerOptions manner = new MannerOptions();

    @Override
    public Manner manner() {
        return manner.manner();
    }

    @Override
    public void run(Console console) throws CommandFailure, IOException {
        Words words = console.words();
        Path file = TicketKeyPlace.file(place, words);
        TicketKeyRing ring = Rings.own(file, words);
        Optional<TicketKey> retired = ring.keys().stream()
                .filter(key -> key.name().hex().equalsIgnoreCase(name))
                .findFirst();
        if (retired.isEmpty()) {
            throw words.misuse("no_such_ticket_key", name, file);
        }
        TicketKeyRing next = ring.without(retired.get().name());
        TicketKeyFiles.write(file, next);
        new KeyTable(console).show(next, Instant.now());
    }
}
