package dev.akushu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page of {@code serve} that shows a browser the facts of its connection. */
class FactsTest {
    private static final Pattern FIELD = Pattern.compile("\\.with\\(\"(\\w+)\"");
    private static final Set<String> OF_THE_PAGE = Set.of("language", "title", "introduction");

    /** Also those that hardly a session has, so from the source. */
    private static Set<String> fields() throws IOException {
        Path source =
                Path.of(System.getProperty("akushu.root"), "cli/src/main/java/dev/akushu/cli/console/Summary.java");
        String text = Files.readString(source);
        int begin = text.indexOf("public static JsonLine describe(");
        Set<String> found = new TreeSet<>();
        FIELD.matcher(text.substring(begin, text.indexOf("}\n", begin)))
                .results()
                .forEach(match -> found.add(match.group(1)));
        return found;
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ja"})
    void everyFactHasAName(String language) throws IOException {
        ResourceBundle texts = ResourceBundle.getBundle("dev.akushu.cli.Messages", Locale.of(language));
        Set<String> named = new TreeSet<>();
        texts.keySet().stream()
                .filter(key -> key.startsWith("facts."))
                .map(key -> key.substring("facts.".length()))
                .filter(key -> !OF_THE_PAGE.contains(key))
                .forEach(named::add);

        assertThat(fields()).contains("kind", "early_data_length");
        assertThat(named).isEqualTo(fields());
        assertThat(named)
                .allSatisfy(name -> assertThat(texts.getString("facts." + name)).isNotBlank());
    }
}
