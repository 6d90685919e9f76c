package dev.akushu.explain;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text with places for values, written {@code {name}}: names tell a translator more than numbers. */
final class Phrase {
    static final Pattern PLACE = Pattern.compile("\\{([a-zA-Z]+)}");

    private final Texts texts;
    private final String key;
    private final String pattern;
    private final Map<String, String> values = new HashMap<>();

    Phrase(Texts texts, String key, String pattern) {
        this.texts = texts;
        this.key = key;
        this.pattern = pattern;
    }

    /** Gives the place {@code name} a value; a text need not have the place. */
    Phrase with(String name, Object value) {
        values.put(name, texts.value(value));
        return this;
    }

    /** The text with its values; a place without one is a fault of the caller. */
    String text() {
        return PLACE.matcher(pattern).replaceAll(place -> Matcher.quoteReplacement(valueOf(place.group(1))));
    }

    private String valueOf(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("the text " + key + " needs a value for " + name);
        }
        return value;
    }
}
