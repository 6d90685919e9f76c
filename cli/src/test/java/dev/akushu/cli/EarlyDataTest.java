package dev.akushu.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.akushu.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --early-data} of {@code connect} and {@code serve}. */
class EarlyDataTest {
    private static RunningServer server;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startServer() throws IOException {
        server = RunningServer.start("--early-data", "1000", "--alpn", "h2,http/1.1");
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    private static Outcome connect(Cli cli, RunningServer to, String... options) {
        return cli.run(Stream.concat(Stream.of("connect", to.target(), "--ca", to.authority()), Stream.of(options))
                .toArray(String[]::new));
    }

    @Test
    void isSentWithTheTicketOfAFirstConnectionAndAnswered() {
        Outcome outcome = connect(Cli.plain(), server, "--early-data", "Hello, 握手!\n");

        assertThat(outcome.exit()).as(outcome.err()).isEqualTo(ExitCode.DONE);
        assertThat(outcome.out()).isEqualTo("Hello, 握手!\n");
        assertThat(outcome.err()).contains("early data accepted: 15 bytes");
    }

    @Test
    void stdinFollowsIt() {
        Outcome outcome = connect(Cli.plain().withInput(" and more"), server, "--early-data", "hello");
        assertThat(outcome.out()).isEqualTo("hello and more");
    }

    @Test
    void mayBeAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("early"), "from a file");
        assertThat(connect(Cli.plain(), server, "--early-data", "@" + file).out())
                .isEqualTo("from a file");
        assertThat(connect(Cli.plain(), server, "--early-data=@" + file).out()).isEqualTo("from a file");
    }

    @Test
    void theTicketMayBeOfAnEarlierRun() {
        String tickets = folder.resolve("tickets").toString();
        connect(Cli.plain(), server, "--session", tickets);
        Outcome outcome = connect(Cli.plain(), server, "--session", tickets, "--early-data", "hello", "--json");

        assertThat(outcome.exit()).isEqualTo(ExitCode.DONE);
        assertThat(outcome.handshakes()).hasSize(1);
        assertThat(outcome.handshakes().getFirst())
                .contains(entry("early_data", "accepted"), entry("early_data_length", 5));
    }

    @Test
    void isInTheProtocolOfTheTicketsSession() {
        Outcome outcome =
                connect(Cli.plain(), server, "--early-data", "hello", "--alpn", "http/1.1,h2", "--expect-alpn", "h2");
        assertThat(outcome.exit()).as(outcome.err()).isEqualTo(ExitCode.DONE);
        assertThat(outcome.out()).isEqualTo("hello");
    }

    @Test
    void theServerTellsThatItTookIt() throws IOException {
        try (RunningServer own = RunningServer.start("--early-data", "5")) {
            connect(Cli.plain(), own, "--early-data", "hello");
            requireTold(own, "not_offered", 0);
            requireTold(own, "accepted", 5);
        }
    }

    @Test
    void bothEndsTellWhyItWasRefused() throws IOException {
        // Each ClientHello lacks the share that this server wants.
        try (RunningServer own = RunningServer.start("--early-data", "5", "--groups", "secp256r1")) {
            Outcome outcome =
                    connect(Cli.plain(), own, "--groups", "x25519,secp256r1", "--early-data", "hello", "--json");

            assertThat(outcome.exit()).isEqualTo(ExitCode.CONDITION);
            assertThat(outcome.summary())
                    .contains(entry("failure", "early_data_not_accepted"))
                    .extractingByKey("cause", InstanceOfAssertFactories.STRING)
                    .contains("(retry)");
            assertThat(outcome.handshakes().getLast()).contains(entry("early_data", "retry"));
            requireTold(own, "not_offered", 0);
            requireTold(own, "retry", 0);
        }
    }

    @Test
    void isSentAgainOnlyIfTheUserSaysSo() throws IOException {
        try (RunningServer own = RunningServer.start("--early-data", "5", "--groups", "secp256r1")) {
            Outcome again = connect(
                    Cli.plain().withInput(" and more"),
                    own,
                    "--groups",
                    "x25519,secp256r1",
                    "--early-data",
                    "hello",
                    "--early-data-resend");

            assertThat(again.exit()).as(again.err()).isEqualTo(ExitCode.DONE);
            assertThat(again.out()).isEqualTo("hello and more");
            assertThat(again.err()).contains("not accepted (retry), and was sent again");
        }
    }

    @Test
    void aScriptIsToldThatItWasSentAgain() throws IOException {
        try (RunningServer without = RunningServer.start()) {
            Outcome outcome = connect(Cli.plain(), without, "--early-data", "hello", "--early-data-resend", "--json");

            assertThat(outcome.exit()).as(outcome.err()).isEqualTo(ExitCode.DONE);
            assertThat(outcome.handshakes().getLast())
                    .contains(entry("early_data", "ticket_without_early_data"), entry("early_data_resent", true));
        }
    }

    @Test
    void whatIsAcceptedIsNotSentAgain() {
        Outcome outcome = connect(Cli.plain(), server, "--early-data", "hello", "--early-data-resend");
        assertThat(outcome.out()).isEqualTo("hello");
        assertThat(outcome.err()).doesNotContain("sent again");
    }

    @Test
    void nothingCanBeSentAgainWithoutEarlyData() {
        Outcome outcome = connect(Cli.plain(), server, "--early-data-resend");
        assertThat(outcome.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains("--early-data TEXT|@FILE");
    }

    @Test
    void aServerThatAllowsNoneGetsNone() throws IOException {
        try (RunningServer without = RunningServer.start()) {
            Outcome outcome = connect(Cli.plain(), without, "--early-data", "hello");
            assertThat(outcome.exit()).isEqualTo(ExitCode.CONDITION);
            assertThat(outcome.out()).isEmpty();
            assertThat(outcome.err()).contains("(ticket_without_early_data)", "--early-data BYTES");
        }
    }

    @Test
    void moreThanTheTicketAllowsIsNotSent() {
        Outcome outcome = connect(Cli.plain(), server, "--early-data", "x".repeat(1001));
        assertThat(outcome.exit()).isEqualTo(ExitCode.CONDITION);
        assertThat(outcome.err()).contains("(too_long_for_ticket)");
    }

    @Test
    void theStoryTellsOfItInBothLanguages() {
        Outcome english = connect(Cli.plain(), server, "--early-data", "hello", "--explain");
        assertThat(english.err())
                .contains(
                        "sends 5 bytes early, before the server has said anything", "The server takes the early data");
        Outcome japanese =
                connect(Cli.plain().withLocale(Locale.JAPANESE), server, "--early-data", "hello", "--explain");
        assertThat(japanese.err()).contains("5 バイトを早期データとして送ります");
    }

    @Test
    void whatCannotBeSentIsMisuse() {
        for (String bad : new String[] {"", "@" + folder.resolve("not there"), "@"}) {
            Outcome outcome = connect(Cli.plain(), server, "--early-data", bad);
            assertThat(outcome.exit()).as(bad).isEqualTo(ExitCode.USAGE);
            assertThat(outcome.err()).contains("--early-data");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--early-data -1", "--early-data 16777217", "--early-data 1 --tickets 0"})
    void whatAServerCannotAllowIsMisuse(String options) {
        Outcome outcome = Cli.plain().run(("serve --port 0 " + options).split(" ", -1));
        assertThat(outcome.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains("--early-data");
    }

    private static void requireTold(RunningServer by, String outcome, int length) throws IOException {
        assertThat(by.await("connected"))
                .extractingByKey("handshake", InstanceOfAssertFactories.map(String.class, Object.class))
                .containsAllEntriesOf(Map.of("early_data", outcome, "early_data_length", length));
    }
}
