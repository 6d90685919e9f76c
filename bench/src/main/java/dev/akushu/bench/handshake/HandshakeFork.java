package dev.akushu.bench.handshake;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * One JVM, which measures one scenario of one stack: CPU time of the thread that drives both ends, and bytes it allocates in the heap. Prints a line: microseconds, bytes.
 * Arguments: stack, scenario, seconds of CPU to measure.
 */
final class HandshakeFork {
    private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int SLICES = 9;

    /** Warm is who has not become faster by more than this part of its time, twice in a row. */
    private static final double STEADY = 0.03;

    private static final int LONGEST_WARM_UP = 12;

    private HandshakeFork() {}

    public static void main(String[] arguments) throws GeneralSecurityException, IOException {
        Scenario scenario = Scenario.valueOf(arguments[1]);
        Stack stack = Stacks.of(arguments[0]);
        Optional<String> lack = stack.lack(scenario);
        if (lack.isPresent()) {
            System.out.println("- " + lack.get());
            return;
        }
        Servers servers = Servers.create(scenario.servers());
        Stack.Shaker shaker = stack.open(scenario, servers, servers.root());
        requireVerification(stack, scenario, servers);
        if (scenario.isResumed()) {
            first(shaker);
        }
        double seconds = Double.parseDouble(arguments[2]);
        warmUp(shaker, seconds / 2);
        double[] micros = new double[SLICES];
        for (int i = 0; i < SLICES; i++) {
            micros[i] = slice(shaker, seconds / SLICES);
        }
        Arrays.sort(micros);
        System.out.printf(Locale.ROOT, "%.2f %d%n", micros[SLICES / 2], allocated(shaker));
    }

    /** A client that trusts another root must refuse all of them, or nothing is worth anything. */
    private static void requireVerification(Stack stack, Scenario scenario, Servers servers)
            throws GeneralSecurityException, IOException {
        X509Certificate stranger = Servers.strangeRoot();
        Stack.Shaker shaker = stack.open(
                scenario.isResumed() ? Scenario.SAME_SERVER : scenario,
                new Servers(stranger, servers.all().subList(0, 1)),
                stranger);
        try {
            shaker.run();
        } catch (IOException refused) {
            return;
        }
        throw new IllegalStateException(stack.name() + " verifies no certificate");
    }

    /** The one that brings the ticket. */
    private static void first(Stack.Shaker shaker) throws IOException {
        try {
            shaker.run();
        } catch (IllegalStateException _) {
            // It was not resumed, as is right.
            return;
        }
        throw new IllegalStateException("the first handshake was resumed");
    }

    private static void warmUp(Stack.Shaker shaker, double seconds) throws IOException {
        double last = Double.MAX_VALUE;
        int steady = 0;
        for (int i = 0; i < LONGEST_WARM_UP && steady < 2; i++) {
            double now = slice(shaker, seconds);
            steady = now > last * (1 - STEADY) ? steady + 1 : 0;
            last = now;
        }
    }

    private static double slice(Stack.Shaker shaker, double seconds) throws IOException {
        long start = THREAD.getCurrentThreadCpuTime();
        long now;
        int count = 0;
        do {
            shaker.run();
            count++;
            now = THREAD.getCurrentThreadCpuTime();
        } while (now - start < seconds * 1e9);
        return (now - start) / 1e3 / count;
    }

    private static long allocated(Stack.Shaker shaker) throws IOException {
        int count = 100;
        long before = THREAD.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < count; i++) {
            shaker.run();
        }
        return (THREAD.getCurrentThreadAllocatedBytes() - before) / count;
    }
}
