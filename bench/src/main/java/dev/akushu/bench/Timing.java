package dev.akushu.bench;

import dev.akushu.bench.Leak.Secretive;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Times of an operation with a fixed secret and with random ones, mixed at random, compared by Welch's t: of all times, and of those below several percentiles, because what
 * interrupts a program makes long times. CPU time of the thread, for the same reason.
 */
final class Timing {
    /** From here on |t| is no accident. */
    static final double LEAK = 5;

    private static final double[] PERCENTILES = {0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 1};
    private static final int WARM_UP = 20_000;
    private static final ThreadMXBean THREAD = ManagementFactory.getThreadMXBean();

    private static volatile Object sink = "";

    private Timing() {}

    /** The t that is farthest from 0. */
    static double greatestT(int samples, byte[] fixed, Function<RandomGenerator, byte[]> random, Secretive operation) {
        RandomGenerator generator = new SplittableRandom(5);
        for (int i = 0; i < WARM_UP; i++) {
            sink = operation.with(random.apply(generator));
        }
        long[] times = new long[samples];
        boolean[] isFixed = new boolean[samples];
        for (int i = 0; i < samples; i++) {
            // Both are made, whichever is used, and copied: what lies where in memory must not tell them apart.
            byte[][] secrets = {random.apply(generator), fixed.clone()};
            isFixed[i] = generator.nextBoolean();
            byte[] secret = secrets[isFixed[i] ? 1 : 0].clone();
            long start = THREAD.getCurrentThreadCpuTime();
            sink = operation.with(secret);
            times[i] = THREAD.getCurrentThreadCpuTime() - start;
        }
        if (sink.equals("")) {
            throw new IllegalStateException("nothing was done");
        }
        long[] sorted = times.clone();
        Arrays.sort(sorted);
        double greatest = 0;
        for (double percentile : PERCENTILES) {
            double t = welch(times, isFixed, sorted[(int) ((samples - 1) * percentile)]);
            greatest = Math.abs(t) > Math.abs(greatest) ? t : greatest;
        }
        return greatest;
    }

    private static double welch(long[] times, boolean[] isFixed, long limit) {
        double[] mean = new double[2];
        double[] squares = new double[2];
        int[] count = new int[2];
        for (int i = 0; i < times.length; i++) {
            if (times[i] <= limit) {
                int group = isFixed[i] ? 1 : 0;
                count[group]++;
                double distance = times[i] - mean[group];
                mean[group] += distance / count[group];
                squares[group] += distance * (times[i] - mean[group]);
            }
        }
        double variance = squares[0] / count[0] / count[0] + squares[1] / count[1] / count[1];
        return variance == 0 ? 0 : (mean[0] - mean[1]) / Math.sqrt(variance);
    }
}
