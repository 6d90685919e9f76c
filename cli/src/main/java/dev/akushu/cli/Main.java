package dev.akushu.cli;

import dev.akushu.cli.console.ExitCode;
import dev.akushu.cli.console.Surroundings;

/** Where the process begins and ends. */
public final class Main {
    private Main() {}

    /** Runs the program and exits with its {@link ExitCode}. */
    public static void main(String... arguments) {
        OrderlyEnd end = new OrderlyEnd();
        ExitCode exit = program(end).run(arguments);
        end.reached(exit);
        System.exit(exit.number());
    }

    /** The program in what is around this process. */
    static Program program(OrderlyEnd end) {
        return new Program(Surroundings.ofProcess(end));
    }
}
