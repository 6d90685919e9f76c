package dev.akushu.cli.lab;

import dev.akushu.cli.console.Command;
import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.Console;
import dev.akushu.cli.console.ExitCode;
import dev.akushu.cli.console.JsonLine;
import dev.akushu.cli.console.Manner;
import dev.akushu.cli.console.Words;
import dev.akushu.cli.option.MannerOptions;
import dev.akushu.lab.Lab;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Opens the lab and keeps it open until it is stopped. */
@CommandLine.Command(name = "lab")
public final class LabCommand implements Command {
    private static final int HIGHEST_PORT = 65_535;

    @Option(names = "--port", paramLabel = "PORT")
    private int port;

    @Mixin
    private final MannerOptions manner = new MannerOptions();

    @Override
    public Manner manner() {
        return manner.manner();
    }

    @Override
    public void run(Console console) throws CommandFailure, IOException {
        Words words = console.words();
        CountDownLatch stopped = new CountDownLatch(1);
        try (Lab lab = open(words)) {
            console.event(JsonLine.event("listening")
                    .with("port", lab.port())
                    .with("url", lab.address().toString()));
            console.print(words.text("lab.open", lab.address()));
            console.print(words.text("lab.token"));
            console.print(words.text("serve.stop"));
            console.surroundings().stopSignal().onStop(stopped::countDown);
            stopped.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Lab open(Words words) throws CommandFailure {
        if (port < 0 || port > HIGHEST_PORT) {
            throw words.misuse("out_of_range", port, "--port", 0, HIGHEST_PORT);
        }
        try {
            return Lab.open(port);
        } catch (IOException taken) {
            throw new CommandFailure(
                    words.failure(
                                    ExitCode.NETWORK,
                                    "cannot_listen",
                                    "127.0.0.1",
                                    port,
                                    String.valueOf(taken.getMessage()))
                            .failure(),
                    taken);
        }
    }
}
