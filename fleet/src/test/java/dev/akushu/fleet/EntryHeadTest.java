package dev.akushu.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How entries are read. */
class EntryHeadTest {
    private static final String HEAD = "1 live 1795910390000 1795996790000 1796083200000 ";

    @Test
    void anEntryHasItsHeadAndWhatStandsBehindIt() {
        EntryHead.Entry read = EntryHead.parse(HEAD + "AQIDBA==").orElseThrow();

        assertThat(read.wrapped().hex()).isEqualTo("01020304");
        assertThat(read.head().openUntil().toEpochMilli()).isEqualTo(1_796_083_200_000L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AQIDBB==", "AQIDBA=", "AQIDBA", "AQIDBAU", "AQIDBAV="})
    void octetsHaveOneText(String other) {
        assertThat(EntryHead.parse(HEAD + other)).isEmpty();
    }
}
