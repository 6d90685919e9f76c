package dev.akushu.tls;

/**
 * What became of early data on a connection.
 *
 * @param outcome whether it was accepted, and why not
 * @param bytes how many bytes the client sent early, or the server received and accepted
 * @param resent whether the client sent all of its data again as ordinary data, because nothing had been accepted and {@link EarlyData#resendIfRefused} allowed it
 */
public record EarlyDataReport(EarlyDataOutcome outcome, long bytes, boolean resent) {
    private static final EarlyDataReport NONE = new EarlyDataReport(EarlyDataOutcome.NOT_OFFERED, 0, false);

    /** Of a connection where nobody thought of early data. */
    public static EarlyDataReport none() {
        return NONE;
    }

    /** Whether the server accepted early data. */
    public boolean accepted() {
        return outcome == EarlyDataOutcome.ACCEPTED;
    }
}
