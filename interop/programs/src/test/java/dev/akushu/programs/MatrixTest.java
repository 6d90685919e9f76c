package dev.akushu.programs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** README.md names, for each library, a test of each thing or says why there is none; and the tests are there. */
class MatrixTest {
    private static final List<String> THINGS = List.of(
            "protocol and ALPN",
            "wrong host",
            "resumption",
            "client certificates",
            "10 MB",
            "clean close",
            "abrupt close",
            "late ticket, KeyUpdate");

    private static final List<String> LIBRARIES = List.of(
            "java.net.http",
            "HttpsURLConnection",
            "Apache HttpClient, classic",
            "Apache HttpClient, async",
            "OkHttp and MockWebServer",
            "Netty",
            "gRPC",
            "Jetty",
            "Tomcat",
            "Undertow",
            "Spring Boot",
            "Vert.x",
            "Helidon",
            "Kafka",
            "PostgreSQL's driver",
            "Lettuce",
            "Jedis",
            "tls-channel");

    private static final Pattern TEST = Pattern.compile("`(\\w+)#(\\w+)`");
    private static final String NONE = "None: ";

    private static List<String> lines;
    // The cell of each thing, by library.
    private static final Map<String, Map<String, String>> CELLS = new LinkedHashMap<>();

    @BeforeAll
    static void read() throws IOException {
        lines = Files.readAllLines(Path.of("README.md"));
        String library = "";
        for (String line : lines) {
            if (line.startsWith("#")) {
                library = line.startsWith("### ") ? line.substring(4) : "";
            } else if (line.startsWith("| ") && !library.isEmpty()) {
                String[] cells = line.split("\\|", -1);
                CELLS.computeIfAbsent(library, first -> new LinkedHashMap<>()).put(cells[1].strip(), cells[2].strip());
            }
        }
        CELLS.values().forEach(things -> {
            assertThat(things.remove("what")).isEqualTo("test");
            things.remove("---");
        });
    }

    @Test
    void everyThingIsThereForEveryLibrary() {
        assertThat(CELLS.keySet()).containsExactlyElementsOf(LIBRARIES);
        CELLS.forEach(
                (library, things) -> assertThat(things.keySet()).as(library).containsExactlyElementsOf(THINGS));
    }

    @Test
    void everyCellHasATestOrAReason() {
        CELLS.forEach((library, things) -> things.forEach((thing, cell) -> {
            boolean tested = cell.startsWith("`") && TEST.matcher(cell).find();
            boolean reason = cell.startsWith(NONE) && cell.length() > NONE.length() + 20;
            assertThat(tested || reason).as("%s, %s: %s", library, thing, cell).isTrue();
        }));
    }

    @Test
    void everyTestThatIsNamedRuns() throws ClassNotFoundException {
        for (String line : lines) {
            for (MatchResult named : TEST.matcher(line).results().toList()) {
                Class<?> declaring = Class.forName("dev.akushu.programs." + named.group(1));
                assertThat(isDisabled(declaring)).as(named.group()).isFalse();
                Optional<Method> test = Arrays.stream(declaring.getDeclaredMethods())
                        .filter(method -> method.getName().equals(named.group(2)))
                        .findAny();
                assertThat(test).as(named.group()).hasValueSatisfying(method -> {
                    assertThat(method.isAnnotationPresent(Test.class)
                                    || method.isAnnotationPresent(ParameterizedTest.class))
                            .isTrue();
                    assertThat(isDisabled(method)).isFalse();
                });
            }
        }
    }

    @Test
    void everyClassOfTestsIsNamed() throws IOException {
        String all = String.join("\n", lines);
        try (Stream<Path> files = Files.walk(Path.of("src", "test", "java"))) {
            List<String> classes = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Test.java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    // A base class, whose tests run in those that are named.
                    .filter(name -> !name.equals("AkushuEngineTest"))
                    .toList();
            assertThat(classes)
                    .hasSizeGreaterThan(20)
                    .allSatisfy(name -> assertThat(all).containsPattern("`" + name + "[`#]"));
        }
    }

    private static boolean isDisabled(AnnotatedElement element) {
        return element.isAnnotationPresent(Disabled.class);
    }
}
