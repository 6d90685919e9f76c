package dev.akushu.bench.soak;

import dev.akushu.bench.harness.Forks;
import dev.akushu.bench.harness.Memory;
import dev.akushu.bench.stack.ServerMaker;
import dev.akushu.bench.stack.Servers;
import dev.akushu.tls.TlsConnection;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Connections that do nothing, and others that come and go beside them, over sockets between two JVMs. Memory is looked at once a minute; the run fails if it grows, if a client does not get what it came
 * for, or if a connection that did nothing is no connection any more at the end. Arguments: minutes, connections that do nothing.
 */
final class Soak {
    private static final int THREADS = 2;
    private static final Duration BETWEEN = Duration.ofMinutes(1);

    /** The first minutes, in which code is compiled and pools fill, are not compared. */
    private static final int WARM_UP = 3;

    /** Fewer say nothing. */
    private static final int LEAST_SAMPLES = 6;

    /** For jars, and for connections that come and go. */
    private static final int SPARE_DESCRIPTORS = 500;

    /** What is compared. */
    private static final List<Measure> MEASURES = List.of(
            new Measure("the client's heap", sample -> sample.client.heap(), 2L << 20),
            new Measure("the client's process", sample -> sample.client.resident(), 24L << 20),
            new Measure("the client's descriptors", sample -> sample.client.descriptors(), 50),
            new Measure("the server's heap", sample -> sample.server.heap(), 2L << 20),
            new Measure("the server's process", sample -> sample.server.resident(), 24L << 20),
            new Measure("the server's descriptors", sample -> sample.server.descriptors(), 50));

    private final int minutes;
    private final int idle;
    private final Churn churn;
    private final BufferedReader answers;
    private final BufferedWriter questions;
    private final List<Sample> samples = new ArrayList<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final Map<Churn.Kind, Long> before = new EnumMap<>(Churn.Kind.class);

    /** Both JVMs at one moment. */
    private record Sample(Memory client, Memory server) {}

    /**
     * One that may not grow.
     *
     * @param noise by how much it may: a collector does not leave the same each time
     */
    private record Measure(String what, ToLongFunction<Sample> of, long noise) {}

    private Soak(int minutes, int idle, Churn churn, BufferedReader answers, BufferedWriter questions) {
        this.minutes = minutes;
        this.idle = idle;
        this.churn = churn;
        this.answers = answers;
        this.questions = questions;
    }

    public static void main(String[] arguments) throws GeneralSecurityException, IOException, InterruptedException {
        int minutes = Integer.parseInt(arguments[0]);
        int idle = Integer.parseInt(arguments[1]);
        if (Memory.mostDescriptors() < idle + SPARE_DESCRIPTORS) {
            System.err.printf(
                    "A process may open %d files here, and %d are needed: raise that by ulimit -n, or take fewer by --idle.%n",
                    Memory.mostDescriptors(), idle + SPARE_DESCRIPTORS);
            System.exit(2);
        }
        Path file = Files.createTempFile("akushu-soak", ".servers");
        Servers servers = ServerMaker.create(1);
        servers.write(file);
        Process server = new ProcessBuilder(
                        Forks.java(),
                        "-Xms2g",
                        "-Xmx2g",
                        "-XX:+AlwaysPreTouch",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SoakServer.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        boolean isGood;
        try (BufferedReader answers = server.inputReader();
                BufferedWriter questions = server.outputWriter()) {
            String port = answers.readLine();
            if (port == null) {
                throw new IOException("The server did not start");
            }
            isGood = new Soak(minutes, idle, new Churn(servers, Integer.parseInt(port)), answers, questions).run();
        } finally {
            server.destroy();
            Files.delete(file);
        }
        // Idle connections are still open, and nobody waits for them.
        System.exit(isGood ? 0 : 1);
    }

    private boolean run() throws IOException, InterruptedException {
        List<TlsConnection> connections = new ArrayList<>();
        for (int i = 0; i < idle; i++) {
            connections.add(churn.connect());
            if ((i + 1) % 1_000 == 0) {
                System.err.printf("%,d connections that do nothing%n", i + 1);
            }
        }
        System.out.println(
                "| minute | connections | resumed | with early data | client: heap, MB | client: process, MB | client: descriptors | server: heap, MB | server: process, MB | server: descriptors | server: open | server: failed |");
        System.out.println("| --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |");
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(Thread.ofPlatform().daemon().start(this::churn));
        }
        for (int minute = 1; minute <= minutes && failure.get() == null; minute++) {
            Thread.sleep(BETWEEN);
            sample(minute);
        }
        threads.forEach(Thread::interrupt);
        Throwable failed = failure.get();
        if (failed != null) {
            throw new IOException("A client did not get what it came for", failed);
        }
        for (TlsConnection connection : connections) {
            Churn.exchange(connection, 16);
        }
        System.out.printf(
                Locale.ROOT, "%nAll %,d connections that did nothing passed data again.%n", connections.size());
        return judge();
    }

    private void churn() {
        try {
            churn.run();
        } catch (IOException | RuntimeException | Error e) {
            if (!Thread.currentThread().isInterrupted()) {
                failure.compareAndSet(null, e);
            }
        }
    }

    private void sample(int minute) throws IOException, InterruptedException {
        questions.write("how are you\n");
        questions.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("The server has ended");
        }
        long[] of =
                Arrays.stream(answer.split(" ", -1)).mapToLong(Long::parseLong).toArray();
        // At once: the clients go on while memory is looked at.
        check(of[3], of[4], of[5], of[6]);
        Sample sample = new Sample(Memory.now(), new Memory(of[0], of[1], of[2]));
        samples.add(sample);
        long all = Arrays.stream(Churn.Kind.values()).mapToLong(churn::count).sum();
        System.out.printf(
                Locale.ROOT,
                "| %d | %d | %d | %d | %.1f | %.1f | %d | %.1f | %.1f | %d | %d | %d |%n",
                minute,
                all,
                churn.resumed(),
                churn.accepted(),
                megabytes(sample.client.heap()),
                megabytes(sample.client.resident()),
                sample.client.descriptors(),
                megabytes(sample.server.heap()),
                megabytes(sample.server.resident()),
                sample.server.descriptors(),
                of[3],
                of[4]);
    }

    /** That all kinds go on, get what they came for, and are what the server says. */
    private void check(long open, long failed, long broken, long named) throws IOException {
        for (Churn.Kind kind : Churn.Kind.values()) {
            long count = churn.count(kind);
            require(count > before.getOrDefault(kind, 0L), "no client of the kind " + kind + " for a minute");
            before.put(kind, count);
        }
        require(broken == 0, broken + " connections failed by a fault of the server");
        // One of each may be on its way in each thread; the first have no tickets yet.
        long slack = 2L * THREADS;
        long breaking = churn.count(Churn.Kind.REFUSED_BY_CLIENT)
                + churn.count(Churn.Kind.RUBBISH)
                + churn.count(Churn.Kind.BROKEN_OFF);
        require(Math.abs(failed - breaking) <= 3 * slack, failed + " connections failed, and " + breaking + " had to");
        requireAll("with a certificate", named, Churn.Kind.CLIENT_CERTIFICATE, slack);
        requireAll("resumed", churn.resumed(), Churn.Kind.RESUMED, slack);
        requireAll("with early data", churn.accepted(), Churn.Kind.EARLY_DATA, slack);
        require(open <= idle + slack, open + " connections are open, and " + idle + " do nothing");
    }

    private void requireAll(String what, long count, Churn.Kind kind, long slack) throws IOException {
        require(
                Math.abs(count - churn.count(kind)) <= slack,
                count + " connections " + what + ", and " + churn.count(kind) + " clients came for that");
    }

    private static void require(boolean condition, String otherwise) throws IOException {
        if (!condition) {
            throw new IOException("It cannot be: " + otherwise);
        }
    }

    private static double megabytes(long octets) {
        return octets / 1e6;
    }

    private boolean judge() {
        List<Sample> warm = samples.subList(Math.min(WARM_UP, samples.size()), samples.size());
        if (warm.size() < LEAST_SAMPLES) {
            System.out.printf(
                    "Too short to say whether anything grows: %d minutes are the least.%n", WARM_UP + LEAST_SAMPLES);
            return false;
        }
        boolean isGood = true;
        for (Measure measure : MEASURES) {
            isGood &= isFlat(warm, measure);
        }
        return isGood;
    }

    /** Whether the last third has no more than the first, by their medians. */
    private static boolean isFlat(List<Sample> samples, Measure measure) {
        int third = samples.size() / 3;
        long before = median(samples.subList(0, third), measure.of);
        long after = median(samples.subList(samples.size() - third, samples.size()), measure.of);
        boolean isFlat = after - before <= measure.noise;
        System.out.printf(
                Locale.ROOT,
                "%s: %,d, then %,d, and %,d more are allowed: %s%n",
                measure.what,
                before,
                after,
                measure.noise,
                isFlat ? "flat" : "it grows");
        return isFlat;
    }

    private static long median(List<Sample> samples, ToLongFunction<Sample> measure) {
        long[] sorted = samples.stream().mapToLong(measure).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
