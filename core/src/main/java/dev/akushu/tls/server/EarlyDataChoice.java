package dev.akushu.tls.server;

import dev.akushu.tls.EarlyDataOutcome;
import dev.akushu.tls.ReplayGuard;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.engine.FirstSight;
import java.lang.System.Logger;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whether the server takes the early data that a client announces. RFC 9846 sections 4.3.10 and 8.
 *
 * @param outcome accepted, or why not
 * @param firstSight proof that the ClientHello is no copy, if accepted
 */
record EarlyDataChoice(EarlyDataOutcome outcome, @Nullable FirstSight firstSight) {
    private static final Logger LOG = System.getLogger("dev.akushu.tls");

    /** Why there is none where another ClientHello has to be asked for. */
    static EarlyDataOutcome afterRetry(TlsServer config) {
        return config.maxEarlyDataBytes() == 0 ? EarlyDataOutcome.TURNED_OFF : EarlyDataOutcome.RETRY;
    }

    static EarlyDataChoice refused(EarlyDataOutcome reason) {
        return new EarlyDataChoice(reason, null);
    }

    /**
     * By the answer of the replay guard, the last that has to be known. A guard need not remember a ClientHello longer than
     * its window, so one whose window ended while the guard was asked is no longer fresh.
     */
    static EarlyDataChoice by(ReplayGuard.Answer answer, TlsServer config, EarlyTerms terms) {
        Instant now = config.clock().instant();
        if (!terms.isFresh(now)) {
            return refused(terms.stale());
        }
        return switch (answer) {
            case FRESH -> new EarlyDataChoice(EarlyDataOutcome.ACCEPTED, FirstSight.by(answer));
            case SEEN -> refused(EarlyDataOutcome.REPLAYED);
            case CANNOT_TELL -> refused(EarlyDataOutcome.REPLAY_UNKNOWN);
        };
    }

    /**
     * What speaks against early data before the replay guard is asked, or null: {@link EarlyDataOutcome#NOT_OFFERED}, or a
     * reason.
     */
    static @Nullable EarlyDataOutcome refusal(
            TlsServer config, ClientWishes wishes, Negotiation negotiation, Resumption.Decision decision) {
        if (!wishes.earlyData()) {
            return EarlyDataOutcome.NOT_OFFERED;
        }
        if (config.maxEarlyDataBytes() == 0) {
            return EarlyDataOutcome.TURNED_OFF;
        }
        if (!decision.byPsk()) {
            return EarlyDataOutcome.SESSION_NOT_RESUMED;
        }
        // RFC 9846 4.3.10: the server MUST have selected the first key offered.
        if (decision.index() != 0) {
            return EarlyDataOutcome.NOT_FIRST_TICKET;
        }
        EarlyTerms terms = decision.earlyTerms();
        if (terms == null) {
            return decision.resumed() != null
                    ? EarlyDataOutcome.TICKET_WITHOUT_EARLY_DATA
                    : EarlyDataOutcome.KEY_WITHOUT_EARLY_DATA;
        }
        if (terms.maxBytes() > config.maxEarlyDataBytes()) {
            return EarlyDataOutcome.TICKET_ALLOWS_MORE;
        }
        return refusalByChoice(negotiation, terms);
    }

    /** RFC 9846 4.3.10: suite and application protocol MUST be those that belong to the key, and a ticket's age MUST be right. */
    private static @Nullable EarlyDataOutcome refusalByChoice(Negotiation negotiation, EarlyTerms terms) {
        if (!terms.suite().equals(negotiation.suite().suite())) {
            return EarlyDataOutcome.OTHER_SUITE;
        }
        if (!Objects.equals(terms.applicationProtocol(), negotiation.applicationProtocol())) {
            return EarlyDataOutcome.OTHER_APPLICATION_PROTOCOL;
        }
        return terms.isFresh(terms.hello().arrivedAt()) ? null : terms.stale();
    }

    /** Asks the replay guard; one that fails or does not answer in time cannot tell, and the handshake goes on. */
    static CompletionStage<ReplayGuard.Answer> ask(TlsServer config, EarlyTerms terms) {
        return ask(terms.byTicket() ? config.replayGuard() : config.keyReplayGuard(), terms.hello(), config);
    }

    /** As {@link #ask(TlsServer, EarlyTerms)}, of any guard. */
    static CompletionStage<ReplayGuard.Answer> ask(ReplayGuard guard, ReplayGuard.Hello hello, TlsServer config) {
        return begin(guard, hello)
                .orTimeout(config.replayGuardTimeout().toNanos(), TimeUnit.NANOSECONDS)
                .exceptionally(failed -> {
                    LOG.log(Logger.Level.WARNING, "a replay guard gave no answer, so early data is refused", failed);
                    return ReplayGuard.Answer.CANNOT_TELL;
                });
    }

    /** A future of our own: what becomes of it does not become of the guard's. */
    private static CompletableFuture<ReplayGuard.Answer> begin(ReplayGuard guard, ReplayGuard.Hello hello) {
        try {
            return Objects.requireNonNull(guard.check(hello), "a replay guard returned no stage")
                    .thenApply(answer -> Objects.requireNonNull(answer, "a replay guard gave null as its answer"))
                    .toCompletableFuture();
        } catch (RuntimeException failed) {
            return CompletableFuture.failedFuture(failed);
        }
    }

    boolean accepted() {
        return firstSight != null;
    }
}
