package dev.akushu.bench.harness;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/** Where and with what was measured. */
public final class Machine {
    private Machine() {}

    /** Load of the last minute. */
    public static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    /** One paragraph. */
    public static String describe(Effort effort, double loadBefore) throws IOException {
        return String.format(
                Locale.ROOT,
                "%s%s, commit %s. %s, %d threads, load %.1f before and %.1f after; %s %s. Peers: %s. %d round%s.",
                effort.isQuick() ? "**A look (`--quick`): one short round; figures may be off by half.** " : "",
                LocalDate.now(ZoneOffset.UTC),
                System.getProperty("akushu.bench.commit", "unknown"),
                processor(),
                Runtime.getRuntime().availableProcessors(),
                loadBefore,
                load(),
                System.getProperty("java.vm.name"),
                System.getProperty("java.vm.version"),
                System.getProperty("akushu.bench.peers", "unknown"),
                effort.rounds(),
                effort.rounds() == 1 ? "" : "s");
    }

    private static String processor() throws IOException {
        Path info = Path.of("/proc/cpuinfo");
        if (!Files.exists(info)) {
            return System.getProperty("os.arch");
        }
        return Files.readAllLines(info).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 2))
                .findFirst()
                .orElse(System.getProperty("os.arch"));
    }
}
