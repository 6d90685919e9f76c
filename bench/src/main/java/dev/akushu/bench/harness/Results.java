package dev.akushu.bench.harness;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.akushu.bench.harness.Bench.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The files RESULTS.md and results.json. A measurement replaces its own part of them and leaves the others. */
public final class Results {
    private static final String HEADING = "## ";

    private final Path folder;
    private final Path markdown;
    private final Path json;

    /** @param folder where they lie, or shall lie */
    public Results(Path folder) {
        this.folder = folder;
        markdown = folder.resolve("RESULTS.md");
        json = folder.resolve("results.json");
    }

    /** Writes what {@code bench} has found out. */
    public void put(Bench bench, Section section) throws IOException {
        List<String> text = new ArrayList<>(List.of(HEADING + section.title(), ""));
        text.addAll(section.text());
        Files.createDirectories(folder);
        List<String> lines = Files.exists(markdown) ? Files.readAllLines(markdown) : List.of("# Results");
        Files.write(markdown, replaced(lines, text));
        String prefix = bench.name() + ": ";
        List<Object> kept = new ArrayList<>();
        if (Files.exists(json)) {
            for (Object entry : JSON.std.listFrom(Files.readString(json))) {
                if (entry instanceof Map<?, ?> map
                        && !String.valueOf(map.get("name")).startsWith(prefix)) {
                    kept.add(entry);
                }
            }
        }
        kept.addAll(entries(bench, section));
        Files.writeString(json, json(kept));
    }

    /** The text of results.json, a line an entry. */
    public static String json(List<?> entries) throws IOException {
        StringBuilder text = new StringBuilder("[");
        for (Object entry : entries) {
            text.append(text.length() == 1 ? "\n  " : ",\n  ").append(JSON.std.asString(entry));
        }
        return text.append("\n]\n").toString();
    }

    /** The entries of a bench. */
    public static List<Map<String, Object>> entries(Bench bench, Section section) {
        return section.comparisons().stream()
                .map(comparison -> {
                    Map<String, Object> entry = new LinkedHashMap<>();
                    entry.put("name", bench.name() + ": " + comparison.name());
                    entry.put("unit", comparison.unit());
                    entry.put("akushu", rounded(comparison.akushu()));
                    entry.put("peer", rounded(comparison.peer()));
                    entry.put("peerName", comparison.peerName());
                    entry.put("ratio", rounded(comparison.ratio()));
                    return entry;
                })
                .toList();
    }

    private static double rounded(double value) {
        return Math.round(value * 1e3) / 1e3;
    }

    /** {@code lines} with {@code section} in the place of that with the same heading, or at the end. */
    private static List<String> replaced(List<String> lines, List<String> section) {
        int start = lines.indexOf(section.getFirst());
        if (start < 0) {
            return Stream.of(lines, List.of(""), section).flatMap(List::stream).toList();
        }
        int end = start + 1;
        while (end < lines.size() && !lines.get(end).startsWith(HEADING)) {
            end++;
        }
        List<String> rest = lines.subList(end, lines.size());
        return Stream.of(lines.subList(0, start), section, rest.isEmpty() ? rest : List.of(""), rest)
                .flatMap(List::stream)
                .toList();
    }
}
