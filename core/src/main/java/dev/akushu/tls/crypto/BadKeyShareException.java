package dev.akushu.tls.crypto;

/** A peer's key share is no valid element of its group: wrong length, a point off the curve, an all-zero result. */
public final class BadKeyShareException extends Exception {
    private static final long serialVersionUID = 1L;

    /** With the reason in a few English words, such as {@code the point is not on the curve}. */
    public BadKeyShareException(String reason) {
        super(reason);
    }

    /** As {@link #BadKeyShareException(String)}, keeping the exception behind it. */
    public BadKeyShareException(String reason, Throwable cause) {
        super(reason, cause);
    }

    /** The reason in a few English words. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
