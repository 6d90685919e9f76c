package dev.akushu.tls;

import dev.akushu.tls.resume.HellosInMemory;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;

/**
 * Remembers the ClientHellos with which early data came, so that a copy of one is found: RFC 9846 section 8.2. A server asks for each ClientHello whose ticket, binder and age are
 * good; only after {@link Answer#FRESH} it takes the early data, and in any case the handshake goes on. Safe for use by many threads.
 *
 * <p>Servers that share their Ticket Keys should share a guard too: to each guard the same early data can be played once.
 */
public interface ReplayGuard {
    /** How many ClientHellos a guard in memory remembers unless told otherwise: some 30 megabytes at most, and up to 90 where each came with an external key of its own. */
    int DEFAULT_HELLOS = 200_000;

    /**
     * Whether this ClientHello is here for the first time; it then counts as seen. This must not block: a store over the
     * network answers later, and the handshake waits, but not for longer than
     * {@link TlsServer.Builder#replayGuardTimeout}. A stage that fails or comes too late counts as
     * {@link Answer#CANNOT_TELL}.
     *
     * <p>What could not be remembered must not be fresh later either: the client, once refused, may have sent the data
     * again. A server asks also about what it refuses in any case, for a retry for instance, and waits for the answer as well: no
     * connection asks a second question before the first is answered or has timed out.
     */
    CompletionStage<Answer> check(Hello hello);

    /** What a guard knows. */
    enum Answer {
        /** It was not here before, and is remembered now. */
        FRESH,
        /** It was here before, or may have been. */
        SEEN,
        /** The guard does not know: its store does not answer, is full, or has not been there for long enough. */
        CANNOT_TELL
    }

    /**
     * A ClientHello with early data.
     *
     * @param id tells it from all others: the binder of its key, which the server has verified
     * @param key the name of the external key; empty with a ticket
     * @param expectedArrival when it should come: the ticket's time and the age that the client states, or with an external key the middle of the span. The same for every copy
     * @param arrivedAt when it came
     * @param window how far the two may be from each other
     */
    record Hello(Bytes id, Bytes key, Instant expectedArrival, Instant arrivedAt, Duration window) {
        /** One with a ticket. */
        public Hello(Bytes id, Instant expectedArrival, Instant arrivedAt, Duration window) {
            this(id, Bytes.empty(), expectedArrival, arrivedAt, window);
        }

        /** How long it must be remembered: a copy that comes later is refused without asking. */
        public Instant rememberUntil() {
            return expectedArrival.plus(window);
        }
    }

    /** A guard in this process for {@value #DEFAULT_HELLOS} ClientHellos at a time. */
    static ReplayGuard inMemory() {
        return inMemory(DEFAULT_HELLOS);
    }

    /**
     * A guard in this process. A second's ClientHellos, or those of one external key and span, take no more room than
     * they leave free. When there is none it says {@link Answer#CANNOT_TELL}, to the end of that second's or span's time, and so it does of all
     * ClientHellos until it has been there for twice their window: they may have come before it was made (RFC 9846
     * section 8.2). The guard that a server makes for itself, with Ticket Keys of its own, need not wait: it is as old
     * as they are.
     *
     * @param maximumHellos how many it remembers at a time; those whose time is over make room
     */
    static ReplayGuard inMemory(int maximumHellos) {
        return HellosInMemory.fromNow(maximumHellos, System::nanoTime);
    }
}
