package dev.akushu.jsse;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Two engines wired together, driven as careful programs drive them: one buffer for each direction, filled by wrap and
 * emptied by unwrap. With a random generator the buffers have sizes from one byte up, and grow when an engine asks for it.
 */
final class EngineTalk {
    private final End client;
    private final End server;

    EngineTalk(SSLEngine client, SSLEngine server) {
        this(client, server, null);
    }

    EngineTalk(SSLEngine client, SSLEngine server, @Nullable RandomGenerator random) {
        client.setUseClientMode(true);
        server.setUseClientMode(false);
        this.client = new End("client", client, random);
        this.server = new End("server", server, random);
    }

    End client() {
        return client;
    }

    End server() {
        return server;
    }

    /** Shakes hands until both have nothing left to do. */
    EngineTalk handshake() throws SSLException {
        client.engine.beginHandshake();
        server.engine.beginHandshake();
        for (int idle = 0; idle < 3; ) {
            boolean clientMoved = client.step(server);
            boolean serverMoved = server.step(client);
            idle = clientMoved || serverMoved ? 0 : idle + 1;
        }
        return this;
    }

    /** Moves what is under way until nothing moves. */
    void settle() throws SSLException {
        for (int idle = 0; idle < 3; ) {
            int moved = 0;
            moved += client.unwrap() ? 1 : 0;
            moved += server.unwrap() ? 1 : 0;
            moved += client.wrapIfNeeded(server) ? 1 : 0;
            moved += server.wrapIfNeeded(client) ? 1 : 0;
            idle = moved > 0 ? 0 : idle + 1;
        }
    }

    /** One engine with what has come for it. */
    static final class End {
        private final String name;
        private final SSLEngine engine;
        private final @Nullable RandomGenerator random;
        private final List<SSLEngineResult> results = new ArrayList<>();
        private final java.io.ByteArrayOutputStream received = new java.io.ByteArrayOutputStream();
        private ByteBuffer incoming = ByteBuffer.allocate(1 << 20).flip();
        private int visible;
        private int room;

        private End(String name, SSLEngine engine, @Nullable RandomGenerator random) {
            this.name = name;
            this.engine = engine;
            this.random = random;
        }

        SSLEngine engine() {
            return engine;
        }

        /** All results of wrap and unwrap so far. */
        List<SSLEngineResult> results() {
            return results;
        }

        long finishedCount() {
            return results.stream()
                    .filter(result -> result.getHandshakeStatus() == HandshakeStatus.FINISHED)
                    .count();
        }

        byte[] received() {
            return received.toByteArray();
        }

        /** Bytes from the peer that were not taken yet. */
        ByteBuffer incoming() {
            return incoming;
        }

        /** What the status asks for; whether anything moved. */
        boolean step(End peer) throws SSLException {
            return switch (engine.getHandshakeStatus()) {
                case NEED_WRAP -> wrapIfNeeded(peer);
                case NEED_TASK -> runTasks();
                case NEED_UNWRAP, NOT_HANDSHAKING -> unwrap();
                case FINISHED -> throw new AssertionError("FINISHED is no status of getHandshakeStatus");
                case NEED_UNWRAP_AGAIN -> throw new AssertionError("NEED_UNWRAP_AGAIN is of DTLS only");
            };
        }

        boolean wrapIfNeeded(End peer) throws SSLException {
            return engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP
                    && wrap(peer, new ByteBuffer[] {ByteBuffer.allocate(0)}).bytesProduced() > 0;
        }

        private boolean runTasks() {
            boolean any = false;
            for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                task.run();
                any = true;
            }
            return any;
        }

        /** One wrap, to a target that grows until it is large enough. */
        SSLEngineResult wrap(End peer, ByteBuffer... sources) throws SSLException {
            int size = random == null ? engine.getSession().getPacketBufferSize() : anySize();
            while (true) {
                ByteBuffer target = buffer(size);
                SSLEngineResult result = engine.wrap(sources, 0, sources.length, target);
                results.add(result);
                if (result.getStatus() != Status.BUFFER_OVERFLOW) {
                    check(result.bytesProduced() == target.position(), "produced what it says");
                    peer.add(target.flip());
                    return result;
                }
                check(target.position() == 0 && result.bytesConsumed() == 0, "BUFFER_OVERFLOW touches nothing");
                check(size < engine.getSession().getPacketBufferSize(), "a packet buffer is large enough");
                size = Math.min(2 * size, engine.getSession().getPacketBufferSize());
            }
        }

        /** Wraps all of {@code data}. */
        void send(End peer, byte[] data) throws SSLException {
            ByteBuffer source = ByteBuffer.wrap(data);
            while (source.hasRemaining()) {
                wrap(peer, source);
            }
        }

        /** Unwraps once as much as is visible; whether anything moved. */
        boolean unwrap() throws SSLException {
            if (random == null) {
                visible = incoming.remaining();
                room = Math.max(room, engine.getSession().getApplicationBufferSize());
            } else if (visible == 0) {
                visible = Math.min(incoming.remaining(), anySize());
                room = Math.max(room, anySize());
            }
            ByteBuffer source = incoming.slice(incoming.position(), Math.min(visible, incoming.remaining()));
            ByteBuffer[] targets = scattered(room);
            int before = source.remaining();
            SSLEngineResult result = engine.unwrap(source, targets, 0, targets.length);
            results.add(result);
            int consumed = before - source.remaining();
            check(result.bytesConsumed() == consumed, "consumed what it says");
            int produced = Arrays.stream(targets).mapToInt(ByteBuffer::position).sum();
            check(result.bytesProduced() == produced, "produced what it says");
            incoming.position(incoming.position() + consumed);
            visible -= consumed;
            for (ByteBuffer target : targets) {
                byte[] part = new byte[target.flip().remaining()];
                target.get(part);
                received.writeBytes(part);
            }
            return moved(result, consumed);
        }

        private boolean moved(SSLEngineResult result, int consumed) {
            if (result.getStatus() == Status.BUFFER_OVERFLOW) {
                check(consumed == 0 && result.bytesProduced() == 0, "BUFFER_OVERFLOW touches nothing");
                check(room < engine.getSession().getApplicationBufferSize(), "an application buffer is large enough");
                room = Math.min(2 * room, engine.getSession().getApplicationBufferSize());
                return true;
            }
            if (result.getStatus() == Status.BUFFER_UNDERFLOW) {
                check(consumed == 0 && result.bytesProduced() == 0, "BUFFER_UNDERFLOW touches nothing");
                boolean more = visible < incoming.remaining();
                visible = Math.min(incoming.remaining(), visible + (random == null ? 1 : anySize()));
                return more;
            }
            return consumed > 0;
        }

        /** From one byte to two packets; small ones as often as large ones. */
        private int anySize() {
            RandomGenerator generator = Objects.requireNonNull(random);
            int most = 2 * engine.getSession().getPacketBufferSize();
            return 1 + generator.nextInt(generator.nextInt(1, most));
        }

        private ByteBuffer buffer(int size) {
            return random != null && random.nextBoolean() ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size);
        }

        /** Room of that size, in one buffer or in three. */
        private ByteBuffer[] scattered(int size) {
            if (random == null || random.nextBoolean()) {
                return new ByteBuffer[] {buffer(size)};
            }
            int first = random.nextInt(size);
            return new ByteBuffer[] {buffer(first), buffer(0), buffer(size - first)};
        }

        /** Bytes for this end, as if the peer had wrapped them. */
        void add(ByteBuffer bytes) {
            ByteBuffer joined = ByteBuffer.allocate(incoming.remaining() + bytes.remaining());
            incoming = joined.put(incoming).put(bytes).flip();
        }

        private void check(boolean holds, String rule) {
            if (!holds) {
                throw new AssertionError(name + ": " + rule + ", after " + results.getLast());
            }
        }
    }
}
