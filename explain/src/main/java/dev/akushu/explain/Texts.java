package dev.akushu.explain;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.Collectors;

/** The words of one language, from the bundle {@code Texts}. English, or Japanese for {@code ja}. */
final class Texts {
    private static final int LONGEST_LIST = 12;

    private final Locale locale;
    private final ResourceBundle bundle;

    private Texts(Locale locale, ResourceBundle bundle) {
        this.locale = locale;
        this.bundle = bundle;
    }

    static Texts in(Locale locale) {
        // Asking by the root locale keeps the JVM's default locale out of English texts.
        boolean japanese = locale.getLanguage().equals(Locale.JAPANESE.getLanguage());
        Locale supported = japanese ? Locale.JAPANESE : Locale.ROOT;
        return new Texts(supported, ResourceBundle.getBundle("dev.akushu.explain.Texts", supported));
    }

    /** The language that these are in. */
    Locale locale() {
        return locale;
    }

    /** A text that needs no values. */
    String text(String key) {
        return phrase(key).text();
    }

    /** A text to be given values. */
    Phrase phrase(String key) {
        return new Phrase(this, key, bundle.getString(key));
    }

    /** The text {@code stem.variant.part} where there is one, otherwise {@code stem.part}. */
    String part(String stem, String variant, String part) {
        String special = stem + "." + variant + "." + part;
        return text(bundle.containsKey(special) ? special : stem + "." + part);
    }

    /** A value as people write it: numbers grouped, lists short, durations in a fitting unit. */
    String value(Object value) {
        return switch (value) {
            case Number number -> String.format(locale, "%,d", number.longValue());
            case Duration duration -> duration(duration);
            case List<?> list -> list(list);
            default -> value.toString();
        };
    }

    private String list(List<?> list) {
        if (list.isEmpty()) {
            return text("list.none");
        }
        String shown =
                list.stream().limit(LONGEST_LIST).map(this::value).collect(Collectors.joining(text("list.separator")));
        int left = list.size() - LONGEST_LIST;
        return left <= 0
                ? shown
                : phrase("list.more").with("shown", shown).with("count", left).text();
    }

    private String duration(Duration duration) {
        if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
            return unit("milliseconds", duration.toMillis());
        }
        if (duration.compareTo(Duration.ofMinutes(2)) < 0) {
            return unit("seconds", duration.toSeconds());
        }
        if (duration.compareTo(Duration.ofHours(2)) < 0) {
            return unit("minutes", duration.toMinutes());
        }
        if (duration.compareTo(Duration.ofDays(2)) < 0) {
            return unit("hours", duration.toHours());
        }
        return unit("days", duration.toDays());
    }

    private String unit(String name, long count) {
        return phrase("unit." + name).with("count", count).text();
    }
}
