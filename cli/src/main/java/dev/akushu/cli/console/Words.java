package dev.akushu.cli.console;

import java.text.MessageFormat;
import java.util.Arrays;
import java.util.Locale;
import java.util.ResourceBundle;

/** The program's words in one language, from the bundle {@code Messages}. Immutable. */
public final class Words {
    private static final String MESSAGES = "dev.akushu.cli.Messages";
    private static final String HELP = "dev.akushu.cli.Help";

    private final Language language;
    private final ResourceBundle messages;

    private Words(Language language) {
        this.language = language;
        this.messages = ResourceBundle.getBundle(MESSAGES, language.locale());
    }

    /** The words of {@code language}. */
    public static Words in(Language language) {
        return new Words(language);
    }

    /** The language that these are in. */
    public Language language() {
        return language;
    }

    /** By which other modules find their texts in the same language. */
    public Locale locale() {
        return language.locale();
    }

    /** What picocli looks help texts up in. */
    public ResourceBundle help() {
        return ResourceBundle.getBundle(HELP, language.locale());
    }

    /** The text called {@code key} with {@code values} in it, each as it prints: a port is no amount and gets no commas. */
    public String text(String key, Object... values) {
        Object[] printed = Arrays.stream(values).map(Object::toString).toArray();
        return new MessageFormat(messages.getString(key), language.locale()).format(printed);
    }

    /** A failure with the texts {@code failure.<id>.cause} and {@code failure.<id>.remedy}. */
    public CommandFailure failure(ExitCode exit, String id, Object... values) {
        return new CommandFailure(new Failure(
                exit, id, text("failure." + id + ".cause", values), text("failure." + id + ".remedy", values)));
    }

    /** The failure that an unexpected exception is. */
    public Failure internal(Exception fault) {
        return failure(ExitCode.INTERNAL, "internal", fault).failure();
    }

    /** A misuse of the command, with the texts {@code failure.<id>.cause} and {@code failure.<id>.remedy}. */
    public CommandFailure misuse(String id, Object... values) {
        return failure(ExitCode.USAGE, id, values);
    }
}
