package dev.akushu.bench.handshake;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The table of handshakes: each stack and scenario in a JVM of its own, one after the other and then again, so that a disturbance meets all alike; medians over the rounds.
 * Arguments: rounds, seconds to measure each, the file for the results in JSON, and the stacks' names; all if none is named.
 */
final class Handshakes {
    private static final String OURS = "akushu";

    private final int rounds;
    private final String seconds;
    private final List<String> stacks;
    private final Map<Scenario, Map<String, List<Figure>>> figures = new EnumMap<>(Scenario.class);
    private final Map<String, String> reasons = new LinkedHashMap<>();

    private Handshakes(int rounds, String seconds, List<String> stacks) {
        this.rounds = rounds;
        this.seconds = seconds;
        this.stacks = stacks;
    }

    /** What one fork said: microseconds of CPU and bytes a handshake, both ends. */
    private record Figure(double micros, long bytes) {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> stacks = List.of(arguments).subList(3, arguments.length);
        Handshakes handshakes = new Handshakes(
                Integer.parseInt(arguments[0]), arguments[1], stacks.isEmpty() ? Stacks.names() : stacks);
        handshakes.measure();
        handshakes.print();
        Files.writeString(
                Path.of(arguments[2]),
                JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(handshakes.json()));
    }

    private void measure() throws IOException, InterruptedException {
        for (int round = 1; round <= rounds; round++) {
            for (Scenario scenario : Scenario.values()) {
                for (String stack : stacks) {
                    System.err.printf("round %d of %d: %s, %s%n", round, rounds, scenario.title(), stack);
                    run(scenario, stack);
                }
            }
        }
    }

    private void run(Scenario scenario, String stack) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xms1g",
                        "-Xmx1g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HandshakeFork.class.getName(),
                        stack,
                        scenario.name(),
                        seconds)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            lines.lines().forEach(line -> take(scenario, stack, line.split(" ", 2)));
        }
        if (process.waitFor() != 0) {
            throw new IOException("the JVM for " + stack + " ended with " + process.exitValue());
        }
    }

    private void take(Scenario scenario, String stack, String[] words) {
        if (words[0].equals("-")) {
            reasons.put(stack, words[1]);
            return;
        }
        figures.computeIfAbsent(scenario, none -> new LinkedHashMap<>())
                .computeIfAbsent(stack, none -> new ArrayList<>())
                .add(new Figure(Double.parseDouble(words[0]), Long.parseLong(words[1])));
    }

    private void print() {
        System.out.println(
                "| both ends | stack | us of CPU, median | least to most | Akushu is faster by | allocated, kB |");
        System.out.println("| --- | --- | --: | --: | --: | --: |");
        for (Scenario scenario : Scenario.values()) {
            for (String stack : stacks) {
                List<Figure> all = sorted(scenario, stack);
                if (!all.isEmpty()) {
                    Figure median = all.get(all.size() / 2);
                    System.out.printf(
                            Locale.ROOT,
                            "| %s | %s | %.0f | %.0f to %.0f | %s | %.1f |%n",
                            scenario.title(),
                            stack,
                            median.micros,
                            all.getFirst().micros,
                            all.getLast().micros,
                            ratio(scenario, median),
                            median.bytes / 1e3);
                }
            }
        }
        reasons.forEach((stack, reason) -> System.out.println("\n" + stack + ": " + reason));
    }

    private String ratio(Scenario scenario, Figure peer) {
        Figure ours = median(scenario, OURS);
        return ours == null ? "" : String.format(Locale.ROOT, "%.2fx", peer.micros / ours.micros);
    }

    private List<Figure> sorted(Scenario scenario, String stack) {
        return figures.getOrDefault(scenario, Map.of()).getOrDefault(stack, List.of()).stream()
                .sorted((one, other) -> Double.compare(one.micros, other.micros))
                .toList();
    }

    private @Nullable Figure median(Scenario scenario, String stack) {
        List<Figure> all = sorted(scenario, stack);
        return all.isEmpty() ? null : all.get(all.size() / 2);
    }

    private List<Map<String, Object>> json() {
        List<Map<String, Object>> all = new ArrayList<>();
        for (Scenario scenario : Scenario.values()) {
            Figure ours = median(scenario, OURS);
            for (String stack : stacks) {
                Figure peer = median(scenario, stack);
                if (ours != null && peer != null && !stack.equals(OURS)) {
                    all.add(entry(scenario.title(), "us", ours.micros, stack, peer.micros));
                    all.add(entry(
                            scenario.title() + ", allocated", "B", (double) ours.bytes, stack, (double) peer.bytes));
                }
            }
        }
        return all;
    }

    /** A ratio above 1 means that Akushu is ahead. */
    private static Map<String, Object> entry(String name, String unit, double akushu, String peerName, double peer) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", name);
        entry.put("unit", unit);
        entry.put("akushu", akushu);
        entry.put("peer", peer);
        entry.put("peerName", peerName);
        entry.put("ratio", peer / akushu);
        return entry;
    }
}
