package dev.akushu.tls.schedule;

import java.security.MessageDigest;

/** The state of a digest after some input, saved so that any number of computations can go on from it. */
final class DigestState {
    private final MessageDigest saved;

    /** Takes {@code digest} over: nobody else may use it any more. */
    DigestState(MessageDigest digest) {
        this.saved = digest;
    }

    /** A digest that has seen what the saved one had. */
    MessageDigest resume() {
        return copyOf(saved);
    }

    /** Forgets the input, as well as the platform's digest does so on a reset. */
    void wipe() {
        saved.reset();
    }

    static MessageDigest copyOf(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(digest.getAlgorithm() + " cannot be cloned, as HashAlgorithm promises", e);
        }
    }
}
