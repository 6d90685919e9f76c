package dev.akushu.cli;

import dev.akushu.cli.connect.ConnectCommand;
import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.Console;
import dev.akushu.cli.console.ExitCode;
import dev.akushu.cli.console.Language;
import dev.akushu.cli.console.Manner;
import dev.akushu.cli.console.Run;
import dev.akushu.cli.console.Surroundings;
import dev.akushu.cli.console.Words;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in the user's language what is wrong with the arguments: the parser only knows English. */
final class Misuse {
    /** How the program speaks as long as the arguments have not been understood. */
    static final Manner PLAIN = new Manner(false, false, false);

    private static final Pattern PORT = Pattern.compile("\\d{1,5}");

    /** What people are used to from openssl and curl, if a name of ours is not merely longer by a dash. */
    private static final Map<String, String> HABITS =
            Map.of("-connect", "HOST[:PORT]", "-CAfile", "--ca", "--cacert", "--ca", "-k", "--insecure");

    /** A name that differs in length by more was not mistyped. */
    private static final int MOST_LETTERS_MORE = 3;

    private final Surroundings surroundings;
    private final Words words;

    Misuse(Surroundings surroundings, Words words) {
        this.surroundings = surroundings;
        this.words = words;
    }

    int report(ParameterException failed, String[] arguments) {
        // The option may stand behind the one that was not understood, so the parser cannot be asked for it.
        boolean json = Arrays.asList(arguments).contains("--json");
        Console console = new Console(surroundings, words, new Manner(json, false, false));
        ExitCode exit = new Run(console).failed(explain(failed));
        if (!json) {
            console.warn(words.text(
                    "misuse.help", failed.getCommandLine().getCommandSpec().qualifiedName()));
        }
        return exit.number();
    }

    /** The language was read before the parser ran; here it is known that it was meant as one. */
    void requireLanguage(ParseResult parsed) {
        for (ParseResult of = parsed; of != null; of = of.subcommand()) {
            String name = of.matchedOptionValue("--lang", "");
            if (!name.isEmpty() && Language.named(name).isEmpty()) {
                CommandSpec command = of.commandSpec();
                throw new ParameterException(command.commandLine(), name, command.findOption("--lang"), name);
            }
        }
    }

    int missingCommand(CommandLine command) {
        command.usage(command.getErr());
        return ExitCode.USAGE.number();
    }

    private CommandFailure explain(ParameterException failed) {
        return switch (failed) {
            case UnmatchedArgumentException unmatched -> unmatched(unmatched);
            case MissingParameterException missing -> missing(missing.getMissing());
            default -> {
                ArgSpec argument = failed.getArgSpec();
                yield argument == null
                        ? words.misuse("bad_arguments", String.valueOf(failed.getMessage()))
                        : words.misuse(
                                "bad_value", String.valueOf(failed.getValue()), name(argument), argument.paramLabel());
            }
        };
    }

    private CommandFailure unmatched(UnmatchedArgumentException unmatched) {
        String argument = unmatched.getUnmatched().getFirst();
        if (PORT.matcher(argument).matches() && takesTarget(unmatched.getCommandLine())) {
            return words.misuse("port_apart", argument);
        }
        List<String> similar = meant(argument, unmatched);
        return similar.isEmpty()
                ? words.misuse("unknown_argument", argument)
                : words.misuse("mistyped_argument", argument, String.join(", ", similar));
    }

    private static List<String> meant(String argument, UnmatchedArgumentException unmatched) {
        CommandLine command = unmatched.getCommandLine();
        String habit = HABITS.get(argument);
        if (habit != null && takesTarget(command)) {
            return List.of(habit);
        }
        if (command.getCommandSpec().findOption("-" + argument) != null) {
            return List.of("-" + argument);
        }
        return unmatched.getSuggestions().stream()
                .filter(option -> isLike(argument, option))
                // What it is the beginning of is likelier than what merely looks like it.
                .sorted(Comparator.comparing(option -> !option.startsWith(argument)))
                .toList();
    }

    /** The parser's own guesses have no bounds. */
    private static boolean isLike(String typed, String name) {
        return name.startsWith(typed)
                || firstLetter(typed).equals(firstLetter(name))
                        && Math.abs(typed.length() - name.length()) <= MOST_LETTERS_MORE;
    }

    private static String firstLetter(String name) {
        String bare = name.replaceFirst("^--?", "");
        return bare.substring(0, Math.min(1, bare.length()));
    }

    /** Of a group of options the parser names all where one is missing, with which the others go. An option that it names alone is there, and has no value: no other one must be given. */
    private CommandFailure missing(List<ArgSpec> arguments) {
        if (arguments.size() == 1 && arguments.getFirst() instanceof OptionSpec option) {
            return words.misuse("missing_value", name(option), form(option));
        }
        List<ArgSpec> required = arguments.stream().filter(ArgSpec::required).toList();
        List<ArgSpec> others =
                arguments.stream().filter(argument -> !argument.required()).toList();
        return required.isEmpty() || others.isEmpty()
                ? words.misuse("missing_argument", forms(arguments))
                : words.misuse("missing_in_group", forms(required), forms(others));
    }

    private static String forms(List<ArgSpec> arguments) {
        return arguments.stream().map(Misuse::form).collect(Collectors.joining(", "));
    }

    private static boolean takesTarget(CommandLine command) {
        return command.getCommandSpec().userObject() instanceof ConnectCommand;
    }

    private static String form(ArgSpec argument) {
        return argument instanceof OptionSpec ? name(argument) + " " + argument.paramLabel() : name(argument);
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }
}
