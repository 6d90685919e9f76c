package dev.akushu.bench.handshake;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Two engines of JSSE, whoever has made them. */
final class EngineShaker implements Stack.Shaker {
    private static final int FIRST_PORT = 1024;
    private static final int PORTS = 60_000;

    private final Scenario scenario;
    private final Engines engines;
    private final int servers;
    private final ByteBuffer toServer;
    private final ByteBuffer toClient;
    private final ByteBuffer application;
    private final ByteBuffer nothing;
    private final ByteBuffer data;
    private int next;
    private int port;
    private @Nullable ServerHello hello;

    EngineShaker(Scenario scenario, Engines engines, int servers) {
        this.scenario = scenario;
        this.engines = engines;
        this.servers = servers;
        boolean direct = engines.areNative();
        toServer = buffer(Wire.ROOM, direct);
        toClient = buffer(Wire.ROOM, direct);
        application = buffer(Wire.ROOM, direct);
        nothing = buffer(0, direct);
        data = buffer(Wire.DATA, direct);
    }

    private static ByteBuffer buffer(int size, boolean direct) {
        return direct ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size);
    }

    @Override
    public void run() throws IOException {
        next = (next + 1) % servers;
        // Sessions are kept by host and port: no port comes again while one could still be there.
        port = scenario.isResumed() ? port : (port + 1) % PORTS;
        SSLEngine client = engines.client(FIRST_PORT + port);
        SSLEngine server = engines.server(next);
        try {
            shakeHands(client, server);
            send(client, toServer, server);
            send(server, toClient, client);
            client.closeOutbound();
            server.closeOutbound();
            turn(client, toClient, toServer);
            turn(server, toServer, toClient);
            turn(client, toClient, toServer);
        } finally {
            engines.release(client);
            engines.release(server);
        }
        Objects.requireNonNull(hello).require(scenario);
    }

    private void shakeHands(SSLEngine client, SSLEngine server) throws SSLException {
        toServer.clear();
        toClient.clear();
        hello = null;
        client.beginHandshake();
        server.beginHandshake();
        boolean isBusy = true;
        while (isBusy) {
            isBusy = turn(client, toClient, toServer);
            isBusy |= turn(server, toServer, toClient);
            if (hello == null && toClient.position() > 0) {
                hello = ServerHello.read(toClient);
            }
        }
        if (!isDone(client) || !isDone(server)) {
            throw new SSLException(
                    "the handshake did not end: " + client.getHandshakeStatus() + ", " + server.getHandshakeStatus());
        }
    }

    private static boolean isDone(SSLEngine engine) {
        return engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING;
    }

    private void send(SSLEngine from, ByteBuffer wire, SSLEngine to) throws SSLException {
        data.clear();
        while (data.hasRemaining()) {
            from.wrap(data, wire);
        }
        wire.flip();
        application.clear();
        while (wire.hasRemaining() && to.unwrap(wire, application).bytesConsumed() > 0) {
            // Tickets and the data are records of their own.
        }
        wire.compact();
        Wire.requireAll(application);
    }

    /** Whether a step has brought anything. An engine that tells late has its Finished still to send when it says that it is done. */
    private boolean flush(SSLEngine engine, SSLEngineResult result, ByteBuffer out) throws SSLException {
        boolean isEnd = engines.tellLate() && result.getHandshakeStatus() == HandshakeStatus.FINISHED;
        if (isEnd) {
            engine.wrap(nothing, out);
        }
        return isEnd || result.bytesConsumed() > 0 || result.bytesProduced() > 0;
    }

    /** Goes on until the engine has to wait for the other; whether it had anything to do. */
    private boolean turn(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
        boolean isBusy = false;
        while (true) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> engine.getDelegatedTask().run();
                case NEED_WRAP -> {
                    if (!flush(engine, engine.wrap(nothing, out), out)) {
                        return isBusy;
                    }
                }
                default -> {
                    if (in.position() == 0 && (!engines.tellLate() || isDone(engine))) {
                        return isBusy;
                    }
                    in.flip();
                    SSLEngineResult result = engine.unwrap(in, application.clear());
                    in.compact();
                    if (!flush(engine, result, out)) {
                        return isBusy;
                    }
                }
            }
            isBusy = true;
        }
    }
}
