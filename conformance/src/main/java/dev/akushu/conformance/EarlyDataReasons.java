package dev.akushu.conformance;

import dev.akushu.tls.EarlyDataOutcome;
import dev.akushu.tls.NotResumed;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsSession;

/** What BoringSSL calls the outcomes of early data. */
final class EarlyDataReasons {
    private EarlyDataReasons() {}

    /**
     * The outcome of {@code session}.
     *
     * @param enabled whether this end had early data enabled
     */
    static String of(TlsSession session, boolean enabled) {
        EarlyDataOutcome outcome = session.earlyData().outcome();
        return switch (outcome) {
            case NOT_OFFERED -> !enabled || session.role() == Role.CLIENT ? "disabled" : notOffered(session);
            case ACCEPTED -> "accepted";
            case NO_TICKET -> "no_session_offered";
            case TICKET_WITHOUT_EARLY_DATA -> "unsupported_for_session";
            case OTHER_APPLICATION_PROTOCOL -> "alpn_mismatch";
            case RETRY -> "hello_retry_request";
            case SESSION_NOT_RESUMED -> "session_not_resumed";
            case REFUSED_BY_SERVER -> "peer_declined";
            case TURNED_OFF -> "disabled";
            case AGE_MISMATCH -> "ticket_age_skew";
            case SERVER_NO_LONGER_TRUSTED,
                    KEY_WITHOUT_EARLY_DATA,
                    OUTSIDE_KEY_TERMS,
                    TOO_LONG_FOR_TICKET,
                    TOO_LONG_FOR_KEY,
                    OTHER_SERVER_NAME,
                    OTHER_SUITE,
                    NOT_FIRST_TICKET,
                    TICKET_ALLOWS_MORE,
                    REPLAYED,
                    REPLAY_UNKNOWN -> "none of BoringSSL's: " + outcome;
        };
    }

    /** BoringSSL's server looks at the session first. */
    private static String notOffered(TlsSession session) {
        NotResumed reason = session.notResumed();
        if (reason == null) {
            return "peer_declined";
        }
        return reason == NotResumed.NO_TICKET ? "no_session_offered" : "session_not_resumed";
    }
}
