package dev.akushu.cli.crypto;

import dev.akushu.cli.console.Command;
import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.Console;
import dev.akushu.cli.console.JsonLine;
import dev.akushu.cli.console.Manner;
import dev.akushu.cli.console.ProgressLine;
import dev.akushu.cli.console.Words;
import dev.akushu.cli.option.MannerOptions;
import dev.akushu.cli.option.Seconds;
import dev.akushu.tls.Diagnosis;
import dev.akushu.tls.crypto.Crypto;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tells whose code {@link Crypto#fastest} takes for what, and times it beside all others there are. */
@CommandLine.Command(name = "crypto")
public final class CryptoCommand implements Command {
    @Option(names = "--seconds", paramLabel = "SECONDS")
    private String seconds = "15";

    @Mixin
    private final MannerOptions manner = new MannerOptions();

    @Override
    public Manner manner() {
        return manner.manner();
    }

    @Override
    public void run(Console console) throws CommandFailure {
        Duration time = Seconds.of(seconds, "--seconds", console.words());
        Contest contest = Contest.onThisMachine();
        List<Timing> timings = time(contest, time, console);
        console.event(machine());
        new TimingTable(contest.columns(), console).show(timings);
        for (Diagnosis foregone : contest.fastest().foregone()) {
            tell(foregone, console);
        }
    }

    private static List<Timing> time(Contest contest, Duration time, Console console) throws CommandFailure {
        Words words = console.words();
        try (ProgressLine _ = console.progress(words.text("crypto.progress", time.toSeconds()))) {
            return contest.run(time);
        } catch (GeneralSecurityException failed) {
            throw new CommandFailure(words.internal(failed), failed);
        }
    }

    private static JsonLine machine() {
        return JsonLine.event("machine")
                .with("java", System.getProperty("java.vm.version"))
                .with("os", System.getProperty("os.name"))
                .with("arch", System.getProperty("os.arch"));
    }

    private static void tell(Diagnosis foregone, Console console) {
        Words words = console.words();
        Locale locale = words.locale();
        console.print("");
        console.print(words.text("crypto.foregone", foregone.cause(locale)));
        console.print(words.text("failure.remedy", foregone.remedy(locale)));
        console.event(JsonLine.event("foregone")
                .with("problem", foregone.problem().name().toLowerCase(Locale.ROOT))
                .with("cause", foregone.cause(locale))
                .with("remedy", foregone.remedy(locale)));
    }
}
