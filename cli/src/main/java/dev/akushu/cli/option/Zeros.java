package dev.akushu.cli.option;

import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.Words;
import dev.akushu.tls.RecordPadding;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Padding as it is typed: {@code multiple:512}, {@code constant:16}, {@code random:100}, {@code none}. */
final class Zeros {
    private static final Pattern FORM = Pattern.compile("(multiple|constant|random):([0-9]{1,5})");

    private Zeros() {}

    /** The policy that {@code text} says. */
    static RecordPadding of(String text, String option, Words words) throws CommandFailure {
        if (text.equals("none")) {
            return RecordPadding.none();
        }
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw words.misuse("bad_padding", option, text);
        }
        int bytes = Integer.parseInt(matcher.group(2));
        try {
            return switch (matcher.group(1)) {
                case "multiple" -> RecordPadding.toMultipleOf(bytes);
                case "constant" -> RecordPadding.constant(bytes);
                default -> RecordPadding.random(bytes);
            };
        } catch (IllegalArgumentException outOfRange) {
            throw words.misuse("bad_padding", option, text);
        }
    }
}
