package dev.akushu.conformance;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts by theme what became of the runner's tests, those that were not run included. */
public final class Score {
    private final Map<Theme, Counts> themes = new EnumMap<>(Theme.class);
    private final Counts ofTls13 = new Counts();
    private final Counts all = new Counts();

    private Score() {}

    /**
     * Prints the score as a table of Markdown. The two arguments are files: the list of tests by {@code listing/listing_test.go}, and what the runner writes with {@code -json-output}.
     */
    public static void main(String[] arguments) throws IOException {
        List<ListedTest> tests = ListedTest.all(Files.readString(Path.of(arguments[0])));
        System.out.print(of(tests, Files.readString(Path.of(arguments[1]))).table());
    }

    /** The score of {@code tests} with these results, which are in Chromium's format for test results. */
    static Score of(List<ListedTest> tests, String results) throws IOException {
        if (!(JSON.std.mapFrom(results).get("tests") instanceof Map<?, ?> byName)) {
            throw new IOException("there are no results");
        }
        Map<Object, Object> left = new HashMap<>(byName);
        Score score = new Score();
        for (ListedTest test : tests) {
            score.count(test, left.remove(test.name()));
        }
        if (!left.isEmpty()) {
            throw new IOException("results of tests that are not listed: " + left.keySet());
        }
        return score;
    }

    String table() {
        StringBuilder table = new StringBuilder("""
                | tests | passed | failed | not implemented | disabled | together |
                | --- | ---: | ---: | ---: | ---: | ---: |
                """);
        themes.forEach((theme, counts) -> table.append(counts.row(theme.title())));
        return table.append(ofTls13.row("**that name or pin TLS 1.3, over TCP**"))
                .append(all.row("**all**"))
                .toString();
    }

    private void count(ListedTest test, @Nullable Object result) {
        Outcome outcome = Outcome.of(test, result);
        themes.computeIfAbsent(Theme.of(test.name()), key -> new Counts()).add(outcome);
        all.add(outcome);
        if (test.isOfTls13OverTcp()) {
            ofTls13.add(outcome);
        }
    }

    /** What became of a test. */
    private enum Outcome {
        PASSED,
        FAILED,
        NOT_IMPLEMENTED,
        DISABLED;

        /** A test that was to be run and of which nothing is known has failed. */
        static Outcome of(ListedTest test, @Nullable Object result) {
            if (test.disabled()) {
                return DISABLED;
            }
            Object actual = result instanceof Map<?, ?> fields ? fields.get("actual") : "FAIL";
            return switch (String.valueOf(actual)) {
                case "PASS" -> PASSED;
                case "SKIP" -> NOT_IMPLEMENTED;
                default -> FAILED;
            };
        }
    }

    /** How many tests ended how. */
    private static final class Counts {
        private final Map<Outcome, Integer> byOutcome = new EnumMap<>(Outcome.class);

        void add(Outcome outcome) {
            byOutcome.merge(outcome, 1, Integer::sum);
        }

        String row(String title) {
            return String.format(
                    Locale.ROOT,
                    "| %s | %d | %d | %d | %d | %d |%n",
                    title,
                    number(Outcome.PASSED),
                    number(Outcome.FAILED),
                    number(Outcome.NOT_IMPLEMENTED),
                    number(Outcome.DISABLED),
                    byOutcome.values().stream().mapToInt(Integer::intValue).sum());
        }

        private int number(Outcome outcome) {
            return byOutcome.getOrDefault(outcome, 0);
        }
    }
}
