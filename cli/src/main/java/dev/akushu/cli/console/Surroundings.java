package dev.akushu.cli.console;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * All that the program sees of the world besides its arguments, files and sockets.
 *
 * @param input stdin
 * @param output stdout
 * @param error stderr
 * @param terminals which of the three are a terminal
 * @param charset that stdout and stderr are read by
 * @param environment the variables of the process
 * @param locale of the user
 * @param stopSignal tells when the program is to end
 */
public record Surroundings(
        InputStream input,
        OutputStream output,
        OutputStream error,
        Terminals terminals,
        Charset charset,
        Map<String, String> environment,
        Locale locale,
        StopSignal stopSignal) {
    /** Copies the environment. */
    public Surroundings {
        environment = Map.copyOf(environment);
    }

    /** Those of this process. */
    public static Surroundings ofProcess(StopSignal stopSignal) {
        return new Surroundings(
                new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                Terminals.ofProcess(),
                terminalCharset(),
                System.getenv(),
                Locale.getDefault(Locale.Category.DISPLAY),
                stopSignal);
    }

    private static Charset terminalCharset() {
        return Charset.forName(System.getProperty("stdout.encoding", StandardCharsets.UTF_8.name()));
    }
}
