package dev.akushu.conformance;

/** Something that the test's flags say must be so is not: the test fails. */
final class Unmet extends Exception {
    private static final long serialVersionUID = 1L;

    Unmet(String what) {
        super(what);
    }

    /** Throws unless {@code actual} is what the flags want. */
    static void unlessEqual(String what, Object expected, Object actual) throws Unmet {
        if (!expected.equals(actual)) {
            throw new Unmet(what + ": expected " + expected + ", got " + actual);
        }
    }
}
