package dev.akushu.tls.crypto;

import java.security.MessageDigest;

/** A hash for transcript and key schedule. Safe for use by many threads. */
public interface HashAlgorithm {
    /** The name people know, such as {@code SHA-256}. */
    String name();

    /** Length of a hash in bytes. */
    int length();

    /** Length of the block that HMAC pads keys to, in bytes. */
    int blockLength();

    /** A new digest that can be cloned; made without a look-up of providers. */
    MessageDigest newDigest();

    /** A digest without input for a computation that ends soon, which then gives it back: {@link #newDigest} unless some are kept. */
    default MessageDigest takeDigest() {
        return newDigest();
    }

    /** Takes back what {@link #takeDigest} gave, which is used no more. */
    default void giveBack(MessageDigest digest) {
        digest.reset();
    }
}
