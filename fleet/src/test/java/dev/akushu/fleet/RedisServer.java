package dev.akushu.fleet;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A real Redis or Valkey server on loopback, which can be killed, paused and started again on its port. */
final class RedisServer implements AutoCloseable {
    /** The second is a Sentinel's word. */
    private static final Pattern READY = Pattern.compile("Ready to accept connections|Sentinel ID is");

    private final List<String> command = new ArrayList<>();
    private final int port;
    private Process process;

    /**
     * Starts one that keeps nothing on disk.
     *
     * @param folder for what it writes all the same
     * @param options further ones
     */
    RedisServer(Path folder, String... options) throws Exception {
        this(program("redis-server"), folder, options);
    }

    RedisServer(Path program, Path folder, String... options) throws Exception {
        port = freePort();
        command.addAll(List.of(program.toString(), "--bind", "127.0.0.1", "--dir", folder.toString(), "--save", ""));
        if (!List.of(options).contains("--tls-port")) {
            command.addAll(List.of("--port", String.valueOf(port)));
        }
        for (String option : options) {
            command.add(option.equals("PORT") ? String.valueOf(port) : option);
        }
        start();
    }

    private RedisServer(int port, List<String> command) throws Exception {
        this.port = port;
        this.command.addAll(command);
        start();
    }

    /** Starts a Sentinel, which rewrites its file with {@code settings} in {@code folder}; PORT in them is its port. */
    static RedisServer sentinel(Path program, Path folder, String settings) throws Exception {
        int port = freePort();
        String own = "port " + port + "\nbind 127.0.0.1\ndir " + folder + "\n";
        Path file = Files.writeString(
                folder.resolve("sentinel.conf"), own + settings.replace("PORT", String.valueOf(port)));
        return new RedisServer(port, List.of(program.toString(), file.toString(), "--sentinel"));
    }

    /** On the PATH; where continuous integration demands it, its absence is a failure, elsewhere the test is skipped. */
    static Path program(String name) {
        Path found = Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        if (found == null) {
            String missing = name + " is not on the PATH";
            if (List.of("1", "true").contains(System.getProperty("akushu.interop.required", ""))) {
                throw new AssertionError(missing);
            }
            Assumptions.abort(missing);
        }
        return found;
    }

    static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    /** Starts it again, on the same port and with nothing in it. */
    void start() throws Exception {
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        BufferedReader output = process.inputReader();
        StringBuilder said = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            said.append(line).append('\n');
            if (READY.matcher(line).find()) {
                Thread.ofVirtual().start(() -> drain(output));
                return;
            }
        }
        throw new AssertionError("the store did not start: " + command + "\n" + said);
    }

    /** So that it never waits for a reader. */
    private static void drain(BufferedReader output) {
        try {
            output.lines().forEach(_ -> {});
        } catch (UncheckedIOException _) {
            // It was killed.
        }
    }

    /** Ends it at once. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Lets it answer nothing, with its connections open, until {@link #resume}. */
    void pause() throws Exception {
        signal("STOP");
    }

    void resume() throws Exception {
        signal("CONT");
    }

    private void signal(String name) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
        if (!kill.waitFor(10, TimeUnit.SECONDS) || kill.exitValue() != 0) {
            throw new AssertionError("the store could not be sent SIG" + name);
        }
    }

    /** What it answers to {@code words}. */
    String ask(String... words) {
        List<String> all = new ArrayList<>(List.of(program("redis-cli").toString(), "-p", String.valueOf(port)));
        all.addAll(List.of(words));
        try {
            Process asked = new ProcessBuilder(all).redirectErrorStream(true).start();
            return new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** As if it had been there since 1970, for the servers of {@code fleet}: else they take no early data for a while. */
    void beOld(String fleet) {
        note(fleet, Instant.EPOCH, Instant.now());
    }

    /** As if it had noted for the servers of {@code fleet} since when it is there, and what the latest time was. */
    void note(String fleet, Instant since, Instant latest) {
        ask("set", noteKey(fleet), reign() + " " + since.toEpochMilli() + " " + latest.toEpochMilli());
    }

    /** What it has noted. */
    String noted(String fleet) {
        return ask("get", noteKey(fleet)).strip();
    }

    private static String noteKey(String fleet) {
        return "akushu:{" + fleet + "}:since";
    }

    private String reign() {
        return field("server", "run_id") + ":" + field("replication", "master_replid") + ":"
                + field("stats", "evicted_keys");
    }

    private String field(String section, String name) {
        Matcher field = Pattern.compile(name + ":(\\w+)").matcher(ask("info", section));
        if (!field.find()) {
            throw new AssertionError("the store does not say its " + name);
        }
        return field.group(1);
    }

    int port() {
        return port;
    }

    String address(String fleet) {
        return "redis://127.0.0.1:" + port + "/" + fleet;
    }

    @Override
    public void close() {
        kill();
    }
}
