package dev.akushu.bench.idle;

import dev.akushu.bench.harness.Bench;
import dev.akushu.bench.harness.Comparison;
import dev.akushu.bench.harness.Effort;
import dev.akushu.bench.harness.Figures;
import dev.akushu.bench.harness.Forks;
import dev.akushu.bench.harness.Machine;
import dev.akushu.bench.harness.Progress;
import dev.akushu.bench.harness.Table;
import dev.akushu.bench.stack.Stack;
import dev.akushu.bench.stack.Stacks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The memory of connections that do nothing. */
public final class Idle implements Bench {
    private static final int PAIRS = 10_000;
    private static final int FEW_PAIRS = 500;

    /** The heap is there in whole from the beginning, and one simple compiler is soon done: what the process grows by are the connections. */
    private static final List<String> JVM = List.of(
            Stack.TWO_TICKETS,
            "-XX:+UseSerialGC",
            "-Xms1500m",
            "-Xmx1500m",
            "-XX:+AlwaysPreTouch",
            "-XX:TieredStopAtLevel=1");

    private static final Map<String, String> COMPARED =
            Map.of("heap", "a pair, heap", "sum", "a pair, heap and outside", "server", "a server, heap");

    private final Figures figures = new Figures();

    @Override
    public String name() {
        return "idle";
    }

    @Override
    public Section run(Effort effort, Path servers, Progress progress) throws IOException, InterruptedException {
        double load = Machine.load();
        List<String> stacks = Stacks.differentBeyondCurves(effort);
        int pairs = effort.isQuick() ? FEW_PAIRS : PAIRS;
        progress.begin(name(), effort.rounds() * stacks.size());
        for (int round = 1; round <= effort.rounds(); round++) {
            for (String stack : stacks) {
                progress.next(Stacks.title(stack));
                figures.take(
                        "",
                        stack,
                        Forks.run(JVM, IdleFork.class, List.of(stack, servers.toString(), String.valueOf(pairs))));
            }
        }
        progress.end();
        return new Section(
                "Idle connections", text(stacks, pairs, Machine.describe(effort, load)), comparisons(stacks));
    }

    private List<String> text(List<String> stacks, int pairs, String machine) {
        Table table = new Table(
                "stack",
                "#a pair, heap, B",
                "#its server alone, B",
                "#a pair, outside the heap, B",
                "#sum, B",
                "#least to most",
                "#Akushu needs less by",
                "#descriptors a pair");
        for (String stack : stacks) {
            table.row(
                    Stacks.title(stack),
                    figures.cell("", stack, "heap", "%.0f"),
                    figures.cell("", stack, "server", "%.0f"),
                    figures.cell("", stack, "outside", "%.0f"),
                    figures.cell("", stack, "sum", "%.0f"),
                    figures.sample("", stack, "sum")
                            .map(sum -> sum.range("%.0f"))
                            .orElse(""),
                    figures.ratio("", stack, "sum"),
                    figures.cell("", stack, "descriptors", "%.1f"));
        }
        List<String> text = new ArrayList<>(List.of(
                machine,
                "",
                pairs
                        + " pairs of one client and one server, after a full handshake, two tickets (BCJSSE sends none) and 16 octets each way: what the heap holds after collection, and what the process has grown by outside it (VmRSS, half a megabyte in all is noise)."
                        + " Afterwards all of them must pass data once more. Ours are told to let go of buffers (`TlsEngine.releaseBuffers`); SSLEngines of ours do so by themselves, all but 2,048 of a JVM. The parsed certificates of one server are shared by all pairs.",
                ""));
        text.addAll(table.lines());
        return text;
    }

    private List<Comparison> comparisons(List<String> stacks) {
        List<Comparison> all = new ArrayList<>();
        for (String stack : stacks) {
            for (String measure : List.of("heap", "server", "sum")) {
                figures.comparison(
                                Objects.requireNonNull(COMPARED.get(measure)),
                                "",
                                stack,
                                measure,
                                "B",
                                Stacks.title(stack))
                        .ifPresent(all::add);
            }
        }
        return all;
    }
}
