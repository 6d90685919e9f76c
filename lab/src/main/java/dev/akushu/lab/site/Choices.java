package dev.akushu.lab.site;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.akushu.lab.page.PageTexts;
import dev.akushu.lab.stage.Fault;
import dev.akushu.lab.stage.Scenario;
import dev.akushu.lab.throwaway.KeyType;
import dev.akushu.tls.Policy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What there is to choose from, and the page's words in both languages. */
final class Choices {
    private Choices() {}

    static String json() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("scenarios", names(Scenario.values()));
        all.put("faults", names(Fault.values()));
        all.put("groups", names(Policy.MODERN_2026_11.groups()));
        all.put("suites", names(Policy.MODERN_2026_11.suites()));
        all.put("keys", names(KeyType.values()));
        all.put("texts", PageTexts.all());
        try {
            return JSON.std.asString(all);
        } catch (IOException impossible) {
            throw new UncheckedIOException("a string does not fail", impossible);
        }
    }

    private static List<String> names(Enum<?>[] values) {
        return Arrays.stream(values).map(Choices::lower).toList();
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static List<String> names(List<?> values) {
        return values.stream().map(Object::toString).toList();
    }
}
