package dev.akushu.programs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the READMEs tell to paste into a program is what the tests here compile and run: between {@code <!-- snippets -->} and {@code <!-- /snippets -->} they hold the marked parts of the
 * classes in {@code snippets/}, word for word. {@link #main}, run in this folder, writes them anew.
 */
class ReadmeSnippetsTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final Path SNIPPETS = Path.of("src/test/java/dev/akushu/programs/snippets");
    private static final Pattern MARKED = Pattern.compile("(?s)    // snippet: ([^\\n]+)\\n(.*?)\\n    // end\\n");
    private static final Pattern SECTION = Pattern.compile("(?s)(<!-- snippets -->\\n).*?(<!-- /snippets -->)");

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "README.ja.md"})
    void readmeHoldsTheSnippetsThatAreTested(String file) throws IOException {
        String readme = Files.readString(ROOT.resolve(file));
        assertThat(readme)
                .as("run ReadmeSnippetsTest.main in interop/programs to write %s anew", file)
                .isEqualTo(withSnippets(readme));
    }

    @Test
    void everySnippetIsRunByATest() throws IOException {
        try (Stream<Path> all = Files.walk(SNIPPETS.getParent())) {
            List<String> others = all.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.startsWith(SNIPPETS))
                    .map(ReadmeSnippetsTest::text)
                    .toList();
            try (Stream<Path> snippets = Files.list(SNIPPETS)) {
                assertThat(snippets).hasSizeGreaterThan(15).allSatisfy(file -> {
                    String name = file.getFileName().toString().replace(".java", "");
                    assertThat(others).as(name).anyMatch(text -> text.contains(name + "."));
                });
            }
        }
    }

    /** Writes the snippets into both READMEs. */
    public static void main(String[] args) throws IOException {
        for (String file : List.of("README.md", "README.ja.md")) {
            Path readme = ROOT.resolve(file);
            Files.writeString(readme, withSnippets(Files.readString(readme)));
        }
    }

    private static String withSnippets(String readme) throws IOException {
        Matcher section = SECTION.matcher(readme);
        assertThat(section.find()).as("a place for the snippets").isTrue();
        return section.replaceFirst(match -> Matcher.quoteReplacement(match.group(1) + rendered() + match.group(2)));
    }

    private static String rendered() {
        StringBuilder all = new StringBuilder();
        marked().forEach((title, code) -> all.append("<details><summary>")
                .append(title)
                .append("</summary>\n\n```java\n")
                .append(code)
                .append("\n```\n\n</details>\n"));
        return all.toString();
    }

    /** By title, in its order. */
    private static Map<String, String> marked() {
        Map<String, String> snippets = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        try (Stream<Path> files = Files.list(SNIPPETS)) {
            files.filter(file -> file.toString().endsWith("Snippet.java")).forEach(file -> {
                Matcher marks = MARKED.matcher(text(file));
                assertThat(marks.find()).as("a mark in %s", file).isTrue();
                do {
                    String before =
                            snippets.put(marks.group(1).strip(), marks.group(2).stripIndent());
                    assertThat(before).as("the title %s twice", marks.group(1)).isNull();
                } while (marks.find());
            });
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return snippets;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
