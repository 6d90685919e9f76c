package dev.akushu.bench.record;

import dev.akushu.bench.harness.Bench;
import dev.akushu.bench.harness.Comparison;
import dev.akushu.bench.harness.Effort;
import dev.akushu.bench.harness.Figures;
import dev.akushu.bench.harness.Forks;
import dev.akushu.bench.harness.Lanes;
import dev.akushu.bench.harness.Lanes.Job;
import dev.akushu.bench.harness.Machine;
import dev.akushu.bench.harness.Progress;
import dev.akushu.bench.harness.Table;
import dev.akushu.bench.stack.Stacks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sealing and opening records over established connections, in the heap and outside. */
public final class Records implements Bench {
    /** Sizes of the data of a record; small ones first, which make the cipher warm for all. */
    static final List<Integer> SIZES = List.of(100, 1_024, 16_384);

    /** The cipher alone. */
    static final String FLOOR = "cipher";

    private static final List<String> BUFFERS = List.of("heap", "direct");
    private static final List<String> JVM = List.of("-Xms1g", "-Xmx1g", "-XX:+UseG1GC", "-XX:+AlwaysPreTouch");

    private final Figures figures = new Figures();
    private final List<String> stacks = new ArrayList<>(List.of(FLOOR));

    @Override
    public String name() {
        return "records";
    }

    @Override
    public Section run(Effort effort, Path servers, Progress progress) throws IOException, InterruptedException {
        double load = Machine.load();
        stacks.addAll(Stacks.differentBeyondCurves(effort));
        List<Job> jobs = new ArrayList<>();
        for (int round = 1; round <= effort.rounds(); round++) {
            List<Job> ofRound = new ArrayList<>();
            for (String buffers : BUFFERS) {
                for (String stack : stacks) {
                    ofRound.add(job(buffers, stack, servers, effort));
                }
            }
            Lanes.shuffle(ofRound, round);
            jobs.addAll(ofRound);
        }
        Lanes lanes = Lanes.open();
        progress.begin(name(), jobs.size());
        lanes.run(jobs, progress);
        progress.end();
        return new Section("Records", text(Machine.describe(effort, load) + " " + lanes.described()), comparisons());
    }

    private Job job(String buffers, String stack, Path servers, Effort effort) {
        List<String> arguments = new ArrayList<>(List.of(stack, buffers, servers.toString()));
        // Three sizes a JVM, and little to compile.
        arguments.addAll(effort.shorter(2).words());
        return new Job(
                title(stack) + ", " + buffers,
                Forks.command(JVM, RecordFork.class, arguments),
                lines -> figures.take(buffers, stack, lines));
    }

    private static String title(String stack) {
        return stack.equals(FLOOR) ? "the JDK's cipher alone" : Stacks.title(stack);
    }

    private List<String> text(String machine) {
        Table table = new Table(
                "octets",
                "buffers",
                "stack",
                "#records",
                "#seal, ns of CPU",
                "#least to most",
                "#Akushu is faster by",
                "#open, ns of CPU",
                "#least to most",
                "#Akushu is faster by",
                "#allocated to seal, B",
                "#to open, B");
        for (int size : SIZES) {
            for (String buffers : BUFFERS) {
                for (String stack : stacks) {
                    table.row(
                            size,
                            buffers,
                            title(stack),
                            cell(buffers, stack, size + "-records"),
                            cell(buffers, stack, size + "-seal-ns"),
                            range(buffers, stack, size + "-seal-ns"),
                            figures.ratio(buffers, stack, size + "-seal-ns"),
                            cell(buffers, stack, size + "-open-ns"),
                            range(buffers, stack, size + "-open-ns"),
                            figures.ratio(buffers, stack, size + "-open-ns"),
                            cell(buffers, stack, size + "-seal-bytes"),
                            cell(buffers, stack, size + "-open-bytes"));
                }
            }
        }
        List<String> text = new ArrayList<>(List.of(
                machine,
                "",
                "TLS_AES_128_GCM_SHA256, both ends of a stack over a whole connection, data of a record's size at a time. Records are counted on the wire (SunJSSE needs two for 16 KiB), what comes out is compared with what went in, and a record with one bit changed must be refused."
                        + " \"The JDK's cipher alone\" does Cipher.init, updateAAD and doFinal for each record and nothing else, of the content and the octet of its type that TLS 1.3 encrypts behind it (behind 1,024 and 16,384 octets it begins a block of its own): what it takes and allocates, no stack on the JDK's AES-GCM can do without.",
                ""));
        text.addAll(table.lines());
        return text;
    }

    private String cell(String buffers, String stack, String measure) {
        return figures.cell(buffers, stack, measure, "%.0f");
    }

    private String range(String buffers, String stack, String measure) {
        return figures.sample(buffers, stack, measure)
                .map(sample -> sample.range("%.0f"))
                .orElse("");
    }

    private List<Comparison> comparisons() {
        List<Comparison> all = new ArrayList<>();
        for (int size : SIZES) {
            for (String buffers : BUFFERS) {
                for (String stack : stacks) {
                    for (String what : List.of("seal", "open")) {
                        String name = size + " B, " + buffers + ", " + what;
                        compare(name, buffers, stack, size + "-" + what + "-ns", "ns")
                                .ifPresent(all::add);
                        compare(name + ", allocated", buffers, stack, size + "-" + what + "-bytes", "B")
                                .ifPresent(all::add);
                    }
                }
            }
        }
        return all;
    }

    private Optional<Comparison> compare(String name, String buffers, String stack, String measure, String unit) {
        return figures.comparison(name, buffers, stack, measure, unit, title(stack));
    }
}
