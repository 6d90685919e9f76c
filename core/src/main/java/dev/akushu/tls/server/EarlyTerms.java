package dev.akushu.tls.server;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.EarlyDataOutcome;
import dev.akushu.tls.EarlyDataTerms;
import dev.akushu.tls.ExternalPsk;
import dev.akushu.tls.ReplayGuard;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.engine.BinderVerified;
import dev.akushu.tls.resume.TicketPolicy;
import dev.akushu.tls.resume.TicketState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the pre-shared key that was taken says about early data. RFC 9846 section 4.3.10.
 *
 * @param suite under which it is sent
 * @param applicationProtocol in which it is, or null
 * @param maxBytes how much the client may send
 * @param byTicket whether the key is a ticket's, and not an external one
 * @param binder proof that the client has the key
 * @param hello what the replay guard is asked about
 */
record EarlyTerms(
        CipherSuite suite,
        @Nullable String applicationProtocol,
        long maxBytes,
        boolean byTicket,
        BinderVerified binder,
        ReplayGuard.Hello hello) {
    /** Those of a ticket that allows early data, else null. */
    static @Nullable EarlyTerms of(Resumption.@Nullable Resumed resumed, TlsServer config) {
        if (resumed == null || resumed.ticket().maxEarlyDataBytes() == 0) {
            return null;
        }
        TicketState ticket = resumed.ticket();
        ReplayGuard.Hello hello = new ReplayGuard.Hello(
                resumed.binder().binder(), resumed.expectedArrival(), resumed.arrivedAt(), config.freshnessWindow());
        String protocol = ticket.origin().applicationProtocol();
        return new EarlyTerms(ticket.suite(), protocol, ticket.maxEarlyDataBytes(), true, resumed.binder(), hello);
    }

    /** Those that were agreed on for an external key, or null if none were. */
    static @Nullable EarlyTerms of(Resumption.@Nullable External external) {
        EarlyDataTerms terms =
                external == null ? null : external.found().psk().earlyData().orElse(null);
        if (external == null || terms == null) {
            return null;
        }
        ReplayGuard.Hello hello =
                hello(external.found().psk(), terms, external.binder().binder(), external.arrivedAt());
        return new EarlyTerms(
                terms.suite(), terms.applicationProtocol(), terms.maxBytes(), false, external.binder(), hello);
    }

    /** Nothing in a ClientHello with an external key tells when it was made, so it may come at any time between the ends of the span. */
    static ReplayGuard.Hello hello(ExternalPsk psk, EarlyDataTerms terms, Bytes binder, Instant arrivedAt) {
        Duration half = Duration.between(terms.from(), terms.until()).dividedBy(2);
        return new ReplayGuard.Hello(binder, psk.identity(), terms.until().minus(half), arrivedAt, half);
    }

    /** Whether a ClientHello that comes at {@code time} is one that the replay guard can tell from a copy. */
    boolean isFresh(Instant time) {
        return TicketPolicy.isFresh(hello.expectedArrival(), time, hello.window());
    }

    /** What to say if it is not. */
    EarlyDataOutcome stale() {
        return byTicket ? EarlyDataOutcome.AGE_MISMATCH : EarlyDataOutcome.OUTSIDE_KEY_TERMS;
    }
}
