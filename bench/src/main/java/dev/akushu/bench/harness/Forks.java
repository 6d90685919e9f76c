package dev.akushu.bench.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Runs programs in JVMs of their own. */
public final class Forks {
    /** Several times what any takes. */
    private static final Duration LONGEST = Duration.ofMinutes(15);

    /** Whoever ends this program does not want them to go on. */
    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
    }

    private Forks() {}

    /** The program that starts a JVM like this one. */
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /**
     * What {@code main} prints, run with this class path.
     *
     * @throws IOException if it fails
     */
    public static List<String> run(List<String> options, Class<?> main, List<String> arguments)
            throws IOException, InterruptedException {
        return run(command(options, main, arguments));
    }

    /** What runs {@code main} with this class path. */
    public static List<String> command(List<String> options, Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(java(), "--enable-native-access=ALL-UNNAMED"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return command;
    }

    /**
     * What {@code command} prints to its standard output.
     *
     * @throws IOException if it fails, or is not done within a quarter of an hour
     */
    public static List<String> run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        RUNNING.add(process);
        try {
            // Only then: it closes the output, which may not have been read yet.
            var _ = process.onExit()
                    .orTimeout(LONGEST.toSeconds(), TimeUnit.SECONDS)
                    .exceptionally(late -> process.destroyForcibly());
            List<String> lines = new ArrayList<>();
            try (BufferedReader output = process.inputReader()) {
                output.lines().forEach(lines::add);
            }
            int end = process.waitFor();
            if (end != 0) {
                throw new IOException("Ended with " + end + ": " + String.join(" ", command));
            }
            return lines;
        } catch (UncheckedIOException cut) {
            throw new IOException(
                    "Was killed after " + LONGEST.toMinutes() + " minutes: " + String.join(" ", command), cut);
        } finally {
            process.destroyForcibly();
            RUNNING.remove(process);
        }
    }
}
