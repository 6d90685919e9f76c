package dev.akushu.tls.engine;

import dev.akushu.tls.ReplayGuard;
import org.jspecify.annotations.Nullable;

/** Proof that a replay guard has not seen this ClientHello before. RFC 9846 section 8.2. */
public final class FirstSight {
    private FirstSight() {}

    /** The proof if that is the answer, else null. */
    public static @Nullable FirstSight by(ReplayGuard.Answer answer) {
        return answer == ReplayGuard.Answer.FRESH ? new FirstSight() : null;
    }
}
