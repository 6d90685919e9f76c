package dev.akushu.cli.console;

import dev.akushu.explain.Look;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a command reads from and speaks to: lines for people in their language, or JSON for programs. stdout is for what was
 * asked for, stderr for how it goes. With JSON, stdout has nothing but JSON. Safe for use by many threads; a line is never torn.
 */
public final class Console {
    private static final int USUAL_WIDTH = 100;

    private final Surroundings surroundings;
    private final Words words;
    private final Manner manner;
    private final Charset charset;
    private final PrintStream out;
    private final PrintStream err;
    private final Summary summary = new Summary();

    /** A console for one run. */
    public Console(Surroundings surroundings, Words words, Manner manner) {
        this.surroundings = surroundings;
        this.words = words;
        this.manner = manner;
        this.charset = charset(surroundings.charset(), words.language());
        // JSON that is exchanged must be UTF-8, RFC 8259 section 8.1.
        this.out = new PrintStream(surroundings.output(), true, manner.json() ? StandardCharsets.UTF_8 : charset);
        this.err = new PrintStream(surroundings.error(), true, charset);
    }

    /** The words in the user's language. */
    public Words words() {
        return words;
    }

    /** Whether a program listens rather than a person. */
    public boolean json() {
        return manner.json();
    }

    /** What the last line of JSON will tell. */
    public Summary summary() {
        return summary;
    }

    /** What is around the program. */
    public Surroundings surroundings() {
        return surroundings;
    }

    /** A line on stdout, for people. */
    public void print(String line) {
        if (!manner.json()) {
            out.println(line);
        }
    }

    /** As {@link #print}, for what is no answer but a story; not if only failures are of interest. */
    public void tell(String line) {
        if (!manner.quiet()) {
            print(line);
        }
    }

    /** An event on stdout, for programs. */
    public void event(JsonLine event) {
        if (manner.json()) {
            out.println(event);
        }
    }

    /** A line of JSON that somebody else has made. */
    public void event(String line) {
        if (manner.json()) {
            out.println(line);
        }
    }

    /** A line on stderr about how it goes; not if only failures are of interest. */
    public void status(String line) {
        if (!manner.quiet() && !manner.json()) {
            err.println(line);
        }
    }

    /** A line on stderr that must be seen. */
    public void warn(String line) {
        err.println(line);
    }

    /** Writes to stderr as it is, with no end of line: a line that will be written over. */
    void overwrite(String text) {
        err.print(text);
        err.flush();
    }

    /** The stack trace of what was behind a failure on stderr, if these are asked for. */
    public void stackTrace(Throwable thrown) {
        if (manner.debug()) {
            thrown.printStackTrace(err);
        }
    }

    /** stdout as the parser of arguments wants it. */
    public PrintWriter writerOfOutput() {
        return new PrintWriter(out, true, charset);
    }

    /** stderr as the parser of arguments wants it. */
    public PrintWriter writerOfErrors() {
        return new PrintWriter(err, true, charset);
    }

    /** stdin, for data. */
    public InputStream input() {
        return surroundings.input();
    }

    /** stdout, for data. */
    public OutputStream output() {
        return surroundings.output();
    }

    /** How a story looks on stdout. */
    public Look lookOfOutput() {
        return look(surroundings.terminals().output());
    }

    /** How a story looks on stderr. */
    public Look lookOfErrors() {
        return look(surroundings.terminals().error());
    }

    /** Starts to tell on a terminal that something takes long, if it does; until the result is closed. */
    public ProgressLine progress(String text) {
        boolean seen = surroundings.terminals().error() && !manner.json() && !manner.quiet();
        return seen ? ProgressLine.on(this, text) : ProgressLine.NONE;
    }

    private Look look(boolean terminal) {
        boolean colour = terminal && wantsColour(surroundings.environment());
        boolean unicode = charset.newEncoder().canEncode('→');
        return new Look(
                words.locale(), terminal ? width(surroundings.environment()) : USUAL_WIDTH, colour, unicode, false);
    }

    /** By no-color.org, and not where the terminal can do nothing. */
    static boolean wantsColour(Map<String, String> environment) {
        return environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
    }

    /** As the shell says, where it does. */
    static int width(Map<String, String> environment) {
        String columns = environment.getOrDefault("COLUMNS", "");
        return columns.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(columns) : USUAL_WIDTH;
    }

    /** A container's locale often is POSIX, whose ASCII has no Japanese; its terminal reads UTF-8 all the same. */
    private static Charset charset(Charset ofTerminal, Language language) {
        boolean fits = language == Language.EN || ofTerminal.newEncoder().canEncode("日本語");
        return fits ? ofTerminal : StandardCharsets.UTF_8;
    }
}
