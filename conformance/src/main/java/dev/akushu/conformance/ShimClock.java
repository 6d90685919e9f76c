package dev.akushu.conformance;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The time of one test: the system's, and what the runner wants to have passed between connections. Belongs to the test's thread. */
final class ShimClock implements InstantSource {
    private Duration ahead = Duration.ZERO;

    void advance(Duration by) {
        ahead = ahead.plus(by);
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead);
    }
}
