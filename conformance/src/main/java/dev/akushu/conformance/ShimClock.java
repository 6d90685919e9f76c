package dev.akushu.conformance;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The time of one test: it stands still, but for what the runner wants to have passed between connections. Belongs to
 * the test's thread.
 */
final class ShimClock implements InstantSource {
    private Instant now = Instant.now();

    void advance(Duration by) {
        now = now.plus(by);
    }

    @Override
    public Instant instant() {
        return now;
    }
}
