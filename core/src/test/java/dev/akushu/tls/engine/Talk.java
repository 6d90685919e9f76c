package dev.akushu.tls.engine;

import dev.akushu.tls.EarlyData;
import dev.akushu.tls.RecordPolicy;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.Work;
import dev.akushu.tls.client.ClientHandshake;
import dev.akushu.tls.client.ClientTransitions;
import dev.akushu.tls.server.ServerHandshake;
import dev.akushu.tls.server.ServerTransitions;
import dev.akushu.tls.trace.Flow;
import dev.akushu.tls.trace.TraceEvent;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A client and a server that hand each other whole messages, without records: so a test can put any message, properly made or not, into any state of either.
 */
final class Talk {
    private final Deque<byte[]> toServer = new ArrayDeque<>();
    private final Deque<byte[]> toClient = new ArrayDeque<>();
    private boolean asksLate;
    private final Driver client;
    private final Driver server;

    Talk(TlsClient clientConfig, TlsServer serverConfig) throws TlsException {
        this(clientConfig, serverConfig, null);
    }

    /** A pair whose client has {@code earlyData} to send, if not null. */
    Talk(TlsClient clientConfig, TlsServer serverConfig, @Nullable EarlyData earlyData) throws TlsException {
        client = driver(Role.CLIENT, ClientTransitions.TABLE, toServer);
        server = driver(Role.SERVER, ServerTransitions.TABLE, toClient);
        server.begin(out -> ServerHandshake.begin(serverConfig));
        client.begin(out -> ClientHandshake.begin(clientConfig, "localhost", 443, earlyData, out));
    }

    /** Lets the server ask for the client's certificate once, when the handshake is done and all is said. */
    Talk askingLate() {
        asksLate = true;
        return this;
    }

    Driver end(Role role) {
        return role == Role.CLIENT ? client : server;
    }

    /** Delivers messages until {@code role} stands at {@code step}, or nothing is left to deliver; returns whether it does. */
    boolean reach(Role role, Step step) throws TlsException {
        while (!end(role).step().equals(step)) {
            if (!deliverOne()) {
                return false;
            }
        }
        return true;
    }

    /** Delivers all there is, with nothing asked for afterwards. */
    void finishHandshake() throws TlsException {
        asksLate = false;
        finish();
    }

    /** Delivers all there is. */
    void finish() throws TlsException {
        boolean delivered = true;
        while (delivered) {
            delivered = deliverOne();
        }
    }

    /** The next message for {@code role}, taken off its way; null if there is none. */
    byte[] intercept(Role role) {
        Deque<byte[]> way = role == Role.CLIENT ? toClient : toServer;
        byte[] next = way.poll();
        return next == null && toServer.isEmpty() && toClient.isEmpty() && asksLate() ? way.poll() : next;
    }

    /** Gives {@code message} to {@code role}, and does what it then waits for. */
    void give(Role role, byte[] message) throws TlsException {
        Driver end = end(role);
        end.takeMessage(message);
        while (end.isPaused()) {
            Work work = end.work();
            if (work != null) {
                work.run();
            }
        }
        end.takeLateFlights(true);
    }

    private boolean deliverOne() throws TlsException {
        byte[] up = toServer.poll();
        if (up != null) {
            give(Role.SERVER, up);
            return true;
        }
        byte[] down = toClient.poll();
        if (down != null) {
            give(Role.CLIENT, down);
            return true;
        }
        return asksLate();
    }

    private boolean asksLate() {
        if (!asksLate || !server.isEstablished()) {
            return false;
        }
        asksLate = false;
        try {
            var _ = server.requestClientCertificate();
        } catch (TlsException refused) {
            throw new AssertionError("a client that offers it can be asked", refused);
        }
        return true;
    }

    private static Driver driver(Role role, Transitions table, Deque<byte[]> sent) {
        Setting setting = new Setting(
                role,
                table,
                event -> collect(event, sent),
                null,
                null,
                new OutgoingShape(RecordPolicy.DEFAULT, new SecureRandom()),
                false,
                false,
                Long.MAX_VALUE);
        Teller teller = new Teller(setting.observer());
        return new Driver(setting, teller, new Inbound(setting, teller), new Outbound(setting, teller));
    }

    private static void collect(TraceEvent event, Deque<byte[]> sent) {
        if (event instanceof TraceEvent.Message message && message.flow() == Flow.SENT) {
            sent.add(message.message().toArray());
        }
    }
}
