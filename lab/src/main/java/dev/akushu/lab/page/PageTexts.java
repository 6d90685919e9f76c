package dev.akushu.lab.page;

import dev.akushu.explain.Explainer;
import dev.akushu.tls.CertificateCheck;
import dev.akushu.tls.Role;
import dev.akushu.tls.trace.Protection;
import dev.akushu.tls.trace.SecretName;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;

/** The words of the page in both languages. */
public final class PageTexts {
    private PageTexts() {}

    /** By language, then by key. */
    public static Map<String, Map<String, String>> all() {
        return Map.of("en", texts(Locale.ROOT), "ja", texts(Locale.JAPANESE));
    }

    /** The language in which the page speaks to somebody of {@code locale}: {@code ja} if that is Japanese, otherwise {@code en}. */
    public static String language(Locale locale) {
        return locale.getLanguage().equals("ja") ? "ja" : "en";
    }

    /** Those in that language alone, by key. */
    public static Map<String, String> in(Locale locale) {
        return texts(language(locale).equals("ja") ? Locale.JAPANESE : Locale.ROOT);
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
        for (CertificateCheck.Kind check : CertificateCheck.Kind.values()) {
            texts.put("check." + lower(check), explainer.check(check));
            texts.put("check.passed." + lower(check), explainer.passed(check));
        }
        return texts;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
