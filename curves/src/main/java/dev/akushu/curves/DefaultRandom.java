package dev.akushu.curves;

import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/** The randomness of callers that bring none of their own: one generator for all, because finding one takes longer than using it. */
final class DefaultRandom {
    private static final SecureRandom SHARED = new SecureRandom();

    private DefaultRandom() {}

    static SecureRandom unless(@Nullable SecureRandom given) {
        return given == null ? SHARED : given;
    }
}
