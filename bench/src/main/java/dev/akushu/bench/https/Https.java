package dev.akushu.bench.https;

import dev.akushu.bench.harness.Bench;
import dev.akushu.bench.harness.Comparison;
import dev.akushu.bench.harness.Effort;
import dev.akushu.bench.harness.Figures;
import dev.akushu.bench.harness.Figures.Sample;
import dev.akushu.bench.harness.Forks;
import dev.akushu.bench.harness.Machine;
import dev.akushu.bench.harness.Progress;
import dev.akushu.bench.harness.Table;
import dev.akushu.bench.harness.Warmth;
import dev.akushu.bench.stack.Scenario;
import dev.akushu.bench.stack.Stack;
import dev.akushu.bench.stack.Stacks;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An HTTPS server on Netty with each stack, under load by wrk. */
public final class Https implements Bench {
    private static final int CONNECTIONS = 16;

    /** As long as what is measured each; fewer if the server's compilers have little to do before. */
    private static final int MOST_WARM_UPS = 12;

    private static final int FEW_WARM_UPS = 2;

    private static final int CALM = 2;

    /** A configuration of OpenSSL, by which wrk offers what is measured alone: some servers would choose another suite. */
    private static final String OFFER = """
            openssl_conf = all
            [all]
            ssl_conf = tls
            [tls]
            system_default = offer
            [offer]
            Ciphersuites = TLS_AES_128_GCM_SHA256
            Groups = X25519
            """;

    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([\\d.]+)");
    private static final Pattern PERCENTILE_99 = Pattern.compile("99%\\s+([\\d.]+)(us|ms|s)");

    private final Figures figures = new Figures();

    /** What the load is; the server tells whether it was that. */
    private enum Load {
        REQUESTS("requests over 16 connections", Scenario.SAME_SERVER, false),
        NEW("a new connection for each request", Scenario.SAME_SERVER, true),
        RESUMED("a resumed connection for each request", Scenario.RESUMED, true);

        private final String title;
        private final Scenario scenario;
        private final boolean closes;

        Load(String title, Scenario scenario, boolean closes) {
            this.title = title;
            this.scenario = scenario;
            this.closes = closes;
        }
    }

    /** Until some moment. */
    private record Counts(long full, long resumed, long requests, long cpu, long compiling) {
        static Counts of(String line) {
            String[] words = line.split(" ", -1);
            return new Counts(
                    Long.parseLong(words[0]),
                    Long.parseLong(words[1]),
                    Long.parseLong(words[2]),
                    Long.parseLong(words[3]),
                    Long.parseLong(words[4]));
        }

        Counts since(Counts before) {
            return new Counts(
                    full - before.full,
                    resumed - before.resumed,
                    requests - before.requests,
                    cpu - before.cpu,
                    compiling - before.compiling);
        }

        /** A first handshake of each of wrk's connections cannot be resumed, so a few may be full; and each may have shaken hands before the counts began, and asked behind it. */
        boolean are(Load load) {
            return requests > 0
                    && switch (load) {
                        case REQUESTS -> full <= 2L * CONNECTIONS && resumed == 0;
                        case NEW -> resumed == 0 && full >= requests - CONNECTIONS;
                        case RESUMED -> full <= resumed / 10;
                    };
        }
    }

    @Override
    public String name() {
        return "https";
    }

    @Override
    public Section run(Effort effort, Path servers, Progress progress) throws IOException, InterruptedException {
        double load = Machine.load();
        Path offer = Files.writeString(Files.createTempFile("akushu-bench-", ".cnf"), OFFER);
        try {
            return run(effort, servers, offer, progress, load);
        } finally {
            Files.delete(offer);
        }
    }

    private Section run(Effort effort, Path servers, Path offer, Progress progress, double load)
            throws IOException, InterruptedException {
        List<String> stacks = Stacks.jsse(effort);
        progress.begin(name(), effort.rounds() * Load.values().length * stacks.size());
        for (int round = 1; round <= effort.rounds(); round++) {
            for (Load kind : Load.values()) {
                for (String stack : stacks) {
                    progress.next(kind.title + ", " + Stacks.title(stack));
                    if (stack.equals("bcjsse") && kind == Load.RESUMED) {
                        figures.take(kind.name(), stack, List.of("- BCJSSE resumes no TLS 1.3"));
                    } else {
                        measure(stack, kind, servers, offer, effort);
                    }
                }
            }
        }
        progress.end();
        return new Section("HTTPS on Netty", text(stacks, Machine.describe(effort, load)), comparisons(stacks));
    }

    private void measure(String stack, Load load, Path servers, Path offer, Effort effort)
            throws IOException, InterruptedException {
        double seconds = effort.isQuick() ? 1 : 3;
        Process process = new ProcessBuilder(
                        Forks.java(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xms1g",
                        "-Xmx1g",
                        // Without tickets nobody resumes.
                        "-D" + Stack.TICKETS + "=" + (load == Load.RESUMED ? 2 : 0),
                        "-cp",
                        System.getProperty("java.class.path"),
                        HttpsServer.class.getName(),
                        stack,
                        load.scenario.name(),
                        servers.toString(),
                        load.closes ? "close" : "keep")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = process.inputReader();
                Writer ask = process.outputWriter()) {
            String port = said.readLine();
            if (port == null) {
                throw new IOException("The HTTPS server with " + Stacks.title(stack) + " did not start");
            }
            Counts before = counts(said, ask);
            int calm = 0;
            for (int i = 0; i < (effort.isQuick() ? FEW_WARM_UPS : MOST_WARM_UPS) && calm < CALM; i++) {
                wrk(port, offer, seconds);
                Counts now = counts(said, ask);
                calm = Warmth.isCalm(now.since(before).compiling, seconds) ? calm + 1 : 0;
                before = now;
            }
            String report = wrk(port, offer, seconds);
            Counts done = counts(said, ask).since(before);
            keep(stack, load, report, done);
        }
        if (process.waitFor() != 0) {
            throw new IOException(
                    "The HTTPS server with " + Stacks.title(stack) + " ended with " + process.exitValue());
        }
    }

    private void keep(String stack, Load load, String report, Counts done) throws IOException {
        if (!done.are(load)) {
            String other = load.title + " was not what was measured: " + done;
            if (stack.equals(Stacks.JSSE)) {
                throw new IllegalStateException(other);
            }
            // The numbers are others in each round, and this is told once.
            System.err.println(Stacks.title(stack) + ": " + other);
            figures.take(load.name(), stack, List.of("- " + load.title + " was not what was measured"));
            return;
        }
        figures.add(
                load.name(),
                stack,
                "rate",
                Double.parseDouble(found(RATE, report).group(1)));
        Matcher latency = found(PERCENTILE_99, report);
        figures.add(load.name(), stack, "p99", micros(Double.parseDouble(latency.group(1)), latency.group(2)));
        figures.add(load.name(), stack, "cpu", done.cpu / 1e3 / done.requests);
    }

    private static Counts counts(BufferedReader said, Writer ask) throws IOException {
        ask.write('\n');
        ask.flush();
        String line = said.readLine();
        if (line == null) {
            throw new IOException("The HTTPS server has ended");
        }
        return Counts.of(line);
    }

    private static String wrk(String port, Path offer, double seconds) throws IOException, InterruptedException {
        return String.join(
                "\n",
                Forks.run(List.of(
                        "env",
                        "OPENSSL_CONF=" + offer,
                        "wrk",
                        "--threads",
                        "1",
                        "--connections",
                        String.valueOf(CONNECTIONS),
                        "--duration",
                        Math.round(Math.max(1, seconds)) + "s",
                        "--latency",
                        "https://127.0.0.1:" + port + "/")));
    }

    private static Matcher found(Pattern pattern, String report) throws IOException {
        Matcher matcher = pattern.matcher(report);
        if (!matcher.find()) {
            throw new IOException("wrk reports no " + pattern + ": " + report);
        }
        return matcher;
    }

    private static double micros(double value, String unit) {
        return switch (unit) {
            case "us" -> value;
            case "ms" -> value * 1e3;
            default -> value * 1e6;
        };
    }

    private List<String> text(List<String> stacks, String machine) {
        Table table = new Table(
                "load",
                "stack",
                "#requests/s, median",
                "#least to most",
                "#Akushu serves more by",
                "#99 % within, us",
                "#us of CPU a request, server");
        for (Load load : Load.values()) {
            for (String stack : stacks) {
                Optional<Sample> rate = figures.sample(load.name(), stack, "rate");
                if (rate.isPresent()) {
                    table.row(
                            load.title,
                            Stacks.title(stack),
                            figures.cell(load.name(), stack, "rate", "%.0f"),
                            rate.get().range("%.0f"),
                            comparison(load, stack)
                                    .map(found -> String.format(Locale.ROOT, "%.2fx", found.ratio()))
                                    .orElse(""),
                            figures.cell(load.name(), stack, "p99", "%.0f"),
                            figures.cell(load.name(), stack, "cpu", "%.0f"));
                }
            }
        }
        List<String> text = new ArrayList<>(List.of(
                machine,
                "",
                "A server with one thread answers with 1 KiB; wrk with one thread and 16 connections asks, over loopback on the same machine, so its own work with OpenSSL bounds what can be seen. The CPU time is the server's whole process, collector and"
                        + " kernel included. Each ServerHello is read by the server: suite, group, resumed or not.",
                ""));
        text.addAll(table.lines());
        text.add("");
        text.addAll(figures.lacks());
        return text;
    }

    private List<Comparison> comparisons(List<String> stacks) {
        List<Comparison> all = new ArrayList<>();
        for (Load load : Load.values()) {
            for (String stack : stacks) {
                comparison(load, stack).ifPresent(all::add);
                cost(load, stack, "p99", "us").ifPresent(all::add);
                cost(load, stack, "cpu", "us").ifPresent(all::add);
            }
        }
        return all;
    }

    private Optional<Comparison> comparison(Load load, String stack) {
        return compare(load, stack, "rate")
                .map(pair -> Comparison.ofGains(load.title, "requests/s", pair[0], pair[1], Stacks.title(stack)));
    }

    private Optional<Comparison> cost(Load load, String stack, String measure, String unit) {
        return compare(load, stack, measure)
                .map(pair ->
                        Comparison.ofCosts(load.title + ", " + measure, unit, pair[0], pair[1], Stacks.title(stack)));
    }

    private Optional<double[]> compare(Load load, String stack, String measure) {
        Optional<Sample> ours = figures.sample(load.name(), Stacks.JSSE, measure);
        Optional<Sample> peer = figures.sample(load.name(), stack, measure);
        return ours.isEmpty() || peer.isEmpty() || stack.equals(Stacks.JSSE)
                ? Optional.empty()
                : Optional.of(new double[] {ours.get().median(), peer.get().median()});
    }
}
