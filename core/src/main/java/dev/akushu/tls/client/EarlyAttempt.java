package dev.akushu.tls.client;

import dev.akushu.tls.EarlyData;
import dev.akushu.tls.EarlyDataOutcome;
import dev.akushu.tls.EarlyDataReport;
import dev.akushu.tls.StoredTicket;
import dev.akushu.tls.engine.EarlySending;
import dev.akushu.tls.record.RecordSealer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a client means to send early, and how far it has come with it. RFC 9846 section 4.3.10.
 *
 * @param data that the application wants to send early, or null if none
 * @param ticket with which it was sent, or null if it was not
 * @param outcome what became of it, or null as long as the server has not said
 */
record EarlyAttempt(
        @Nullable EarlyData data,
        @Nullable OfferedTicket ticket,
        @Nullable EarlyDataOutcome outcome) {
    /** Whether, and with what, early data is offered; an outcome is there already if it is not. */
    static EarlyAttempt of(ClientSetting setting, @Nullable OfferedTicket ticket) {
        EarlyData data = setting.earlyData();
        if (data == null) {
            return new EarlyAttempt(null, null, EarlyDataOutcome.NOT_OFFERED);
        }
        if (ticket == null) {
            return new EarlyAttempt(data, null, EarlyDataOutcome.NO_TICKET);
        }
        EarlyDataOutcome refusal = refusal(setting, data, ticket);
        return new EarlyAttempt(data, refusal == null ? ticket : null, refusal);
    }

    private static @Nullable EarlyDataOutcome refusal(ClientSetting setting, EarlyData data, OfferedTicket offered) {
        StoredTicket ticket = offered.ticket();
        if (!Objects.equals(ticket.origin().serverName(), setting.serverName())) {
            return EarlyDataOutcome.OTHER_SERVER_NAME;
        }
        // RFC 9846 4.3.10: early data is in the application protocol of the ticket's session.
        if (!fits(data, ticket.origin().applicationProtocol(), setting)) {
            return EarlyDataOutcome.OTHER_APPLICATION_PROTOCOL;
        }
        return EarlySending.refusal(data.data(), ticket, mostRecords(setting, offered));
    }

    /** How many records the early key may protect. */
    static long mostRecords(ClientSetting setting, OfferedTicket offered) {
        return RecordSealer.mostApplicationRecords(
                offered.suite().aead(), setting.config().recordsPerKey());
    }

    /** Whether the data is in {@code protocol}: the one that it names, else the only one on offer, else none. */
    private static boolean fits(EarlyData data, @Nullable String protocol, ClientSetting setting) {
        List<String> offered = setting.config().applicationProtocols();
        String only = offered.size() == 1 ? offered.getFirst() : null;
        return Objects.equals(data.applicationProtocol().orElse(only), protocol);
    }

    /** Whether the server has yet to say what becomes of it. */
    boolean isPending() {
        return outcome == null;
    }

    boolean accepted() {
        return outcome == EarlyDataOutcome.ACCEPTED;
    }

    EarlyAttempt with(EarlyDataOutcome decided) {
        return new EarlyAttempt(data, ticket, decided);
    }

    /** What to tell the application, once the handshake is done. */
    EarlyDataReport report(ClientSetting setting, @Nullable String chosenProtocol) {
        if (data == null || outcome == null) {
            return EarlyDataReport.none();
        }
        return new EarlyDataReport(
                outcome, ticket == null ? 0 : data.data().length(), mustBeResent(data, setting, chosenProtocol));
    }

    private boolean mustBeResent(EarlyData refused, ClientSetting setting, @Nullable String chosenProtocol) {
        // RFC 9846 4.3.10: a TLS implementation MUST NOT automatically resend early data unless the negotiated
        // connection selects the same ALPN protocol.
        boolean sameProtocol =
                ticket == null || Objects.equals(ticket.ticket().origin().applicationProtocol(), chosenProtocol);
        return !accepted() && refused.mayBeResent() && sameProtocol && fits(refused, chosenProtocol, setting);
    }
}
