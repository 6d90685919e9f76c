package dev.akushu.cli.console;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A language that the program speaks. */
public enum Language {
    /** English. */
    EN(Locale.ROOT),
    /** Japanese. */
    JA(Locale.JAPANESE);

    private static final String OPTION = "--lang";

    // The bundle without a language in its name is the English one; asking for it by the root locale keeps the JVM's
    // default locale out of English texts.
    private final Locale locale;

    Language(Locale locale) {
        this.locale = locale;
    }

    /** By which texts are found. */
    public Locale locale() {
        return locale;
    }

    /** The language of a user's {@code locale}; English where it is neither. */
    public static Language of(Locale locale) {
        return locale.getLanguage().equals(JA.locale.getLanguage()) ? JA : EN;
    }

    /** The language called {@code name}, in either case. */
    public static Optional<Language> named(String name) {
        String wanted = name.toUpperCase(Locale.ROOT);
        for (Language language : values()) {
            if (language.name().equals(wanted)) {
                return Optional.of(language);
            }
        }
        return Optional.empty();
    }

    /**
     * The language that {@code arguments} ask for by {@code --lang}, or else that of {@code locale}. It has to be known before
     * the arguments are parsed, because what the parser says is in it already.
     */
    public static Language of(List<String> arguments, Locale locale) {
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.startsWith(OPTION + "=")) {
                return named(argument.substring(OPTION.length() + 1)).orElse(of(locale));
            }
            if (argument.equals(OPTION) && i + 1 < arguments.size()) {
                return named(arguments.get(i + 1)).orElse(of(locale));
            }
        }
        return of(locale);
    }
}
