package dev.akushu.tls;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.Collectors;

/**
 * What went wrong in one connection: the problem and the values at hand, among which may be another diagnosis. Holds no secrets.
 *
 * @param problem which problem
 * @param facts its values, as many and in the same order as {@link Problem#factNames()}
 */
public record Diagnosis(Problem problem, List<Object> facts) {
    private static final int LONGEST_LIST = 12;

    /** Checks that the facts are as many as the problem has names for. */
    public Diagnosis {
        facts = List.copyOf(facts);
        if (facts.size() != problem.factNames().size()) {
            throw new IllegalArgumentException(problem + " needs the facts " + problem.factNames() + ", got " + facts);
        }
    }

    /** The value of the fact called {@code name}; asking for a name that the problem does not have is a fault of the caller. */
    public Object fact(String name) {
        int index = problem.factNames().indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException(problem + " has the facts " + problem.factNames() + ", not " + name);
        }
        return facts.get(index);
    }

    /** One sentence: what happened, with the values. English, or Japanese for {@code ja}. */
    public String cause(Locale locale) {
        return text(problem.name() + ".cause", locale);
    }

    /** One sentence or two: what to do about it. */
    public String remedy(Locale locale) {
        return text(remedyKey(), locale);
    }

    // What helps against an alert depends on which one it is; those without a name share one text.
    private String remedyKey() {
        String key = problem.name() + ".remedy";
        if (problem != Problem.ALERT_RECEIVED || !(fact("code") instanceof Integer code)) {
            return key;
        }
        AlertDescription alert = AlertDescription.find(code);
        return alert == null ? key : key + "." + alert.alertName();
    }

    private String text(String key, Locale locale) {
        String pattern = bundle(locale).getString(key);
        return new MessageFormat(pattern, locale)
                .format(facts.stream().map(fact -> printable(fact, locale)).toArray());
    }

    private static ResourceBundle bundle(Locale locale) {
        // Only Japanese has a bundle of its own; asking by the root locale keeps the JVM's default locale out of
        // English texts.
        Locale supported = locale.getLanguage().equals("ja") ? Locale.JAPANESE : Locale.ROOT;
        return ResourceBundle.getBundle("dev.akushu.tls.Problems", supported);
    }

    private static String printable(Object fact, Locale locale) {
        if (fact instanceof Diagnosis nested) {
            // Within a sentence it has no end of its own.
            return nested.cause(locale).replaceFirst("[.\u3002]$", "");
        }
        if (fact instanceof List<?> list) {
            String shown =
                    list.stream().limit(LONGEST_LIST).map(Object::toString).collect(Collectors.joining(", "));
            return list.isEmpty() ? "-" : list.size() > LONGEST_LIST ? shown + ", ..." : shown;
        }
        if (fact instanceof Bytes bytes && looksLikeText(bytes)) {
            return bytes + " (\"" + bytes.printableAscii() + "\")";
        }
        return fact.toString();
    }

    /** Three quarters printable: the start of an HTTP request is, and random bytes hardly ever are. */
    private static boolean looksLikeText(Bytes bytes) {
        int printable = 0;
        for (int i = 0; i < bytes.length(); i++) {
            printable += bytes.at(i) >= 0x20 && bytes.at(i) < 0x7f ? 1 : 0;
        }
        return bytes.length() >= 4 && 4 * printable >= 3 * bytes.length();
    }
}
