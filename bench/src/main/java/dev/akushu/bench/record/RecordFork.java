package dev.akushu.bench.record;

import dev.akushu.bench.harness.Effort;
import dev.akushu.bench.harness.Meter;
import dev.akushu.bench.stack.Ends;
import dev.akushu.bench.stack.Scenario;
import dev.akushu.bench.stack.Servers;
import dev.akushu.bench.stack.Shaker;
import dev.akushu.bench.stack.Stack;
import dev.akushu.bench.stack.Stacks;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Locale;

/** One JVM, which measures one stack with one kind of buffers: nanoseconds and bytes a record, to seal and to open. Arguments: stack, {@code heap} or {@code direct}, the file of the servers, effort. */
final class RecordFork {
    private RecordFork() {}

    public static void main(String[] arguments) throws GeneralSecurityException, IOException {
        boolean direct = arguments[1].equals("direct");
        Effort effort = Effort.of(arguments, 3);
        Lane.Source source = source(arguments[0], Path.of(arguments[2]));
        for (int size : Records.SIZES) {
            Batches batches = new Batches(source, size, direct);
            double[] nanos = Meter.medians(batches::slice, effort);
            print(size, "seal-ns", nanos[0]);
            print(size, "open-ns", nanos[1]);
            print(size, "seal-bytes", (double) batches.bytesToSeal());
            print(size, "open-bytes", (double) batches.bytesToOpen());
            print(size, "records", batches.records());
            batches.requireAuthenticity();
        }
    }

    private static Lane.Source source(String stack, Path servers) throws GeneralSecurityException, IOException {
        if (stack.equals(Records.FLOOR)) {
            return CipherLane::new;
        }
        Stack opened = Stacks.of(stack);
        Servers one = Servers.read(servers, 1);
        Ends ends = opened.open(Scenario.SAME_SERVER, one, one.root());
        Shaker shaker = new Shaker(Scenario.SAME_SERVER, ends, 0);
        return () -> Lane.of(shaker.connect());
    }

    private static void print(int size, String measure, double value) {
        System.out.printf(Locale.ROOT, "%d-%s %.1f%n", size, measure, value);
    }
}
