package dev.akushu.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.AlertDescription;
import dev.akushu.tls.CertificateCheck;
import dev.akushu.tls.EarlyDataOutcome;
import dev.akushu.tls.HandshakeType;
import dev.akushu.tls.NotResumed;
import dev.akushu.tls.Role;
import dev.akushu.tls.trace.Protection;
import dev.akushu.tls.trace.SecretName;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TextsTest {
    private static final Map<String, String> ENGLISH = read("Texts.properties");
    private static final Map<String, String> JAPANESE = read("Texts_ja.properties");

    @Test
    void everyTextIsThereInBothLanguages() {
        assertThat(JAPANESE.keySet()).containsExactlyElementsOf(ENGLISH.keySet());
    }

    @Test
    void everyTextSaysSomething() {
        assertThat(ENGLISH.values()).noneMatch(String::isBlank);
        assertThat(JAPANESE.values()).noneMatch(String::isBlank);
    }

    @Test
    void placesForValuesAreTheSameInBothLanguages() {
        assertThat(ENGLISH)
                .allSatisfy((key, text) -> assertThat(places(JAPANESE.getOrDefault(key, "")))
                        .as(key)
                        .isEqualTo(places(text)));
    }

    @ParameterizedTest
    @MethodSource("neededKeys")
    void whateverTheProtocolNamesHasWords(String key) {
        assertThat(ENGLISH).containsKey(key);
    }

    static Stream<String> neededKeys() {
        return Stream.of(
                        keys("role.", Role.values(), ""),
                        keys("protection.", Protection.values(), "", ".meaning"),
                        keys("chapter.", Chapter.values(), ".title", ".summary"),
                        keys("label.", Note.Kind.values(), ""),
                        keys("secret.", SecretName.values(), ""),
                        keys("not_resumed.", NotResumed.values(), ""),
                        keys("early_data.", EarlyDataOutcome.values(), ""),
                        keys("check.", CertificateCheck.Kind.values(), "", ".why"),
                        keys("alert.", AlertDescription.values(), ".meaning", ".causes"),
                        messageNames()
                                .flatMap(name -> Stream.of(".title", ".why", ".attacker", ".confusion")
                                        .map(part -> "message." + name + part)))
                .flatMap(keys -> keys);
    }

    @Test
    void titleOfAMessageFitsOneLineOfATerminal() {
        titles(ENGLISH)
                .forEach((key, title) -> assertThat(Columns.of(title)).as(key).isLessThanOrEqualTo(96));
        titles(JAPANESE)
                .forEach((key, title) -> assertThat(Columns.of(title)).as(key).isLessThanOrEqualTo(96));
    }

    @Test
    void japaneseFollowsTheSpellingOfTheGuidelines() {
        // IPA's guidelines write サーバ without the long mark and 復号 without 化; 改ざん is written in kana.
        assertThat(JAPANESE.values()).noneMatch(text -> text.contains("サーバー") || text.contains("復号化"));
        assertThat(JAPANESE.values()).noneMatch(text -> text.contains("改竄"));
    }

    @Test
    void japaneseIsNotLeftInEnglish() {
        Set<String> untranslated = JAPANESE.entrySet().stream()
                .filter(entry -> entry.getValue().chars().noneMatch(character -> character > 0x2fff))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());

        // The name of an alert and its number: the same in every language.
        assertThat(untranslated).containsExactly("alert.name");
    }

    @Test
    void placeWithoutAValueIsAFaultOfTheCaller() {
        Phrase phrase = Texts.in(Locale.ENGLISH).phrase("bytes");

        assertThatThrownBy(phrase::text)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("count");
    }

    @Test
    void valueThatLooksLikeAPlaceIsLeftAlone() {
        Phrase phrase = Texts.in(Locale.ENGLISH).phrase("started.CLIENT").with("name", "{name} $1 \\");

        assertThat(phrase.text()).isEqualTo("wants to talk to {name} $1 \\");
    }

    @Test
    void durationsHaveAFittingUnit() {
        Texts texts = Texts.in(Locale.ENGLISH);

        assertThat(Stream.of(
                                Duration.ZERO,
                                Duration.ofMillis(999),
                                Duration.ofSeconds(119),
                                Duration.ofMinutes(119),
                                Duration.ofHours(47),
                                Duration.ofDays(7))
                        .map(texts::value))
                .containsExactly("0 ms", "999 ms", "119 s", "119 min", "47 h", "7 days");
    }

    @Test
    void longListsAreCutShort() {
        List<Integer> numbers =
                Stream.iterate(1, number -> number + 1).limit(15).toList();

        assertThat(Texts.in(Locale.ENGLISH).value(numbers))
                .isEqualTo("1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 and 3 more");
        assertThat(Texts.in(Locale.JAPANESE).value(List.of())).isEqualTo("なし");
    }

    @Test
    void englishStaysEnglishWhateverTheJvmSpeaks() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.JAPANESE);
            assertThat(Texts.in(Locale.FRENCH).text("role.SERVER")).isEqualTo("server");
        } finally {
            Locale.setDefault(before);
        }
    }

    private static Stream<String> messageNames() {
        return Stream.concat(
                Arrays.stream(HandshakeType.values()).map(HandshakeType::messageName), Stream.of("HelloRetryRequest"));
    }

    private static Stream<String> keys(String prefix, Enum<?>[] values, String... suffixes) {
        return Arrays.stream(values)
                .flatMap(value -> Arrays.stream(suffixes).map(suffix -> prefix + value.name() + suffix));
    }

    private static Map<String, String> titles(Map<String, String> texts) {
        return texts.entrySet().stream()
                .filter(entry ->
                        entry.getKey().startsWith("message.") && entry.getKey().endsWith(".title"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Set<String> places(String text) {
        return Phrase.PLACE.matcher(text).results().map(place -> place.group(1)).collect(Collectors.toSet());
    }

    private static Map<String, String> read(String name) {
        Properties properties = new Properties();
        try (Reader in = new InputStreamReader(
                Objects.requireNonNull(TextsTest.class.getResourceAsStream(name)), StandardCharsets.UTF_8)) {
            properties.load(in);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        Map<String, String> texts = new TreeMap<>();
        properties.forEach((key, text) -> texts.put(key.toString(), text.toString()));
        return texts;
    }
}
