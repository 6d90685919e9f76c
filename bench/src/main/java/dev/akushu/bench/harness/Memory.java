package dev.akushu.bench.harness;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What this JVM takes.
 *
 * @param heap octets in use
 * @param resident octets of the whole process; where the heap is there in whole from the beginning, what it grows by is outside
 * @param descriptors files and sockets that are open
 */
public record Memory(long heap, long resident, long descriptors) {
    private static final UnixOperatingSystemMXBean SYSTEM =
            (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final int COLLECTIONS = 6;
    private static final Duration PAUSE = Duration.ofMillis(100);

    /** Once everything has gone that can go. */
    public static Memory now() throws IOException, InterruptedException {
        long heap = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            // Cleaners and finalizers, which natives have, work behind the collector.
            Thread.sleep(PAUSE);
            heap = Math.min(
                    heap,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return new Memory(heap, residentNow(), SYSTEM.getOpenFileDescriptorCount());
    }

    /** How many files and sockets this process may open. */
    public static long mostDescriptors() {
        return SYSTEM.getMaxFileDescriptorCount();
    }

    private static long residentNow() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                .findFirst()
                .orElseThrow(() -> new IOException("/proc/self/status has no VmRSS"));
    }
}
