package dev.akushu.interop.peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A child process whose output, standard and error together, is collected and can be waited for. Nothing waits without a bound. */
public final class ExternalProcess implements AutoCloseable {
    static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final List<String> command;
    private final Process process;
    private final OutputStream input;
    private final StringBuilder output = new StringBuilder();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean ended;

    private ExternalProcess(List<String> command, Process process) {
        this.command = command;
        this.process = process;
        this.input = process.getOutputStream();
    }

    public static ExternalProcess start(List<String> command) throws IOException {
        return start(command, Map.of());
    }

    public static ExternalProcess start(List<String> command, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("SSLKEYLOGFILE");
        builder.environment().putAll(environment);
        ExternalProcess started = new ExternalProcess(command, builder.start());
        Thread.ofVirtual().start(started::collect);
        return started;
    }

    /** Runs to the end with an empty standard input, which must come with exit code 0, and gives the output. */
    public static String run(List<String> command) throws IOException {
        try (ExternalProcess process = start(command)) {
            process.endInput();
            int code = process.awaitExit();
            if (code != 0) {
                throw process.failure("exit code " + code);
            }
            return process.output();
        }
    }

    /** Where the program is on the PATH. */
    public static Optional<Path> find(String program) {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            Path candidate = Path.of(folder, program);
            if (Files.isExecutable(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    public long pid() {
        return process.pid();
    }

    public String output() {
        lock.lock();
        try {
            return output.toString();
        } finally {
            lock.unlock();
        }
    }

    public void send(String text) throws IOException {
        input.write(text.getBytes(StandardCharsets.UTF_8));
        input.flush();
    }

    public void endInput() throws IOException {
        input.close();
    }

    /** Waits until the pattern is found at or behind the position in the output. */
    public Matcher await(Pattern pattern, int from) throws IOException {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        lock.lock();
        try {
            while (true) {
                Matcher matcher = pattern.matcher(output.toString());
                if (matcher.find(from)) {
                    return matcher;
                }
                long left = deadline - System.nanoTime();
                if (ended) {
                    throw failure("ended without printing " + pattern);
                }
                if (left <= 0) {
                    throw failure("did not print " + pattern + " in time");
                }
                changed.awaitNanos(left);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw failure("interrupted");
        } finally {
            lock.unlock();
        }
    }

    public Matcher await(String regex) throws IOException {
        return await(Pattern.compile(regex, Pattern.MULTILINE), 0);
    }

    /** Waits for the end of the process and of its output, and gives the exit code. */
    public int awaitExit() throws IOException {
        try {
            if (!process.waitFor(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw failure("did not end in time");
            }
            awaitEndOfOutput();
            return process.exitValue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw failure("interrupted");
        }
    }

    IOException failure(String what) {
        return new IOException(String.join(" ", command) + "\n" + what + "; its output:\n" + output());
    }

    @Override
    public void close() {
        List<ProcessHandle> family = new ArrayList<>(process.descendants().toList());
        family.add(process.toHandle());
        family.forEach(ProcessHandle::destroyForcibly);
        try {
            process.waitFor(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitEndOfOutput() throws InterruptedException {
        long left = TIMEOUT.toNanos();
        lock.lock();
        try {
            while (!ended && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private void collect() {
        byte[] buffer = new byte[8192];
        try (InputStream in = process.getInputStream()) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
            }
        } catch (IOException closed) {
            append("\n[" + closed.getMessage() + "]\n");
        } finally {
            end();
        }
    }

    private void append(String text) {
        lock.lock();
        try {
            output.append(text);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
