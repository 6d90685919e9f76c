package dev.akushu.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** RULES.md names classes and tests that exist, leaves no rule without a proof or a reason, and no section of RFC 9846 incomplete. */
class RulesTest {
    private static final Pattern TEST = Pattern.compile("`(\\w+)#(\\w+)`");
    private static final Pattern CLASS = Pattern.compile("`([A-Z]\\w*)`");
    private static final String RULES = "## 1 ";
    private static final String OTHERS = "## 2 ";

    /** The columns of a rule, the first one empty: what stands before the first bar. */
    private static final int SECTION = 1;

    private static final int WHO = 3;
    private static final int KEPT_BY = 4;
    private static final int PROOF = 5;
    private static final int WORDS = 6;
    private static final int WORDS_OF_OTHERS = 4;

    private static List<String[]> rules;
    private static List<String[]> others;
    private static Map<String, String> tests;
    private static List<String> classes;

    @BeforeAll
    static void read() throws IOException {
        String page = Files.readString(Path.of("RULES.md"));
        rules = rows(page, RULES);
        others = rows(page, OTHERS);
        tests = sources("test").stream().collect(Collectors.toMap(RulesTest::name, RulesTest::text, String::concat));
        classes = sources("main").stream().map(RulesTest::name).toList();
    }

    /** The rows of the table in the chapter that begins so, without its head. */
    private static List<String[]> rows(String page, String chapter) {
        int begin = page.indexOf(chapter);
        int end = page.indexOf("\n## ", begin);
        return page.substring(begin, end)
                .lines()
                .filter(line -> line.startsWith("| "))
                .skip(2)
                .map(line -> line.split(" *\\| *"))
                .toList();
    }

    private static List<Path> sources(String kind) throws IOException {
        String folder = Path.of("src", kind, "java").toString();
        try (Stream<Path> all = Files.walk(Path.of(".."))) {
            return all.filter(path ->
                            path.toString().endsWith(".java") && path.toString().contains(folder))
                    .toList();
        }
    }

    private static String name(Path source) {
        String file = source.getFileName().toString();
        return file.substring(0, file.length() - ".java".length());
    }

    private static String text(Path source) {
        try {
            return Files.readString(source, StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new IllegalStateException("a source cannot be read: " + source, unreadable);
        }
    }

    private static List<MatchResult> all(Pattern pattern, String cell) {
        return pattern.matcher(cell).results().toList();
    }

    /** What stands before a method, from the empty line above it on; empty if there is no such method. */
    private static String head(String source, String method) {
        int at = source.indexOf(" " + method + "(");
        return at < 0 ? "" : source.substring(Math.max(source.lastIndexOf("\n\n", at), 0), at);
    }

    @Test
    void everyTestThatIsNamedExists() {
        assertThat(rules).hasSizeGreaterThan(200);
        for (String[] rule : rules) {
            assertThat(all(TEST, rule[PROOF])).as(String.join(" | ", rule)).isNotEmpty();
            for (MatchResult test : all(TEST, rule[PROOF])) {
                assertThat(head(tests.getOrDefault(test.group(1), ""), test.group(2)))
                        .as(test.group())
                        .containsPattern("@(Test|ParameterizedTest|TestFactory|RepeatedTest|Property)\\b")
                        .doesNotContain("@Disabled");
            }
        }
    }

    @Test
    void everyClassThatIsNamedExists() {
        for (String[] rule : rules) {
            assertThat(all(CLASS, rule[KEPT_BY]))
                    .as(String.join(" | ", rule))
                    .isNotEmpty()
                    .allSatisfy(named -> assertThat(classes).contains(named.group(1)));
            assertThat(rule[WHO]).isIn("client", "server", "both", "sender", "receiver");
        }
    }

    @Test
    void whatIsNotKeptHereHasAReason() {
        assertThat(others).isNotEmpty().allSatisfy(other -> assertThat(other[3]).isNotBlank());
    }

    @Test
    void everyWordOfTheSpecificationIsAccountedFor() throws IOException {
        Map<String, Integer> listed = new TreeMap<>();
        rules.forEach(rule -> listed.merge(rule[SECTION], Integer.parseInt(rule[WORDS]), Integer::sum));
        others.forEach(other -> listed.merge(other[SECTION], Integer.parseInt(other[WORDS_OF_OTHERS]), Integer::sum));

        assertThat(listed).isEqualTo(new Specification(Files.readAllLines(specification())).demands());
    }

    /** Beside the test vectors; it is no part of this repository. Required where they are. */
    private static Path specification() {
        return Stream.of(System.getProperty("akushu.vectors", ""), System.getenv("AKUSHU_VECTORS"))
                .filter(place -> place != null && !place.isEmpty())
                .map(place -> Path.of(place).resolveSibling("spec").resolve("rfc9846.md"))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseGet(() -> absent("No specification: neither akushu.vectors nor AKUSHU_VECTORS names a folder"
                        + " with spec/rfc9846.md beside it"));
    }

    private static Path absent(String message) {
        boolean required = List.of("1", "true").contains(System.getProperty("akushu.vectors.required", ""));
        return required ? fail(message) : abort(message);
    }
}
