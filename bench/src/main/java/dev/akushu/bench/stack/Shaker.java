package dev.akushu.bench.stack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Connects clients and servers, in one thread and through memory, and checks each handshake to be what it should be. */
public final class Shaker {
    /** For the longest flight. */
    private static final int ROOM = 1 << 16;

    /** Octets of data that go each way after the handshake; with the server's come its tickets. */
    private static final int DATA = 16;

    private static final int FIRST_PORT = 1024;

    /** As many ports are a shaker's own. */
    private static final int PORTS = 30_000;

    private final Scenario scenario;
    private final Ends ends;
    private final int firstPort;
    private final ByteBuffer toServer;
    private final ByteBuffer toClient;
    private final ByteBuffer scratch;
    private final ByteBuffer data;
    private int turn;
    private @Nullable ServerHello hello;

    /** @param number 0 or 1: of this thread, as no two of them may share a shaker, or a ticket */
    public Shaker(Scenario scenario, Ends ends, int number) {
        this.scenario = scenario;
        this.ends = ends;
        this.firstPort = FIRST_PORT + number * PORTS;
        toServer = buffer(ROOM, ends.areNative());
        toClient = buffer(ROOM, ends.areNative());
        scratch = buffer(ROOM, ends.areNative());
        data = buffer(DATA, ends.areNative());
    }

    /** A buffer within the heap or outside. */
    public static ByteBuffer buffer(int size, boolean direct) {
        return direct ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size);
    }

    /** A connection. */
    public record Pair(End client, End server) {
        /** Frees what the collector does not. */
        public void release() throws IOException {
            client.release();
            server.release();
        }
    }

    /** One handshake with the next server, 16 octets of data each way, and the end. */
    public void run() throws IOException {
        end(connect());
    }

    /**
     * The same, whether resumed or not: Conscrypt's store of tickets, shared by two threads, now and then has none.
     *
     * @return whether it was as the scenario wants it
     */
    public boolean runAnyhow() throws IOException {
        end(connectAnyhow());
        Objects.requireNonNull(hello).requireSuiteAndGroup(scenario);
        return hello.isResumedAsIn(scenario);
    }

    private void end(Pair pair) throws IOException {
        pair.client.closeOutput();
        pair.server.closeOutput();
        pair.client.turn(toClient, toServer, scratch);
        pair.server.turn(toServer, toClient, scratch);
        pair.client.turn(toClient, toServer, scratch);
        pair.release();
    }

    /** A handshake of whatever kind, which leaves a ticket for the next. */
    public void prime() throws IOException {
        connectAnyhow().release();
    }

    /** One handshake with the next server, and 16 octets of data each way; checked. */
    public Pair connect() throws IOException {
        Pair pair = connectAnyhow();
        Objects.requireNonNull(hello).require(scenario);
        return pair;
    }

    private Pair connectAnyhow() throws IOException {
        turn = (turn + 1) % (PORTS * ends.count());
        // Sessions are kept by host and port: no port comes again while one could still be there.
        int port = scenario.isResumed() ? 0 : turn % PORTS;
        Pair pair = new Pair(ends.client(firstPort + port), ends.server(turn % ends.count()));
        shakeHands(pair);
        exchange(pair);
        return pair;
    }

    private void shakeHands(Pair pair) throws IOException {
        toServer.clear();
        toClient.clear();
        hello = null;
        boolean isBusy = true;
        while (isBusy) {
            isBusy = pair.client.turn(toClient, toServer, scratch);
            isBusy |= pair.server.turn(toServer, toClient, scratch);
            if (hello == null && toClient.position() > 0) {
                hello = ServerHello.read(toClient);
            }
        }
        if (!pair.client.isEstablished() || !pair.server.isEstablished()) {
            throw new IOException("the handshake did not end");
        }
    }

    /** 16 octets each way. */
    public void exchange(Pair pair) throws IOException {
        send(pair.client, toServer, pair.server);
        send(pair.server, toClient, pair.client);
    }

    private void send(End from, ByteBuffer wire, End to) throws IOException {
        from.seal(data.clear(), wire);
        wire.flip();
        scratch.clear();
        while (wire.hasRemaining()) {
            // Tickets and the data are records of their own.
            to.open(wire, scratch);
        }
        wire.compact();
        if (scratch.position() != DATA) {
            throw new IOException(scratch.position() + " octets of data came, not " + DATA);
        }
    }
}
