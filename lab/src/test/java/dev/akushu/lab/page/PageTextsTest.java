package dev.akushu.lab.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.lab.stage.Fault;
import dev.akushu.lab.stage.Scenario;
import dev.akushu.lab.throwaway.KeyType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page's words are complete in both languages, and are those that the page asks for. */
class PageTextsTest {
    private static final Map<String, String> ENGLISH = PageTexts.all().get("en");
    private static final Map<String, String> JAPANESE = PageTexts.all().get("ja");
    private static final Pattern PLACE = Pattern.compile("\\{\\w+}");
    private static final Pattern LITERAL = Pattern.compile("'([a-z][A-Za-z0-9_]*(?:\\.[A-Za-z0-9_]+)*\\.?)'");

    private static Set<String> places(String text) {
        Set<String> found = new TreeSet<>();
        PLACE.matcher(text).results().forEach(match -> found.add(match.group()));
        return found;
    }

    /** All words in quotes that stand in the page's sources: keys, and beginnings of keys that end in a dot. */
    private static Set<String> literals() throws IOException {
        Set<String> found = new TreeSet<>();
        Path sources = Path.of(System.getProperty("akushu.root"), "lab", "web", "src");
        try (Stream<Path> files = Files.walk(sources)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                LITERAL.matcher(Files.readString(file)).results().forEach(match -> found.add(match.group(1)));
            }
        }
        return found;
    }

    @Test
    void everyTextIsThereInBothLanguages() {
        assertThat(JAPANESE.keySet()).containsExactlyInAnyOrderElementsOf(ENGLISH.keySet());
        assertThat(ENGLISH.values()).noneMatch(String::isBlank);
        assertThat(JAPANESE.values()).noneMatch(String::isBlank);
    }

    @Test
    void placesForValuesAreTheSameInBothLanguages() {
        assertThat(ENGLISH)
                .allSatisfy((key, text) ->
                        assertThat(places(JAPANESE.get(key))).as(key).isEqualTo(places(text)));
    }

    @Test
    void japaneseFollowsTheSpellingOfTheGuidelines() {
        assertThat(JAPANESE.values())
                .noneMatch(text -> text.contains("サーバー") || text.contains("復号化") || text.contains("改竄"));
    }

    @Test
    void everyTextIsAskedForSomewhere() throws IOException {
        Set<String> asked = literals();

        assertThat(ENGLISH.keySet())
                .allMatch(key -> asked.contains(key)
                        || asked.stream().anyMatch(beginning -> beginning.endsWith(".") && key.startsWith(beginning)));
    }

    @Test
    void whateverCanBeChosenHasWords() {
        List<String> needed = new ArrayList<>();
        for (Scenario scenario : Scenario.values()) {
            needed.add("scenario." + lower(scenario));
            needed.add("scenario." + lower(scenario) + ".about");
        }
        for (Fault fault : Fault.values()) {
            needed.add("fault." + lower(fault));
            needed.add("fault." + lower(fault) + ".about");
            needed.add("fault." + lower(fault) + ".lesson");
        }
        for (KeyType key : KeyType.values()) {
            needed.add("key." + lower(key));
        }

        assertThat(ENGLISH).containsKeys(needed.toArray(String[]::new));
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
