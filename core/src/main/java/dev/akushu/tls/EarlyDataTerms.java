package dev.akushu.tls;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What both ends of an external pre-shared key have agreed on for early data; for a ticket its session says the same. RFC 9846 section 4.3.10.
 *
 * <p>A ClientHello with such a key does not say when it was made, so a copy of it could come at any time. Hence early data is taken within a span alone, all of whose ClientHellos a {@link ReplayGuard}
 * remembers, and <b>each span needs a key or a {@linkplain ExternalPsk#withContext context} of its own</b>: what was recorded in one span would be taken once more in the next.
 *
 * <p>Somebody on the way can also keep the first copy back, and have it arrive as late as {@code until}: by then the client may have given up and sent the same by another connection.
 *
 * @param suite under which early data is sent; the server must choose it
 * @param applicationProtocol in which early data is, by ALPN, which the server must choose; null if the ends do without
 * @param maxBytes how much early data the client may send with a ClientHello, 1 to 16,777,216 bytes
 * @param from since when the key and its context are used: no ClientHello was made with them before
 * @param until when early data with them ends; at most {@link #LONGEST} later
 */
public record EarlyDataTerms(
        CipherSuite suite, @Nullable String applicationProtocol, int maxBytes, Instant from, Instant until) {
    /** How long a span is at most. */
    public static final Duration LONGEST = Duration.ofDays(7);

    private static final int MOST_BYTES = 1 << 24;

    /** Checks the limits. */
    public EarlyDataTerms {
        if (maxBytes < 1 || maxBytes > MOST_BYTES) {
            throw new IllegalArgumentException("early data must be 1 to 16,777,216 bytes: " + maxBytes);
        }
        Duration span = Duration.between(from, until);
        if (!span.isPositive() || span.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "early data with a key ends after it begins, and at most " + LONGEST + " later, not " + span);
        }
    }

    /** Terms for ends that use no ALPN. */
    public static EarlyDataTerms of(CipherSuite suite, int maxBytes, Instant from, Instant until) {
        return new EarlyDataTerms(suite, null, maxBytes, from, until);
    }

    /** The same for early data in the application protocol {@code name}. */
    public EarlyDataTerms withApplicationProtocol(String name) {
        return new EarlyDataTerms(suite, name, maxBytes, from, until);
    }

    /** Whether {@code time} lies in the span. */
    public boolean includes(Instant time) {
        return !time.isBefore(from) && !time.isAfter(until);
    }
}
