package dev.akushu.cli.lab;

import dev.akushu.cli.console.Command;
import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.Console;
import dev.akushu.cli.console.ExitCode;
import dev.akushu.cli.console.JsonLine;
import dev.akushu.cli.console.Language;
import dev.akushu.cli.console.Manner;
import dev.akushu.cli.console.Words;
import dev.akushu.cli.option.MannerOptions;
import dev.akushu.cli.option.Throwaway;
import dev.akushu.lab.Lab;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Opens the lab and keeps it open until it is stopped. */
@CommandLine.Command(name = "lab")
public final class LabCommand implements Command {
    private static final int HIGHEST_PORT = 65_535;
    private static final List<String> NAMES = List.of("localhost", "127.0.0.1");

    @Option(names = "--port", paramLabel = "PORT")
    private int port;

    @Option(names = "--tls")
    private boolean tls;

    @Option(names = "--ca-out", paramLabel = "FILE")
    private @Nullable Path authorityFile;

    @Option(names = "--no-open")
    private boolean noOpen;

    @Mixin
    private final MannerOptions manner = new MannerOptions();

    @Override
    public Manner manner() {
        return manner.manner();
    }

    @Override
    public void run(Console console) throws CommandFailure, IOException {
        Words words = console.words();
        if (port < 0 || port > HIGHEST_PORT) {
            throw words.misuse("out_of_range", port, "--port", 0, HIGHEST_PORT);
        }
        if (!tls) {
            if (authorityFile != null) {
                throw words.misuse("needs", "--ca-out", "--tls");
            }
            keepOpen(() -> Lab.open(port), null, console);
            return;
        }
        try (Throwaway made = Throwaway.create(NAMES, authorityFile, words)) {
            keepOpen(() -> Lab.openTls(port, made.identity()), made, console);
        }
    }

    @FunctionalInterface
    private interface Opening {
        Lab open() throws IOException;
    }

    private void keepOpen(Opening opening, @Nullable Throwaway made, Console console) throws CommandFailure {
        CountDownLatch stopped = new CountDownLatch(1);
        try (Lab lab = open(opening, console.words())) {
            announce(lab, made, console);
            console.surroundings().stopSignal().onStop(stopped::countDown);
            stopped.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void announce(Lab lab, @Nullable Throwaway made, Console console) {
        Words words = console.words();
        // A page that nobody has asked to speak a language speaks the browser's.
        Optional<Locale> asked = manner.language().map(Language::locale);
        URI address = asked.map(lab::address).orElseGet(lab::address);
        console.event(JsonLine.event("listening")
                .with("port", lab.port())
                .with("url", address.toString())
                .with("ca", made == null ? null : made.authorityFile().toString()));
        console.print(words.text("lab.open", address));
        console.print(words.text("lab.token"));
        if (made != null) {
            console.print(words.text("lab.tls", made.authorityFile()));
        }
        Desktop desktop = new Desktop(
                System.getProperty("os.name", ""), console.surroundings().environment());
        if (!noOpen
                && Desktop.isBefore(console)
                && desktop.open(asked.map(lab::addressForOnce).orElseGet(lab::addressForOnce))) {
            console.print(words.text("lab.browser"));
        }
        console.print(words.text("serve.stop"));
    }

    private Lab open(Opening opening, Words words) throws CommandFailure {
        try {
            return opening.open();
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
