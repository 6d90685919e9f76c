package dev.akushu.curves;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON (RFC 8259) into maps, lists, strings, longs and booleans: as much of it as test vectors use. */
final class JsonText {
    private final String text;
    private int position;

    private JsonText(String text) {
        this.text = text;
    }

    /** The value that all of {@code text} stands for. */
    static Object parse(String text) {
        JsonText in = new JsonText(text);
        Object value = in.value();
        in.skipBlanks();
        if (in.position != text.length()) {
            throw in.malformed();
        }
        return value;
    }

    private Object value() {
        skipBlanks();
        return switch (text.charAt(position)) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't' -> literal("true", true);
            case 'f' -> literal("false", false);
            default -> number();
        };
    }

    private Map<String, Object> object() {
        Map<String, Object> members = new LinkedHashMap<>();
        expect('{');
        while (!ends('}', members.isEmpty())) {
            skipBlanks();
            String name = string();
            expect(':');
            members.put(name, value());
        }
        return members;
    }

    private List<Object> array() {
        List<Object> elements = new ArrayList<>();
        expect('[');
        while (!ends(']', elements.isEmpty())) {
            elements.add(value());
        }
        return elements;
    }

    /** Whether the list ends here; if not, steps over the comma in front of what is not its first entry. */
    private boolean ends(char end, boolean first) {
        skipBlanks();
        if (text.charAt(position) == end) {
            position++;
            return true;
        }
        if (!first) {
            expect(',');
        }
        return false;
    }

    private String string() {
        expect('"');
        StringBuilder characters = new StringBuilder();
        while (text.charAt(position) != '"') {
            char character = text.charAt(position++);
            characters.append(character == '\\' ? escaped() : character);
        }
        position++;
        return characters.toString();
    }

    private char escaped() {
        char escape = text.charAt(position++);
        return switch (escape) {
            case '"', '\\', '/' -> escape;
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'u' -> {
                position += 4;
                yield (char) Integer.parseInt(text, position - 4, position, 16);
            }
            default -> throw malformed();
        };
    }

    private Boolean literal(String word, boolean value) {
        if (!text.startsWith(word, position)) {
            throw malformed();
        }
        position += word.length();
        return value;
    }

    private Long number() {
        int start = position;
        while (position < text.length() && "-0123456789".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
        if (start == position) {
            throw malformed();
        }
        return Long.valueOf(text.substring(start, position));
    }

    private void expect(char character) {
        skipBlanks();
        if (text.charAt(position) != character) {
            throw malformed();
        }
        position++;
    }

    private void skipBlanks() {
        while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
    }

    private IllegalArgumentException malformed() {
        return new IllegalArgumentException("No JSON that is known here, at " + position);
    }
}
