package dev.akushu.cli;

import dev.akushu.cli.console.ExitCode;
import dev.akushu.cli.console.StopSignal;
import dev.akushu.cli.console.Surroundings;
import dev.akushu.cli.console.Terminals;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/** Runs the program inside the test, with surroundings that the test decides. */
public record Cli(
        InputStream input, Terminals terminals, Map<String, String> environment, Locale locale, Charset charset) {
    /** Someone who speaks English and gives nothing to stdin. */
    public static Cli plain() {
        return new Cli(
                new ByteArrayInputStream(new byte[0]),
                Terminals.NONE,
                Map.of(),
                Locale.ENGLISH,
                StandardCharsets.UTF_8);
    }

    public Cli withInput(String text) {
        return withInput(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    public Cli withInput(InputStream stream) {
        return new Cli(stream, terminals, environment, locale, charset);
    }

    public Cli withTerminals(Terminals value) {
        return new Cli(input, value, environment, locale, charset);
    }

    public Cli withEnvironment(Map<String, String> variables) {
        return new Cli(input, terminals, variables, locale, charset);
    }

    public Cli withLocale(Locale value) {
        return new Cli(input, terminals, environment, value, charset);
    }

    public Cli withCharset(Charset value) {
        return new Cli(input, terminals, environment, locale, value);
    }

    /** Runs to the end. */
    public Outcome run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        ExitCode exit = run(out, err, stop -> {}, arguments);
        return new Outcome(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    ExitCode run(OutputStream out, OutputStream err, StopSignal stopSignal, String... arguments) {
        return new Program(new Surroundings(input, out, err, terminals, charset, environment, locale, stopSignal))
                .run(arguments);
    }
}
