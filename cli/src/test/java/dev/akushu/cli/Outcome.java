package dev.akushu.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.akushu.cli.console.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * How a run of the program ended.
 *
 * @param exit its exit code
 * @param out what it wrote to stdout
 * @param err what it wrote to stderr
 */
public record Outcome(ExitCode exit, String out, String err) {
    /** stdout as objects of JSON, one a line; fails if anything else is there. */
    public List<Map<String, Object>> events() {
        return out.lines().map(Outcome::parse).toList();
    }

    /** The last of them. */
    public Map<String, Object> summary() {
        return events().getLast();
    }

    /** The handshakes in the summary. */
    @SuppressWarnings("unchecked")
    public List<Map<String, Object>> handshakes() {
        return (List<Map<String, Object>>) summary().get("handshakes");
    }

    static Map<String, Object> parse(String line) {
        try {
            return JSON.std.mapFrom(line);
        } catch (IOException noJson) {
            throw new UncheckedIOException("no JSON object: " + line, noJson);
        }
    }
}
