package dev.akushu.explain;

/** Makes text of a peer's making safe to print. */
public final class Printable {
    private static final int REPLACEMENT = 0xfffd;

    private Printable() {}

    /**
     * The text on one line and without characters that a terminal obeys: a host name, a protocol or a subject from the wire
     * must not move the cursor, hide what follows, or reverse its direction.
     */
    public static String of(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().map(Printable::safe).forEach(safe::appendCodePoint);
        return safe.toString();
    }

    private static int safe(int character) {
        if (character == '\n' || character == '\t') {
            return ' ';
        }
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> REPLACEMENT;
            default -> character;
        };
    }
}
