package dev.akushu.tls.identity;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 for fingerprints: what nobody has to keep secret, and what no policy chooses. */
public final class Sha256 {
    private static final MessageDigest PRISTINE = lookedUp();

    private Sha256() {}

    /** A digest that was fed nothing yet; a clone of one that is never fed, which costs no look-up where it can be cloned. */
    public static MessageDigest fresh() {
        try {
            // In the JDK, and in all providers that we know, cloning only reads: safe for many threads at once.
            return (MessageDigest) PRISTINE.clone();
        } catch (CloneNotSupportedException anotherProviders) {
            return lookedUp();
        }
    }

    private static MessageDigest lookedUp() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
