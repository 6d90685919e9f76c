package dev.akushu.tls.server;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.EarlyDataOutcome;
import dev.akushu.tls.EarlyDataTerms;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.crypto.HashAlgorithm;
import dev.akushu.tls.engine.Output;
import dev.akushu.tls.engine.Received;
import dev.akushu.tls.resume.OpenedTicket;
import dev.akushu.tls.resume.PskImporter;
import dev.akushu.tls.resume.TicketState;
import dev.akushu.tls.schedule.EarlySecret;
import dev.akushu.tls.schedule.Transcript;
import dev.akushu.tls.wire.OfferedPsks;
import java.time.Instant;
import java.util.List;

/** Early data that the server does not take is passed over. RFC 9846 section 4.3.10. */
final class RefusedEarlyData {
    /** How much is skipped at least, whatever this server itself allows: a client learns of the refusal after one flight. */
    private static final long LEAST_SKIPPED = 1 << 16;

    private RefusedEarlyData() {}

    static void because(
            EarlyDataOutcome reason,
            TlsServer config,
            ClientWishes wishes,
            List<FoundPsk> psks,
            Received received,
            Output out) {
        if (reason != EarlyDataOutcome.REPLAYED && reason != EarlyDataOutcome.REPLAY_UNKNOWN) {
            rememberProved(config, wishes, psks, received);
        }
        long allowedByKey = Math.max(allowedByTicket(config, wishes), allowedByExternal(psks));
        long allowed = Math.max(config.maxEarlyDataBytes(), allowedByKey);
        out.skipEarlyData(Math.max(LEAST_SKIPPED, allowed));
        out.earlyData(reason);
    }

    /**
     * What was refused for another reason than the replay guard's could be taken later: when the span has begun, or nobody asks for a retry any more. The client may have sent its data again by then, so
     * the guard must know of this copy (RFC 9846 section 8.2). Only of those whose binder is right, or anybody could fill its memory.
     */
    private static void rememberProved(TlsServer config, ClientWishes wishes, List<FoundPsk> psks, Received received) {
        OfferedPsks offered = wishes.psks();
        // RFC 9846 4.3.10: early data belongs to the first key on offer.
        FoundPsk first =
                psks.stream().filter(found -> found.index() == 0).findFirst().orElse(null);
        if (offered == null || first == null) {
            return;
        }
        EarlyDataTerms terms = first.psk().earlyData().orElse(null);
        Instant now = config.clock().instant();
        if (terms == null || now.isAfter(terms.until())) {
            return;
        }
        HashAlgorithm hash = config.crypto().hash(first.kdf());
        EarlySecret secret = PskImporter.earlySecret(config.crypto(), first.psk(), first.kdf());
        if (secret == null || hash == null) {
            return;
        }
        Bytes binder = offered.binders().getFirst();
        byte[] truncated = new Transcript(hash)
                .hashWithTruncated(received.bytes(), wishes.hello().bindersLength());
        boolean proved = secret.isBinder(binder, first.kind(), truncated);
        secret.wipe();
        if (proved) {
            EarlyDataChoice.remember(config, EarlyTerms.hello(first.psk(), terms, binder, now));
        }
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
