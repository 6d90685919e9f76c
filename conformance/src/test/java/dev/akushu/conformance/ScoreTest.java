package dev.akushu.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of results. */
class ScoreTest {
    @Test
    void resultsAreCountedByTheme() throws IOException {
        List<ListedTest> tests = List.of(
                test("KeyUpdate-FromClient", "TLS", false),
                test("KeyUpdate-ToServer", "TLS", false),
                test("ALPNClient-TLS-TLS13", "TLS", false),
                test("EarlyData-Client-TLS13", "TLS", false),
                test("EarlyData-Server-TLS13", "TLS", true),
                test("KeyUpdate-ToClient-DTLS", "DTLS", true));

        String table = Score.of(tests, """
                        {"tests": {
                            "KeyUpdate-FromClient": {"actual": "PASS"},
                            "KeyUpdate-ToServer": {"actual": "FAIL"},
                            "ALPNClient-TLS-TLS13": {"actual": "PASS"},
                            "EarlyData-Client-TLS13": {"actual": "SKIP"}}}
                        """).table();

        assertThat(table.lines())
                .containsExactly(
                        "| tests | passed | failed | not implemented | disabled | together |",
                        "| --- | ---: | ---: | ---: | ---: | ---: |",
                        "| DTLS and QUIC | 0 | 0 | 0 | 1 | 1 |",
                        "| early data | 0 | 0 | 1 | 1 | 2 |",
                        "| extensions, ALPN, server names | 1 | 0 | 0 | 0 | 1 |",
                        "| KeyUpdate, exporters, shut-down | 1 | 1 | 0 | 0 | 2 |",
                        "| **that name or pin TLS 1.3, over TCP** | 1 | 0 | 1 | 1 | 3 |",
                        "| **all** | 2 | 1 | 1 | 2 | 6 |");
    }

    @Test
    void aTestOfWhichNothingIsKnownHasFailed() throws IOException {
        String table = Score.of(List.of(test("Basic-TLS13", "TLS", false)), "{\"tests\": {}}")
                .table();

        assertThat(table).contains("| **all** | 0 | 1 | 0 | 0 | 1 |");
    }

    @Test
    void aResultOfATestThatIsNotListedIsAFault() {
        assertThatThrownBy(() -> Score.of(List.of(), "{\"tests\": {\"Basic\": {\"actual\": \"PASS\"}}}"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Basic");
    }

    @Test
    void aFileWithoutResultsIsNoScore() {
        assertThatThrownBy(() -> Score.of(List.of(), "{}")).isInstanceOf(IOException.class);
    }

    private static ListedTest test(String name, String protocol, boolean disabled) {
        return new ListedTest(name, protocol, 0, List.of(0), 0, List.of(), disabled);
    }
}
