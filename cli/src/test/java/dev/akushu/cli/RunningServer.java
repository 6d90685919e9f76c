package dev.akushu.cli;

import dev.akushu.cli.console.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** {@code akushu serve --json} on a thread of its own, until it is closed. */
public final class RunningServer implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;

    private final CompletableFuture<Runnable> stop = new CompletableFuture<>();
    private final CompletableFuture<ExitCode> exit = new CompletableFuture<>();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<Map<String, Object>> seen = new ArrayList<>();
    private final LineStream lines = new LineStream();
    private final int port;
    private final String authority;

    private RunningServer(Cli cli, int wished, String... options) throws IOException {
        String[] arguments = Stream.concat(
                        Stream.of("serve", "--port", String.valueOf(wished), "--json"), Stream.of(options))
                .toArray(String[]::new);
        Thread.ofPlatform().daemon().start(() -> {
            exit.complete(cli.run(lines, err, stop::complete, arguments));
            lines.close();
        });
        port = ((Number) next().get("port")).intValue();
        authority = String.valueOf(next().get("ca"));
    }

    public static RunningServer start(String... options) throws IOException {
        return startOn(0, options);
    }

    /** At a port that is free again. */
    public static RunningServer startOn(int port, String... options) throws IOException {
        return new RunningServer(Cli.plain(), port, options);
    }

    public int port() {
        return port;
    }

    /** As {@code connect} takes it. */
    public String target() {
        return "localhost:" + port;
    }

    /** The file with the throwaway authority. */
    public String authority() {
        return authority;
    }

    /** Waits for the next event called {@code name} and returns it. */
    public Map<String, Object> await(String name) throws IOException {
        Map<String, Object> event = next();
        while (!event.get("event").equals(name)) {
            event = next();
        }
        return event;
    }

    /** All events so far that were waited for or passed by. */
    public List<Map<String, Object>> seen() {
        return List.copyOf(seen);
    }

    public String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** As SIGTERM does. */
    public ExitCode stop() {
        try {
            stop.get(PATIENCE_SECONDS, TimeUnit.SECONDS).run();
            return exit.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException stuck) {
            throw new IllegalStateException("the server does not stop", stuck);
        }
    }

    @Override
    public void close() {
        stop();
    }

    private Map<String, Object> next() throws IOException {
        String line = lines.next().orElseThrow(() -> new IOException("the server has ended: " + err()));
        Map<String, Object> event = Outcome.parse(line);
        seen.add(event);
        return event;
    }
}
