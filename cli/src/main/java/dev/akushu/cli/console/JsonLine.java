package dev.akushu.cli.console;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One event for a program: an object on one line, its fields in the order in which they were added. */
public final class JsonLine {
    private final Map<String, Object> fields = new LinkedHashMap<>();

    private JsonLine() {}

    /** An event called {@code name}. */
    public static JsonLine event(String name) {
        return new JsonLine().with("event", name);
    }

    /** An object that stands inside an event. */
    public static JsonLine object() {
        return new JsonLine();
    }

    /** Adds a field; a null is left out. Lists, maps, text, numbers and truth values are written as such. */
    public JsonLine with(String name, @Nullable Object value) {
        if (value != null) {
            fields.put(name, value);
        }
        return this;
    }

    /** The fields so far. */
    public Map<String, Object> fields() {
        return fields;
    }

    @Override
    public String toString() {
        try {
            return JSON.std.asString(fields);
        } catch (IOException impossible) {
            throw new UncheckedIOException("a string takes whatever is written", impossible);
        }
    }
}
