package dev.akushu.cli.console;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Which of the three streams is a terminal, with a person before it.
 *
 * @param input stdin
 * @param output stdout
 * @param error stderr
 */
public record Terminals(boolean input, boolean output, boolean error) {
    /** None: all three are pipes or files. */
    public static final Terminals NONE = new Terminals(false, false, false);

    /** Those of this process. */
    @SuppressWarnings("SystemConsoleNull") // Since JDK 25 it is null again where there is no terminal, JDK-8351435.
    static Terminals ofProcess() {
        // The JDK only tells whether stdin and stdout both are.
        Console console = System.console();
        boolean both = console != null && console.isTerminal();
        return new Terminals(both || isTerminal(0), both || isTerminal(1), isTerminal(2) || both && !isLinux());
    }

    /** Linux shows what a descriptor is open on; where there is no such folder the answer is no. */
    private static boolean isTerminal(int descriptor) {
        try {
            String open = Files.readSymbolicLink(Path.of("/proc/self/fd", Integer.toString(descriptor)))
                    .toString();
            return open.startsWith("/dev/pts/") || open.startsWith("/dev/tty") || open.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException unknown) {
            return false;
        }
    }

    private static boolean isLinux() {
        return Files.isDirectory(Path.of("/proc/self/fd"));
    }
}
