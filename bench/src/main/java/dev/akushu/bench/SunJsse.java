package dev.akushu.bench;

import dev.akushu.curves.AkushuCurves;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Security;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * SunJSSE's handshakes as the JDK is, and with AkushuCurves as the first provider: both ends in one thread, whose CPU time is measured, in JVMs of their own that take turns.
 * Arguments: rounds, seconds of CPU to measure each.
 */
final class SunJsse {
    private static final ThreadMXBean THREAD = ManagementFactory.getThreadMXBean();
    private static final int SLICES = 9;
    /** Both engines are thousands of methods, which C2 takes its time for. */
    private static final int WARM_UP = 5_000;

    private static final List<String> KINDS = List.of("JDK", "AKUSHU_CURVES");

    private SunJsse() {}

    public static void main(String[] arguments) throws Exception {
        if (KINDS.contains(arguments[0])) {
            fork(arguments[0], Double.parseDouble(arguments[1]));
            return;
        }
        Map<String, List<Double>> figures = new TreeMap<>();
        int rounds = Integer.parseInt(arguments[0]);
        for (int i = 0; i < rounds; i++) {
            for (String kind : KINDS) {
                start(kind, arguments[1], figures);
            }
        }
        System.out.println("| us of CPU, both ends | SunJSSE | with AkushuCurves first | |");
        System.out.println("| --- | --: | --: | --: |");
        for (String handshake : List.of("new server", "resumed")) {
            double jdk = median(figures, KINDS.get(0) + ' ' + handshake);
            double ours = median(figures, KINDS.get(1) + ' ' + handshake);
            System.out.printf(Locale.ROOT, "| %s | %.0f | %.0f | %.1fx |%n", handshake, jdk, ours, jdk / ours);
        }
    }

    private static double median(Map<String, List<Double>> figures, String of) {
        List<Double> sorted =
                figures.getOrDefault(of, List.of()).stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    private static void start(String kind, String warmUp, Map<String, List<Double>> figures)
            throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java,
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SunJsse.class.getName(),
                        kind,
                        warmUp)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            lines.lines()
                    .map(line -> line.split("=", 2))
                    .forEach(words -> figures.computeIfAbsent(words[0], none -> new ArrayList<>())
                            .add(Double.valueOf(words[1])));
        }
        if (process.waitFor() != 0) {
            throw new IOException("the JVM for " + kind + " ended with " + process.exitValue());
        }
    }

    private static void fork(String kind, double seconds) throws GeneralSecurityException, IOException {
        SunJsseHandshake handshake = SunJsseHandshake.create();
        if (kind.equals(KINDS.get(1))) {
            Security.insertProviderAt(new AkushuCurves(), 1);
        }
        print(kind + " new server", seconds, handshake::full);
        print(kind + " resumed", seconds, handshake::resumed);
    }

    /** A handshake of both ends. */
    private interface Handshake {
        void run() throws IOException;
    }

    private static void print(String name, double seconds, Handshake handshake) throws IOException {
        for (int i = 0; i < WARM_UP; i++) {
            handshake.run();
        }
        double[] micros = new double[SLICES];
        for (int i = 0; i < SLICES; i++) {
            micros[i] = slice(handshake, seconds / SLICES);
        }
        Arrays.sort(micros);
        System.out.printf(Locale.ROOT, "%s=%.1f%n", name, micros[SLICES / 2]);
    }

    private static double slice(Handshake handshake, double seconds) throws IOException {
        long start = THREAD.getCurrentThreadCpuTime();
        int count = 0;
        long now;
        do {
            handshake.run();
            count++;
            now = THREAD.getCurrentThreadCpuTime();
        } while (now - start < seconds * 1e9);
        return (now - start) / 1e3 / count;
    }
}
