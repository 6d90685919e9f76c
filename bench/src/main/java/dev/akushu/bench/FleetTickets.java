package dev.akushu.bench;

import dev.akushu.bench.harness.Forks;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What it costs to keep Ticket Keys in memory, in a file and in Redis: full and resumed handshakes, and such with early data. Both ends in one thread, in JVMs of their own that take turns, with a Redis of the
 * benchmark's. Arguments: rounds, seconds to measure each.
 */
final class FleetTickets {
    static final String MEMORY = "memory";
    static final String FILE = "file";
    private static final String REDIS = "redis";
    private static final List<String> PLACES = List.of(MEMORY, FILE, REDIS);

    /** A figure of {@link FleetFork}'s, and what it is called in the table. */
    private record Row(String figure, String name) {}

    private static final List<Row> ROWS = List.of(
            new Row("full cpu", "full, us of CPU"),
            new Row("full clock", "full, us"),
            new Row("resumed cpu", "resumed, us of CPU"),
            new Row("resumed clock", "resumed, us"),
            new Row("resumed a second", "resumptions a second"),
            new Row("early cpu", "with early data, us of CPU"),
            new Row("early clock", "with early data, us"),
            new Row("early refused", "early data refused, times"));
    private static final List<Row> REDIS_ROWS = List.of(
            new Row("guard median", "the replay guard alone, us"),
            new Row("guard 99 %", "the replay guard alone, 99 % within, us"),
            new Row("full scripts", "scripts the store runs: full"),
            new Row("resumed scripts", "scripts the store runs: resumed"),
            new Row("early scripts", "scripts the store runs: with early data"),
            new Row("full bytes", "bytes sent to the store: full"),
            new Row("resumed bytes", "bytes sent to the store: resumed"),
            new Row("early bytes", "bytes sent to the store: with early data"));

    private FleetTickets() {}

    public static void main(String[] arguments) throws Exception {
        if (PLACES.contains(arguments[0])) {
            FleetFork.run(arguments[0], Double.parseDouble(arguments[1]), Integer.parseInt(arguments[2]));
            return;
        }
        int rounds = Integer.parseInt(arguments[0]);
        Map<String, List<Double>> figures = new TreeMap<>();
        Path folder = Files.createTempDirectory("akushu-bench-");
        int port = freePort();
        Process store = store(port, folder);
        try {
            for (int i = 0; i < rounds; i++) {
                for (String place : PLACES) {
                    start(place, arguments[1], port, figures);
                }
            }
        } finally {
            store.destroyForcibly().waitFor();
            Files.delete(folder);
        }
        System.out.println("| both ends, one thread; median (least to most) | memory | file | Redis |");
        System.out.println("| --- | --: | --: | --: |");
        ROWS.forEach(row -> System.out.printf(
                "| %s | %s | %s | %s |%n",
                row.name(),
                cell(figures, MEMORY + ' ' + row.figure()),
                cell(figures, FILE + ' ' + row.figure()),
                cell(figures, REDIS + ' ' + row.figure())));
        REDIS_ROWS.forEach(row ->
                System.out.printf("| %s | | | %s |%n", row.name(), cell(figures, REDIS + ' ' + row.figure())));
    }

    private static String cell(Map<String, List<Double>> figures, String of) {
        List<Double> sorted =
                figures.getOrDefault(of, List.of()).stream().sorted().toList();
        // A look at the keys every ten seconds is little among thousands of handshakes.
        boolean fine = of.endsWith("scripts") || of.endsWith("bytes");
        String form = fine ? "%.3f (%.3f to %.3f)" : "%.0f (%.0f to %.0f)";
        return String.format(Locale.ROOT, form, sorted.get(sorted.size() / 2), sorted.getFirst(), sorted.getLast());
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private static Process store(int port, Path folder) throws IOException {
        Process store = new ProcessBuilder(
                        "redis-server",
                        "--port",
                        String.valueOf(port),
                        "--bind",
                        "127.0.0.1",
                        "--save",
                        "",
                        "--dir",
                        folder.toString())
                .start();
        BufferedReader said = store.inputReader();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.contains("Ready to accept connections")) {
                return store;
            }
        }
        throw new IOException("redis-server did not start");
    }

    private static void start(String place, String seconds, int port, Map<String, List<Double>> figures)
            throws IOException, InterruptedException {
        Forks.run(List.of("-Xmx512m"), FleetTickets.class, List.of(place, seconds, String.valueOf(port))).stream()
                .map(line -> line.split("=", 2))
                .forEach(words -> figures.computeIfAbsent(place + ' ' + words[0], none -> new ArrayList<>())
                        .add(Double.valueOf(words[1])));
    }
}
