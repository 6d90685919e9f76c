package dev.akushu.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Locale;

/**
 * One JVM, which measures one contender: CPU time of the measuring thread and bytes it allocates, an operation. CPU time, since other
 * programs on the machine disturb it far less than the time on the clock. Prints a line an operation: name, microseconds, bytes.
 */
final class Fork {
    private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int SLICES = 11;
    private static final int COLD = 50;

    private static volatile Object sink = "";

    private Fork() {}

    /** Arguments: contender; seconds to warm up each operation, or {@code cold}, a key and its signature. */
    public static void main(String[] arguments) throws GeneralSecurityException {
        if (arguments[1].equals("cold")) {
            cold(Contenders.of(arguments[0]), Keys.Signed.of(arguments[2], arguments[3]));
            return;
        }
        double warmUp = Double.parseDouble(arguments[1]);
        Contender contender = Contenders.of(arguments[0]);
        for (Operation operation : Operation.values()) {
            measure(contender, operation, warmUp);
        }
    }

    private static void measure(Contender contender, Operation operation, double warmUp) {
        try {
            Task task = contender.task(operation);
            slice(task, warmUp);
            double[] micros = new double[SLICES];
            for (int i = 0; i < SLICES; i++) {
                micros[i] = slice(task, warmUp / SLICES);
            }
            Arrays.sort(micros);
            System.out.printf(Locale.ROOT, "%s %.3f %d%n", operation, micros[SLICES / 2], allocated(task));
        } catch (GeneralSecurityException cannot) {
            System.out.printf("%s - %s%n", operation, cannot.toString().replace('\n', ' '));
        }
    }

    /** Microseconds of CPU an operation, over {@code seconds} of CPU. */
    private static double slice(Task task, double seconds) throws GeneralSecurityException {
        long start = THREAD.getCurrentThreadCpuTime();
        long end = start + (long) (seconds * 1e9);
        long now;
        int count = 0;
        do {
            for (int i = 0; i < 10; i++) {
                sink = task.run();
            }
            count += 10;
            now = THREAD.getCurrentThreadCpuTime();
        } while (now < end);
        return (now - start) / 1e3 / count;
    }

    private static long allocated(Task task) throws GeneralSecurityException {
        int count = 100;
        long before = THREAD.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < count; i++) {
            sink = task.run();
        }
        return (THREAD.getCurrentThreadAllocatedBytes() - before) / count;
    }

    /** Milliseconds of CPU for the first verifications by ECDSA on P-256 of this JVM, under one key. */
    private static void cold(Contender contender, Keys.Signed signed) throws GeneralSecurityException {
        long start = THREAD.getCurrentThreadCpuTime();
        Task task = contender.verify(signed);
        for (int i = 0; i < COLD; i++) {
            sink = task.run();
        }
        if (sink.equals("")) {
            throw new IllegalStateException("nothing was verified");
        }
        System.out.printf(Locale.ROOT, "COLD %.3f%n", (THREAD.getCurrentThreadCpuTime() - start) / 1e6);
    }
}
