package dev.akushu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.cli.console.ExitCode;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What options of either end make of records, as the client sees them pass. */
class WireOptionsTest {
    /** Four bytes are missing to a multiple of 1,000. */
    private static final String INPUT = "x".repeat(3996);

    /** Behind the header, of 5 bytes, are content, type (1), padding and tag (16). */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--padding multiple:1000        | received | application | length  | 4022",
                "--padding constant:16          | received | application | padding | 16",
                "--handshake-padding constant:5 | received | handshake   | padding | 5",
                "--growing-records              | received | application | length  | 1322 2622 118",
                "--send-limit 200               | received | handshake   | length  | 222 222",
                "--send-limit 200               | received | application | length  | 222 222 222",
                "--record-size-limit 500        | sent     | application | length  | 521 521 521",
            })
    void aServersRecordsAreAsItsOptionsSay(String option, String flow, String keys, String field, String first)
            throws IOException {
        List<Integer> expected =
                Arrays.stream(first.split(" ", -1)).map(Integer::valueOf).toList();
        try (RunningServer server = RunningServer.start(with(option, "--echo"))) {
            String contentType = keys.equals("application") ? "application_data" : "handshake";
            List<Object> passed = records(server).stream()
                    .filter(record -> flow.equals(record.get("flow"))
                            && keys.equals(record.get("protection"))
                            && contentType.equals(record.get("content_type")))
                    .map(record -> record.get(field))
                    .toList();

            assertThat(passed).startsWith(expected.toArray());
        }
    }

    @Test
    void aClientsRecordsAreNoLongerThanItsLimitEvenBeforeThereAreKeys() throws IOException {
        try (RunningServer server = RunningServer.start("--echo")) {
            List<Map<String, Object>> sent = records(server, "--send-limit", "200").stream()
                    .filter(record -> "sent".equals(record.get("flow")))
                    .toList();

            assertThat(sent)
                    .allMatch(record -> (Integer) record.get("length") <= 222)
                    .filteredOn(record ->
                            "clear".equals(record.get("protection")) && "handshake".equals(record.get("content_type")))
                    .as("a ClientHello with a key share of ML-KEM")
                    .hasSizeGreaterThan(5)
                    .allMatch(record -> (Integer) record.get("length") <= 205);
            assertThat(sent).anyMatch(record -> Integer.valueOf(222).equals(record.get("length")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect localhost:1 --send-limit 63", "serve --port 0 --send-limit 16385"})
    void aLimitThatNoRecordCanHaveIsRefused(String line) {
        Outcome outcome = Cli.plain().run(line.split(" ", -1));

        assertThat(outcome.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains("--send-limit takes a number from 64 to 16384");
    }

    /** The records of a connection on which the input comes back. */
    private static List<Map<String, Object>> records(RunningServer server, String... options) {
        Outcome outcome = Cli.plain()
                .withInput(INPUT)
                .run(Stream.concat(
                                Stream.of("connect", server.target(), "--ca", server.authority(), "--json", "-v"),
                                Stream.of(options))
                        .toArray(String[]::new));
        assertThat(outcome.exit()).as(outcome.err()).isEqualTo(ExitCode.DONE);
        return outcome.events().stream()
                .filter(event -> "record".equals(event.get("event")))
                .toList();
    }

    private static String[] with(String options, String more) {
        return Stream.concat(Arrays.stream(options.split(" ", -1)), Stream.of(more))
                .toArray(String[]::new);
    }
}
