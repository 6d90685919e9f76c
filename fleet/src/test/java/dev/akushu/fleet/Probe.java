package dev.akushu.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.ReplayGuard;
import dev.akushu.tls.ReplayGuard.Answer;
import dev.akushu.tls.TicketKeySource;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Asks the servers of a fleet what their handshakes would ask. */
final class Probe {
    /** Only ends a test that has failed. */
    static final Duration LIMIT = Duration.ofSeconds(20);

    /** How long a ClientHello is fresh here, if a test does not say otherwise. */
    private static final Duration WINDOW = Duration.ofMillis(300);

    private static final SecureRandom RANDOM = new SecureRandom();

    private Probe() {}

    static Bytes nameOfSealing(Fleet fleet) {
        return Objects.requireNonNull(fleet.ticketKeys().sealingKey(Instant.now()))
                .name();
    }

    static boolean knows(Fleet fleet, Bytes name) {
        TicketKeySource keys = fleet.ticketKeys();
        return keys.openingKey(name, Instant.now()) != null;
    }

    static Answer answer(Fleet fleet) {
        return answer(fleet, hello());
    }

    static Answer answer(Fleet fleet, ReplayGuard.Hello hello) {
        return fleet.replayGuard().check(hello).toCompletableFuture().join();
    }

    static ReplayGuard.Hello hello() {
        return new ReplayGuard.Hello(id(), Instant.now(), Instant.now(), WINDOW);
    }

    /** One that is fresh for as long as a test may take. */
    static ReplayGuard.Hello lastingHello() {
        return hello(LIMIT);
    }

    static ReplayGuard.Hello hello(Duration window) {
        return new ReplayGuard.Hello(id(), Instant.now(), Instant.now(), window);
    }

    static Bytes id() {
        byte[] id = new byte[32];
        RANDOM.nextBytes(id);
        return Bytes.wrap(id);
    }

    /** What other threads and another process do takes its time. */
    static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time is up").isLessThan(end);
            try {
                TimeUnit.MILLISECONDS.sleep(5);
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        }
    }
}
