package dev.akushu.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.resume.AnyTicket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TicketStoreTest {
    private static final Instant NOW = AnyTicket.NOW;
    private static final TicketStore.Key KEY = new TicketStore.Key("example.org", 443, "policy");

    private final TicketStore store = TicketStore.inMemory(20);

    @Test
    void ticketIsTakenOnceAndTheNewestFirst() throws TlsException {
        store.put(KEY, AnyTicket.plainStored("first"));
        store.put(KEY, AnyTicket.plainStored("second"));
        assertThat(take(KEY)).isEqualTo("second");
        assertThat(take(KEY)).isEqualTo("first");
        assertThat(take(KEY)).isNull();
    }

    @Test
    void ticketOfAnotherHostPortOrPolicyIsNotTaken() throws TlsException {
        store.put(KEY, AnyTicket.plainStored("t"));
        assertThat(take(new TicketStore.Key("example.com", 443, "policy"))).isNull();
        assertThat(take(new TicketStore.Key("example.org", 8443, "policy"))).isNull();
        assertThat(take(new TicketStore.Key("example.org", 443, "other policy")))
                .isNull();
        assertThat(take(new TicketStore.Key("EXAMPLE.org", 443, "policy"))).isEqualTo("t");
    }

    @Test
    void aHostThatIsTooLongInLowerCaseIsRefused() {
        // Two characters for each, of which one was 128.
        String host = "\u0130".repeat(128);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TicketStore.Key(host, 443, "policy"))
                .withMessageContaining("host");
    }

    @Test
    void expiredTicketsAreDroppedAndWiped() throws TlsException {
        StoredTicket lasting = AnyTicket.stored("lasting", Duration.ofDays(1), AnyTicket.plainOrigin());
        StoredTicket brief = AnyTicket.stored("brief", Duration.ofSeconds(5), AnyTicket.plainOrigin());
        store.put(KEY, lasting);
        store.put(KEY, brief);
        assertThat(store.take(KEY, NOW.plusSeconds(6))).isSameAs(lasting);
        assertWiped(brief);
    }

    @Test
    void eightTicketsAreKeptForOneKeyAndTheOldestGoFirst() throws TlsException {
        List<StoredTicket> tickets = fill(KEY, 9);
        assertWiped(tickets.getFirst());
        for (int i = 8; i >= 1; i--) {
            assertThat(store.take(KEY, NOW)).isSameAs(tickets.get(i));
        }
        assertThat(take(KEY)).isNull();
    }

    @Test
    void whenFullTheKeyThatWasNotUsedForTheLongestTimeLosesItsOldestTicket() throws TlsException {
        TicketStore small = TicketStore.inMemory(3);
        StoredTicket idle = AnyTicket.plainStored("idle");
        small.put(KEY, idle);
        TicketStore.Key other = new TicketStore.Key("other.example", 443, "policy");
        small.put(other, AnyTicket.plainStored("b"));
        small.put(other, AnyTicket.plainStored("c"));
        small.put(other, AnyTicket.plainStored("d"));
        assertWiped(idle);
        assertThat(small.take(KEY, NOW)).isNull();
        assertThat(small.take(other, NOW)).isNotNull();
    }

    @Test
    void keyThatWasUsedJustNowOutlivesOthers() throws TlsException {
        TicketStore small = TicketStore.inMemory(3);
        TicketStore.Key other = new TicketStore.Key("other.example", 443, "policy");
        small.put(KEY, AnyTicket.plainStored("a"));
        small.put(KEY, AnyTicket.plainStored("b"));
        small.put(other, AnyTicket.plainStored("c"));
        assertThat(small.take(KEY, NOW)).isNotNull();
        small.put(KEY, AnyTicket.plainStored("d"));
        small.put(KEY, AnyTicket.plainStored("e"));
        assertThat(small.take(other, NOW)).isNull();
        assertThat(small.take(KEY, NOW)).isNotNull();
    }

    @Test
    void clearedStoreIsEmptyAndItsTicketsAreWiped() throws TlsException {
        List<StoredTicket> tickets = fill(KEY, 3);
        store.clear();
        tickets.forEach(TicketStoreTest::assertWiped);
        assertThat(take(KEY)).isNull();
        store.put(KEY, AnyTicket.plainStored("new"));
        assertThat(take(KEY)).isEqualTo("new");
    }

    @Test
    void takenTicketIsTheCallersAndStaysWhole() throws TlsException {
        StoredTicket ticket = AnyTicket.plainStored("t");
        store.put(KEY, ticket);
        StoredTicket taken = Objects.requireNonNull(store.take(KEY, NOW));
        store.clear();
        assertThat(taken.copyPsk()).isEqualTo(AnyTicket.filled(32, 0x5a));
    }

    @Test
    void noTicketIsTakenByTwoThreads() throws Exception {
        int tickets = 2000;
        int threads = 4;
        TicketStore shared = TicketStore.inMemory(tickets);
        for (int i = 0; i < tickets; i++) {
            shared.put(new TicketStore.Key("host" + i / 8, 443, "policy"), AnyTicket.plainStored("ticket" + i));
        }
        Set<StoredTicket> taken = ConcurrentHashMap.newKeySet();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                all.add(pool.submit(() -> takeAll(shared, tickets / 8, taken)));
            }
            for (Future<?> each : all) {
                each.get();
            }
        }
        assertThat(taken).hasSize(tickets);
    }

    @Test
    void storeForNoTicketsIsRefused() {
        assertThatThrownBy(() -> TicketStore.inMemory(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keyWithoutHostOrWithAnImpossiblePortIsRefused() {
        assertThatThrownBy(() -> new TicketStore.Key("", 443, "policy")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TicketStore.Key("a", 65_536, "policy"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Void takeAll(TicketStore shared, int hosts, Set<StoredTicket> taken) throws TlsException {
        for (int host = 0; host < hosts; host++) {
            TicketStore.Key key = new TicketStore.Key("host" + host, 443, "policy");
            StoredTicket ticket = shared.take(key, NOW);
            while (ticket != null) {
                assertThat(taken.add(ticket)).isTrue();
                ticket = shared.take(key, NOW);
            }
        }
        return null;
    }

    private List<StoredTicket> fill(TicketStore.Key key, int count) throws TlsException {
        List<StoredTicket> tickets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tickets.add(AnyTicket.plainStored("ticket" + i));
            store.put(key, tickets.getLast());
        }
        return tickets;
    }

    private @Nullable String take(TicketStore.Key key) throws TlsException {
        StoredTicket ticket = store.take(key, NOW);
        return ticket == null ? null : ticket.ticket().printableAscii();
    }

    private static void assertWiped(StoredTicket ticket) {
        assertThatThrownBy(ticket::copyPsk).isInstanceOf(IllegalStateException.class);
    }
}
