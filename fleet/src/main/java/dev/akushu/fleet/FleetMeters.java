package dev.akushu.fleet;

import dev.akushu.tls.NotResumed;
import dev.akushu.tls.ReplayGuard;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.trace.Observer;
import dev.akushu.tls.trace.TraceEvent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Counts for Micrometer, which has to be on the class path; {@code docs/fleet.md} lists the meters. An observer of the fleet, and of each server that shares in it:
 *
 * {@snippet :
 * FleetMeters meters = new FleetMeters(registry);
 * Fleet fleet = Fleet.at(address, wrapping).observer(meters).start();
 * meters.watch(fleet);
 * TlsServer server = fleet.join(TlsServer.builder(identity)).observer(meters).build();
 * }
 */
public final class FleetMeters implements FleetObserver, Observer {
    private final MeterRegistry registry;
    private final Counter sealed;
    private final Counter opened;
    private final Counter joined;
    private final Timer looks;

    /** Registers with {@code registry}. */
    public FleetMeters(MeterRegistry registry) {
        this.registry = registry;
        sealed = registry.counter("akushu.tickets.sealed");
        opened = registry.counter("akushu.tickets.opened");
        joined = registry.counter("akushu.store.joined");
        looks = registry.timer("akushu.store.look");
    }

    /** Shows the age of the key of {@code fleet} that seals. It is NaN while none does and this server seals with a key of its own. */
    public void watch(Fleet fleet) {
        TimeGauge.builder("akushu.ticket.key.age", fleet, TimeUnit.SECONDS, FleetMeters::keyAgeSeconds)
                .description("Since when the ticket key in use seals")
                .register(registry);
    }

    private static double keyAgeSeconds(Fleet fleet) {
        return fleet.keyAge().map(age -> age.toMillis() / 1000.0).orElse(Double.NaN);
    }

    @Override
    public void on(TraceEvent event) {
        switch (event) {
            case TraceEvent.TicketSealed _ -> sealed.increment();
            case TraceEvent.TicketOpened _ -> opened.increment();
            case TraceEvent.ResumptionDecided decided
            when isRefusal(decided.reason()) ->
                registry.counter("akushu.tickets.refused", "reason", tag(decided.reason()))
                        .increment();
            case TraceEvent.EarlyDataDecided decided ->
                registry.counter("akushu.early.data", "outcome", tag(decided.outcome()))
                        .increment();
            default -> {
                // Of no interest here.
            }
        }
    }

    private static boolean isRefusal(@Nullable NotResumed reason) {
        return reason != null && reason != NotResumed.NO_TICKET;
    }

    @Override
    public void onFault(TlsException fault) {
        registry.counter("akushu.store.faults", "problem", tag(fault.problem())).increment();
    }

    @Override
    public void onJoined() {
        joined.increment();
    }

    @Override
    public void onLook(Duration took) {
        looks.record(took);
    }

    @Override
    public void onReplayAnswer(ReplayGuard.Answer answer, Duration took) {
        registry.timer("akushu.replay.check", "answer", tag(answer)).record(took);
    }

    private static String tag(@Nullable Enum<?> value) {
        return String.valueOf(value).toLowerCase(Locale.ROOT);
    }
}
