package dev.akushu.fleet;

import static dev.akushu.fleet.Probe.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/** What a test has started, and what ends with it, the last first. The test has it as its {@link org.junit.jupiter.api.AutoClose}. */
final class Started {
    private final List<AutoCloseable> all = new ArrayList<>();

    <T extends AutoCloseable> T with(T started) {
        all.add(started);
        return started;
    }

    /** Starts a server and waits until it has looked at its store. */
    Fleet joined(Fleet.Builder builder) throws Exception {
        Fleet fleet = with(builder.start());
        assertThat(fleet.awaitJoined(LIMIT)).isTrue();
        return fleet;
    }

    void close() throws Exception {
        for (AutoCloseable each : all.reversed()) {
            each.close();
        }
    }
}
