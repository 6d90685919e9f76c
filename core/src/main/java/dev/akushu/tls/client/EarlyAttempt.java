package dev.akushu.tls.client;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.EarlyData;
import dev.akushu.tls.EarlyDataOutcome;
import dev.akushu.tls.EarlyDataReport;
import dev.akushu.tls.engine.EarlyAllowance;
import dev.akushu.tls.engine.EarlySending;
import dev.akushu.tls.record.RecordSealer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a client means to send early, and how far it has come with it. RFC 9846 section 4.3.10.
 *
 * @param data that the application wants to send early, or null if none
 * @param psk under which it was sent, the first on offer; or null if it was not sent
 * @param outcome what became of it, or null as long as the server has not said
 */
record EarlyAttempt(
        @Nullable EarlyData data,
        @Nullable OfferedPsk psk,
        @Nullable EarlyDataOutcome outcome) {
    /**
     * Whether, and with what, early data is offered; an outcome is there already if it is not.
     *
     * @param psks on offer: RFC 9846 section 4.3.10 has early data under the first
     */
    static EarlyAttempt of(ClientSetting setting, List<OfferedPsk> psks) {
        EarlyData data = setting.earlyData();
        if (data == null) {
            return new EarlyAttempt(null, null, EarlyDataOutcome.NOT_OFFERED);
        }
        // Under no other key either: the host has just been refused.
        if (setting.withheld() != null) {
            return new EarlyAttempt(data, null, EarlyDataOutcome.SERVER_NO_LONGER_TRUSTED);
        }
        if (psks.isEmpty()) {
            return new EarlyAttempt(data, null, EarlyDataOutcome.NO_TICKET);
        }
        OfferedPsk first = psks.getFirst();
        EarlyDataOutcome refusal = refusal(setting, data, first);
        return new EarlyAttempt(data, refusal == null ? first : null, refusal);
    }

    private static @Nullable EarlyDataOutcome refusal(ClientSetting setting, EarlyData data, OfferedPsk psk) {
        EarlyDataOutcome refusal = psk.refusesEarly(setting);
        EarlyAllowance allowance = allowance(psk, setting);
        if (refusal != null || allowance == null) {
            return refusal;
        }
        // RFC 9846 4.3.10: early data is in the application protocol that belongs to the key.
        if (!fits(data, allowance.applicationProtocol(), setting)) {
            return EarlyDataOutcome.OTHER_APPLICATION_PROTOCOL;
        }
        return data.mayBeCut() ? null : EarlySending.refusal(data.data(), allowance, mostRecords(setting, allowance));
    }

    /** What of the data is sent early. */
    Bytes sent(ClientSetting setting) {
        EarlyAllowance allowance = psk == null ? null : allowance(psk, setting);
        if (data == null || allowance == null) {
            return Bytes.empty();
        }
        return data.mayBeCut()
                ? EarlySending.fitting(data.data(), allowance, mostRecords(setting, allowance))
                : data.data();
    }

    /** What the key under which it was sent says, or null if it was not sent. */
    @Nullable EarlyAllowance allowance() {
        return psk == null ? null : psk.early();
    }

    private static @Nullable EarlyAllowance allowance(OfferedPsk psk, ClientSetting setting) {
        EarlyAllowance allowance = psk.early();
        return allowance == null
                ? null
                : allowance.withContent(setting.config().records().sendLimit());
    }

    /** Whether the server took the key under which early data was sent. */
    boolean isUnder(@Nullable OfferedPsk chosen) {
        return psk != null && psk.equals(chosen);
    }

    /** How many records the early key may protect. */
    static long mostRecords(ClientSetting setting, EarlyAllowance allowance) {
        return RecordSealer.mostApplicationRecords(
                allowance.suite().aead(), setting.config().recordsPerKey());
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
        return new EarlyAttempt(data, psk, decided);
    }

    /** What to tell the application, once the handshake is done. */
    EarlyDataReport report(ClientSetting setting, @Nullable String chosenProtocol) {
        if (data == null || outcome == null) {
            return EarlyDataReport.none();
        }
        return new EarlyDataReport(outcome, sent(setting).length(), mustBeResent(data, setting, chosenProtocol));
    }

    private boolean mustBeResent(EarlyData refused, ClientSetting setting, @Nullable String chosenProtocol) {
        EarlyAllowance allowance = allowance();
        // RFC 9846 4.3.10: a TLS implementation MUST NOT automatically resend early data unless the negotiated
        // connection selects the same ALPN protocol.
        boolean sameProtocol = allowance == null || Objects.equals(allowance.applicationProtocol(), chosenProtocol);
        return !accepted() && refused.mayBeResent() && sameProtocol && fits(refused, chosenProtocol, setting);
    }
}
