package dev.akushu.bench;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.akushu.bench.harness.Forks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The table of curves: every contender in JVMs of its own, one after the other and then again, so that a disturbance meets all alike;
 * medians over the rounds. Arguments: rounds, seconds to warm up each operation, the file for the results in JSON.
 */
final class Curves {
    private static final String COLD = "COLD";

    private final int rounds;
    private final String warmUp;

    /** By contender, then by operation: one figure a round. */
    private final Map<String, Map<String, List<Figure>>> figures = new LinkedHashMap<>();

    private Curves(int rounds, String warmUp) {
        this.rounds = rounds;
        this.warmUp = warmUp;
    }

    /**
     * What one fork said.
     *
     * @param value microseconds, or milliseconds for the cold start
     */
    private record Figure(double value, long bytes) {}

    public static void main(String[] arguments) throws IOException, InterruptedException, GeneralSecurityException {
        Curves curves = new Curves(Integer.parseInt(arguments[0]), arguments[1]);
        curves.measure();
        curves.print();
        Files.writeString(
                Path.of(arguments[2]),
                JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(curves.json()));
    }

    private void measure() throws IOException, InterruptedException, GeneralSecurityException {
        Keys.Signed signed = Keys.p256();
        for (int round = 1; round <= rounds; round++) {
            for (String contender : Contenders.names()) {
                System.err.printf("round %d of %d: %s%n", round, rounds, contender);
                run(contender, List.of(warmUp));
                List<String> cold = new ArrayList<>(List.of("cold"));
                cold.addAll(signed.words());
                run(contender, cold);
            }
        }
    }

    private void run(String contender, List<String> arguments) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(contender));
        words.addAll(arguments);
        Forks.run(List.of("-Xmx512m"), Fork.class, words).forEach(line -> take(contender, line.split(" ", 3)));
    }

    private void take(String contender, String[] words) {
        if (words[1].equals("-")) {
            System.err.printf("  not by %s: %s: %s%n", contender, words[0], words[2]);
            return;
        }
        long bytes = words.length > 2 ? Long.parseLong(words[2]) : 0;
        figures.computeIfAbsent(contender, none -> new TreeMap<>())
                .computeIfAbsent(words[0], none -> new ArrayList<>())
                .add(new Figure(Double.parseDouble(words[1]), bytes));
    }

    private void print() {
        StringBuilder head = new StringBuilder("| us of CPU (times faster than SunEC), bytes |");
        StringBuilder rule = new StringBuilder("| --- |");
        for (String contender : Contenders.names()) {
            head.append(' ').append(Contenders.of(contender).name()).append(" |");
            rule.append(" --: |");
        }
        System.out.println(head);
        System.out.println(rule);
        for (Operation operation : Operation.values()) {
            printRow(operation.title(), operation.name());
        }
        printRow("first 50 verifications in a new JVM, P-256, ms", COLD);
    }

    private void printRow(String title, String operation) {
        StringBuilder row = new StringBuilder("| ").append(title).append(" |");
        Figure base = median(Contenders.BASE, operation);
        for (String contender : Contenders.names()) {
            Figure figure = median(contender, operation);
            if (figure == null) {
                row.append(" - |");
                continue;
            }
            row.append(String.format(Locale.ROOT, " %.1f", figure.value));
            if (base != null && !contender.equals(Contenders.BASE)) {
                row.append(String.format(Locale.ROOT, " (%.1fx)", base.value / figure.value));
            }
            row.append(operation.equals(COLD) ? " |" : ", " + figure.bytes + " |");
        }
        System.out.println(row);
    }

    private @Nullable Figure median(String contender, String operation) {
        List<Figure> all = figures.getOrDefault(contender, Map.of()).getOrDefault(operation, List.of());
        return all.isEmpty()
                ? null
                : all.stream()
                        .sorted((one, other) -> Double.compare(one.value, other.value))
                        .toList()
                        .get(all.size() / 2);
    }

    private List<Map<String, Object>> json() {
        List<Map<String, Object>> all = new ArrayList<>();
        figures.forEach((contender, operations) -> operations.forEach((operation, values) -> {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("contender", contender);
            entry.put("operation", operation);
            entry.put("unit", operation.equals(COLD) ? "ms" : "us");
            entry.put("values", values.stream().map(Figure::value).toList());
            entry.put("bytes", values.getFirst().bytes);
            all.add(entry);
        }));
        return all;
    }
}
