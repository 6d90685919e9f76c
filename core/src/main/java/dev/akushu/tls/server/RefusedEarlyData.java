package dev.akushu.tls.server;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.EarlyDataOutcome;
import dev.akushu.tls.EarlyDataTerms;
import dev.akushu.tls.ReplayGuard;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.crypto.HashAlgorithm;
import dev.akushu.tls.crypto.SuiteCrypto;
import dev.akushu.tls.engine.Output;
import dev.akushu.tls.engine.Received;
import dev.akushu.tls.resume.OpenedTicket;
import dev.akushu.tls.resume.PskImporter;
import dev.akushu.tls.resume.TicketPolicy;
import dev.akushu.tls.resume.TicketState;
import dev.akushu.tls.schedule.EarlySecret;
import dev.akushu.tls.schedule.PskKind;
import dev.akushu.tls.schedule.Transcript;
import dev.akushu.tls.wire.OfferedPsks;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
        TicketState ticket = firstTicket(config, wishes);
        if (reason != EarlyDataOutcome.REPLAYED && reason != EarlyDataOutcome.REPLAY_UNKNOWN) {
            rememberProved(config, wishes, psks, ticket, received);
        }
        // What the client may rightly send: the limit in its ticket, which is older than this server's settings.
        long allowedByTicket = ticket == null ? 0 : ticket.maxEarlyDataBytes();
        long allowedByKey = Math.max(allowedByTicket, allowedByExternal(psks));
        long allowed = Math.max(config.maxEarlyDataBytes(), allowedByKey);
        if (ticket != null) {
            ticket.wipe();
        }
        out.skipEarlyData(Math.max(LEAST_SKIPPED, allowed));
        out.earlyData(reason);
    }

    /**
     * What was refused for another reason than the replay guard's could be taken later: when the span has begun, or nobody asks for a retry any more. The client may have sent its data again by then, so
     * the guard must know of this copy (RFC 9846 section 8.2). Only of those whose binder is right, or anybody could fill its memory.
     */
    private static void rememberProved(
            TlsServer config,
            ClientWishes wishes,
            List<FoundPsk> psks,
            @Nullable TicketState ticket,
            Received received) {
        OfferedPsks offered = wishes.psks();
        if (offered == null) {
            return;
        }
        // RFC 9846 4.3.10: early data belongs to the first key on offer.
        FoundPsk first =
                psks.stream().filter(found -> found.index() == 0).findFirst().orElse(null);
        if (first != null) {
            rememberProved(config, first, offered, wishes, received);
        } else if (ticket != null) {
            rememberProved(config, ticket, offered, wishes, received);
        }
    }

    private static void rememberProved(
            TlsServer config, FoundPsk first, OfferedPsks offered, ClientWishes wishes, Received received) {
        EarlyDataTerms terms = first.psk().earlyData().orElse(null);
        Instant now = config.clock().instant();
        HashAlgorithm hash = config.crypto().hash(first.kdf());
        if (terms == null || hash == null || now.isAfter(terms.until())) {
            return;
        }
        EarlySecret secret = PskImporter.earlySecret(config.crypto(), first.psk(), first.kdf());
        Bytes binder = offered.binders().getFirst();
        if (secret != null && isProved(secret, first.kind(), hash, binder, wishes, received)) {
            EarlyDataChoice.remember(
                    config.keyReplayGuard(), EarlyTerms.hello(first.psk(), terms, binder, now), config);
        }
    }

    /** Only of its time: whoever has a ticket could state ages far ahead, and fill the memory for as long. */
    private static void rememberProved(
            TlsServer config, TicketState ticket, OfferedPsks offered, ClientWishes wishes, Received received) {
        Instant now = config.clock().instant();
        Instant expected = ticket.issuedAt()
                .plus(ticket.statedAge(offered.identities().getFirst().obfuscatedTicketAge()));
        SuiteCrypto suite = config.crypto().suite(ticket.suite());
        if (suite == null
                || ticket.maxEarlyDataBytes() == 0
                || !TicketPolicy.isFresh(expected, now, config.freshnessWindow())) {
            return;
        }
        byte[] psk = ticket.copyPsk();
        EarlySecret secret = EarlySecret.of(suite.hash(), psk);
        Arrays.fill(psk, (byte) 0);
        Bytes binder = offered.binders().getFirst();
        if (isProved(secret, PskKind.RESUMPTION, suite.hash(), binder, wishes, received)) {
            ReplayGuard.Hello hello = new ReplayGuard.Hello(binder, expected, now, config.freshnessWindow());
            EarlyDataChoice.remember(config.replayGuard(), hello, config);
        }
    }

    /** Whether the client has the key; the secret from it is wiped. */
    private static boolean isProved(
            EarlySecret secret,
            PskKind kind,
            HashAlgorithm hash,
            Bytes binder,
            ClientWishes wishes,
            Received received) {
        byte[] truncated = new Transcript(hash)
                .hashWithTruncated(received.bytes(), wishes.hello().bindersLength());
        boolean proved = secret.isBinder(binder, kind, truncated);
        secret.wipe();
        return proved;
    }

    private static long allowedByExternal(List<FoundPsk> psks) {
        return psks.stream()
                .flatMap(found -> found.psk().earlyData().stream())
                .mapToLong(EarlyDataTerms::maxBytes)
                .max()
                .orElse(0);
    }

    /**
     * The first ticket on offer, if it opens; the caller must wipe it. RFC 9846 4.3.10: early data belongs to the first. The ticket's seal suffices here: nothing is taken with it.
     */
    private static @Nullable TicketState firstTicket(TlsServer config, ClientWishes wishes) {
        OfferedPsks psks = wishes.psks();
        // A server that issues no tickets may lack what it takes to open them.
        if (psks == null || config.crypto().suite(CipherSuite.TLS_AES_256_GCM_SHA384) == null) {
            return null;
        }
        OpenedTicket first = TicketBinding.open(
                config, psks.identities().getFirst().identity(), config.clock().instant());
        return first instanceof OpenedTicket.Opened opened ? opened.state() : null;
    }
}
