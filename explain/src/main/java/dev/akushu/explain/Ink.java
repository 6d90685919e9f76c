package dev.akushu.explain;

import dev.akushu.tls.trace.Protection;

/** Colours, by ANSI escape sequences of the sixteen that every terminal theme defines. */
enum Ink {
    /** Not encrypted. */
    CLEAR("33"),
    /** Early keys. */
    EARLY("35"),
    /** Handshake keys. */
    HANDSHAKE("36"),
    /** Application keys. */
    APPLICATION("32"),
    /** A failure. */
    FAILURE("1;31"),
    /** A heading. */
    HEADING("1"),
    /** What stands back. */
    QUIET("2");

    private final String code;

    Ink(String code) {
        this.code = code;
    }

    static Ink of(Protection protection) {
        return switch (protection) {
            case CLEAR -> CLEAR;
            case EARLY -> EARLY;
            case HANDSHAKE -> HANDSHAKE;
            case APPLICATION -> APPLICATION;
        };
    }

    String paint(String text) {
        return "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
