package dev.akushu.explain;

/** How many columns of a terminal a text takes: Japanese characters take two each. */
final class Columns {
    private Columns() {}

    static int of(String text) {
        return text.codePoints().map(Columns::of).sum();
    }

    static int of(int character) {
        return switch (Character.getType(character)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
            default -> isWide(character) ? 2 : 1;
        };
    }

    /** The text, and behind it spaces up to {@code columns}. */
    static String padRight(String text, int columns) {
        return text + " ".repeat(Math.max(0, columns - of(text)));
    }

    /** The text, and before it spaces up to {@code columns}. */
    static String padLeft(String text, int columns) {
        return " ".repeat(Math.max(0, columns - of(text))) + text;
    }

    /** Wide or fullwidth by Unicode's East Asian Width (UAX #11), in ranges: scripts are wide as a whole. */
    static boolean isWide(int character) {
        return character >= 0x1100 && character <= 0x115f
                || character >= 0x2e80 && character <= 0x303e
                || character >= 0x3041 && character <= 0xa4cf
                || character >= 0xac00 && character <= 0xd7a3
                || character >= 0xf900 && character <= 0xfaff
                || character >= 0xfe30 && character <= 0xfe6f
                || character >= 0xff00 && character <= 0xff60
                || character >= 0xffe0 && character <= 0xffe6
                || character >= 0x1f300 && character <= 0x1faff
                || character >= 0x20000 && character <= 0x3fffd;
    }
}
