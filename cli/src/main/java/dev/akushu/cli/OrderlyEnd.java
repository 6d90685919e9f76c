package dev.akushu.cli;

import dev.akushu.cli.console.ExitCode;
import dev.akushu.cli.console.StopSignal;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Turns SIGTERM and SIGINT into an end in order, where a command wants one. The JVM runs its shutdown hooks then and would exit with the number of
 * the signal; the hook stops the command, waits for it, and exits with what it returned.
 */
final class OrderlyEnd implements StopSignal {
    /** A server says goodbye to each client and gives up on those that do not listen; this is longer. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final CompletableFuture<ExitCode> exit = new CompletableFuture<>();

    @Override
    public void onStop(Runnable stop) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(stop), "orderly end"));
    }

    /** The command has returned by itself, or because it was stopped. */
    void reached(ExitCode code) {
        exit.complete(code);
    }

    private void end(Runnable stop) {
        if (exit.isDone()) {
            return;
        }
        stop.run();
        Runtime.getRuntime().halt(await().number());
    }

    private ExitCode await() {
        try {
            return exit.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException stuck) {
            return ExitCode.INTERNAL;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return ExitCode.INTERNAL;
        }
    }
}
