package dev.akushu.curves.proof;

/** The code does not have the property that was to be shown, or the prover cannot see it. */
@SuppressWarnings("serial")
final class ProofFailure extends RuntimeException {
    ProofFailure(String message) {
        super(message);
    }
}
