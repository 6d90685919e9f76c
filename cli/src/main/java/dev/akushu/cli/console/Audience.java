package dev.akushu.cli.console;

import dev.akushu.explain.JsonEvents;
import dev.akushu.explain.Look;
import dev.akushu.explain.TerminalNarrator;
import dev.akushu.tls.Role;
import dev.akushu.tls.trace.Observer;
import java.util.function.Consumer;

/**
 * Who is told the stories of connections: nobody, a person, or a program.
 *
 * @param console where they are told
 * @param explain whether they are
 * @param verbose whether a person is shown every byte
 */
public record Audience(Console console, boolean explain, boolean verbose) {
    /**
     * A witness of the connection {@code number}.
     *
     * @param look how the story looks to a person
     * @param lines takes each line of the story for a person
     */
    public Witness witness(long number, Look look, Consumer<String> lines) {
        Words words = console.words();
        if (!explain) {
            return Witness.silent(words);
        }
        return console.json()
                ? Witness.recordedBy(role -> events(number, role), words)
                : Witness.narratedBy(new TerminalNarrator(look.withVerbose(verbose), lines), words);
    }

    private Observer events(long number, Role role) {
        return new JsonEvents(role, console.words().locale(), line -> console.event(numbered(number, line)));
    }

    /** Says which connection it is about in an object that {@link JsonEvents} made. */
    private static String numbered(long number, String object) {
        return object.substring(0, object.length() - 1) + ",\"connection\":" + number + "}";
    }
}
