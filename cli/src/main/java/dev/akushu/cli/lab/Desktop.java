package dev.akushu.cli.lab;

import dev.akushu.cli.console.Console;
import dev.akushu.cli.console.Surroundings;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The desktop of the person who runs the program, if there is one: opens pages in the browser. By the desktop's own program and
 * not by {@code java.awt.Desktop}, which many installations of Java lack.
 */
final class Desktop {
    private final String system;
    private final Map<String, String> environment;

    /**
     * A desktop.
     *
     * @param system the name of the operating system, as {@code os.name} has it
     * @param environment the variables of the process
     */
    Desktop(String system, Map<String, String> environment) {
        this.system = system.toLowerCase(Locale.ROOT);
        this.environment = environment;
    }

    /** Whether somebody looks at this program who would see a browser: not if it is run by another one, or from another machine. */
    static boolean isBefore(Console console) {
        Surroundings around = console.surroundings();
        return !console.json()
                && around.terminals().output()
                && !around.environment().containsKey("SSH_CONNECTION");
    }

    /** Opens {@code page}, as far as this can be known: true if the program that opens pages has been started. */
    boolean open(URI page) {
        Optional<List<String>> command = command(page);
        if (command.isEmpty()) {
            return false;
        }
        try {
            // Nobody reads what it prints, and browsers print much.
            new ProcessBuilder(command.get())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .getOutputStream()
                    .close();
            return true;
        } catch (IOException cannotRun) {
            return false;
        }
    }

    /** How this system opens a page; empty if it has no desktop. */
    Optional<List<String>> command(URI page) {
        if (system.startsWith("windows")) {
            return Optional.of(List.of("rundll32", "url.dll,FileProtocolHandler", page.toString()));
        }
        if (system.startsWith("mac")) {
            return Optional.of(List.of("/usr/bin/open", page.toString()));
        }
        if (isSet("DISPLAY") || isSet("WAYLAND_DISPLAY")) {
            // In a session of its own: Ctrl-C is for the lab, not for a browser that was started with it.
            Stream<String> apart = find("setsid").stream();
            return find("xdg-open")
                    .map(program -> Stream.concat(apart, Stream.of(program, page.toString()))
                            .toList());
        }
        return Optional.empty();
    }

    private boolean isSet(String variable) {
        return !environment.getOrDefault(variable, "").isEmpty();
    }

    private Optional<String> find(String program) {
        for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            Path path = Path.of(folder, program);
            if (path.isAbsolute() && Files.isExecutable(path)) {
                return Optional.of(path.toString());
            }
        }
        return Optional.empty();
    }
}
