package dev.akushu.curves.generator;

import java.util.ArrayList;
import java.util.List;

/** Lines of Java in the project's format. */
final class Terms {
    private static final int WIDTH = 120;
    private static final String INDENT = "        ";

    private final List<String> lines = new ArrayList<>();

    void line(String line) {
        lines.add(line.isEmpty() ? line : "    " + line);
    }

    /**
     * {@code target = term + term - term;}: on one line if it fits, else a line a term. A term that is subtracted
     * starts with a minus.
     */
    void sum(String target, List<String> terms) {
        List<String> ordered = positiveFirst(terms);
        StringBuilder whole = new StringBuilder(INDENT + target + " = " + ordered.getFirst());
        ordered.stream().skip(1).forEach(t -> whole.append(' ').append(operator(t)));
        if (whole.length() < WIDTH) {
            lines.add(whole + ";");
            return;
        }
        lines.add(INDENT + target + " = " + ordered.getFirst());
        ordered.stream().skip(1).forEach(t -> lines.add(INDENT + INDENT + operator(t)));
        lines.add(lines.removeLast() + ";");
    }

    private static List<String> positiveFirst(List<String> terms) {
        List<String> ordered = new ArrayList<>(terms);
        String first =
                terms.stream().filter(t -> !t.startsWith("-")).findFirst().orElseThrow();
        ordered.remove(first);
        ordered.addFirst(first);
        return ordered;
    }

    private static String operator(String term) {
        return term.startsWith("-") ? "- " + term.substring(1) : "+ " + term;
    }

    String text() {
        return String.join("\n", lines) + "\n";
    }
}
