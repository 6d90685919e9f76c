package dev.akushu.bench.cold;

import dev.akushu.bench.harness.Bench;
import dev.akushu.bench.harness.Comparison;
import dev.akushu.bench.harness.Effort;
import dev.akushu.bench.harness.Figures;
import dev.akushu.bench.harness.Figures.Sample;
import dev.akushu.bench.harness.Forks;
import dev.akushu.bench.harness.Machine;
import dev.akushu.bench.harness.Progress;
import dev.akushu.bench.harness.Table;
import dev.akushu.bench.stack.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A JVM from its start to its first handshake and its end. */
public final class Cold implements Bench {
    private static final String MEMORY = "both ends in memory";
    private static final String CLIENT = "a client, to a server on this machine";
    private static final String SUN = "SunJSSE";

    /** Those of the launcher {@code akushu} for what is soon over. */
    private static final List<String> JVM = List.of(
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-XX:CompileThresholdScaling=4",
            "-Xlog:disable",
            "-Xlog:all=error:stderr");

    /** Wall time, user's and system's CPU time. */
    private static final String TIME = "TIMEFORMAT='%R %U %S'; { time \"$@\" >/dev/null 2>&3; } 3>&2 2>&1";

    private static final int RUNS = 3;

    private final Figures figures = new Figures();
    private final Map<Row, List<String>> programs = new LinkedHashMap<>();
    private String remark = "";

    private record Row(String what, String program, boolean isCached) {
        String key() {
            return what + (isCached ? ", AOT cache" : "");
        }
    }

    @Override
    public String name() {
        return "cold";
    }

    @Override
    public Section run(Effort effort, Path file, Progress progress)
            throws IOException, InterruptedException, GeneralSecurityException {
        double load = Machine.load();
        Path folder = Files.createTempDirectory("akushu-bench-");
        Servers all = Servers.read(file, 1);
        Path one = folder.resolve("server");
        all.write(one);
        Path root = Files.writeString(folder.resolve("root.pem"), all.rootPem());
        try (Loopback loopback = new Loopback(all.all().getFirst())) {
            addPrograms(folder, one, loopback.port(), effort.isQuick());
            addLauncher(root, loopback.port());
            int rounds = effort.rounds() * RUNS;
            progress.begin(name(), rounds * programs.size());
            for (int round = 1; round <= rounds; round++) {
                for (Map.Entry<Row, List<String>> program : programs.entrySet()) {
                    Row row = program.getKey();
                    progress.next(row.program + ", " + row.key());
                    int before = loopback.greeted();
                    time(row, program.getValue());
                    if (row.what.equals(CLIENT) && loopback.greeted() != before + 1) {
                        throw new IllegalStateException(row.program + " shook hands with nobody");
                    }
                }
            }
            progress.end();
        } finally {
            delete(folder);
        }
        return new Section("Cold start", text(Machine.describe(effort, load)), comparisons());
    }

    private void addPrograms(Path folder, Path server, int port, boolean isLook)
            throws IOException, InterruptedException {
        String to = String.valueOf(port);
        add(folder, "an empty program", "nothing", ColdNothing.class);
        add(folder, MEMORY, SUN, ColdSun.class, server.toString());
        add(folder, MEMORY, "Akushu", ColdAkushu.class, "own", server.toString());
        add(folder, CLIENT, SUN, ColdSun.class, server.toString(), to);
        add(folder, CLIENT, "Akushu", ColdAkushu.class, "own", server.toString(), to);
        if (!isLook) {
            add(folder, MEMORY, "Akushu, JDK's curves", ColdAkushu.class, "jdk", server.toString());
            add(folder, CLIENT, "Akushu, JDK's curves", ColdAkushu.class, "jdk", server.toString(), to);
        }
    }

    /** The program without a cache, and with one that it has trained itself. */
    private void add(Path folder, String what, String program, Class<?> main, String... arguments)
            throws IOException, InterruptedException {
        Path cache = folder.resolve(programs.size() + ".aot");
        Forks.run(command("-XX:AOTCacheOutput=" + cache, main, arguments));
        if (!Files.exists(cache)) {
            throw new IOException("The JVM has made no AOT cache for " + program);
        }
        programs.put(new Row(what, program, false), command("-Xshare:auto", main, arguments));
        programs.put(new Row(what, program, true), command("-XX:AOTCache=" + cache, main, arguments));
    }

    private static List<String> command(String option, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(Forks.java()));
        command.addAll(JVM);
        command.addAll(List.of(option, "-cp", ourJars(), main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Ours alone of the class path: a cache holds for one class path, and a longer one is slower. */
    private static String ourJars() {
        return String.join(
                ":",
                List.of(System.getProperty("java.class.path").split(":", -1)).stream()
                        .filter(jar -> jar.matches(".*/akushu-[^/]*\\.jar"))
                        .toList());
    }

    /** The command line as its users start it, and by the same JVM without its cache. */
    private void addLauncher(Path authority, int port) throws InterruptedException {
        String root = System.getProperty("akushu.bench.root");
        List<String> arguments =
                List.of("connect", "127.0.0.1:" + port, "--servername", Servers.HOST, "--ca", authority.toString());
        List<String> plain = new ArrayList<>(List.of(Forks.java()));
        plain.addAll(JVM);
        plain.addAll(List.of(
                "-Xshare:auto",
                "-p",
                root + "/cli/target/akushu-cli.jar:" + root + "/cli/target/lib",
                "-m",
                "dev.akushu.cli/dev.akushu.cli.Main"));
        plain.addAll(arguments);
        List<String> launcher = new ArrayList<>(List.of(root + "/akushu"));
        launcher.addAll(arguments);
        try {
            // Builds it first, if it must be.
            Forks.run(List.of(root + "/akushu", "--version"));
        } catch (IOException unbuilt) {
            remark = "`akushu connect` was left out, because the command line could not be built.";
            return;
        }
        programs.put(new Row(CLIENT, "`akushu connect`", false), plain);
        programs.put(new Row(CLIENT, "`akushu connect`", true), launcher);
    }

    private void time(Row row, List<String> program) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("bash", "-ec", TIME, "time"));
        command.addAll(program);
        String[] words = Forks.run(command).getLast().split(" ", -1);
        figures.add(row.key(), row.program, "wall", 1e3 * Double.parseDouble(words[0]));
        figures.add(row.key(), row.program, "cpu", 1e3 * (Double.parseDouble(words[1]) + Double.parseDouble(words[2])));
    }

    private List<String> text(String machine) {
        Table table = new Table(
                "what",
                "program",
                "AOT cache",
                "#ms by the clock, median",
                "#least to most",
                "#faster than SunJSSE by",
                "#ms of CPU");
        for (Row row : programs.keySet()) {
            table.row(
                    row.what,
                    row.program,
                    row.isCached ? "yes" : "",
                    figures.cell(row.key(), row.program, "wall", "%.0f"),
                    figures.sample(row.key(), row.program, "wall")
                            .map(wall -> wall.range("%.0f"))
                            .orElse(""),
                    comparison(row)
                            .map(found -> String.format(Locale.ROOT, "%.2fx", found.ratio()))
                            .orElse(""),
                    figures.cell(row.key(), row.program, "cpu", "%.0f"));
        }
        List<String> text = new ArrayList<>(List.of(
                machine,
                "",
                "From the start of the JVM to its end, "
                        + RUNS
                        + " runs a round, with the JVM's options of the launcher `akushu` for all: `"
                        + String.join(" ", JVM)
                        + "`. The programs read a certificate or a key, shake hands once (TLS 1.3, ECDSA on P-256, chain and name verified) and end. A cache was made by a run of the same program (`-XX:AOTCacheOutput`); `akushu connect` with a cache is the shell script"
                        + " with the cache it makes itself, for all of its commands. The server on this machine greets, and counts who comes.",
                ""));
        text.addAll(table.lines());
        if (!remark.isEmpty()) {
            text.addAll(List.of("", remark));
        }
        return text;
    }

    private List<Comparison> comparisons() {
        return programs.keySet().stream()
                .map(this::comparison)
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Comparison> comparison(Row row) {
        Optional<Sample> ours = figures.sample(row.key(), row.program, "wall");
        Optional<Sample> sun = figures.sample(row.key(), SUN, "wall");
        return row.program.equals(SUN) || ours.isEmpty() || sun.isEmpty()
                ? Optional.empty()
                : Optional.of(Comparison.ofCosts(
                        row.key() + ": " + row.program,
                        "ms",
                        ours.get().median(),
                        sun.get().median(),
                        SUN));
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
