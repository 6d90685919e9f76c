package dev.akushu.explain;

import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/** Writes the lines of a terminal: headings, remarks with a label before them, all within the width. */
final class Page {
    private static final int INDENT = 4;
    private static final int GAP = 2;

    private final Look look;
    private final Consumer<String> out;
    private final int labelWidth;

    /** A page whose remarks have labels from {@code labels}. */
    Page(Look look, List<String> labels, Consumer<String> out) {
        this.look = look;
        this.out = out;
        this.labelWidth = labels.stream().mapToInt(Columns::of).max().orElse(0);
    }

    void blank() {
        out.accept("");
    }

    /** A line as it is, already within the width. */
    void line(String text) {
        out.accept(text);
    }

    String paint(Ink ink, String text) {
        return look.colour() ? ink.paint(text) : text;
    }

    /** A title, and below it what it is about. */
    void heading(String title, String summary) {
        blank();
        for (String line : Paragraph.lines(Printable.of(title), look.width())) {
            out.accept(paint(Ink.HEADING, line));
        }
        for (String line : Paragraph.lines(Printable.of(summary), look.width())) {
            out.accept(paint(Ink.QUIET, line));
        }
    }

    /** A short paragraph at the margin of the arrows. */
    void statement(Ink ink, String text) {
        for (String line : Paragraph.lines(Printable.of(text), look.width() - GAP)) {
            out.accept(" ".repeat(GAP) + paint(ink, line));
        }
    }

    /** A paragraph below an arrow, without a label. */
    void sentence(String text) {
        for (String line : Paragraph.lines(Printable.of(text), look.width() - INDENT)) {
            out.accept(" ".repeat(INDENT) + line);
        }
    }

    /** A remark: the label in its column, the text beside it on as many lines as it takes. */
    void remark(Ink ink, String label, String text) {
        int column = INDENT + labelWidth + GAP;
        Iterator<String> lines =
                Paragraph.lines(Printable.of(text), look.width() - column).iterator();
        String padded = Columns.padRight(label, labelWidth);
        out.accept(" ".repeat(INDENT) + paint(ink, padded) + " ".repeat(GAP) + lines.next());
        lines.forEachRemaining(line -> out.accept(" ".repeat(column) + line));
    }
}
