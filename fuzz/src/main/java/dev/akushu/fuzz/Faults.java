package dev.akushu.fuzz;

import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import java.util.Arrays;

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

    /** One of those that the method's documentation names. */
    static void requireOneOf(TlsException refused, Problem... documented) {
        requireFaultOfThePeer(refused);
        if (!Arrays.asList(documented).contains(refused.problem())) {
            throw new AssertionError("a refusal that nobody was told of: " + refused.problem(), refused);
        }
    }
}
