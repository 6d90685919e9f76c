package dev.akushu.bench.thread;

import dev.akushu.bench.harness.Bench;
import dev.akushu.bench.harness.Comparison;
import dev.akushu.bench.harness.Effort;
import dev.akushu.bench.harness.Figures;
import dev.akushu.bench.harness.Figures.Sample;
import dev.akushu.bench.harness.Forks;
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
import java.util.Optional;

/** How many more handshakes two threads do than one. */
public final class Threads implements Bench {
    private static final List<Scenario> SCENARIOS = List.of(Scenario.SAME_SERVER, Scenario.RESUMED);
    private static final List<String> JVM = List.of(Stack.TWO_TICKETS, "-Xms1g", "-Xmx1g");

    private final Figures figures = new Figures();

    @Override
    public String name() {
        return "threads";
    }

    @Override
    public Section run(Effort effort, Path servers, Progress progress) throws IOException, InterruptedException {
        double load = Machine.load();
        List<String> stacks = Stacks.differentBeyondCurves(effort);
        progress.begin(name(), effort.rounds() * SCENARIOS.size() * stacks.size());
        for (int round = 1; round <= effort.rounds(); round++) {
            for (Scenario scenario : SCENARIOS) {
                for (String stack : stacks) {
                    progress.next(scenario.title() + ", " + Stacks.title(stack));
                    List<String> arguments = new ArrayList<>(List.of(stack, scenario.name(), servers.toString()));
                    arguments.addAll(effort.words());
                    figures.take(scenario.name(), stack, Forks.run(JVM, ThreadFork.class, arguments));
                }
            }
        }
        progress.end();
        return new Section("Two threads", text(stacks, Machine.describe(effort, load)), comparisons(stacks));
    }

    private List<String> text(List<String> stacks, String machine) {
        Table table = new Table(
                "both ends",
                "stack",
                "#one thread, handshakes/s",
                "#two threads, handshakes/s",
                "#two over one",
                "#least to most",
                "#us of CPU a handshake, one thread",
                "#two threads",
                "#time with a processor, one thread",
                "#two threads",
                "#waits for 1,000 handshakes",
                "#not resumed, of 1,000 that should be");
        for (Scenario scenario : SCENARIOS) {
            for (String stack : stacks) {
                Optional<Sample> ratio = figures.sample(scenario.name(), stack, "ratio");
                if (ratio.isPresent()) {
                    table.row(
                            scenario.title(),
                            Stacks.title(stack),
                            cell(scenario, stack, "one-rate", "%.0f"),
                            cell(scenario, stack, "two-rate", "%.0f"),
                            cell(scenario, stack, "ratio", "%.2fx"),
                            ratio.get().range("%.2f"),
                            cell(scenario, stack, "one-cpu", "%.0f"),
                            cell(scenario, stack, "two-cpu", "%.0f"),
                            cell(scenario, stack, "one-share", "%.2f"),
                            cell(scenario, stack, "two-share", "%.2f"),
                            cell(scenario, stack, "waits", "%.1f"),
                            cell(scenario, stack, "missed", "%.1f"));
                }
            }
        }
        List<String> text = new ArrayList<>(List.of(
                machine,
                "",
                "The threads share one client's configuration with its store of tickets, and one server's; each does both ends of its connections. Handshakes are counted by the clock, one thread and two in turn in one JVM: where a share of the time"
                        + " with a processor is much below 1, other programs or the collector had it, and the ratio says little. Waits are those for a lock or another thread, as the JVM counts them. Conscrypt's store of tickets loses some"
                        + " when two threads share it; one in 20 is allowed, and for a single thread none.",
                ""));
        text.addAll(table.lines());
        text.add("");
        text.addAll(figures.lacks());
        return text;
    }

    private String cell(Scenario scenario, String stack, String measure, String format) {
        return figures.cell(scenario.name(), stack, measure, format);
    }

    private List<Comparison> comparisons(List<String> stacks) {
        List<Comparison> all = new ArrayList<>();
        for (Scenario scenario : SCENARIOS) {
            for (String stack : stacks) {
                compare(scenario, stack, "two-rate", ", two threads", "handshakes/s")
                        .ifPresent(all::add);
                compare(scenario, stack, "ratio", ", two threads over one", "x").ifPresent(all::add);
            }
        }
        return all;
    }

    private Optional<Comparison> compare(Scenario scenario, String stack, String measure, String suffix, String unit) {
        Optional<Sample> ours = figures.sample(scenario.name(), Stacks.OURS, measure);
        Optional<Sample> peer = figures.sample(scenario.name(), stack, measure);
        return ours.isEmpty() || peer.isEmpty() || stack.equals(Stacks.OURS)
                ? Optional.empty()
                : Optional.of(Comparison.ofGains(
                        scenario.title() + suffix,
                        unit,
                        ours.get().median(),
                        peer.get().median(),
                        Stacks.title(stack)));
    }
}
