package dev.akushu.conformance;

/**
 * The test asks for something that Akushu does not have, or that is no matter of TLS 1.3; the runner counts it as not
 * implemented.
 */
final class OutOfScope extends Exception {
    private static final long serialVersionUID = 1L;

    OutOfScope(String what) {
        super(what);
    }
}
