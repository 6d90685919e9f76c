package dev.akushu.bench;

import dev.akushu.fleet.Fleet;
import dev.akushu.fleet.KeyEncryptionKey;
import dev.akushu.tls.Bytes;
import dev.akushu.tls.ReplayGuard;
import dev.akushu.tls.TicketKeyFiles;
import dev.akushu.tls.TicketKeyRing;
import dev.akushu.tls.TlsException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One JVM with Ticket Keys in one place. Prints a line a figure: its name, {@code =}, the figure. Arguments: the place, the seconds to measure each, the port of Redis. */
final class FleetFork {
    private static final ThreadMXBean THREAD = ManagementFactory.getThreadMXBean();
    private static final int WARM_UP = 3_000;

    /** A server with a new store, or keys from elsewhere, takes no early data at first. */
    private static final int MOST_WAITS = 60;

    private FleetFork() {}

    /** Something measured, as a rule a handshake. */
    private interface Task {
        void run() throws Exception;
    }

    static void run(String place, double seconds, int port) throws Exception {
        switch (place) {
            case FleetTickets.MEMORY -> measure(new FleetHandshake(UnaryOperator.identity()), seconds, null);
            case FleetTickets.FILE -> {
                Path folder = Files.createTempDirectory("akushu-bench-");
                Path file = folder.resolve("keys");
                TicketKeyRing ring =
                        TicketKeyRing.EMPTY.rotated(Instant.now(), TicketKeyRing.Rotation.DEFAULT, new SecureRandom());
                TicketKeyFiles.write(file, ring);
                measure(new FleetHandshake(server -> server.ticketKeys(filed(file))), seconds, null);
                Files.delete(file);
                Files.delete(folder);
            }
            default -> {
                KeyEncryptionKey wrapping = KeyEncryptionKey.of(List.of(new byte[KeyEncryptionKey.LENGTH]));
                try (Fleet fleet = Fleet.at("redis://127.0.0.1:" + port + "/bench", wrapping)
                        .start()) {
                    if (!fleet.awaitJoined(Duration.ofSeconds(20))) {
                        throw new IllegalStateException("the store is not there");
                    }
                    measure(new FleetHandshake(fleet::join), seconds, new StoreCount(port));
                    guard(fleet.replayGuard());
                }
            }
        }
    }

    private static TicketKeyFiles filed(Path file) {
        try {
            return TicketKeyFiles.of(List.of(file));
        } catch (TlsException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static void measure(FleetHandshake handshake, double seconds, @Nullable StoreCount store) throws Exception {
        measure("full", seconds, store, handshake::full);
        measure("resumed", seconds, store, handshake::resumed);
        for (int i = 0; !handshake.early(); i++) {
            if (i == MOST_WAITS) {
                throw new IllegalStateException("the server takes no early data");
            }
            TimeUnit.SECONDS.sleep(1);
        }
        int[] refused = new int[1];
        measure("early", seconds, store, () -> refused[0] += handshake.early() ? 0 : 1);
        print("early refused", refused[0]);
    }

    private static void measure(String name, double seconds, @Nullable StoreCount store, Task task) throws Exception {
        for (int i = 0; i < WARM_UP; i++) {
            task.run();
        }
        long scripts = store == null ? 0 : store.scripts();
        long bytes = store == null ? 0 : store.bytes();
        long start = System.nanoTime();
        long startCpu = THREAD.getCurrentThreadCpuTime();
        int count = 0;
        long now;
        do {
            task.run();
            count++;
            now = System.nanoTime();
        } while (now - start < seconds * 1e9);
        print(name + " cpu", (THREAD.getCurrentThreadCpuTime() - startCpu) / 1e3 / count);
        print(name + " clock", (now - start) / 1e3 / count);
        print(name + " a second", count * 1e9 / (now - start));
        if (store != null) {
            print(name + " scripts", (double) (store.scripts() - scripts) / count);
            print(name + " bytes", (double) (store.bytes() - bytes) / count);
        }
    }

    /** How long the guard takes by itself. */
    private static void guard(ReplayGuard guard) {
        SecureRandom random = new SecureRandom();
        double[] micros = new double[WARM_UP];
        for (int i = 0; i < 2 * WARM_UP; i++) {
            byte[] id = new byte[32];
            random.nextBytes(id);
            Instant time = Instant.now();
            ReplayGuard.Hello hello = new ReplayGuard.Hello(Bytes.wrap(id), time, time, Duration.ofSeconds(10));
            long start = System.nanoTime();
            guard.check(hello).toCompletableFuture().join();
            micros[i % WARM_UP] = (System.nanoTime() - start) / 1e3;
        }
        Arrays.sort(micros);
        print("guard median", micros[WARM_UP / 2]);
        print("guard 99 %", micros[WARM_UP * 99 / 100]);
    }

    private static void print(String name, double figure) {
        System.out.printf(Locale.ROOT, "%s=%.4f%n", name, figure);
    }
}
