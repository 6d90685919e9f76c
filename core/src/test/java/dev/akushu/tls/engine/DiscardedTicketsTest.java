package dev.akushu.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.Problem;
import dev.akushu.tls.StoredTicket;
import dev.akushu.tls.TicketStore;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.testing.EnginePair;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RFC 9846 section 6: the tickets of a connection that failed SHOULD be discarded. */
class DiscardedTicketsTest {
    /** A record that nobody who has the key made. */
    private static final byte[] FORGED =
            Bytes.fromHex("1703030019" + "00".repeat(25)).toArray();

    private final TlsClient client = Ends.client().build();
    private final TlsServer server = Ends.server().build();

    @TempDir
    private Path folder;

    @Test
    void whoSendsAnErrorAlertDropsTheTickets() throws TlsException {
        EnginePair pair = EnginePair.connected(client, server);
        failByForgery(pair.client());

        assertThat(isResumed(client)).isFalse();
    }

    @Test
    void whoGetsAnErrorAlertDropsTheTickets() throws TlsException {
        EnginePair pair = EnginePair.connected(client, server);
        failByForgery(pair.server());
        byte[] alert = pair.server().output();
        assertThat(problem(() -> pair.client().input(alert))).isEqualTo(Problem.ALERT_RECEIVED);

        assertThat(isResumed(client)).isFalse();
    }

    /** Since TLS 1.1 a connection that is cut says nothing against its session. */
    @Test
    void whoIsCutOffKeepsThem() throws TlsException {
        EnginePair pair = EnginePair.connected(client, server);
        assertThat(problem(() -> pair.client().engine().endOfInput())).isEqualTo(Problem.TRUNCATED);

        assertThat(isResumed(client)).isTrue();
    }

    @Test
    void aConnectionThatIsClosedInOrderKeepsThem() throws TlsException {
        EnginePair pair = EnginePair.connected(client, server);
        pair.client().engine().closeOutput();
        pair.server().input(pair.client().output());
        pair.server().engine().closeOutput();
        pair.client().input(pair.server().output());

        assertThat(isResumed(client)).isTrue();
    }

    @Test
    void theTicketsOfOtherConnectionsStay() throws TlsException {
        EnginePair failing = EnginePair.connected(client, server);
        EnginePair.connected(client, server);
        TlsClient other = client.toBuilder().tickets(TicketStore.inMemory(8)).build();
        EnginePair.connected(other, server);
        failByForgery(failing.client());

        assertThat(isResumed(client)).isTrue();
        assertThat(isResumed(other)).isTrue();
    }

    @Test
    void aFileOfTicketsLosesThemToo() throws TlsException {
        Path file = folder.resolve("tickets");
        TlsClient saving = client.toBuilder().tickets(TicketStore.file(file)).build();
        EnginePair pair = EnginePair.connected(saving, server);
        failByForgery(pair.client());

        assertThat(isResumed(client.toBuilder().tickets(TicketStore.file(file)).build()))
                .isFalse();
    }

    @Test
    void aStoreThatCannotDropThemDoesNotHideWhyTheConnectionFailed() throws TlsException {
        TlsClient careless = client.toBuilder()
                .tickets(new Told(ids -> {
                    throw new IllegalStateException("the store is gone");
                }))
                .build();
        EnginePair pair = EnginePair.connected(careless, server);

        failByForgery(pair.client());
    }

    @Test
    void allTicketsOfAConnectionAreDroppedAtOnce() throws TlsException {
        List<Set<Bytes>> dropped = new ArrayList<>();
        EnginePair pair = EnginePair.connected(
                client.toBuilder().tickets(new Told(dropped::add)).build(), server);
        failByForgery(pair.client());

        assertThat(dropped).singleElement().satisfies(ids -> assertThat(ids).hasSize(2));
    }

    /** The store may write a file meanwhile. */
    @Test
    void aStoreThatIsSlowToDropThemKeepsNoOtherThreadFromTheConnection() throws TlsException {
        AtomicReference<EnginePair> connected = new AtomicReference<>();
        List<Problem> seenByOthers = new ArrayList<>();
        Told slow = new Told(ids -> {
            Thread other = Thread.ofVirtual()
                    .start(() -> seenByOthers.add(
                            problem(() -> connected.get().client().input(FORGED))));
            join(other);
        });
        connected.set(EnginePair.connected(client.toBuilder().tickets(slow).build(), server));
        failByForgery(connected.get().client());

        assertThat(seenByOthers).containsExactly(Problem.BAD_RECORD_MAC);
    }

    private static void join(Thread other) {
        try {
            assertThat(other.join(Duration.ofSeconds(10)))
                    .as("the connection is locked")
                    .isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private boolean isResumed(TlsClient next) throws TlsException {
        return EnginePair.connected(next, server).client().session().resumed();
    }

    private static void failByForgery(EnginePair.End end) {
        assertThat(problem(() -> end.input(FORGED))).isEqualTo(Problem.BAD_RECORD_MAC);
    }

    private static Problem problem(ThrowingCallable call) {
        return catchThrowableOfType(TlsException.class, call).problem();
    }

    /** Takes tickets and gives none back; tells what it is to drop. */
    private record Told(Consumer<Set<Bytes>> dropped) implements TicketStore {
        @Override
        public void put(Key key, StoredTicket ticket) {
            ticket.wipe();
        }

        @Override
        public @Nullable StoredTicket take(Key key, Instant now) {
            return null;
        }

        @Override
        public void remove(Key key, Set<Bytes> ids) {
            dropped.accept(ids);
        }

        @Override
        public void clear() {
            throw new UnsupportedOperationException("nobody clears it here");
        }
    }
}
