package dev.akushu.tls.testing;

import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsEngine;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.TlsSession;
import dev.akushu.tls.Work;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A client and a server wired together in memory; the wire can be watched and tampered with. */
public final class EnginePair {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final End client;
    private final End server;

    private EnginePair(TlsEngine client, TlsEngine server) {
        this.client = new End(client);
        this.server = new End(server);
    }

    /** A pair for {@code localhost} that has not said anything yet. */
    public static EnginePair of(TlsClient client, TlsServer server) throws TlsException {
        return of(client.engine("localhost", 443), server.engine());
    }

    /** A pair of engines. */
    public static EnginePair of(TlsEngine client, TlsEngine server) {
        return new EnginePair(client, server);
    }

    /** A pair that has shaken hands. */
    public static EnginePair connected(TlsClient client, TlsServer server) throws TlsException {
        EnginePair pair = of(client, server);
        pair.shakeHands();
        return pair;
    }

    /** The client's end. */
    public End client() {
        return client;
    }

    /** The server's end. */
    public End server() {
        return server;
    }

    /** Moves bytes until neither end has anything to say. */
    public void shakeHands() throws TlsException {
        boolean moved = true;
        while (moved) {
            moved = move(client, server);
            moved |= move(server, client);
        }
    }

    /** As {@link #shakeHands}, with every flight changed on its way. */
    public void shakeHands(UnaryOperator<byte[]> toServer, UnaryOperator<byte[]> toClient) throws TlsException {
        boolean moved = true;
        while (moved) {
            byte[] up = toServer.apply(client.output());
            server.input(up);
            byte[] down = toClient.apply(server.output());
            client.input(down);
            moved = up.length + down.length > 0;
        }
    }

    private static boolean move(End from, End to) throws TlsException {
        byte[] bytes = from.output();
        to.input(bytes);
        return bytes.length > 0;
    }

    /** One end. */
    public static final class End {
        private final TlsEngine engine;
        private final ByteArrayOutputStream received = new ByteArrayOutputStream();
        private ByteBuffer pending = ByteBuffer.allocate(0);
        private boolean readsEarlyData = true;

        /** An end of its own. */
        public End(TlsEngine engine) {
            this.engine = engine;
        }

        /** The engine. */
        public TlsEngine engine() {
            return engine;
        }

        /** The session, which must be there. */
        public TlsSession session() {
            return engine.session().orElseThrow();
        }

        /** From here on it is for the test to read early data, which is otherwise read and dropped. */
        public void leaveEarlyDataUnread() {
            readsEarlyData = false;
        }

        /** All application data so far, as text. */
        public String received() {
            return received.toString(StandardCharsets.UTF_8);
        }

        /** Application data so far. */
        public byte[] receivedBytes() {
            return received.toByteArray();
        }

        /** All that this end has to send without being given data. */
        public byte[] output() throws TlsException {
            ByteArrayOutputStream sent = new ByteArrayOutputStream();
            ByteBuffer network = ByteBuffer.allocate(TlsEngine.NETWORK_BUFFER_SIZE);
            while (engine.hasOutput()) {
                engine.send(NOTHING, network);
                if (network.position() == 0 && engine.hasOutput()) {
                    throw new AssertionError("there is output, and nothing is written");
                }
                sent.write(network.array(), 0, network.position());
                network.clear();
            }
            return sent.toByteArray();
        }

        /** The records that carry {@code data}, and whatever comes before them. */
        public byte[] seal(byte[] data) throws TlsException {
            ByteArrayOutputStream sent = new ByteArrayOutputStream();
            ByteBuffer source = ByteBuffer.wrap(data);
            ByteBuffer network = ByteBuffer.allocate(TlsEngine.NETWORK_BUFFER_SIZE);
            do {
                engine.send(source, network);
                sent.write(network.array(), 0, network.position());
                network.clear();
            } while (source.hasRemaining());
            return sent.toByteArray();
        }

        /** As {@link #seal(byte[])}. */
        public byte[] seal(String data) throws TlsException {
            return seal(data.getBytes(StandardCharsets.UTF_8));
        }

        /** Takes bytes from the other end; what is no whole record waits for more. */
        public void input(byte[] bytes) throws TlsException {
            pending = ByteBuffer.allocate(pending.remaining() + bytes.length)
                    .put(pending)
                    .put(bytes)
                    .flip();
            ByteBuffer application = ByteBuffer.allocate(TlsEngine.APPLICATION_BUFFER_SIZE);
            while (true) {
                TlsEngine.Status status = engine.receive(pending, application);
                received.write(application.array(), 0, application.position());
                application.clear();
                if (readsEarlyData && engine.earlyDataAvailable() > 0) {
                    engine.readEarlyData(ByteBuffer.allocate(engine.earlyDataAvailable()));
                }
                Optional<Work> work = engine.work();
                work.ifPresent(Work::run);
                if (work.isPresent()) {
                    engine.resume();
                } else if (status != TlsEngine.Status.OK) {
                    return;
                }
            }
        }
    }
}
