package dev.akushu.bench.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs forks in their order, two beside each other, each bound to a core of its own. For figures of CPU time and of bytes: by the clock, forks would disturb each other. Where nobody can bind them, or this program may use but one core, forks run one by one.
 */
public final class Lanes {
    /** More would take the cache from each other that cores share. */
    private static final int MOST = 2;

    private static final Path PROCESSORS = Path.of("/sys/devices/system/cpu");
    private static final Path STATUS = Path.of("/proc/self/status");

    /** What a command begins with in each lane. */
    private final List<List<String>> prefixes;

    private final Queue<Job> left = new ArrayDeque<>();

    /**
     * A fork.
     *
     * @param title for people who wait
     * @param command that is run, bound to whatever core is free
     * @param taker gets the lines that it prints; one taker at a time
     */
    public record Job(String title, List<String> command, Consumer<List<String>> taker) {}

    private Lanes(List<List<String>> prefixes) {
        this.prefixes = prefixes;
    }

    /** On the cores that this program may use. */
    public static Lanes open() throws IOException, InterruptedException {
        List<List<String>> bound =
                cores().stream().limit(MOST).map(Lanes::binding).toList();
        // A container may have less time than cores.
        boolean areTwo = bound.size() == MOST && Runtime.getRuntime().availableProcessors() >= MOST;
        return new Lanes(areTwo && canBind(bound.getFirst()) ? bound : List.of(List.of()));
    }

    /** Another order in each round, or the same would always run beside the same. */
    public static void shuffle(List<Job> jobs, int round) {
        Collections.shuffle(jobs, new Random(round));
    }

    /** How many forks run at a time, as a sentence. */
    public String described() {
        return prefixes.size() == 1
                ? "One fork at a time."
                : prefixes.size() + " forks at a time, each bound to a core of its own.";
    }

    /**
     * Runs all of {@code jobs}.
     *
     * @throws IOException if one fails; those that have begun come to their end
     */
    public void run(List<Job> jobs, Progress progress) throws IOException, InterruptedException {
        left.addAll(jobs);
        try (ExecutorService workers = Executors.newFixedThreadPool(prefixes.size())) {
            List<Callable<Boolean>> lanes = prefixes.stream()
                    .<Callable<Boolean>>map(prefix -> () -> work(prefix, progress))
                    .toList();
            for (Future<Boolean> lane : workers.invokeAll(lanes)) {
                lane.get();
            }
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    private boolean work(List<String> prefix, Progress progress) throws IOException, InterruptedException {
        for (Job job = next(progress); job != null; job = next(progress)) {
            List<String> lines;
            try {
                lines = Forks.run(
                        Stream.concat(prefix.stream(), job.command.stream()).toList());
            } catch (IOException failed) {
                forgetRest();
                // The other lane may take a while to its end.
                System.err.println(failed.getMessage());
                throw failed;
            }
            synchronized (this) {
                job.taker.accept(lines);
            }
        }
        return true;
    }

    private synchronized @Nullable Job next(Progress progress) {
        Job job = left.poll();
        if (job != null) {
            progress.next(job.title);
        }
        return job;
    }

    private synchronized void forgetRest() {
        left.clear();
    }

    private static List<String> binding(int processor) {
        return List.of("taskset", "-c", String.valueOf(processor));
    }

    private static boolean canBind(List<String> prefix) throws InterruptedException {
        try {
            Forks.run(Stream.concat(prefix.stream(), Stream.of("true")).toList());
            return true;
        } catch (IOException noTaskset) {
            return false;
        }
    }

    /** One processor of each core that this program may use; none if the system is not Linux. */
    private static List<Integer> cores() throws IOException {
        if (!Files.isReadable(STATUS)) {
            return List.of();
        }
        List<Integer> allowed = Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith("Cpus_allowed_list:"))
                .flatMap(line -> Stream.of(line.split("\\s+", 2)[1].split(",", -1)))
                .flatMap(range -> processors(range).boxed())
                .toList();
        List<Integer> cores = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int processor : allowed) {
            Path siblings = PROCESSORS.resolve("cpu" + processor + "/topology/thread_siblings_list");
            if (Files.isReadable(siblings) && seen.add(Files.readString(siblings))) {
                cores.add(processor);
            }
        }
        return cores;
    }

    /** Of a range such as 0-3, or of a single number. */
    private static IntStream processors(String range) {
        String[] ends = range.split("-", -1);
        return IntStream.rangeClosed(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]));
    }
}
