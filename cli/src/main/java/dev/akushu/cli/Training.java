package dev.akushu.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.akushu.cli.console.ExitCode;
import dev.akushu.cli.console.StopSignal;
import dev.akushu.cli.console.Surroundings;
import dev.akushu.cli.console.Terminals;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A run from which the JVM learns what the program will need; the launcher keeps what it has learnt for the starts to come. It does once what people start most and wait for: a demo, a server, and a client that connects to it.
 */
public final class Training {
    /** For all that the server tells: nobody listens to the end. */
    private static final int ROOM = 1 << 16;

    /** It takes seconds, on a busy machine some more. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private Training() {}

    /** Fails if the demo does. */
    public static void main(String... arguments) {
        Thread.ofPlatform().daemon().start(Training::endInTime);
        begin();
        demo();
        try {
            converse();
        } catch (IOException | RuntimeException noLoopback) {
            // Whatever has been learnt is better than nothing, and nobody is there to be told.
        }
    }

    /** Somebody waits for the program itself. */
    private static void endInTime() {
        try {
            Thread.sleep(LONGEST);
        } catch (InterruptedException ended) {
            return;
        }
        Runtime.getRuntime().halt(1);
    }

    /** As every start does. */
    static void begin() {
        OrderlyEnd end = new OrderlyEnd();
        var _ = Main.program(end);
        end.reached(ExitCode.DONE);
    }

    static void demo() {
        require(run(OutputStream.nullOutputStream(), _ -> {}, "demo"));
    }

    static void converse() throws IOException {
        CompletableFuture<Runnable> stop = new CompletableFuture<>();
        try (PipedInputStream events = new PipedInputStream(ROOM);
                PipedOutputStream told = new PipedOutputStream(events)) {
            CompletableFuture<ExitCode> served = CompletableFuture.supplyAsync(() -> serve(told, stop::complete));
            connect(new BufferedReader(new InputStreamReader(events, StandardCharsets.UTF_8)));
            stop.join().run();
            require(served.join());
        }
    }

    private static ExitCode serve(OutputStream told, StopSignal stopSignal) {
        try (told) {
            return run(told, stopSignal, "serve", "--port", "0", "--json");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void connect(BufferedReader events) throws IOException {
        String target = "localhost:" + next(events).get("port");
        String authority = String.valueOf(next(events).get("ca"));
        require(run(OutputStream.nullOutputStream(), _ -> {}, "connect", target, "--ca", authority));
    }

    private static Map<String, Object> next(BufferedReader events) throws IOException {
        String line = events.readLine();
        if (line == null) {
            throw new EOFException("the server has ended");
        }
        return JSON.std.mapFrom(line);
    }

    private static void require(ExitCode exit) {
        if (exit != ExitCode.DONE) {
            throw new IllegalStateException("a command has ended with " + exit);
        }
    }

    private static ExitCode run(OutputStream output, StopSignal stopSignal, String... arguments) {
        Surroundings quiet = new Surroundings(
                InputStream.nullInputStream(),
                output,
                OutputStream.nullOutputStream(),
                Terminals.NONE,
                StandardCharsets.UTF_8,
                Map.of(),
                Locale.ENGLISH,
                stopSignal);
        return new Program(quiet).run(arguments);
    }
}
