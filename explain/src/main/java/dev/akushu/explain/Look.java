package dev.akushu.explain;

import java.util.Locale;

/**
 * How a story looks on a terminal.
 *
 * @param locale Japanese if its language is, otherwise English
 * @param width of the terminal in columns, at least 40
 * @param colour whether to colour by escape sequences; off if the environment has NO_COLOR or the output is no terminal.
 *     Nothing is told by colour alone
 * @param unicode whether the terminal can show arrows and lines; otherwise they are made of ASCII
 * @param verbose whether to show every byte and every remark
 */
public record Look(Locale locale, int width, boolean colour, boolean unicode, boolean verbose) {
    private static final int NARROWEST = 40;

    /** Takes the width as 40 if it is less. */
    public Look {
        width = Math.max(width, NARROWEST);
    }

    /** 100 columns, without colour, with lines and arrows, short. */
    public static Look plain(Locale locale) {
        return new Look(locale, 100, false, true, false);
    }

    /** The same with another width. */
    public Look withWidth(int columns) {
        return new Look(locale, columns, colour, unicode, verbose);
    }

    /** The same with or without colour. */
    public Look withColour(boolean wanted) {
        return new Look(locale, width, wanted, unicode, verbose);
    }

    /** The same with or without characters beyond ASCII for lines. */
    public Look withUnicode(boolean wanted) {
        return new Look(locale, width, colour, wanted, verbose);
    }

    /** The same, short or with every byte and every remark. */
    public Look withVerbose(boolean wanted) {
        return new Look(locale, width, colour, unicode, wanted);
    }
}
