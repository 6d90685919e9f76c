package dev.akushu.tls.server;

import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.EarlyDataOutcome;
import dev.akushu.tls.EarlyDataTerms;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.engine.Output;
import dev.akushu.tls.resume.OpenedTicket;
import dev.akushu.tls.resume.TicketState;
import dev.akushu.tls.wire.OfferedPsks;
import java.util.List;

/** Early data that the server does not take is passed over. RFC 9846 section 4.3.10. */
final class RefusedEarlyData {
    /** How much is skipped at least, whatever this server itself allows: a client learns of the refusal after one flight. */
    private static final long LEAST_SKIPPED = 1 << 16;

    private RefusedEarlyData() {}

    static void because(
            EarlyDataOutcome reason, TlsServer config, ClientWishes wishes, List<FoundPsk> psks, Output out) {
        long allowedByKey = Math.max(allowedByTicket(config, wishes), allowedByExternal(psks));
        long allowed = Math.max(config.maxEarlyDataBytes(), allowedByKey);
        out.skipEarlyData(Math.max(LEAST_SKIPPED, allowed));
        out.earlyData(reason);
    }

    private static long allowedByExternal(List<FoundPsk> psks) {
        return psks.stream()
                .flatMap(found -> found.psk().earlyData().stream())
                .mapToLong(EarlyDataTerms::maxBytes)
                .max()
                .orElse(0);
    }

    /**
     * What the client may rightly send: the limit in its ticket, which is older than this server's settings. RFC 9846
     * 4.3.10: early data belongs to the first. The ticket's seal suffices here: nothing is taken with it.
     */
    private static long allowedByTicket(TlsServer config, ClientWishes wishes) {
        OfferedPsks psks = wishes.psks();
        // A server that issues no tickets may lack what it takes to open them.
        if (psks == null || config.crypto().suite(CipherSuite.TLS_AES_256_GCM_SHA384) == null) {
            return 0;
        }
        OpenedTicket first = TicketBinding.open(
                config, psks.identities().getFirst().identity(), config.clock().instant());
        if (!(first instanceof OpenedTicket.Opened opened)) {
            return 0;
        }
        TicketState ticket = opened.state();
        ticket.wipe();
        return ticket.maxEarlyDataBytes();
    }
}
