package dev.akushu.conformance;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * The time of one test: it stands still, but for what the runner wants to have passed between connections. Belongs to
 * the test's thread.
 */
final class ShimClock implements InstantSource {
    // Tickets hold milliseconds, and ages are compared exactly.
    private Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    void advance(Duration by) {
        now = now.plus(by);
    }

    @Override
    public Instant instant() {
        return now;
    }
}
