package dev.akushu.programs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Assumptions;

/** A server of this machine's that a test has started, with all that it prints. */
final class ServerProcess implements AutoCloseable {
    private final Process process;
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final Semaphore newLine = new Semaphore(0);
    private final AtomicBoolean ended = new AtomicBoolean();

    /** Starts {@code command} and waits until it prints {@code readiness}. */
    ServerProcess(String readiness, List<String> command) throws IOException, InterruptedException {
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        Thread.ofVirtual().start(this::read);
        try {
            awaitLog(readiness, 0);
        } catch (IllegalStateException silent) {
            process.destroyForcibly();
            throw new IOException(command + " does not start", silent);
        }
    }

    private void read() {
        try (BufferedReader out = process.inputReader(UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                log.add(line);
                newLine.release();
            }
        } catch (IOException broken) {
            log.add(broken.toString());
        } finally {
            ended.set(true);
            newLine.release();
        }
    }

    /** Waits for a line that contains {@code text}; returns the lines from number {@code from} up to it. */
    List<String> awaitLog(String text, int from) throws InterruptedException {
        int next = from;
        while (true) {
            boolean last = ended.get();
            for (; next < log.size(); next++) {
                if (log.get(next).contains(text)) {
                    return log.subList(from, next + 1);
                }
            }
            if (last || !newLine.tryAcquire(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("no line contains " + text + ": " + log);
            }
        }
    }

    /** What it has printed so far. */
    List<String> log() {
        return log;
    }

    /** Asks it to end, and makes it end. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Runs a program to its end; what it printed if it failed is in the exception. */
    static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command + " failed: " + printed);
        }
    }

    /**
     * The first of {@code places} where there is a program. Without any the test is skipped, or fails where the system property
     * {@code akushu.interop.required} is 1 or true.
     */
    static Path find(String name, List<Path> places) {
        for (Path place : places) {
            if (Files.isExecutable(place)) {
                return place;
            }
        }
        if (List.of("1", "true").contains(System.getProperty("akushu.interop.required", ""))) {
            throw new AssertionError(name + " is not installed; looked for it at " + places);
        }
        return Assumptions.abort(name + " is not installed");
    }

    /** The places of {@code name} on the PATH. */
    static List<Path> onPath(String name) {
        List<Path> places = new ArrayList<>();
        for (String folder : System.getenv("PATH").split(":", -1)) {
            places.add(Path.of(folder, name));
        }
        return places;
    }

    /** A port of 127.0.0.1 that nobody listened on just now. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
