package dev.akushu.explain;

import dev.akushu.tls.NotResumed;
import dev.akushu.tls.trace.Flow;
import dev.akushu.tls.trace.TraceEvent;

/** Chooses what a short telling leaves out: what the messages beside it show anyway. */
final class Brevity {
    /** RFC 8449 4: what says that there is no limit but the protocol's. */
    private static final int FULL_RECORD = (1 << 14) + 1;

    private Brevity() {}

    static boolean tells(Step step) {
        return switch (step.event()) {
            case TraceEvent.RecordPassed _, TraceEvent.ChangeCipherSpec _ -> false;
            case TraceEvent.SecretDerived _, TraceEvent.KeysChanged _, TraceEvent.KeyUpdated _ -> false;
            case TraceEvent.ClientCertificateRequested _, TraceEvent.EarlyDataSkipped _ -> false;
            case TraceEvent.ResumptionDecided decided -> decided.reason() != NotResumed.NO_TICKET;
            case TraceEvent.ApplicationProtocolChosen protocol ->
                !protocol.offered().isEmpty();
            case TraceEvent.ProofOfKey proof -> isWorthIt(step, proof.flow());
            case TraceEvent.FinishedChecked finished -> finished.flow() == Flow.RECEIVED;
            case TraceEvent.RecordSizesAgreed agreed -> Math.min(agreed.client(), agreed.server()) < FULL_RECORD;
            default -> true;
        };
    }

    /** Where both ends tell, the verifier's word suffices. */
    private static boolean isWorthIt(Step step, Flow flow) {
        return flow == Flow.RECEIVED || !step.situation().bothEnds();
    }
}
