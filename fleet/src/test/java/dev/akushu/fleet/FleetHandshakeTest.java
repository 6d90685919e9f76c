package dev.akushu.fleet;

import static dev.akushu.fleet.Probe.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.EarlyData;
import dev.akushu.tls.EarlyDataOutcome;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.Trust;
import dev.akushu.tls.trace.TraceEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole handshakes with a server of a fleet whose store is real, and not always there. */
@Timeout(60)
class FleetHandshakeTest {
    private static final KeyWrapping WRAPPING = KeyEncryptionKey.of(List.of(new byte[KeyEncryptionKey.LENGTH]));

    /** Looks at the store, once it has joined, when it is told to. */
    private static final RollOut SLOW =
            new RollOut(Duration.ofHours(9), Duration.ofHours(2), Duration.ofHours(1), Duration.ofSeconds(5));

    @TempDir
    private Path folder;

    @AutoClose
    private final Started started = new Started();

    private RedisServer store;
    private TestCa ca;
    private TlsClient client;
    private final List<EarlyDataOutcome> decided = new CopyOnWriteArrayList<>();

    @BeforeEach
    void startStoreThatHasForgottenNothing() throws Exception {
        store = started.with(new RedisServer(folder));
        store.beOld("shop");
        ca = TestCa.in(folder);
        ca.issue("server", "localhost");
        client = TlsClient.builder(Trust.pem(ca.certificate())).build();
    }

    private Fleet.Builder builder() {
        return Fleet.at(store.address("shop"), WRAPPING).rollOut(SLOW).pollEvery(Duration.ofHours(1));
    }

    /** A server that does not make the key, and so has nothing to look for any more. */
    private Fleet joined(Fleet.Builder builder) throws Exception {
        try (FleetOperator operator =
                FleetOperator.connect(store.address("shop"), WRAPPING, StoreAccess.DEFAULT, SLOW)) {
            operator.rotate();
        }
        return started.joined(builder);
    }

    private void note(TraceEvent event) {
        if (event instanceof TraceEvent.EarlyDataDecided early) {
            decided.add(early.outcome());
        }
    }

    /** What a connection was, for the client. */
    private record Visit(boolean resumed, EarlyDataOutcome earlyData) {}

    private Visit visit(ServerHere server) throws IOException {
        try (TlsConnection connection = client.connect("localhost", server.port(), EarlyData.of(new byte[] {'e'}))) {
            connection.output().write('?');
            assertThat(connection.input().readAllBytes()).hasSize(1);
            return new Visit(
                    connection.session().orElseThrow().resumed(),
                    connection.earlyData().orElseThrow());
        }
    }

    /** By the default deadline, an answer may come too late on a busy machine. */
    private void visitUntilEarlyDataIsTaken(ServerHere server) throws IOException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (visit(server).earlyData() != EarlyDataOutcome.ACCEPTED) {
            assertThat(System.nanoTime()).as("time is up").isLessThan(end);
        }
    }

    @Test
    void handshakeWithEarlyDataEndsWhileTheStoreIsPausedAndIsResumed() throws Exception {
        ServerHere server = started.with(ServerHere.start(joined(builder()), ca, this::note));
        assertThat(visit(server)).isEqualTo(new Visit(false, EarlyDataOutcome.NO_TICKET));
        visitUntilEarlyDataIsTaken(server);
        List<Duration> waits = new ArrayList<>();
        decided.clear();

        store.pause();
        try {
            for (int i = 0; i < 9; i++) {
                long begin = System.nanoTime();
                assertThat(visit(server)).isEqualTo(new Visit(true, EarlyDataOutcome.REFUSED_BY_SERVER));
                waits.add(Duration.ofNanos(System.nanoTime() - begin));
            }
        } finally {
            store.resume();
        }

        assertThat(decided).hasSize(9).containsOnly(EarlyDataOutcome.REPLAY_UNKNOWN);
        waits.sort(null);
        assertThat(waits.get(waits.size() / 2))
                .as("a command waits for a second")
                .isLessThan(Duration.ofMillis(500));
        assertThat(server.failures()).isEmpty();
        visitUntilEarlyDataIsTaken(server);
    }

    @Test
    void metersCountHandshakesAndTellTheAgeOfTheKey() throws Exception {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        FleetMeters meters = new FleetMeters(registry);
        Fleet fleet = joined(builder().observer(meters).replayDeadline(Duration.ofSeconds(1)));
        meters.watch(fleet);
        ServerHere server = started.with(ServerHere.start(fleet, ca, meters));

        assertThat(visit(server)).isEqualTo(new Visit(false, EarlyDataOutcome.NO_TICKET));
        assertThat(registry.get("akushu.tickets.sealed").counter().count()).isPositive();
        assertThat(registry.get("akushu.tickets.opened").counter().count()).isZero();
        assertThat(visit(server)).isEqualTo(new Visit(true, EarlyDataOutcome.ACCEPTED));

        assertThat(registry.get("akushu.tickets.opened").counter().count()).isEqualTo(1);
        assertThat(registry.find("akushu.tickets.refused").counters()).isEmpty();
        assertThat(registry.get("akushu.early.data")
                        .tag("outcome", "accepted")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("akushu.replay.check")
                        .tag("answer", "fresh")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("akushu.store.joined").counter().count()).isEqualTo(1);
        assertThat(registry.get("akushu.store.look").timer().count()).isPositive();
        assertThat(registry.get("akushu.ticket.key.age").timeGauge().value(TimeUnit.SECONDS))
                .as("the first key is older than it is, for clocks that are behind")
                .isBetween(10.0, 10.0 + LIMIT.toSeconds());
    }
}
