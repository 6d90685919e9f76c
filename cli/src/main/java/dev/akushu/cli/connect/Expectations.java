package dev.akushu.cli.connect;

import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.ExitCode;
import dev.akushu.cli.console.Words;
import dev.akushu.tls.EarlyDataReport;
import dev.akushu.tls.NotResumed;
import dev.akushu.tls.TlsSession;
import java.util.Locale;

/**
 * What the connection must be like, besides being one.
 *
 * @param resumed whether it must be resumed
 * @param applicationProtocol the protocol that must be agreed on, or nothing
 * @param words for the failure
 */
record Expectations(boolean resumed, String applicationProtocol, Words words) {
    /** The server must have taken the early data, or have got it again as ordinary data. */
    void checkEarly(EarlyDataReport early) throws CommandFailure {
        if (!early.accepted() && !early.resent()) {
            throw words.failure(
                    ExitCode.CONDITION,
                    "early_data_not_accepted",
                    early.outcome().name().toLowerCase(Locale.ROOT));
        }
    }

    void check(TlsSession session) throws CommandFailure {
        NotResumed reason = session.notResumed();
        if (resumed && reason != null) {
            throw words.failure(ExitCode.CONDITION, "not_resumed", reason.name().toLowerCase(Locale.ROOT));
        }
        String agreed = session.applicationProtocol();
        if (!applicationProtocol.isEmpty() && !applicationProtocol.equals(agreed)) {
            throw agreed == null
                    ? words.failure(ExitCode.CONDITION, "no_alpn", applicationProtocol)
                    : words.failure(ExitCode.CONDITION, "other_alpn", applicationProtocol, agreed);
        }
    }
}
