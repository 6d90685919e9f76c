package dev.akushu.curves.proof;

import dev.akushu.curves.proof.Mutants.Mutant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Changes of one method that is a point formula: another operation, another operand or target, the operands of a
 * difference exchanged, a statement left out, two statements exchanged.
 */
final class FormulaMutants {
    /** Operations that take the same operands. */
    private static final List<List<String>> ALIKE = List.of(
            List.of("mul", "add", "sub"),
            List.of("sqr", "triple"),
            List.of("minusEightfold", "quadrupleMinus", "sub"),
            List.of("product", "sum", "difference"));

    private static final Pattern ARGUMENT = Pattern.compile("(?<=[(, ])(?:[a-z]\\w*\\.)?(?:[a-z]\\w*|B)(?=[,)])");
    private static final Pattern DIFFERENCE = Pattern.compile(
            "(?<=\\b(?:sub\\([\\w.]{1,20}, |difference\\(|quadrupleMinus\\([\\w.]{1,20}, |minusEightfold\\([\\w.]{1,20}, ))([\\w.]+), ([\\w.]+)(?=\\))");
    private static final Pattern FACTORS = Pattern.compile("(?<=\\bmul\\([\\w.]{1,20}, )([\\w.]+), ([\\w.]+)(?=\\))");
    private static final Pattern STATEMENT = Pattern.compile(" +([\\w.]+)\\((.*)\\);.*");

    private final String text;
    private final int begin;
    private final int end;
    private final List<Mutant> mutants = new ArrayList<>();

    private FormulaMutants(String text, String declaration) {
        this.text = text;
        int start = text.indexOf(declaration);
        while (start >= 0 && !text.substring(start, text.indexOf('\n', start)).endsWith("{")) {
            start = text.indexOf(declaration, start + 1);
        }
        if (start < 0) {
            throw new IllegalStateException("no method " + declaration);
        }
        String line = text.substring(text.lastIndexOf('\n', start) + 1, start);
        String indent = line.substring(0, line.length() - line.stripLeading().length());
        begin = text.indexOf('\n', start) + 1;
        end = text.indexOf("\n" + indent + "}", begin) + 1;
    }

    /**
     * The mutants of the method whose declaration has {@code declaration} in it. An operand is replaced by one
     * other name, and if the property {@code akushu.curves.thorough} is set, by every other one.
     */
    static List<Mutant> of(String text, String declaration) {
        FormulaMutants all = new FormulaMutants(text, declaration);
        all.changeOperations();
        all.changeArguments(Boolean.getBoolean("akushu.curves.thorough"));
        all.exchange(DIFFERENCE);
        all.changeStatements();
        return all.mutants;
    }

    /** The mutants of the method in which the factors of a product are exchanged, which matters for bounds alone. */
    static List<Mutant> ofFactors(String text, String declaration) {
        FormulaMutants all = new FormulaMutants(text, declaration);
        all.exchange(FACTORS);
        return all.mutants;
    }

    private void add(int from, int to, String replacement) {
        if (Mutants.isInComment(text, from) || text.substring(from, to).equals(replacement)) {
            return;
        }
        int line = text.lastIndexOf('\n', from) + 1;
        String changed = text.substring(0, from) + replacement + text.substring(to);
        int stop = changed.indexOf('\n', from + replacement.length());
        mutants.add(new Mutant(
                changed,
                text.substring(from, to).strip() + " in "
                        + changed.substring(line, stop).strip()));
    }

    private Matcher matcher(Pattern pattern) {
        Matcher matcher = pattern.matcher(text).region(begin, end);
        matcher.useTransparentBounds(true);
        return matcher;
    }

    private void changeOperations() {
        for (List<String> alike : ALIKE) {
            Matcher matcher = matcher(Pattern.compile("\\b(" + String.join("|", alike) + ")(?=\\()"));
            while (matcher.find()) {
                // A difference of the fields is among two groups.
                if (alike.contains("quadrupleMinus") && matcher.group().equals("sub")) {
                    continue;
                }
                for (String other : alike) {
                    if (!other.equals(matcher.group()) && !(other.equals("triple") && isOn25519())) {
                        add(matcher.start(), matcher.end(), other);
                    }
                }
            }
        }
    }

    private boolean isOn25519() {
        return text.contains("Field25519");
    }

    private void changeArguments(boolean isThorough) {
        Set<String> names = new LinkedHashSet<>();
        List<MatchResult> arguments = matcher(ARGUMENT)
                .results()
                .filter(r -> !Mutants.isInComment(text, r.start()))
                .toList();
        arguments.forEach(r -> names.add(r.group()));
        List<String> all = List.copyOf(names);
        arguments.stream().filter(r -> !isNoFormula(lineAt(r.start()))).forEach(r -> {
            int at = all.indexOf(r.group());
            for (int i = 1; i < (isThorough ? all.size() : 2); i++) {
                add(r.start(), r.end(), all.get((at + i) % all.size()));
            }
        });
    }

    private String lineAt(int position) {
        return text.substring(text.lastIndexOf('\n', position) + 1, text.indexOf('\n', position));
    }

    /** What is wiped, kept for others or refused is no part of a formula. */
    private static boolean isNoFormula(String line) {
        return Stream.of("wipe", "fill(", "POINTS", "checkLength").anyMatch(line::contains);
    }

    private void exchange(Pattern operands) {
        Matcher matcher = matcher(operands);
        while (matcher.find()) {
            add(matcher.start(), matcher.end(), matcher.group(2) + ", " + matcher.group(1));
        }
    }

    private void changeStatements() {
        int from = begin;
        String before = "";
        for (String line : text.substring(begin, end).split("\n", -1)) {
            if (STATEMENT.matcher(line).matches() && !isNoFormula(line)) {
                add(from, from + line.length(), "");
                if (isDependent(before, line)) {
                    add(from - before.length() - 1, from + line.length(), line + "\n" + before);
                }
            }
            from += line.length() + 1;
            before = line;
        }
    }

    /** A statement's operation, and the places that it names, first that which it changes. */
    private record Statement(String operation, List<String> places) {
        static Statement of(Matcher matcher) {
            String method = matcher.group(1);
            String owner = method.substring(0, Math.max(0, method.lastIndexOf('.')));
            Stream<String> arguments = Stream.of(matcher.group(2).split(", ", -1));
            boolean isStatic = owner.isEmpty() || owner.startsWith("Field");
            Stream<String> all = isStatic ? arguments : Stream.concat(Stream.of(owner), arguments);
            // A result's coordinate may be an operand's.
            List<String> places = all.map(a -> a.replaceFirst("^r\\.", "p.")).toList();
            return new Statement(method.substring(method.lastIndexOf('.') + 1), places);
        }

        String target() {
            return places.getFirst();
        }

        /** Whether this is {@code a = a + b}, {@code a - b} or {@code a b}. */
        boolean accumulates(List<String> operations) {
            return operations.contains(operation)
                    && places.size() == 3
                    && places.get(1).equals(target())
                    && !places.get(2).equals(target());
        }
    }

    /** Whether one statement changes what the other names, and not both do no more than add, or multiply, to it. */
    private static boolean isDependent(String before, String after) {
        Matcher first = STATEMENT.matcher(before);
        Matcher second = STATEMENT.matcher(after);
        if (!first.matches() || !second.matches()) {
            return false;
        }
        Statement one = Statement.of(first);
        Statement other = Statement.of(second);
        boolean commutes = one.target().equals(other.target())
                && Stream.of(List.of("add", "sub"), List.of("mul"))
                        .anyMatch(sums -> one.accumulates(sums) && other.accumulates(sums));
        return !commutes && (one.places.contains(other.target()) || other.places.contains(one.target()));
    }
}
