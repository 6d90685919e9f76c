package dev.akushu.bench.harness;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.security.GeneralSecurityException;
import java.util.Arrays;

/**
 * CPU time of the measuring thread, and bytes it allocates in the heap. CPU time, since other programs on the machine disturb it far less than the time on the clock.
 */
public final class Meter {
    private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int SLICES = 9;

    /** Who has not become faster by more than this part of the time within as many slices is steady. */
    private static final double STEADY = 0.03;

    private static final int LULL = 3;

    private static final int ALLOCATING = 100;

    private Meter() {}

    /** What is measured. */
    @FunctionalInterface
    public interface Task {
        /** Does it once. */
        void run() throws IOException;
    }

    /** What is measured, if one repetition has several parts. */
    @FunctionalInterface
    public interface Slicer {
        /** The parts' times an operation, over {@code seconds} of CPU in all. */
        double[] slice(double seconds) throws IOException, GeneralSecurityException;
    }

    /** Nanoseconds of CPU of this thread until now. */
    public static long cpu() {
        return THREAD.getCurrentThreadCpuTime();
    }

    /** Bytes that this thread has allocated until now. */
    public static long allocated() {
        return THREAD.getCurrentThreadAllocatedBytes();
    }

    /** Microseconds of CPU that {@code task} takes when warm. */
    public static double micros(Task task, Effort effort) throws IOException, GeneralSecurityException {
        return medians(
                seconds -> {
                    long start = cpu();
                    long now;
                    int count = 0;
                    do {
                        task.run();
                        count++;
                        now = cpu();
                    } while (now - start < seconds * 1e9);
                    return new double[] {(now - start) / 1e3 / count};
                },
                effort)[0];
    }

    /** The medians of the parts' times, when warm. */
    public static double[] medians(Slicer slicer, Effort effort) throws IOException, GeneralSecurityException {
        warmUp(slicer, effort);
        double[][] slices = new double[SLICES][];
        for (int i = 0; i < SLICES; i++) {
            slices[i] = slicer.slice(effort.seconds() / SLICES);
        }
        double[] medians = new double[slices[0].length];
        for (int part = 0; part < medians.length; part++) {
            int number = part;
            medians[part] = Arrays.stream(slices)
                    .mapToDouble(slice -> slice[number])
                    .sorted()
                    .toArray()[SLICES / 2];
        }
        return medians;
    }

    /** Whoever works slowly gives the compilers little to do: so the times must have become steady, too. */
    private static void warmUp(Slicer slicer, Effort effort) throws IOException, GeneralSecurityException {
        Warmth warmth = new Warmth();
        double best = Double.MAX_VALUE;
        int lull = 0;
        boolean isCalm = false;
        for (int i = 0; i < effort.longestWarmUp() && !(isCalm && lull >= LULL); i++) {
            double now = Arrays.stream(slicer.slice(effort.seconds() / 2)).sum();
            if (now < best * (1 - STEADY)) {
                best = now;
                lull = 0;
            } else {
                lull++;
            }
            isCalm = warmth.isReached();
        }
    }

    /** Bytes that {@code task} allocates in this thread. */
    public static long bytes(Task task) throws IOException {
        long before = allocated();
        for (int i = 0; i < ALLOCATING; i++) {
            task.run();
        }
        return (allocated() - before) / ALLOCATING;
    }
}
