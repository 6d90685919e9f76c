package dev.akushu.bench.harness;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Runs forks in their order, two beside each other, each bound to a core of its own. For figures of CPU time and of bytes: by the clock, forks would disturb each other. Where the system is not Linux, or this program may use but one core, forks run one by one, bound to none.
 */
public final class Lanes {
    /** More would take the cache from each other that cores share. */
    private static final int MOST = 2;

    private static final Path PROCESSORS = Path.of("/sys/devices/system/cpu");

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
    public static Lanes open() throws IOException {
        List<Integer> cores = cores();
        return new Lanes(
                cores.size() < MOST
                        ? List.of(List.of())
                        : cores.stream()
                                .limit(MOST)
                                .map(core -> List.of("taskset", "-c", String.valueOf(core)))
                                .toList());
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
            List<Callable<Void>> lanes = prefixes.stream()
                    .<Callable<Void>>map(prefix -> () -> work(prefix, progress))
                    .toList();
            for (Future<Void> lane : workers.invokeAll(lanes)) {
                lane.get();
            }
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    private Void work(List<String> prefix, Progress progress) throws IOException, InterruptedException {
        boolean isDone = false;
        try {
            for (Job job = next(progress); job != null; job = next(progress)) {
                List<String> lines = Forks.run(
                        Stream.concat(prefix.stream(), job.command.stream()).toList());
                synchronized (this) {
                    job.taker.accept(lines);
                }
            }
            isDone = true;
        } finally {
            if (!isDone) {
                forgetRest();
            }
        }
        return null;
    }

    private synchronized Job next(Progress progress) {
        Job job = left.poll();
        if (job != null) {
            progress.next(job.title);
        }
        return job;
    }

    private synchronized void forgetRest() {
        left.clear();
    }

    /** One processor of each core that this program may use; none if nobody tells. */
    private static List<Integer> cores() throws IOException {
        if (Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .noneMatch(folder -> Files.isExecutable(Path.of(folder, "taskset")))) {
            return List.of();
        }
        List<Integer> cores = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int processor : allowed()) {
            Path siblings = PROCESSORS.resolve("cpu" + processor + "/topology/thread_siblings_list");
            if (Files.isReadable(siblings) && seen.add(Files.readString(siblings))) {
                cores.add(processor);
            }
        }
        return cores;
    }

    private static List<Integer> allowed() throws IOException {
        Path status = Path.of("/proc/self/status");
        return !Files.isReadable(status)
                ? List.of()
                : Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("Cpus_allowed_list:"))
                        .flatMap(line -> Stream.of(line.split("\\s+", 2)[1].split(",", -1)))
                        .flatMap(range -> processors(range).boxed())
                        .toList();
    }

    /** Of a range such as 0-3, or of a single number. */
    private static IntStream processors(String range) {
        String[] ends = range.split("-", -1);
        return IntStream.rangeClosed(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]));
    }
}
