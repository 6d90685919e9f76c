package dev.akushu.bench.thread;

import dev.akushu.bench.harness.Effort;
import dev.akushu.bench.harness.Meter;
import dev.akushu.bench.harness.Warmth;
import dev.akushu.bench.stack.Ends;
import dev.akushu.bench.stack.Scenario;
import dev.akushu.bench.stack.Servers;
import dev.akushu.bench.stack.Shaker;
import dev.akushu.bench.stack.Stack;
import dev.akushu.bench.stack.Stacks;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** One JVM, in which one thread and two threads take turns; the threads share a client's and a server's configuration. Arguments: stack, scenario, the file of the servers, effort. */
final class ThreadFork implements AutoCloseable {
    private static final int SLICES = 5;
    private static final int THREADS = 2;

    /** Of the handshakes of two threads, that may be full where all should be resumed. */
    private static final double MOST_MISSED = 0.05;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final List<Shaker> shakers = new ArrayList<>();

    private ThreadFork(Scenario scenario, Ends ends) {
        for (int i = 0; i < THREADS; i++) {
            shakers.add(new Shaker(scenario, ends, i));
        }
    }

    /**
     * What a thread has done, or several together.
     *
     * @param rate handshakes a second, by the clock
     * @param micros of CPU a handshake
     * @param share of the time in which the threads had a processor
     * @param waits how often a thread waited for something, for 1,000 handshakes
     * @param missed of 1,000 handshakes, those that were full and should have been resumed
     */
    private record Work(double rate, double micros, double share, double waits, double missed) {
        static Work of(long handshakes, long cpu, long clock, long waits, long missed) {
            return new Work(
                    handshakes * 1e9 / clock,
                    cpu / 1e3 / handshakes,
                    (double) cpu / clock,
                    1e3 * waits / handshakes,
                    1e3 * missed / handshakes);
        }
    }

    public static void main(String[] arguments) throws Exception {
        Scenario scenario = Scenario.valueOf(arguments[1]);
        Stack stack = Stacks.of(arguments[0]);
        Optional<String> lack = stack.lack(scenario);
        if (lack.isPresent()) {
            System.out.println("- " + lack.get());
            return;
        }
        Servers servers = Servers.read(Path.of(arguments[2]), 1);
        try (ThreadFork fork = new ThreadFork(scenario, stack.open(scenario, servers, servers.root()))) {
            fork.measure(Effort.of(arguments, 3));
        }
    }

    private void measure(Effort effort) throws InterruptedException, ExecutionException {
        double seconds = effort.seconds() / SLICES;
        warmUp(effort);
        Work[] one = new Work[SLICES];
        Work[] two = new Work[SLICES];
        double[] ratios = new double[SLICES];
        for (int i = 0; i < SLICES; i++) {
            one[i] = run(1, seconds);
            two[i] = run(THREADS, seconds);
            ratios[i] = two[i].rate / one[i].rate;
        }
        print("one-rate", median(Arrays.stream(one).mapToDouble(Work::rate).toArray()));
        print("two-rate", median(Arrays.stream(two).mapToDouble(Work::rate).toArray()));
        print("ratio", median(ratios));
        print("one-cpu", median(Arrays.stream(one).mapToDouble(Work::micros).toArray()));
        print("two-cpu", median(Arrays.stream(two).mapToDouble(Work::micros).toArray()));
        print("one-share", median(Arrays.stream(one).mapToDouble(Work::share).toArray()));
        print("two-share", median(Arrays.stream(two).mapToDouble(Work::share).toArray()) / THREADS);
        print("waits", median(Arrays.stream(two).mapToDouble(Work::waits).toArray()));
        print("missed", Arrays.stream(two).mapToDouble(Work::missed).max().orElseThrow());
    }

    private void warmUp(Effort effort) throws InterruptedException, ExecutionException {
        Warmth warmth = new Warmth();
        int slices = 0;
        do {
            run(THREADS, effort.seconds() / 2);
            slices++;
        } while (slices < effort.longestWarmUp() && !warmth.isReached());
    }

    /** {@code count} threads for {@code seconds} by the clock. */
    private Work run(int count, double seconds) throws InterruptedException, ExecutionException {
        CyclicBarrier start = new CyclicBarrier(count);
        List<Future<long[]>> results = new ArrayList<>();
        for (Shaker shaker : shakers.subList(0, count)) {
            results.add(threads.submit(() -> {
                shaker.prime();
                start.await();
                return shakeHands(shaker, seconds);
            }));
        }
        long[] sums = new long[5];
        for (Future<long[]> result : results) {
            long[] own = result.get();
            Arrays.setAll(sums, i -> sums[i] + own[i]);
        }
        double allowed = count == 1 ? 0 : MOST_MISSED;
        if (sums[4] > allowed * sums[0]) {
            throw new IllegalStateException(
                    sums[4] + " of " + sums[0] + " handshakes of " + count + " threads were not resumed");
        }
        return Work.of(sums[0], sums[1], sums[2] / count, sums[3], sums[4]);
    }

    /** Handshakes, nanoseconds of CPU, by the clock, waits, missed resumptions. */
    private static long[] shakeHands(Shaker shaker, double seconds) throws IOException {
        long waits = waits();
        long cpu = Meter.cpu();
        long start = System.nanoTime();
        long now;
        long count = 0;
        long missed = 0;
        do {
            missed += shaker.runAnyhow() ? 0 : 1;
            count++;
            now = System.nanoTime();
        } while (now - start < seconds * 1e9);
        return new long[] {count, Meter.cpu() - cpu, now - start, waits() - waits, missed};
    }

    private static long waits() {
        ThreadInfo info = ManagementFactory.getThreadMXBean()
                .getThreadInfo(Thread.currentThread().threadId());
        return info.getBlockedCount() + info.getWaitedCount();
    }

    private static double median(double[] values) {
        return Arrays.stream(values).sorted().toArray()[values.length / 2];
    }

    private static void print(String measure, double value) {
        System.out.printf(Locale.ROOT, "%s %.3f%n", measure, value);
    }

    @Override
    public void close() {
        threads.close();
    }
}
