package dev.akushu.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ProblemTextsTest {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\d+)}");
    private static final Map<String, String> ENGLISH = texts("Problems.properties");
    private static final Map<String, String> JAPANESE = texts("Problems_ja.properties");

    @Test
    void everyProblemAndEveryAlertHasItsTextsInBothLanguagesAndThereAreNoOthers() {
        Set<String> expected = new TreeSet<>();
        for (Problem problem : Problem.values()) {
            expected.add(problem + ".cause");
            expected.add(problem + ".remedy");
        }
        for (AlertDescription alert : AlertDescription.values()) {
            expected.add("ALERT_RECEIVED.remedy." + alert.alertName());
        }
        assertThat(ENGLISH.keySet()).isEqualTo(expected);
        assertThat(JAPANESE.keySet()).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(Problem.class)
    void everyFactIsUsedAndNoOtherIs(Problem problem) {
        Set<Integer> facts =
                IntStream.range(0, problem.factNames().size()).boxed().collect(Collectors.toSet());
        for (Map<String, String> texts : List.of(ENGLISH, JAPANESE)) {
            Set<Integer> used = placeholders(text(texts, problem + ".cause"));
            used.addAll(placeholders(text(texts, problem + ".remedy")));
            assertThat(used).isEqualTo(facts);
        }
    }

    @ParameterizedTest
    @EnumSource(Problem.class)
    void diagnosisShowsItsFactsInFullSentences(Problem problem) {
        List<String> facts =
                problem.factNames().stream().map(name -> "<" + name + ">").toList();
        Diagnosis diagnosis = problem.diagnosis(facts.toArray());
        for (Locale locale : List.of(Locale.ROOT, Locale.ENGLISH, Locale.GERMANY, Locale.JAPANESE, Locale.JAPAN)) {
            String end = locale.getLanguage().equals("ja") ? "。" : ".";
            assertThat(diagnosis.cause(locale)).endsWith(end);
            assertThat(diagnosis.remedy(locale)).endsWith(end);
            String all = diagnosis.cause(locale) + diagnosis.remedy(locale);
            assertThat(all).doesNotContain("{", "}");
            assertThat(facts).allMatch(all::contains);
        }
    }

    @ParameterizedTest
    @MethodSource("keys")
    void patternHasNoApostropheThatWouldQuote(String key) {
        assertThat(text(ENGLISH, key).replace("''", "")).doesNotContain("'");
        assertThat(text(JAPANESE, key).replace("''", "")).doesNotContain("'");
    }

    @ParameterizedTest
    @MethodSource("keys")
    void englishIsAsciiAndJapaneseIsJapanese(String key) {
        assertThat(text(ENGLISH, key)).isNotBlank().matches("\\p{ASCII}+");
        assertThat(text(JAPANESE, key)).matches(".*\\p{IsHiragana}.*").isNotEqualTo(text(ENGLISH, key));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void japaneseKeepsToTheUsualSpellings(String key) {
        assertThat(text(JAPANESE, key)).doesNotContain("サーバー", "ユーザー", "復号化", "ハンドシェーク", "改竄");
    }

    @ParameterizedTest
    @EnumSource(Problem.class)
    void noTextIsUsedForTwoCauses(Problem problem) {
        for (Map<String, String> texts : List.of(ENGLISH, JAPANESE)) {
            String cause = text(texts, problem + ".cause");
            assertThat(Stream.of(Problem.values())
                            .filter(other -> text(texts, other + ".cause").equals(cause)))
                    .containsExactly(problem);
        }
    }

    @Test
    void everyAlertHasARemedyOfItsOwn() {
        for (Locale locale : List.of(Locale.ROOT, Locale.JAPANESE)) {
            Set<String> remedies = new HashSet<>();
            for (AlertDescription alert : AlertDescription.values()) {
                remedies.add(received(alert.alertName(), alert.code()).remedy(locale));
            }
            assertThat(remedies).hasSameSizeAs(AlertDescription.values());
        }
    }

    @Test
    void alertWithoutANameHasTheCommonRemedy() {
        assertThat(received("unknown", 200).remedy(Locale.ROOT)).isEqualTo(text(ENGLISH, "ALERT_RECEIVED.remedy"));
        assertThat(received("unknown", 200).cause(Locale.ROOT)).contains("unknown (200)");
    }

    @Test
    void remedyOfAnAlertSpeaksOfThatAlert() {
        assertThat(received("unknown_ca", 48).remedy(Locale.ROOT)).contains("intermediate certificates");
        assertThat(received("certificate_required", 116).remedy(Locale.JAPANESE))
                .contains("クライアント証明書");
    }

    @Test
    void diagnosisWithinAnotherIsToldInTheSameLanguageAsAPartOfItsSentence() {
        Diagnosis inner = Problem.UNKNOWN_HOST.diagnosis("store.example");
        Diagnosis outer = Problem.STORE_TLS_FAILED.diagnosis("the store", inner);
        for (Locale locale : List.of(Locale.ROOT, Locale.JAPANESE)) {
            String told = inner.cause(locale);
            assertThat(outer.cause(locale))
                    .contains(told.substring(0, told.length() - 1))
                    .doesNotContain("..", "。。");
        }
    }

    static Stream<String> keys() {
        return ENGLISH.keySet().stream();
    }

    private static Diagnosis received(String name, int code) {
        return Problem.ALERT_RECEIVED.diagnosis(name, code, "ExpectServerHello");
    }

    private static String text(Map<String, String> texts, String key) {
        return Objects.requireNonNull(texts.get(key), key);
    }

    private static Set<Integer> placeholders(String pattern) {
        Set<Integer> found = new HashSet<>();
        Matcher each = PLACEHOLDER.matcher(pattern);
        while (each.find()) {
            found.add(Integer.valueOf(each.group(1)));
        }
        return found;
    }

    /**
     * What stands in the file itself: a resource bundle would take a text missing in Japanese from English without a
     * word.
     */
    private static Map<String, String> texts(String file) {
        Properties properties = new Properties();
        try (InputStream in = ProblemTextsTest.class.getResourceAsStream(file)) {
            properties.load(new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(Function.identity(), properties::getProperty));
    }
}
