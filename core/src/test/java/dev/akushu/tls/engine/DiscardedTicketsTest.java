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
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RFC 9846 section 6: the tickets of a connection that failed SHOULD be discarded. */
class DiscardedTicketsTest {
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
        TlsClient careless = client.toBuilder().tickets(new Stubborn()).build();
        EnginePair pair = EnginePair.connected(careless, server);

        failByForgery(pair.client());
    }

    private boolean isResumed(TlsClient next) throws TlsException {
        return EnginePair.connected(next, server).client().session().resumed();
    }

    /** A record that nobody who has the key made. */
    private static void failByForgery(EnginePair.End end) {
        byte[] forged = Bytes.fromHex("1703030019" + "00".repeat(25)).toArray();
        assertThat(problem(() -> end.input(forged))).isEqualTo(Problem.BAD_RECORD_MAC);
    }

    private static Problem problem(ThrowingCallable call) {
        return catchThrowableOfType(TlsException.class, call).problem();
    }

    /** Takes tickets and gives none back. */
    private static final class Stubborn implements TicketStore {
        @Override
        public void put(Key key, StoredTicket ticket) {
            ticket.wipe();
        }

        @Override
        public @Nullable StoredTicket take(Key key, Instant now) {
            return null;
        }

        @Override
        public void remove(Key key, Bytes ticket) {
            throw new IllegalStateException("the store is gone");
        }

        @Override
        public void clear() {
            throw new IllegalStateException("the store is gone");
        }
    }
}
