package dev.akushu.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.EarlyDataOutcome;
import dev.akushu.tls.NotResumed;
import dev.akushu.tls.Problem;
import dev.akushu.tls.ReplayGuard;
import dev.akushu.tls.trace.TraceEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FleetMetersTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final FleetMeters meters = new FleetMeters(registry);

    @Test
    void ticketsAreCountedByWhatBecameOfThem() {
        meters.on(new TraceEvent.TicketSealed(Bytes.empty(), Duration.ofHours(1), 200));
        meters.on(new TraceEvent.TicketSealed(Bytes.empty(), Duration.ofHours(1), 200));
        meters.on(new TraceEvent.ResumptionDecided(null));
        meters.on(new TraceEvent.ResumptionDecided(NotResumed.NO_TICKET));
        meters.on(new TraceEvent.ResumptionDecided(NotResumed.UNKNOWN_TICKET_KEY));
        meters.on(new TraceEvent.ResumptionDecided(NotResumed.TICKET_TOO_OLD));
        meters.on(new TraceEvent.EarlyDataDecided(EarlyDataOutcome.REPLAYED));

        assertThat(registry.get("akushu.tickets.sealed").counter().count()).isEqualTo(2);
        assertThat(refused("unknown_ticket_key")).isEqualTo(1);
        assertThat(refused("ticket_too_old")).isEqualTo(1);
        assertThat(registry.find("akushu.tickets.refused").counters()).hasSize(2);
        assertThat(registry.get("akushu.early.data")
                        .tag("outcome", "replayed")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    private double refused(String reason) {
        return registry.get("akushu.tickets.refused")
                .tag("reason", reason)
                .counter()
                .count();
    }

    @Test
    void storeIsMeasured() {
        meters.onJoined();
        meters.onLook(Duration.ofMillis(3));
        meters.onReplayAnswer(ReplayGuard.Answer.CANNOT_TELL, Duration.ofMillis(5));
        meters.onFault(Problem.STORE_FORGETS.with("s", "maxmemory-policy", "allkeys-lru"));

        assertThat(registry.get("akushu.store.joined").counter().count()).isEqualTo(1);
        assertThat(registry.get("akushu.store.look").timer().count()).isEqualTo(1);
        assertThat(registry.get("akushu.replay.check")
                        .tag("answer", "cannot_tell")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("akushu.store.faults")
                        .tag("problem", "store_forgets")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void ageOfAKeyOfThisServerAloneIsNoAgeOfTheFleets() throws Exception {
        // Nobody listens on port 1.
        try (Fleet fleet = Fleet.at(
                        "redis://127.0.0.1:1/shop", KeyEncryptionKey.of(List.of(new byte[KeyEncryptionKey.LENGTH])))
                .start()) {
            meters.watch(fleet);

            assertThat(registry.get("akushu.ticket.key.age").timeGauge().value())
                    .isNaN();
        }
    }
}
