package dev.akushu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.cli.console.ExitCode;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --export} and {@code --export-early} of {@code connect} and {@code serve}. RFC 9846 section 7.5. */
class ExportTest {
    private static final String LABEL = "EXPERIMENTAL-akushu";

    @Test
    void bothEndsExportTheSameAndEachConnectionSomethingElse() throws IOException {
        try (RunningServer server = RunningServer.start("--export", LABEL + ":20")) {
            List<Map<String, Object>> client = connected(server, "--export", LABEL + ":20", "--resume");
            String first = client.getFirst().get("exported").toString();
            String second = client.getLast().get("exported").toString();

            assertThat(first).matches("[0-9a-f]{40}").isNotEqualTo(second);
            assertThat(server.await("connected")).containsEntry("exported", first);
            assertThat(server.await("connected")).containsEntry("exported", second);
        }
    }

    @Test
    void anotherLabelOrLengthGivesSomethingElse() throws IOException {
        try (RunningServer server = RunningServer.start("--export", LABEL)) {
            String label = connected(server, "--export", LABEL + "2")
                    .getFirst()
                    .get("exported")
                    .toString();
            String length = connected(server, "--export", LABEL + ":33")
                    .getFirst()
                    .get("exported")
                    .toString();

            assertThat(server.await("connected").get("exported").toString())
                    .matches("[0-9a-f]{64}")
                    .isNotEqualTo(label);
            assertThat(length)
                    .doesNotStartWith(server.await("connected").get("exported").toString());
        }
    }

    @Test
    void bothEndsExportTheSameEarlyWhereEarlyDataWasTaken() throws IOException {
        try (RunningServer server =
                RunningServer.start("--early-data", "100", "--export-early", LABEL, "--export", LABEL)) {
            List<Map<String, Object>> client =
                    connected(server, "--early-data", "hello", "--export-early", LABEL, "--export", LABEL);
            Object early = client.getLast().get("exported_early");

            assertThat(early).asString().matches("[0-9a-f]{64}");
            assertThat(client.getLast().get("exported")).isNotNull().isNotEqualTo(early);
            assertThat(client.getFirst()).containsKey("exported").doesNotContainKey("exported_early");
            assertThat(server.await("connected")).doesNotContainKey("exported_early");
            assertThat(server.await("connected"))
                    .containsEntry("exported_early", early)
                    .containsEntry("exported", client.getLast().get("exported"));
        }
    }

    @Test
    void peopleSeeItInTheirLanguage() throws IOException {
        try (RunningServer server = RunningServer.start("--export", LABEL)) {
            String[] arguments = {"connect", server.target(), "--ca", server.authority(), "--export", LABEL};
            Outcome english = Cli.plain().run(arguments);
            Outcome japanese = Cli.plain().withLocale(Locale.JAPANESE).run(arguments);

            assertThat(english.err())
                    .contains("exported for " + LABEL + ": "
                            + server.await("connected").get("exported"));
            assertThat(japanese.err())
                    .contains(
                            LABEL + " 用に取り出した鍵素材: " + server.await("connected").get("exported"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect localhost:1", "serve --port 0"})
    void thereIsNoEarlyExporterWithoutEarlyData(String command) {
        Outcome outcome = Cli.plain().run((command + " --export-early " + LABEL).split(" ", -1));

        assertThat(outcome.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains("--export-early needs --early-data ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "label:", "label:0", "label:8161", "label:123456", "label:1:2", ":32", "ラベル"})
    void whatCannotBeExportedIsRefused(String text) {
        Outcome outcome = Cli.plain().run("connect", "localhost:1", "--export", text);

        assertThat(outcome.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains("'" + text + "'", "1 to 8160");
    }

    @Test
    void aLabelIsNoLongerThanTheKeyScheduleTakes() throws IOException {
        try (RunningServer server = RunningServer.start("--suites", "TLS_AES_128_GCM_SHA256")) {
            String longest = "x".repeat(249);

            assertThat(connected(server, "--export", longest + ":8160")
                            .getFirst()
                            .get("exported")
                            .toString())
                    .hasSize(2 * 8160);
            assertThat(Cli.plain()
                            .run("connect", server.target(), "--export", longest + "x")
                            .exit())
                    .isEqualTo(ExitCode.USAGE);
        }
    }

    /** What the client tells of its connections. */
    private static List<Map<String, Object>> connected(RunningServer server, String... options) {
        Outcome outcome = Cli.plain()
                .run(Stream.concat(
                                Stream.of("connect", server.target(), "--ca", server.authority(), "--json"),
                                Stream.of(options))
                        .toArray(String[]::new));
        assertThat(outcome.exit()).as(outcome.out()).isEqualTo(ExitCode.DONE);
        return outcome.events().stream()
                .filter(event -> "connected".equals(event.get("event")))
                .toList();
    }
}
