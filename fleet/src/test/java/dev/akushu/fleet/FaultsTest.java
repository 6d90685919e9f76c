package dev.akushu.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultsTest {
    private Instant now = Instant.parse("2026-11-29T00:00:00Z");
    private final List<TlsException> told = new ArrayList<>();
    private final Faults faults = new Faults(
            "the store",
            new FleetObserver() {
                @Override
                public void onFault(TlsException fault) {
                    told.add(fault);
                }
            },
            () -> now);

    private void differBy(int seconds) {
        faults.stand(
                Problem.STORE_CLOCK_DIFFERS.with("the store", Duration.ofSeconds(seconds), Duration.ofSeconds(10)));
    }

    @Test
    void faultWhoseFactsChangeIsToldOnceAnHour() {
        for (int i = 0; i < 720; i++) {
            differBy(60 + i);
            now = now.plusSeconds(10);
        }

        assertThat(told).hasSize(2);
    }

    @Test
    void faultThatStaysTheSameIsToldOnce() {
        for (int i = 0; i < 720; i++) {
            differBy(60);
            now = now.plusSeconds(10);
        }

        assertThat(told).hasSize(1);
    }

    @Test
    void faultThatComesBackIsToldAgainAtOnce() {
        differBy(60);
        faults.end(Problem.STORE_CLOCK_DIFFERS);
        differBy(61);

        assertThat(told).hasSize(2);
    }
}
