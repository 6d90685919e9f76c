package dev.akushu.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.TicketKey;
import dev.akushu.tls.TicketKeyRing;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * A fleet over weeks, on a clock of the test's: servers look at the store as late as they may, their clocks are wrong by up to the tolerance, two get a lease at once, the store is away now and then and comes back
 * empty. At every instant each server opens every ticket that any other sealed and that has not expired.
 */
class KeyTimelineTest {
    private static final Instant START = Instant.parse("2026-11-29T00:00:00Z");
    private static final RollOut ROLL_OUT =
            new RollOut(Duration.ofMinutes(60), Duration.ofSeconds(60), Duration.ofMinutes(90), Duration.ofSeconds(5));
    private static final int STEP_SECONDS = 7;
    private static final KeyWrapping WRAPPING = KeyEncryptionKey.of(List.of(new byte[KeyEncryptionKey.LENGTH]));
    private static final SecureRandom RANDOM = new SecureRandom();

    private static final int STEPS = 3_000;
    private static final int SHORTEST_PRESENCE = 30;

    // A key seals for as long again as until the next one, of which is left what a server takes to make that one and to
    // hear of it.
    private static final int LONGEST_ABSENCE = (int) (ROLL_OUT.every().toSeconds() / STEP_SECONDS) - 30;

    private final List<Server> servers = new ArrayList<>();
    private final List<Ticket> tickets = new ArrayList<>();
    private Instant now = START;
    private ModelStore store = new ModelStore(() -> now);

    private record Ticket(Bytes key, Instant expires) {}

    private static final class Server {
        private final KeyBook book = new KeyBook("shop", "store", WRAPPING, ROLL_OUT, fault -> {
            throw new AssertionError(fault);
        });
        private final KeyKeeper keeper = new KeyKeeper("shop", book, ROLL_OUT, WRAPPING, RANDOM, () -> 0);
        private final Duration clockError;
        private Instant lookAt = START;

        Server(Duration clockError) {
            this.clockError = clockError;
        }

        Instant time(Instant right) {
            return right.plus(clockError);
        }

        TicketKeyRing ring() {
            return TicketKeyRing.of(book.keys());
        }
    }

    @Property(tries = 60)
    void everyServerOpensWhatAnyOtherSealedWithPollingAlone(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 5) int size) throws Exception {
        Random chance = new Random(seed);
        begin(chance, size);
        for (int step = 0; step < STEPS; step++) {
            pass(chance);
            assertAllOpen();
        }
    }

    @Property(tries = 60)
    void everyServerOpensWhatAnyOtherSealedThoughTheStoreGoesAwayAndComesBackEmpty(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 5) int size) throws Exception {
        Random chance = new Random(seed);
        begin(chance, size);
        int change = 100;
        boolean away = false;
        for (int step = 0; step < STEPS; step++) {
            if (step == change) {
                away = !away;
                store.away(away);
                if (!away && chance.nextBoolean()) {
                    store.loseEverything();
                }
                // A server that finds the store again looks at once; in between there is time to make the next key.
                change += SHORTEST_PRESENCE + chance.nextInt(LONGEST_ABSENCE - SHORTEST_PRESENCE);
                servers.forEach(server -> server.lookAt = now);
            }
            pass(chance);
            if (store.takeAnnouncement()) {
                for (Server server : servers) {
                    server.keeper.look(store, server.time(now));
                }
            }
            assertAllOpen();
        }
    }

    /** All hear of the first key, which seals at once, before the first handshake. */
    private void begin(Random chance, int size) throws Exception {
        now = START;
        store = new ModelStore(() -> now);
        tickets.clear();
        servers.clear();
        for (int i = 0; i < size; i++) {
            servers.add(new Server(Duration.ofMillis(chance.nextInt(10_001) - 5_000)));
        }
        for (Server server : servers) {
            server.keeper.look(store, server.time(now));
        }
    }

    private void pass(Random chance) throws GeneralSecurityException {
        now = now.plusSeconds(STEP_SECONDS);
        if (chance.nextInt(20) == 0) {
            store.forgetLease();
        }
        for (Server server : servers) {
            look(server, chance);
            seal(server);
        }
        tickets.removeIf(ticket -> !ticket.expires().isAfter(now));
    }

    private void look(Server server, Random chance) throws GeneralSecurityException {
        if (now.isBefore(server.lookAt)) {
            return;
        }
        // The longest that a server may take to hear of a key, less the step of this test.
        long latest = ROLL_OUT.hearingTime().toSeconds() - STEP_SECONDS;
        server.lookAt = now.plusSeconds(chance.nextLong(latest));
        try {
            server.keeper.look(store, server.time(now));
        } catch (IOException away) {
            assertThat(away).hasMessage("away");
        }
    }

    private void seal(Server server) {
        TicketKey key = server.ring().sealingKey(server.time(now));
        assertThat(key).as("a server always has a key to seal with").isNotNull();
        Duration life = key.remaining(server.time(now));
        Duration lifetime = life.compareTo(ROLL_OUT.ticketLifetime()) < 0 ? life : ROLL_OUT.ticketLifetime();
        Ticket ticket = new Ticket(key.name(), now.plus(lifetime));
        // Of those under one key the youngest expires last, and the others need not be asked for.
        tickets.removeIf(
                older -> older.key().equals(ticket.key()) && !older.expires().isAfter(ticket.expires()));
        tickets.add(ticket);
    }

    private void assertAllOpen() {
        for (Server server : servers) {
            TicketKeyRing ring = server.ring();
            for (Ticket ticket : tickets) {
                assertThat(ring.openingKey(ticket.key(), server.time(now)))
                        .as("%s at %s", ticket, now)
                        .isNotNull();
            }
        }
    }
}
