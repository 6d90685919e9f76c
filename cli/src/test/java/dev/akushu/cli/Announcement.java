package dev.akushu.cli;

import dev.akushu.cli.console.ExitCode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A server that speaks to a person, as far as it has said what it says at first. */
record Announcement(List<String> lines, Runnable stopper, CompletableFuture<ExitCode> exit) {
    static Announcement of(Cli cli, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        // It asks for the signal when it has said everything.
        CompletableFuture<Runnable> announced = new CompletableFuture<>();
        CompletableFuture<ExitCode> exit =
                CompletableFuture.supplyAsync(() -> cli.run(out, out, announced::complete, arguments));
        Runnable stopper = announced.join();
        return new Announcement(out.toString(StandardCharsets.UTF_8).lines().toList(), stopper, exit);
    }

    ExitCode stop() {
        stopper.run();
        return exit.join();
    }
}
