package dev.akushu.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.akushu.cli.console.ExitCode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What the program says to arguments before it does anything. */
class ArgumentsTest {
    private static Outcome run(String line) {
        return Cli.plain().run(line.isEmpty() ? new String[0] : line.split(" ", -1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "demo --no-such-option | --no-such-option",
                "demo --grop x25519 | --group",
                "dmo | meant: demo",
                "connect -connect localhost:4433 | meant: HOST[:PORT]",
                "connect localhost -k | meant: --insecure",
                "connect localhost -CAfile ca.pem | meant: --ca",
                "connect localhost -alpn h2 | meant: --alpn",
                "connect localhost --severname a | meant: --servername",
                "demo extra | extra",
                "demo --group | --group",
                "demo --group curve25519x | curve25519x",
                "demo --group nonsense | X25519MLKEM768, SecP256r1MLKEM768",
                "demo --suite TLS_RSA_WITH_RC4_128_MD5 | TLS_AES_128_GCM_SHA256, TLS_AES_256_GCM_SHA384",
                "demo --suite TLS_AES_128_CCM_SHA256 | TLS_AES_128_CCM_SHA256",
                "demo --lang fr | fr",
                "connect | HOST",
                "connect a b | b",
                "connect localhost 4433 | HOST:4433",
                "connect localhost --resum | meant: --resume,",
                "--lang fr demo | fr",
                "connect localhost --report /no/such/folder/r.html | does not exist",
                "connect localhost --keylog /no/such/folder/k | does not exist",
                "serve --port 0 --ca-out /no/such/folder/ca.pem | does not exist",
                "connect https://example.org/ | https://example.org/",
                "connect example.org:0 | port",
                "connect example.org:65536 | 65536",
                "connect example.org:http | http",
                "connect [::1 | [::1",
                "connect user@example.org | user@example.org",
                "connect a..b | a..b",
                "connect localhost --groups x25519,,secp256r1 | ''",
                "connect localhost --groups x25519,X25519 | twice",
                "connect localhost --suites TLS_AES_128_GCM_SHA256:AES_128_GCM_SHA256 | twice",
                "connect localhost --alpn h2,,h3 | ''",
                "connect localhost --alpn= | ''",
                "connect localhost --alpn h2,h2 | twice",
                "connect localhost --timeout soon | soon",
                "connect localhost --timeout 0 | --timeout",
                "connect localhost --timeout NaN | NaN",
                "connect localhost --timeout 1e9 | 1e9",
                "connect localhost --ca a --insecure | --insecure",
                "lab --port 65536 | 65535",
                "lab extra | extra",
                "serve --port ten | ten",
                "serve --port 65536 | 65535",
                "serve --port -1 | -1",
                "serve --port 0 --tickets 17 | 16",
                "serve --port 0 --max-connections 0 | --max-connections",
                "serve --port 0 --max-tickets 33 | --max-tickets",
                "serve --port 0 --idle 0 | --idle",
                "serve --port 0 --require-client-cert | --client-ca",
                "serve --port 0 --www . --echo | --echo",
                "serve --port 0 --host no-such-host.invalid | no-such-host.invalid",
            })
    void misuseIsNamedAndExitsWithTwo(String line, String part) {
        Outcome outcome = run(line);

        assertThat(outcome.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains(part, "What to do:").doesNotContain("\tat ", "Exception");
    }

    @ParameterizedTest
    @ValueSource(strings = {"frobnicate", "connect localhost --frobnicate"})
    void whatIsLikeNothingIsNotGuessed(String line) {
        Outcome outcome = run(line);

        assertThat(outcome.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains("frobnicate", "Look at the help").doesNotContain("meant");
    }

    /** The parser takes all options of the group for missing, the one that was given too. */
    @ParameterizedTest
    @ValueSource(strings = {"serve --key key.pem", "connect localhost --key key.pem"})
    void theOptionThatIsMissingIsToldFromThoseThatGoWithIt(String line) {
        Outcome outcome = run(line);

        assertThat(outcome.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err())
                .contains("--cert FILE is missing", "Put --cert FILE in front")
                .doesNotContain("Something is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo --no-such-option", "demo --lang ja extra", "connect", "serve --port ten"})
    void misuseIsToldInJapanese(String line) {
        Outcome outcome = Cli.plain().withLocale(Locale.JAPAN).run(line.split(" ", -1));

        assertThat(outcome.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains("対処:", "--help");
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo --json --no-such-option", "connect --json", "serve --port ten --json"})
    void misuseIsTheSummaryForAProgram(String line) {
        Outcome outcome = run(line);

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.events())
                .singleElement()
                .satisfies(event ->
                        assertThat(event).contains(entry("event", "summary"), entry("ok", false), entry("exit", 2)));
    }

    @ParameterizedTest
    @CsvSource({
        "--help, Examples:", "demo --help, --hrr", "connect -h, --resume", "serve --help, --www",
        "--lang ja --help, 例:", "demo --help --lang ja, 終了コード:", "connect --lang=ja -h, 角括弧", "serve -h --lang ja, 既定",
    })
    void helpGoesToStdout(String line, String part) {
        Outcome outcome = run(line);

        assertThat(outcome.exit()).isEqualTo(ExitCode.DONE);
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).contains(part);
    }

    @ParameterizedTest
    @CsvSource({"demo --group, --group NAME", "connect localhost --ca, --ca FILE", "serve --cert, --cert FILE"})
    void anOptionWithoutItsValueIsNotSaidToBeMissing(String line, String form) {
        Outcome outcome = run(line);

        assertThat(outcome.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err())
                .contains("has no value.", "Write it as " + form)
                .doesNotContain("missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect", "serve"})
    void manyOptionsStandInPartsAndEachOnce(String command) {
        String help = run(command + " --help").out();

        assertThat(help).containsPattern("(?m)^Usage: akushu " + command + " \\[OPTIONS]");
        assertThat(help).doesNotContain("Options:");
        assertThat(help.lines().filter(line -> line.matches("\\S.*:")).toList())
                .contains("Pre-shared keys:", "Resumption and early data:", "What is shown and kept:")
                .doesNotHaveDuplicates();
        for (OptionSpec option : CommandSpec.forAnnotatedObject(
                        Subcommand.valueOf(command.toUpperCase(Locale.ROOT)).create())
                .options()) {
            String name = Pattern.quote(option.longestName());
            assertThat(Pattern.compile("(?m)^(  -\\w, |      )" + name + "(?=[= \\n])")
                            .matcher(help)
                            .results()
                            .count())
                    .as(name)
                    .isOne();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "connect, --ca, Who the server must be",
        "connect, --server-key, Who the server must be",
        "connect, --policy, What is negotiated",
        "connect, --post-handshake-auth, Who this client is",
        "connect, --early-data, Resumption and early data",
        "connect, --expect-alpn, What the connection must show (exit code 8 if not)",
        "connect, --json, As with every command",
        "serve, --raw-public-key, Who the server is",
        "serve, --psk, Pre-shared keys",
        "serve, --client-ca, Who clients must be",
        "serve, --stateless-retry, The form of messages and records",
        "serve, --store-key, Resumption and early data",
        "serve, --half-rtt, What clients get",
    })
    void anOptionStandsUnderItsHeading(String command, String option, String heading) {
        String help = run(command + " --help").out();
        int at = help.indexOf("\n      " + option);
        String before = help.substring(0, at);

        assertThat(before.lines().filter(line -> line.matches("\\S.*:")).toList())
                .last()
                .isEqualTo(heading + ":");
    }

    @Test
    void fewOptionsStandUnderOneHeading() {
        assertThat(run("lab --help").out()).containsPattern("(?m)^Options:\n +--port=PORT");
    }

    @Test
    void helpListsEveryExitCode() {
        for (String command : List.of("", "demo", "connect", "serve")) {
            String help = run((command + " --help").strip()).out();

            for (ExitCode code : ExitCode.values()) {
                assertThat(help).containsPattern("(?m)^  " + code.number() + "   \\S");
            }
        }
    }

    @Test
    void noCommandIsAMisuseThatShowsTheHelp() {
        Outcome outcome = run("");

        assertThat(outcome.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains("demo", "connect", "serve");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "-V", "demo --version", "serve -V"})
    void versionIsTold(String line) {
        Outcome outcome = run(line);

        assertThat(outcome.exit()).isEqualTo(ExitCode.DONE);
        assertThat(outcome.out()).containsPattern("^akushu [0-9]+\\.[0-9]+").contains("Java 2");
    }

    @Test
    void japaneseIsWrittenAsUtf8WhereTheLocaleHasOnlyAscii() {
        Outcome outcome = Cli.plain().withCharset(StandardCharsets.US_ASCII).run("--lang", "ja", "--help");

        assertThat(outcome.out()).contains("使い方");
    }

    @Test
    void englishKeepsToAsciiWhereTheLocaleDoes() {
        Outcome outcome = Cli.plain().withCharset(StandardCharsets.US_ASCII).run("demo", "--group", "nonsense");

        assertThat(outcome.err()).startsWith("! There is no group").matches("\\p{ASCII}*");
    }
}
