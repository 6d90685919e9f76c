package dev.akushu.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A real Redis server on loopback that keeps nothing on disk. */
final class RedisProcess implements AutoCloseable {
    private final int port;
    private final List<String> command;
    private Process process;

    private RedisProcess(int port, List<String> command) {
        this.port = port;
        this.command = command;
    }

    /** One with these further options; the test is skipped where there is no Redis, and fails where continuous integration wants one. */
    static RedisProcess start(Path folder, String... options) throws IOException {
        boolean there = Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(each -> Files.isExecutable(Path.of(each, "redis-server")));
        if (!there && List.of("1", "true").contains(System.getProperty("akushu.interop.required", ""))) {
            throw new AssertionError("redis-server is not on the PATH");
        }
        Assumptions.assumeTrue(there, "redis-server is not on the PATH");
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        List<String> command = new ArrayList<>(List.of("redis-server", "--bind", "127.0.0.1", "--save", ""));
        command.addAll(List.of("--port", String.valueOf(port), "--dir", folder.toString()));
        command.addAll(List.of(options));
        RedisProcess started = new RedisProcess(port, command);
        started.start();
        return started;
    }

    /** Starts it again, with nothing in it. */
    void start() throws IOException {
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        BufferedReader output = process.inputReader();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.contains("Ready to accept connections")) {
                return;
            }
        }
        throw new IOException("redis-server did not start");
    }

    void kill() {
        process.destroyForcibly().onExit().join();
    }

    String address(String fleet) {
        return "redis://127.0.0.1:" + port + "/" + fleet;
    }

    /** What it answers to {@code words}. */
    String ask(String... words) throws IOException, InterruptedException {
        String[] all = Stream.concat(Stream.of("redis-cli", "-p", String.valueOf(port)), Stream.of(words))
                .toArray(String[]::new);
        Process asked = new ProcessBuilder(all).redirectErrorStream(true).start();
        String answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!asked.waitFor(10, TimeUnit.SECONDS) || asked.exitValue() != 0) {
            throw new IOException(answer);
        }
        return answer;
    }

    @Override
    public void close() {
        kill();
    }
}
