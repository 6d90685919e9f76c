package dev.akushu.bench.idle;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.akushu.bench.stack.End;
import dev.akushu.bench.stack.Ends;
import dev.akushu.bench.stack.Scenario;
import dev.akushu.bench.stack.Servers;
import dev.akushu.bench.stack.Shaker;
import dev.akushu.bench.stack.Shaker.Pair;
import dev.akushu.bench.stack.Stacks;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/** One JVM with many connections of one stack: bytes that a pair keeps in the heap and outside. Arguments: stack, the file of the servers, the number of pairs. */
final class IdleFork {
    private static final UnixOperatingSystemMXBean SYSTEM =
            (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final int WARM_UP = 500;
    private static final int COLLECTIONS = 6;
    private static final Duration PAUSE = Duration.ofMillis(100);

    /** Conscrypt takes two an engine; a few are for others. */
    private static final int DESCRIPTORS_A_PAIR = 5;

    private IdleFork() {}

    private record Memory(long heap, long outside, long descriptors) {
        /** Once everything has gone that can go. Outside the heap is what the process has, as its heap is there in whole from the beginning. */
        static Memory now() throws IOException, InterruptedException {
            long heap = Long.MAX_VALUE;
            for (int i = 0; i < COLLECTIONS; i++) {
                System.gc();
                // Cleaners and finalizers, which natives have, work behind the collector.
                Thread.sleep(PAUSE);
                heap = Math.min(
                        heap,
                        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
            }
            return new Memory(heap, resident(), SYSTEM.getOpenFileDescriptorCount());
        }

        private static long resident() throws IOException {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst()
                    .orElseThrow(() -> new IOException("/proc/self/status has no VmRSS"));
        }
    }

    public static void main(String[] arguments) throws GeneralSecurityException, IOException, InterruptedException {
        int count =
                (int) Math.min(Long.parseLong(arguments[2]), SYSTEM.getMaxFileDescriptorCount() / DESCRIPTORS_A_PAIR);
        Servers servers = Servers.read(Path.of(arguments[1]), 1);
        Ends ends = Stacks.of(arguments[0]).open(Scenario.SAME_SERVER, servers, servers.root());
        Shaker shaker = new Shaker(Scenario.SAME_SERVER, ends, 0);
        for (int i = 0; i < WARM_UP; i++) {
            shaker.run();
        }
        End[] clients = new End[count];
        End[] all = new End[count];
        Memory before = Memory.now();
        for (int i = 0; i < count; i++) {
            Pair pair = shaker.connect();
            pair.client().rest();
            pair.server().rest();
            clients[i] = pair.client();
            all[i] = pair.server();
        }
        Memory after = Memory.now();
        print("heap", after.heap - before.heap, count);
        print("outside", after.outside - before.outside, count);
        print("sum", after.heap - before.heap + after.outside - before.outside, count);
        print("descriptors", after.descriptors - before.descriptors, count);
        // They must all be there, and be connections still.
        for (int i = 0; i < count; i++) {
            Pair pair = new Pair(clients[i], all[i]);
            shaker.exchange(pair);
            pair.client().rest();
            pair.server().rest();
        }
        if (!ends.areNative()) {
            Arrays.fill(clients, null);
            print("server", Memory.now().heap - before.heap, count);
        }
        for (End server : all) {
            server.release();
        }
    }

    private static void print(String measure, long total, int count) {
        System.out.printf(Locale.ROOT, "%s %.1f%n", measure, (double) total / count);
    }
}
