package dev.akushu.fuzz;

import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;

/** What a refusal has to be. */
final class Faults {
    private Faults() {}

    /** A peer's fault, with a text for people; never a defect of ours. */
    static void requireFaultOfThePeer(TlsException refused) {
        if (refused.problem() == Problem.INTERNAL) {
            throw new AssertionError("input led to a defect", refused);
        }
        if (refused.getMessage() == null || refused.getMessage().isBlank()) {
            throw new AssertionError("a refusal without a text", refused);
        }
    }
}
