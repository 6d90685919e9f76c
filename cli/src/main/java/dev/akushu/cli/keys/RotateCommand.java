package dev.akushu.cli.keys;

import dev.akushu.cli.console.Command;
import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.Console;
import dev.akushu.cli.console.Manner;
import dev.akushu.cli.console.Words;
import dev.akushu.cli.option.MannerOptions;
import dev.akushu.cli.option.Seconds;
import dev.akushu.cli.option.TicketKeyPlace;
import dev.akushu.tls.TicketKeyFiles;
import dev.akushu.tls.TicketKeyRing;
import dev.akushu.tls.TicketKeyRing.Rotation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds a new key, which replaces the one that seals; makes the file if there is none. */
@CommandLine.Command(name = "rotate")
final class RotateCommand implements Command {
    @Parameters(paramLabel = "file:PATH", descriptionKey = "keys.place")
    private String place = "";

    @Option(names = "--ahead", paramLabel = "SECONDS")
    private String ahead = "60";

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
        Duration early = Seconds.of(ahead, "--ahead", words);
        Rotation rotation = new Rotation(early, Rotation.DEFAULT.sealFor(), Rotation.DEFAULT.openFor());
        Instant now = Instant.now();
        TicketKeyRing old = Files.notExists(file) ? TicketKeyRing.EMPTY : Rings.own(file, words);
        TicketKeyRing next = old.rotated(now, rotation, new SecureRandom());
        TicketKeyFiles.write(file, next);
        new KeyTable(console).show(next, now);
    }
}
