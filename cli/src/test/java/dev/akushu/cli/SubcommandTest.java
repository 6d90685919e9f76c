package dev.akushu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.cli.console.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Of all subcommands the parser is told of the one that is asked for, and nobody can tell. */
class SubcommandTest {
    @ParameterizedTest
    @EnumSource
    void isCalledByTheNameThatItsClassHas(Subcommand subcommand) {
        assertThat(new CommandLine(subcommand.create()).getCommandName()).isEqualTo(subcommand.word());
    }

    @ParameterizedTest
    @EnumSource
    void isReachedAsTheFirstArgumentAndBehindAnOption(Subcommand subcommand) {
        Outcome first = Cli.plain().run(subcommand.word(), "--help");
        Outcome behind = Cli.plain().run("--lang", "en", subcommand.word(), "--help");

        assertThat(first.exit()).isEqualTo(ExitCode.DONE);
        assertThat(first.out()).contains("akushu " + subcommand.word());
        assertThat(behind).isEqualTo(first);
    }

    @ParameterizedTest
    @EnumSource
    void isListedInTheHelp(Subcommand subcommand) {
        assertThat(Cli.plain().run("--help").out()).containsPattern("(?m)^  " + subcommand.word() + " ");
    }

    @Test
    void isSuggestedToWhoeverMistypesIt() {
        assertThat(Cli.plain().run("conect", "localhost").err()).contains("connect");
        assertThat(Cli.plain().run("conect", "demo").err()).contains("connect");
    }

    @Test
    void aloneIsKnownToTheParserIfItIsTheFirstArgument() {
        assertThat(Subcommand.neededFor("connect", "demo")).containsExactly(Subcommand.CONNECT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--help", "--lang en connect", "conect localhost", "CONNECT localhost"})
    void isOneOfAllThatAreKnownOtherwise(String line) {
        assertThat(Subcommand.neededFor(line.split(" ", -1))).containsExactly(Subcommand.values());
    }
}
