package dev.akushu.tls.server;

import dev.akushu.tls.EarlyDataOutcome;
import dev.akushu.tls.ReplayGuard;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.engine.FirstSight;
import dev.akushu.tls.resume.TicketPolicy;
import dev.akushu.tls.resume.TicketState;
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
    static EarlyDataChoice by(ReplayGuard.Answer answer, TlsServer config, Resumption.Resumed resumed) {
        Instant now = config.clock().instant();
        if (!TicketPolicy.isFresh(resumed.expectedArrival(), now, config.freshnessWindow())) {
            return refused(EarlyDataOutcome.AGE_MISMATCH);
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
            TlsServer config, ClientWishes wishes, Negotiation negotiation, Resumption.@Nullable Resumed resumed) {
        if (!wishes.earlyData()) {
            return EarlyDataOutcome.NOT_OFFERED;
        }
        if (config.maxEarlyDataBytes() == 0) {
            return EarlyDataOutcome.TURNED_OFF;
        }
        if (resumed == null) {
            return EarlyDataOutcome.SESSION_NOT_RESUMED;
        }
        // RFC 9846 4.3.10: the server MUST have selected the first key offered.
        if (resumed.index() != 0) {
            return EarlyDataOutcome.NOT_FIRST_TICKET;
        }
        TicketState ticket = resumed.ticket();
        if (ticket.maxEarlyDataBytes() == 0) {
            return EarlyDataOutcome.TICKET_WITHOUT_EARLY_DATA;
        }
        if (ticket.maxEarlyDataBytes() > config.maxEarlyDataBytes()) {
            return EarlyDataOutcome.TICKET_ALLOWS_MORE;
        }
        return refusalByChoice(config, negotiation, resumed);
    }

    /** RFC 9846 4.3.10: suite and application protocol MUST be those of the ticket, and its age MUST be right. */
    private static @Nullable EarlyDataOutcome refusalByChoice(
            TlsServer config, Negotiation negotiation, Resumption.Resumed resumed) {
        TicketState ticket = resumed.ticket();
        if (!ticket.suite().equals(negotiation.suite().suite())) {
            return EarlyDataOutcome.OTHER_SUITE;
        }
        if (!Objects.equals(ticket.origin().applicationProtocol(), negotiation.applicationProtocol())) {
            return EarlyDataOutcome.OTHER_APPLICATION_PROTOCOL;
        }
        boolean fresh = TicketPolicy.isFresh(resumed.expectedArrival(), resumed.arrivedAt(), config.freshnessWindow());
        return fresh ? null : EarlyDataOutcome.AGE_MISMATCH;
    }

    /** Asks the replay guard; one that fails or does not answer in time cannot tell, and the handshake goes on. */
    static CompletionStage<ReplayGuard.Answer> ask(TlsServer config, Resumption.Resumed resumed) {
        ReplayGuard.Hello hello = new ReplayGuard.Hello(
                resumed.binder().binder(), resumed.expectedArrival(), resumed.arrivedAt(), config.freshnessWindow());
        return begin(config.replayGuard(), hello)
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
