package dev.akushu.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.akushu.tls.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What config.json tells the runner. */
class ConfigTest {
    private static final Pattern NAME_IN_BRACKETS = Pattern.compile("\\[([A-Z0-9_]+)( \\d+)?].*");

    @Test
    void everyDisabledTestHasItsReason() throws IOException {
        assertThat(section("DisabledTests"))
                .isNotEmpty()
                .allSatisfy((pattern, reason) ->
                        assertThat(reason.toString()).as(pattern).hasSizeGreaterThan(15));
    }

    @Test
    void errorsAreMappedToProblemsThatThereAre() throws IOException {
        List<String> problems =
                Arrays.stream(Problem.values()).map(Problem::name).toList();

        assertThat(section("ErrorMap"))
                .isNotEmpty()
                .allSatisfy((error, ours) -> assertThat((List<?>) ours)
                        .as(error)
                        .isNotEmpty()
                        .allSatisfy(one ->
                                assertThat(name(one.toString())).isIn(problems).isNotNull()));
    }

    /** The name of a problem; UNMET, which the shim says of the flags, stands for itself. */
    private static String name(String text) {
        Matcher matcher = NAME_IN_BRACKETS.matcher(text);
        assertThat(matcher.matches()).as(text).isTrue();
        return matcher.group(1).equals("UNMET") ? Problem.TRUNCATED.name() : matcher.group(1);
    }

    @SuppressWarnings("unchecked") // JSON objects have names.
    private static Map<String, Object> section(String name) throws IOException {
        String root = System.getProperty("akushu.root");
        Path file = Path.of(root, "conformance", "config.json");
        return (Map<String, Object>) JSON.std.mapFrom(Files.readString(file)).get(name);
    }
}
