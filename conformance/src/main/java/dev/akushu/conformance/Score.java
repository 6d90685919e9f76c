package dev.akushu.conformance;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Counts the runner's results by theme. */
public final class Score {
    private final Map<Theme, Counts> themes = new EnumMap<>(Theme.class);
    private final Counts named = new Counts();
    private final Counts all = new Counts();

    private Score() {}

    /**
     * Prints the score of the one argument, the file that the runner writes with {@code -json-output}, as a table of
     * Markdown.
     */
    public static void main(String[] arguments) throws IOException {
        System.out.print(of(Files.readString(Path.of(arguments[0]))).table());
    }

    /** The score of these results, in Chromium's format for test results. */
    static Score of(String json) throws IOException {
        Score score = new Score();
        Object tests = JSON.std.mapFrom(json).get("tests");
        if (!(tests instanceof Map<?, ?> results)) {
            throw new IOException("there are no results");
        }
        results.forEach((name, result) -> score.count(String.valueOf(name), result));
        return score;
    }

    String table() {
        StringBuilder table =
                new StringBuilder("| tests | passed | failed | not implemented |\n| --- | ---: | ---: | ---: |\n");
        themes.forEach((theme, counts) -> table.append(counts.row(theme.title())));
        return table.append(named.row("**that name TLS 1.3, over TCP**"))
                .append(all.row("**all**"))
                .toString();
    }

    private void count(String name, Object result) {
        Theme theme = Theme.of(name);
        String actual = result instanceof Map<?, ?> fields ? String.valueOf(fields.get("actual")) : "FAIL";
        themes.computeIfAbsent(theme, key -> new Counts()).add(actual);
        all.add(actual);
        if (name.contains("TLS13") && theme != Theme.OTHER_PROTOCOLS) {
            named.add(actual);
        }
    }

    /** How many tests ended how. */
    private static final class Counts {
        private int passed;
        private int skipped;
        private int failed;

        void add(String result) {
            switch (result) {
                case "PASS" -> passed++;
                case "SKIP" -> skipped++;
                default -> failed++;
            }
        }

        String row(String title) {
            return String.format(Locale.ROOT, "| %s | %d | %d | %d |%n", title, passed, failed, skipped);
        }
    }
}
