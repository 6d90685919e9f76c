package dev.akushu.tls.server;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.EarlyDataOutcome;
import dev.akushu.tls.EarlyDataTerms;
import dev.akushu.tls.ReplayGuard;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.Work;
import dev.akushu.tls.crypto.HashAlgorithm;
import dev.akushu.tls.crypto.SuiteCrypto;
import dev.akushu.tls.engine.Output;
import dev.akushu.tls.engine.Paused;
import dev.akushu.tls.engine.Received;
import dev.akushu.tls.engine.State;
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

/**
 * Early data that the server does not take is passed over. RFC 9846 section 4.3.10.
 *
 * @param psks the external keys on offer that this server has
 * @param received the ClientHello
 * @param step where the connection stands
 */
record RefusedEarlyData(
        TlsServer config, ClientWishes wishes, List<FoundPsk> psks, Received received, ServerStep step) {
    /** How much is skipped at least, whatever this server itself allows: a client learns of the refusal after one flight. */
    private static final long LEAST_SKIPPED = 1 << 16;

    /**
     * Refuses it, and goes on with {@code next} when the replay guard has heard of the ClientHello, if it has to. It is waited for even though its answer changes nothing: who sends many such
     * ClientHellos to a slow guard then waits with as many connections.
     *
     * @param forgetting overwrites the secrets that {@code next} holds
     */
    State because(EarlyDataOutcome reason, Output out, Paused.Continuation<EarlyDataOutcome> next, Runnable forgetting)
            throws TlsException {
        TicketState ticket = firstTicket();
        boolean asked = reason == EarlyDataOutcome.REPLAYED || reason == EarlyDataOutcome.REPLAY_UNKNOWN;
        Question question = asked ? null : question(ticket);
        // What the client may rightly send: the limit in its ticket, which is older than this server's settings.
        long allowedByTicket = ticket == null ? 0 : ticket.maxEarlyDataBytes();
        long allowedByKey = Math.max(allowedByTicket, allowedByExternal(psks));
        long allowed = Math.max(config.maxEarlyDataBytes(), allowedByKey);
        if (ticket != null) {
            ticket.wipe();
        }
        out.skipEarlyData(Math.max(LEAST_SKIPPED, allowed));
        out.earlyData(reason);
        if (question == null) {
            return next.go(reason, out);
        }
        return Paused.on(
                Work.Kind.CHECK_REPLAY,
                step,
                () -> EarlyDataChoice.ask(question.guard(), question.hello(), config)
                        .thenApply(any -> reason),
                next,
                forgetting);
    }

    /**
     * What was refused for another reason than the replay guard's could be taken later: when the span has begun, or nobody asks for a retry any more. The client may have sent its data again by then, so
     * the guard must know of this copy (RFC 9846 section 8.2). Only of those whose binder is right, or anybody could fill its memory.
     */
    private @Nullable Question question(@Nullable TicketState ticket) {
        OfferedPsks offered = wishes.psks();
        if (offered == null) {
            return null;
        }
        // RFC 9846 4.3.10: early data belongs to the first key on offer.
        FoundPsk first =
                psks.stream().filter(found -> found.index() == 0).findFirst().orElse(null);
        if (first != null) {
            return question(first, offered);
        }
        return ticket == null ? null : question(ticket, offered);
    }

    private @Nullable Question question(FoundPsk first, OfferedPsks offered) {
        EarlyDataTerms terms = first.psk().earlyData().orElse(null);
        Instant now = config.clock().instant();
        HashAlgorithm hash = config.crypto().hash(first.kdf());
        if (terms == null || hash == null || now.isAfter(terms.until())) {
            return null;
        }
        EarlySecret secret = PskImporter.earlySecret(config.crypto(), first.psk(), first.kdf());
        Bytes binder = offered.binders().getFirst();
        return secret != null && isProved(secret, first.kind(), hash, binder)
                ? new Question(config.keyReplayGuard(), EarlyTerms.hello(first.psk(), terms, binder, now))
                : null;
    }

    /** Only of its time: whoever has a ticket could state ages far ahead, and fill the memory for as long. */
    private @Nullable Question question(TicketState ticket, OfferedPsks offered) {
        Instant now = config.clock().instant();
        Instant expected = ticket.issuedAt()
                .plus(ticket.statedAge(offered.identities().getFirst().obfuscatedTicketAge()));
        SuiteCrypto suite = config.crypto().suite(ticket.suite());
        if (suite == null
                || ticket.maxEarlyDataBytes() == 0
                || !TicketPolicy.isFresh(expected, now, config.freshnessWindow())) {
            return null;
        }
        byte[] psk = ticket.copyPsk();
        EarlySecret secret = EarlySecret.of(suite.hash(), psk);
        Arrays.fill(psk, (byte) 0);
        Bytes binder = offered.binders().getFirst();
        return isProved(secret, PskKind.RESUMPTION, suite.hash(), binder)
                ? new Question(
                        config.replayGuard(), new ReplayGuard.Hello(binder, expected, now, config.freshnessWindow()))
                : null;
    }

    /** Whether the client has the key; the secret from it is wiped. */
    private boolean isProved(EarlySecret secret, PskKind kind, HashAlgorithm hash, Bytes binder) {
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
    private @Nullable TicketState firstTicket() {
        OfferedPsks offered = wishes.psks();
        // A server that issues no tickets may lack what it takes to open them.
        if (offered == null || config.crypto().suite(CipherSuite.TLS_AES_256_GCM_SHA384) == null) {
            return null;
        }
        OpenedTicket first = TicketBinding.open(
                config,
                offered.identities().getFirst().identity(),
                config.clock().instant());
        return first instanceof OpenedTicket.Opened opened ? opened.state() : null;
    }

    /** What a guard is to remember. */
    private record Question(ReplayGuard guard, ReplayGuard.Hello hello) {}
}
