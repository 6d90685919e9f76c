package dev.akushu.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Breaks a text into lines: at spaces, and in Japanese between phrases. A phrase is taken to end where hiragana, which hold its
 * particles and endings, or punctuation give way to other characters; so no word is torn apart and no line begins with what
 * belongs to the one before.
 */
final class Paragraph {
    /** Must not begin a line: closing punctuation. */
    private static final String CLOSING = "、。，．・：；？！」』）〕】》〉)]},.:;?!";

    /** Must not end a line: opening brackets. */
    private static final String OPENING = "「『（〔【《〈([{";

    /** A space at which a line may end: not before a particle, and not between a number and its Japanese unit. */
    private static final Pattern WORD_SPACE = Pattern.compile(" (?![ぁ-ゟ]|(?<=\\d )[ァ-鿿])");

    private final int width;
    private final List<String> lines = new ArrayList<>();
    private final StringBuilder line = new StringBuilder();
    private int columns;

    private Paragraph(int width) {
        this.width = width;
    }

    /** The lines of {@code text}, none wider than {@code width}; at least one. */
    static List<String> lines(String text, int width) {
        Paragraph paragraph = new Paragraph(Math.max(2, width));
        for (String word : WORD_SPACE.splitAsStream(text).toList()) {
            paragraph.add(word);
        }
        paragraph.lines.add(paragraph.line.toString());
        return List.copyOf(paragraph.lines);
    }

    private void add(String word) {
        boolean first = true;
        for (String piece : pieces(word)) {
            add(piece, first && columns > 0 ? " " : "");
            first = false;
        }
    }

    private void add(String piece, String space) {
        int needed = Columns.of(piece);
        if (columns > 0 && columns + space.length() + needed > width) {
            newLine();
        }
        if (columns > 0) {
            line.append(space);
            columns += space.length();
        }
        if (needed <= width) {
            line.append(piece);
            columns += needed;
            return;
        }
        addCutUp(piece);
    }

    /** What is wider than a whole line is cut wherever the line ends: it is hexadecimal, or a name that somebody made up. */
    private void addCutUp(String piece) {
        piece.codePoints().forEach(character -> {
            if (columns + Columns.of(character) > width) {
                newLine();
            }
            line.appendCodePoint(character);
            columns += Columns.of(character);
        });
    }

    private void newLine() {
        lines.add(line.toString());
        line.setLength(0);
        columns = 0;
    }

    /** The parts of a word between which a line may end. */
    private static List<String> pieces(String word) {
        List<String> pieces = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        int previous = -1;
        for (int character : word.codePoints().toArray()) {
            if (previous >= 0 && mayBreak(previous, character)) {
                pieces.add(piece.toString());
                piece.setLength(0);
            }
            piece.appendCodePoint(character);
            previous = character;
        }
        pieces.add(piece.toString());
        return pieces;
    }

    private static boolean mayBreak(int before, int after) {
        if (CLOSING.indexOf(after) >= 0 || OPENING.indexOf(before) >= 0) {
            return false;
        }
        if (CLOSING.indexOf(before) >= 0) {
            return Columns.isWide(before) || Columns.isWide(after);
        }
        return OPENING.indexOf(after) >= 0 && Columns.isWide(before) || isHiragana(before) && !isHiragana(after);
    }

    private static boolean isHiragana(int character) {
        return character >= 0x3041 && character <= 0x309f;
    }
}
