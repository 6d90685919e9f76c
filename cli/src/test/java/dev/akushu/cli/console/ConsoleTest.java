package dev.akushu.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsoleTest {
    @Test
    void noColorAndDumbTerminalsGetNoColour() {
        assertThat(Console.wantsColour(Map.of("TERM", "xterm"))).isTrue();
        assertThat(Console.wantsColour(Map.of("TERM", "xterm", "NO_COLOR", ""))).isTrue();
        assertThat(Console.wantsColour(Map.of("TERM", "xterm", "NO_COLOR", "1")))
                .isFalse();
        assertThat(Console.wantsColour(Map.of("TERM", "dumb"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"80, 80", "9999, 9999", "'', 100", "0, 100", "-5, 100", "wide, 100", "123456, 100"})
    void widthIsWhatTheShellSaysIfItMakesSense(String columns, int width) {
        assertThat(Console.width(Map.of("COLUMNS", columns))).isEqualTo(width);
    }

    @ParameterizedTest
    @CsvSource({
        "'', en, EN",
        "'', ja-JP, JA",
        "'', fr, EN",
        "--lang=ja, en, JA",
        "--lang ja, en, JA",
        "--lang JA, en, JA",
        "--lang en, ja, EN",
        "--lang fr, ja, JA",
        "--lang, ja, JA",
        "demo --json --lang ja -v, en, JA",
    })
    void languageIsThatOfTheOptionOrElseOfTheLocale(String arguments, String locale, Language language) {
        assertThat(Language.of(List.of(arguments.split(" ", -1)), Locale.forLanguageTag(locale)))
                .isEqualTo(language);
    }
}
