package dev.akushu.lab.site;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.akushu.explain.Explainer;
import dev.akushu.lab.stage.Fault;
import dev.akushu.lab.stage.Scenario;
import dev.akushu.lab.throwaway.KeyType;
import dev.akushu.tls.Policy;
import dev.akushu.tls.Role;
import dev.akushu.tls.trace.Protection;
import dev.akushu.tls.trace.SecretName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;

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
        all.put("texts", texts());
        try {
            return JSON.std.asString(all);
        } catch (IOException impossible) {
            throw new UncheckedIOException("a string does not fail", impossible);
        }
    }

    /** By language, then by key. */
    static Map<String, Map<String, String>> texts() {
        return Map.of("en", texts(Locale.ROOT), "ja", texts(Locale.JAPANESE));
    }

    /** The page's own words, and those that it shares with the terminal. */
    private static Map<String, String> texts(Locale locale) {
        Map<String, String> texts = new LinkedHashMap<>();
        ResourceBundle bundle = ResourceBundle.getBundle("dev.akushu.lab.Page", locale);
        bundle.keySet().forEach(key -> texts.put(key, bundle.getString(key)));
        Explainer explainer = new Explainer(locale);
        for (Role role : Role.values()) {
            texts.put("role." + lower(role), explainer.role(role));
        }
        for (Protection protection : Protection.values()) {
            texts.put("protection." + lower(protection), explainer.protection(protection));
        }
        for (SecretName secret : SecretName.values()) {
            texts.put("secret." + lower(secret), explainer.purpose(secret));
        }
        return texts;
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
