package dev.akushu.cli;

import dev.akushu.cli.console.Command;
import dev.akushu.cli.console.Console;
import dev.akushu.cli.console.ExitCode;
import dev.akushu.cli.console.Language;
import dev.akushu.cli.console.Run;
import dev.akushu.cli.console.Surroundings;
import dev.akushu.cli.console.Words;
import dev.akushu.cli.option.MannerOptions;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParseResult;

/** One run of the program, from its arguments to its exit code. */
final class Program {
    private static final int NARROWEST_HELP = 60;
    private static final int WIDEST_HELP = 120;

    private final Surroundings surroundings;

    Program(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    ExitCode run(String... arguments) {
        Language language = Language.of(List.of(arguments), surroundings.locale());
        Words words = Words.in(language);
        Misuse misuse = new Misuse(surroundings, words);
        CommandLine parser = parser(Subcommand.neededFor(arguments), words, misuse);
        return ExitCode.numbered(parser.execute(arguments));
    }

    private CommandLine parser(List<Subcommand> commands, Words words, Misuse misuse) {
        Console plain = new Console(surroundings, words, Misuse.PLAIN);
        CommandLine parser = new CommandLine(new AkushuCommand()).addMixin("manner", new MannerOptions());
        commands.forEach(command -> parser.addSubcommand(command.create()));
        // What is set from here on holds for the commands too.
        parser
                // An argument that begins with @ is one: the file of --early-data @FILE, for instance.
                .setExpandAtFiles(false)
                .setResourceBundle(words.help())
                .setOut(plain.writerOfOutput())
                .setErr(plain.writerOfErrors())
                .setColorScheme(
                        CommandLine.Help.defaultColorScheme(plain.lookOfOutput().colour() ? Ansi.ON : Ansi.OFF))
                .setUsageHelpWidth(Math.clamp(plain.lookOfOutput().width(), NARROWEST_HELP, WIDEST_HELP))
                .setExecutionStrategy(parsed -> execute(parsed, words, misuse))
                .setParameterExceptionHandler((failed, arguments) -> misuse.report(failed, arguments));
        commandsIn(parser).forEach(command -> {
            command.getCommandSpec().versionProvider(new Version());
            // In the order in which they are declared: what belongs together stands together.
            command.getCommandSpec().usageMessage().sortOptions(false).abbreviateSynopsis(true);
            OptionList.in(command);
        });
        return parser;
    }

    private static Stream<CommandLine> commandsIn(CommandLine command) {
        return Stream.concat(
                Stream.of(command), command.getSubcommands().values().stream().flatMap(Program::commandsIn));
    }

    private int execute(ParseResult parsed, Words words, Misuse misuse) {
        Integer helped = CommandLine.executeHelpRequest(parsed);
        if (helped != null) {
            return helped;
        }
        ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        if (last.commandSpec().userObject() instanceof Command command) {
            misuse.requireLanguage(parsed);
            Console console = new Console(surroundings, words, command.manner());
            return new Run(console).of(command).number();
        }
        return misuse.missingCommand(last.commandSpec().commandLine());
    }
}
