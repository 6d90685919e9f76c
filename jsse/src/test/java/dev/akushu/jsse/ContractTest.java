package dev.akushu.jsse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** CONTRACT.md names classes and tests that exist, and leaves no row without a proof or a reason. */
class ContractTest {
    private static final Pattern TEST = Pattern.compile("`(\\w+)#(\\w+)`");
    private static final Pattern CLASS = Pattern.compile("`([A-Z]\\w*[a-z]\\w*)`");

    private static List<String[]> rows;
    private static Map<String, String> tests;
    private static List<String> classes;

    @BeforeAll
    static void read() throws IOException {
        rows = Files.readAllLines(Path.of("CONTRACT.md")).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| ---"))
                .map(line -> line.split("\\|"))
                .toList();
        tests = sources("test").collect(Collectors.toMap(ContractTest::name, ContractTest::text, String::concat));
        classes = sources("main").map(ContractTest::name).toList();
    }

    private static Stream<Path> sources(String kind) throws IOException {
        try (Stream<Path> all = Files.walk(Path.of(".."))) {
            return all
                    .filter(path -> path.toString().endsWith(".java"))
                    .filter(path -> path.toString()
                            .contains(Path.of("src", kind, "java").toString()))
                    .toList()
                    .stream();
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
        int at = source.indexOf(" void " + method + "(");
        return at < 0 ? "" : source.substring(Math.max(source.lastIndexOf("\n\n", at), 0), at);
    }

    @Test
    void everyTestThatIsNamedExists() {
        assertThat(rows).hasSizeGreaterThan(80);
        for (String[] row : rows) {
            for (MatchResult test : all(TEST, row[3])) {
                assertThat(tests).as(test.group()).containsKey(test.group(1));
                assertThat(head(tests.getOrDefault(test.group(1), ""), test.group(2)))
                        .as(test.group())
                        .containsPattern("@(Test|ParameterizedTest|RepeatedTest)\\b")
                        .doesNotContain("@Disabled");
            }
        }
    }

    @Test
    void everyClassThatIsNamedExists() {
        for (String[] row : rows) {
            for (MatchResult named : all(CLASS, row[2])) {
                assertThat(classes).as(named.group()).contains(named.group(1));
            }
        }
    }

    @Test
    void everyRowHasATestOrAReason() {
        for (String[] row : rows) {
            boolean heading = row[3].strip().equals("proof");
            boolean reason = row[3].strip().startsWith("Not held: ");
            assertThat(heading || reason || !all(TEST, row[3]).isEmpty())
                    .as(row[1])
                    .isTrue();
        }
    }
}
