package dev.akushu.bench.harness;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A table in Markdown. */
public final class Table {
    private final List<String> lines = new ArrayList<>();

    /** @param columns their titles; those that begin with {@code #} are for numbers */
    public Table(String... columns) {
        row((Object[]) Arrays.stream(columns)
                .map(column -> column.replaceFirst("^#", ""))
                .toArray(String[]::new));
        lines.add(Arrays.stream(columns)
                .map(column -> column.startsWith("#") ? "--:" : "---")
                .collect(Collectors.joining(" | ", "| ", " |")));
    }

    /** One row more. */
    public void row(Object... cells) {
        lines.add(Arrays.stream(cells).map(String::valueOf).collect(Collectors.joining(" | ", "| ", " |")));
    }

    /** The whole. */
    public List<String> lines() {
        return List.copyOf(lines);
    }
}
