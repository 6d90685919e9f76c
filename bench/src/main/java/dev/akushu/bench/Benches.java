package dev.akushu.bench;

import dev.akushu.bench.cold.Cold;
import dev.akushu.bench.handshake.Handshakes;
import dev.akushu.bench.harness.Bench;
import dev.akushu.bench.harness.Bench.Section;
import dev.akushu.bench.harness.Effort;
import dev.akushu.bench.harness.Progress;
import dev.akushu.bench.harness.Results;
import dev.akushu.bench.https.Https;
import dev.akushu.bench.idle.Idle;
import dev.akushu.bench.record.Records;
import dev.akushu.bench.stack.Scenario;
import dev.akushu.bench.stack.ServerMaker;
import dev.akushu.bench.thread.Threads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

/** What {@code bench/run} runs: the stacks side by side. Arguments: the folder for the results, {@code full} or {@code quick}, {@code json} or {@code text}, the names of the benches. */
final class Benches {
    private static final List<Bench> ALL =
            List.of(new Handshakes(), new Records(), new Idle(), new Cold(), new Threads(), new Https());

    private Benches() {}

    public static void main(String[] arguments) throws IOException, InterruptedException, GeneralSecurityException {
        Results results = new Results(Path.of(arguments[0]));
        Effort effort = arguments[1].equals("quick") ? Effort.QUICK : Effort.FULL;
        boolean isJson = arguments[2].equals("json");
        List<String> names = List.of(arguments).subList(3, arguments.length);
        Progress progress = new Progress(Boolean.getBoolean("akushu.bench.terminal"));
        Path servers = Files.createTempFile("akushu-bench-", ".servers");
        List<Object> entries = new ArrayList<>();
        try {
            ServerMaker.create(Scenario.NEW_SERVER.servers()).write(servers);
            for (Bench bench : ALL) {
                if (names.contains(bench.name())) {
                    Section section = bench.run(effort, servers, progress);
                    results.put(bench, section);
                    entries.addAll(Results.entries(bench, section));
                    if (!isJson) {
                        System.out.printf("## %s%n%n%s%n%n", section.title(), String.join("\n", section.text()));
                    }
                }
            }
        } finally {
            Files.delete(servers);
        }
        if (isJson) {
            System.out.print(Results.json(entries));
        }
    }
}
