package dev.akushu.curves.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Small changes of arithmetic code: every shift one more, every mask gone, every sign and every index another, every
 * factor changed, every term left out.
 */
final class Mutants {
    private Mutants() {}

    /** A changed text, and what is changed in it. */
    record Mutant(String text, String change) {}

    /**
     * The changes between two marks in the source of {@code type} that {@code isProved} does not see. Every
     * twenty-ninth mutant is tried, and all of them if the property {@code akushu.curves.thorough} is set.
     */
    static List<String> survivors(String type, String begin, String end, Predicate<Sources> isProved) {
        return survivors(type, begin, end, Boolean.getBoolean("akushu.curves.thorough") ? 1 : 29, isProved);
    }

    /** Likewise, but every {@code step}-th mutant. */
    static List<String> survivors(String type, String begin, String end, int step, Predicate<Sources> isProved) {
        String text = Sources.text(type);
        int from = text.indexOf(begin);
        int to = text.indexOf(end, from + begin.length());
        return survivors(text, of(text, from, to), step, changed -> isProved.test(Sources.mutant(type, changed)));
    }

    /** Of the {@code mutants} of a {@code text}, or of every {@code step}-th. */
    static List<String> survivors(String text, List<Mutant> mutants, int step, Predicate<String> isProved) {
        if (mutants.size() / step < 2) {
            throw new IllegalStateException("only " + mutants.size() + " mutants");
        }
        if (!holds(isProved, text)) {
            throw new IllegalStateException("not even the unchanged code is proved");
        }
        return IntStream.iterate(0, i -> i < mutants.size(), i -> i + step)
                .mapToObj(mutants::get)
                .filter(m -> holds(isProved, m.text()))
                .map(Mutant::change)
                .toList();
    }

    /** A changed text need not compile: then it does not hold either. */
    private static boolean holds(Predicate<String> isProved, String text) {
        try {
            return isProved.test(text);
        } catch (ProofFailure
                | AssertionError
                | ArithmeticException
                | ClassCastException
                | IndexOutOfBoundsException e) {
            return false;
        }
    }

    /** Every single change in the part of {@code text} from {@code begin} to {@code end}. */
    static List<Mutant> of(String text, int begin, int end) {
        List<Mutant> mutants = new ArrayList<>();
        change(mutants, text, begin, end, "(?<=<< |>> |>>> )\\d+", m -> Integer.toString(Integer.parseInt(m) + 1));
        change(mutants, text, begin, end, " & M\\b", m -> "");
        change(mutants, text, begin, end, "(?<= )[+-](?= )", m -> m.equals("+") ? "-" : "+");
        change(mutants, text, begin, end, "\\b19\\b", m -> "18");
        change(
                mutants,
                text,
                begin,
                end,
                "[+-] (Math\\.multiplyHigh\\(\\w+, \\w+\\)|\\w+ \\* \\w+\\b(?!\\[)|\\(m\\w+ (<<|>>>) \\d+\\))",
                m -> "");
        change(
                mutants,
                text,
                begin,
                end,
                "(?<=[a-zA-Z])[0-9](?=[ ,);])",
                m -> Integer.toString((m.charAt(0) - '0' + 1) % 10));
        change(
                mutants,
                text,
                begin,
                end,
                "(?<=& |\\+ )\\d+(?=\\)| >>)",
                m -> Integer.toString(Integer.parseInt(m) + 1));
        change(mutants, text, begin, end, " & mask\\b", m -> "");
        change(mutants, text, begin, end, "(?<= )\\|(?==? )", m -> "&");
        change(mutants, text, begin, end, "(?<= )\\^(?==? )", m -> "|");
        change(
                mutants,
                text,
                begin,
                end,
                "(?<=\\[[a-z]{1,6} \\+ )\\d(?=])",
                m -> Integer.toString(m.charAt(0) - '0' + 1));
        return mutants;
    }

    /** Whether what is at {@code position} is nothing to the compiler. */
    static boolean isInComment(String text, int position) {
        String before = text.substring(text.lastIndexOf('\n', position) + 1, position);
        return before.contains("//") || before.strip().startsWith("*") || before.contains("/**");
    }

    private static void change(
            List<Mutant> mutants, String text, int begin, int end, String pattern, UnaryOperator<String> replacement) {
        Matcher matcher = Pattern.compile(pattern).matcher(text).region(begin, end);
        matcher.useTransparentBounds(true);
        while (matcher.find()) {
            if (!matcher.group().isEmpty() && !isInComment(text, matcher.start())) {
                String changed = text.substring(0, matcher.start())
                        + replacement.apply(matcher.group())
                        + text.substring(matcher.end());
                int line = text.lastIndexOf('\n', matcher.start()) + 1;
                mutants.add(new Mutant(
                        changed,
                        matcher.group() + " in "
                                + changed.substring(line, changed.indexOf('\n', line))
                                        .strip()));
            }
        }
    }
}
