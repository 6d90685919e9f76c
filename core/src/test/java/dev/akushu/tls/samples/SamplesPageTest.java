package dev.akushu.tls.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the page of samples tells to paste is what the tests here run: the code behind each {@code <!-- sample: TITLE -->} is the part of a class of this package that is marked with that title, word for word, but
 * for the marks of the Javadoc. {@link #main}, run in the module's folder, writes it anew.
 */
class SamplesPageTest {
    private static final Path PAGES = Path.of("..", "docs");
    private static final Path SAMPLES = Path.of("src/test/java/dev/akushu/tls/samples");
    private static final List<String> LANGUAGES = List.of("samples.md", "samples.ja.md");
    private static final Pattern MARKED = Pattern.compile("(?s)    // sample: ([^\\n]+)\\n(.*?)\\n    // end\\n");
    private static final Pattern JAVADOC_MARK = Pattern.compile("(?m)^ *// @(start|end).*\\n");
    private static final Pattern METHOD = Pattern.compile("(?m)^    static [^(=;]* (\\w+)\\(");
    private static final Pattern PLACE = Pattern.compile("(?sm)(<!-- sample: ([^\\n]+) -->\\n```java\\n).*?^(```\\n)");

    @ParameterizedTest
    @ValueSource(strings = {"samples.md", "samples.ja.md"})
    void pageHoldsTheSamplesThatAreTested(String file) throws IOException {
        String page = Files.readString(PAGES.resolve(file));
        assertThat(page)
                .as("run SamplesPageTest.main in core to write %s anew", file)
                .isEqualTo(withSamples(page));
        assertThat(titles(page)).containsExactlyInAnyOrderElementsOf(marked().keySet());
    }

    @Test
    void bothPagesHaveTheSameOrderAndNoOtherCode() throws IOException {
        String english = Files.readString(PAGES.resolve("samples.md"));
        String japanese = Files.readString(PAGES.resolve("samples.ja.md"));
        assertThat(titles(japanese)).isEqualTo(titles(english));
        assertThat(english.lines().filter("```java"::equals)).hasSameSizeAs(titles(english));
        assertThat(japanese.lines().filter("```java"::equals)).hasSameSizeAs(titles(japanese));
    }

    @Test
    void everySampleIsRunByATest() throws IOException {
        List<String> tests = files("Test.java").stream()
                .filter(file -> !file.endsWith("SamplesPageTest.java"))
                .map(SamplesPageTest::text)
                .toList();
        assertThat(files("Sample.java")).hasSizeGreaterThan(10).allSatisfy(file -> {
            String sample = file.getFileName().toString().replace(".java", "");
            List<String> methods = METHOD.matcher(text(file))
                    .results()
                    .map(method -> method.group(1))
                    .toList();
            assertThat(methods).isNotEmpty().allSatisfy(method -> {
                Pattern use = Pattern.compile(sample + "(\\." + method + "\\(|::" + method + "\\b)");
                assertThat(tests)
                        .as("%s.%s", sample, method)
                        .anyMatch(text -> use.matcher(text).find());
            });
        });
    }

    /** Writes the samples into both pages. */
    public static void main(String[] args) throws IOException {
        for (String file : LANGUAGES) {
            Path page = PAGES.resolve(file);
            Files.writeString(page, withSamples(Files.readString(page)));
        }
    }

    private static List<String> titles(String page) {
        return PLACE.matcher(page).results().map(place -> place.group(2)).toList();
    }

    private static String withSamples(String page) {
        Map<String, String> samples = marked();
        return PLACE.matcher(page).replaceAll(place -> Matcher.quoteReplacement(filled(place, samples)));
    }

    private static String filled(MatchResult place, Map<String, String> samples) {
        String code = samples.get(place.group(2));
        if (code == null) {
            throw new IllegalStateException("no sample is marked with the title " + place.group(2));
        }
        return place.group(1) + code + place.group(3);
    }

    /** By title. */
    private static Map<String, String> marked() {
        Map<String, String> samples = new TreeMap<>();
        for (Path file : files("Sample.java")) {
            MARKED.matcher(text(file)).results().forEach(mark -> {
                String code = JAVADOC_MARK.matcher(mark.group(2) + "\n").replaceAll("");
                if (samples.put(mark.group(1), code.stripTrailing().stripIndent() + "\n") != null) {
                    throw new IllegalStateException("the title twice: " + mark.group(1));
                }
            });
        }
        return samples;
    }

    private static List<Path> files(String end) {
        try (Stream<Path> files = Files.list(SAMPLES)) {
            return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
