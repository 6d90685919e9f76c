package dev.akushu.cli.option;

import dev.akushu.cli.console.Language;
import dev.akushu.cli.console.Manner;
import java.util.Optional;
import picocli.CommandLine.Option;

/**
 * How the program speaks: the options that every command has. Their descriptions are in the bundle {@code Help}. Language, help and version are acted on
 * by the parser and by what prepares it.
 */
@SuppressWarnings("UnusedVariable")
public final class MannerOptions {
    @Option(names = "--json")
    private boolean json;

    @Option(names = "--lang", paramLabel = "en|ja", order = 900)
    private String language = "";

    @Option(
            names = {"-q", "--quiet"},
            order = 901)
    private boolean quiet;

    @Option(names = "--debug", order = 902)
    private boolean debug;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            order = 903)
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            order = 904)
    private boolean version;

    /** The language that was asked for; empty if none was, and the program speaks that of its surroundings. */
    public Optional<Language> language() {
        return Language.named(language);
    }

    /** What was chosen. */
    public Manner manner() {
        return new Manner(json, quiet, debug);
    }
}
