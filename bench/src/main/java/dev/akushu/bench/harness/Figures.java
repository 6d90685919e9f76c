package dev.akushu.bench.harness;

import dev.akushu.bench.stack.Stacks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What forks have said, one figure a round. */
public final class Figures {
    private final Map<Key, List<Double>> values = new LinkedHashMap<>();
    private final Set<Lack> lacks = new LinkedHashSet<>();

    private record Lack(String stack, String what) {}

    private record Key(String row, String stack, String measure) {}

    /**
     * The figure of several rounds.
     *
     * @param least of all rounds
     * @param most of all rounds
     */
    public record Sample(double median, double least, double most) {
        /** The range as a cell of a table. */
        public String range(String format) {
            return String.format(Locale.ROOT, format + " to " + format, least, most);
        }
    }

    /** Of the lines of a fork's, each is a measure and its value; or the line is {@code -} and why there are none. */
    public void take(String row, String stack, List<String> lines) {
        for (String line : lines) {
            String[] words = line.split(" ", 2);
            if (words[0].equals("-")) {
                lacks.add(new Lack(stack, words[1]));
            } else {
                add(row, stack, words[0], Double.parseDouble(words[1]));
            }
        }
    }

    /** One figure more. */
    public void add(String row, String stack, String measure, double value) {
        values.computeIfAbsent(new Key(row, stack, measure), none -> new ArrayList<>())
                .add(value);
    }

    /** The figure, if anybody took it. */
    public Optional<Sample> sample(String row, String stack, String measure) {
        List<Double> sorted = values.getOrDefault(new Key(row, stack, measure), List.of()).stream()
                .sorted()
                .toList();
        return sorted.isEmpty()
                ? Optional.empty()
                : Optional.of(new Sample(sorted.get(sorted.size() / 2), sorted.getFirst(), sorted.getLast()));
    }

    /** The median as a cell of a table. */
    public String cell(String row, String stack, String measure, String format) {
        return sample(row, stack, measure)
                .map(sample -> String.format(Locale.ROOT, format, sample.median))
                .orElse("");
    }

    /** By how much ours is better than {@code stack}'s, as a cell of a table; less is better. */
    public String ratio(String row, String stack, String measure) {
        return stack.equals(Stacks.OURS)
                ? ""
                : comparison(row, row, stack, measure, "", stack)
                        .map(found -> String.format(Locale.ROOT, "%.2fx", found.ratio()))
                        .orElse("");
    }

    /** Ours and {@code stack}'s, where less is better. */
    public Optional<Comparison> comparison(
            String name, String row, String stack, String measure, String unit, String peerName) {
        Optional<Sample> ours = sample(row, Stacks.OURS, measure);
        Optional<Sample> peer = sample(row, stack, measure);
        return ours.isEmpty() || peer.isEmpty() || stack.equals(Stacks.OURS)
                ? Optional.empty()
                : Optional.of(Comparison.ofCosts(name, unit, ours.get().median, peer.get().median, peerName));
    }

    /** Who could not do something, as lines of Markdown. */
    public List<String> lacks() {
        return lacks.stream()
                .map(lack -> "- " + Stacks.title(lack.stack) + ": " + lack.what)
                .toList();
    }
}
