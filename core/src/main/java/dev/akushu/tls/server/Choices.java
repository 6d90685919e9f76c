package dev.akushu.tls.server;

import dev.akushu.tls.CertificateType;
import dev.akushu.tls.EarlyDataOutcome;
import dev.akushu.tls.EarlyDataReport;
import dev.akushu.tls.NamedGroup;
import org.jspecify.annotations.Nullable;

/**
 * All that the server has chosen in answer to a ClientHello.
 *
 * @param wishes of the client
 * @param negotiation suite, group and application protocol
 * @param serverType what this server shows, or showed in the session that is resumed
 * @param clientType what the client shows if it is asked: certificates, or a public key alone; null if it has nothing that this server would take
 * @param retried whether it took a second ClientHello
 * @param resumption whether the session resumes
 * @param earlyData what becomes of early data
 * @param earlyTraffic by which it is received, or null if none is taken
 */
record Choices(
        ClientWishes wishes,
        Negotiation negotiation,
        CertificateType serverType,
        @Nullable CertificateType clientType,
        boolean retried,
        Resumption.Decision resumption,
        EarlyDataOutcome earlyData,
        @Nullable EarlyTraffic earlyTraffic) {
    /** The group that made the shared secret, or null if the pre-shared key that was taken does without. */
    @Nullable NamedGroup group() {
        return resumption.byPsk() && negotiation.pskAlone() ? null : negotiation.group();
    }

    /** To be asked once all early data has come. */
    EarlyDataReport earlyDataReport() {
        return earlyData == EarlyDataOutcome.NOT_OFFERED
                ? EarlyDataReport.none()
                : new EarlyDataReport(
                        earlyData,
                        earlyTraffic == null ? 0 : earlyTraffic.input().received(),
                        false);
    }
}
