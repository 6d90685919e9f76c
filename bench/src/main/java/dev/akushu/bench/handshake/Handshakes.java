package dev.akushu.bench.handshake;

import dev.akushu.bench.harness.Bench;
import dev.akushu.bench.harness.Comparison;
import dev.akushu.bench.harness.Effort;
import dev.akushu.bench.harness.Figures;
import dev.akushu.bench.harness.Figures.Sample;
import dev.akushu.bench.harness.Forks;
import dev.akushu.bench.harness.Lanes;
import dev.akushu.bench.harness.Lanes.Job;
import dev.akushu.bench.harness.Machine;
import dev.akushu.bench.harness.Progress;
import dev.akushu.bench.harness.Table;
import dev.akushu.bench.stack.Scenario;
import dev.akushu.bench.stack.Stack;
import dev.akushu.bench.stack.Stacks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Whole handshakes: each stack and scenario in a JVM of its own, and then again in another order, so that a disturbance meets all alike. */
public final class Handshakes implements Bench {
    static final String OWN_FLOOR = "floor";
    static final String JDK_FLOOR = "floor-jdk";
    static final String NATIVE_FLOOR = "floor-native";

    /** The cryptography alone, by the name that a fork is started with. */
    static final Map<String, String> FLOORS = Map.of(
            OWN_FLOOR,
            "cryptography alone, own curves",
            JDK_FLOOR,
            "cryptography alone, JDK's curves",
            NATIVE_FLOOR,
            "cryptography alone, ACCP and Conscrypt");

    /** The collector that servers have if nobody chooses one; the JVM would take another where it is bound to one core. */
    private static final List<String> JVM =
            List.of(Stack.TWO_TICKETS, "-Xms1g", "-Xmx1g", "-XX:+UseG1GC", "-XX:+AlwaysPreTouch");

    private final Figures figures = new Figures();

    @Override
    public String name() {
        return "handshakes";
    }

    @Override
    public Section run(Effort effort, Path servers, Progress progress) throws IOException, InterruptedException {
        double load = Machine.load();
        List<String> stacks = stacks(effort);
        List<Job> jobs = new ArrayList<>();
        List<Job> ofBytes = new ArrayList<>();
        for (int round = 1; round <= effort.rounds(); round++) {
            List<Job> ofRound = new ArrayList<>();
            for (Scenario scenario : scenarios(effort)) {
                for (String stack : stacks) {
                    ofRound.add(job(scenario, stack, "", JVM, HandshakeFork.class, servers, effort));
                    if (Stacks.isOwnEngine(stack) && !effort.isQuick()) {
                        List<String> options = AllocationFork.jvm(round);
                        // No times, so warm is who has been compiled.
                        ofBytes.add(job(
                                scenario, stack, ", bytes", options, AllocationFork.class, servers, effort.shorter(2)));
                    }
                }
            }
            Lanes.shuffle(ofRound, round);
            jobs.addAll(ofRound);
        }
        jobs.addAll(ofBytes);
        Lanes lanes = Lanes.open();
        progress.begin(name(), jobs.size());
        lanes.run(jobs, progress);
        progress.end();
        String machine = Machine.describe(effort, load) + " " + lanes.described();
        return new Section("Handshakes", text(stacks, machine), comparisons(stacks));
    }

    /** To become warm takes most of the time: a look is for the most and the least work. */
    private static List<Scenario> scenarios(Effort effort) {
        return effort.isQuick() ? List.of(Scenario.NEW_SERVER, Scenario.RESUMED) : List.of(Scenario.values());
    }

    /** A look is for engines alone, not for other cryptography below them. */
    private static List<String> stacks(Effort effort) {
        if (effort.isQuick()) {
            return Stream.concat(Stacks.differentBeyondCurves(effort).stream(), Stream.of(OWN_FLOOR))
                    .toList();
        }
        return Stream.concat(Stacks.names().stream(), FLOORS.keySet().stream().sorted())
                .toList();
    }

    private Job job(
            Scenario scenario,
            String stack,
            String what,
            List<String> options,
            Class<?> main,
            Path servers,
            Effort effort) {
        List<String> arguments = new ArrayList<>(List.of(stack, scenario.name(), servers.toString()));
        arguments.addAll(effort.words());
        return new Job(
                scenario.title() + ", " + title(stack) + what,
                Forks.command(options, main, arguments),
                lines -> figures.take(scenario.name(), stack, lines));
    }

    private static String title(String stack) {
        String floor = FLOORS.get(stack);
        return floor == null ? Stacks.title(stack) : floor;
    }

    private List<String> text(List<String> stacks, String machine) {
        Table table = new Table(
                "both ends in one thread",
                "stack",
                "#us of CPU, median",
                "#least to most",
                "#Akushu is faster by",
                "#client alone",
                "#server alone",
                "#allocated in the heap, kB",
                "#by Akushu itself",
                "#by JCA and PKIX");
        for (Scenario scenario : Scenario.values()) {
            for (String stack : stacks) {
                Optional<Sample> both = figures.sample(scenario.name(), stack, "both");
                if (both.isPresent()) {
                    table.row(
                            scenario.title(),
                            title(stack),
                            figures.cell(scenario.name(), stack, "both", "%.0f"),
                            both.get().range("%.0f"),
                            figures.ratio(scenario.name(), stack, "both"),
                            figures.cell(scenario.name(), stack, "client", "%.0f"),
                            figures.cell(scenario.name(), stack, "server", "%.0f"),
                            kilobytes(scenario, stack, "bytes"),
                            kilobytes(scenario, stack, "own"),
                            kilobytes(scenario, stack, "jca"));
                }
            }
        }
        List<String> text = new ArrayList<>(List.of(
                machine,
                "",
                "CPU time of the thread that does both ends; collector, compilers and finalizers are not counted. TLS_AES_128_GCM_SHA256, ECDSA on P-256, a chain of leaf, intermediate and root, 16 octets of data each way, two tickets (BCJSSE sends none), close_notify. Each ServerHello is read: suite, group, resumed or not; a client with another root must refuse."
                        + " \"New server\" means 4,000 servers in turn below one authority, more than any stack remembers. Client and server alone are measured in a second pass, which a look does without; the clock is looked at whenever the other one is on."
                        + " \"Cryptography alone\" is about what no engine over the same primitives can do without: key exchange, signature, verifications (of a certificate that many servers share, none: it was verified before), HMACs and hashes.",
                ""));
        text.addAll(table.lines());
        if (figures.sample(Scenario.SAME_SERVER.name(), Stacks.OURS, "own").isPresent()) {
            text.add("");
            text.add(
                    "Who allocates, Flight Recorder tells by the stack trace at each new buffer of some kilobytes, in JVMs of their own, within a tenth or so.");
        }
        text.add("");
        text.addAll(figures.lacks());
        return text;
    }

    private String kilobytes(Scenario scenario, String stack, String measure) {
        return figures.sample(scenario.name(), stack, measure)
                .map(bytes -> String.format(Locale.ROOT, "%.1f", bytes.median() / 1e3))
                .orElse("");
    }

    private List<Comparison> comparisons(List<String> stacks) {
        List<Comparison> all = new ArrayList<>();
        for (Scenario scenario : Scenario.values()) {
            String row = scenario.name();
            for (String stack : stacks) {
                figures.comparison(scenario.title(), row, stack, "both", "us", title(stack))
                        .ifPresent(all::add);
                for (String side : List.of("client", "server")) {
                    figures.comparison(scenario.title() + ", " + side + " alone", row, stack, side, "us", title(stack))
                            .ifPresent(all::add);
                }
                figures.comparison(scenario.title() + ", allocated", row, stack, "bytes", "B", title(stack))
                        .ifPresent(all::add);
            }
        }
        return all;
    }
}
