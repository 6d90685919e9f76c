package dev.akushu.tls.identity;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.reuse.Buffers;
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

    /** Feeds all of {@code bytes} to {@code digest}, whose maker may see a copy at most. */
    public static void add(MessageDigest digest, Bytes bytes) {
        byte[] copy = Buffers.take(bytes.length());
        try {
            bytes.copyTo(copy, 0);
            digest.update(copy, 0, bytes.length());
        } finally {
            Buffers.giveBack(copy);
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
