package dev.akushu.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The table of results. */
class ScoreTest {
    @Test
    void resultsAreCountedByTheme() throws IOException {
        String table = Score.of("""
                        {"tests": {
                            "KeyUpdate-FromClient": {"actual": "PASS"},
                            "KeyUpdate-ToServer": {"actual": "FAIL"},
                            "ALPNClient-TLS-TLS13": {"actual": "PASS"},
                            "EarlyData-Client-TLS13": {"actual": "SKIP"},
                            "KeyUpdate-ToClient-DTLS": {"actual": "SKIP"}}}
                        """).table();

        assertThat(table.lines())
                .containsExactly(
                        "| tests | passed | failed | not implemented |",
                        "| --- | ---: | ---: | ---: |",
                        "| DTLS and QUIC | 0 | 0 | 1 |",
                        "| early data | 0 | 0 | 1 |",
                        "| extensions, ALPN, server names | 1 | 0 | 0 |",
                        "| KeyUpdate, exporters, shut-down | 1 | 1 | 0 |",
                        "| **that name TLS 1.3, over TCP** | 1 | 0 | 1 |",
                        "| **all** | 2 | 1 | 2 |");
    }

    @Test
    void aFileWithoutResultsIsNoScore() {
        assertThatThrownBy(() -> Score.of("{}")).isInstanceOf(IOException.class);
    }
}
