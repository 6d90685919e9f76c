package dev.akushu.cli.console;

/** Tells a command that runs until it is stopped when that is: by SIGTERM, by SIGINT, by a test. */
@FunctionalInterface
public interface StopSignal {
    /** Runs {@code stop}, once, when the program is to end; it must make the command return soon. */
    void onStop(Runnable stop);
}
