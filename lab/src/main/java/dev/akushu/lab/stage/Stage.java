package dev.akushu.lab.stage;

import dev.akushu.lab.record.Recording;
import dev.akushu.tls.EarlyData;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsEngine;
import dev.akushu.tls.TlsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** The two ends on loopback and the path between them, for one connection after the other. */
final class Stage implements AutoCloseable {
    private final Cast cast;
    private final ServerSocket door;
    private final Tap tap;

    Stage(Cast cast) throws IOException {
        this.cast = cast;
        door = new ServerSocket();
        door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        door.setSoTimeout(Patience.MILLIS);
        tap = new Tap();
    }

    /** One side of a connection. */
    @FunctionalInterface
    interface Part {
        void act(Socket socket) throws IOException;
    }

    /** Plays one connection to its end. */
    void play(Recording recording, Interference interference, Part client, Part server) throws IOException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> serving = threads.submit(() -> {
                server.act(door.accept());
                return true;
            });
            Future<?> passing = threads.submit(() -> {
                tap.pass((InetSocketAddress) door.getLocalSocketAddress(), recording, interference);
                return true;
            });
            Socket socket = new Socket();
            socket.setTcpNoDelay(true);
            socket.connect(tap.address(), Patience.MILLIS);
            client.act(socket);
            await(serving);
            await(passing);
        } finally {
            recording.end();
        }
    }

    /** Our client; {@code early}, if there is any, goes out with the first flight. */
    Part client(Recording recording, @Nullable EarlyData early, Ending.Lines lines) {
        return socket -> {
            TlsClient client = cast.client().toBuilder()
                    .observer(recording.observer(Role.CLIENT))
                    .keyLog(recording.keyLog())
                    .dangerSecretObserver(recording.secretObserver())
                    .build();
            TlsEngine engine = early == null
                    ? client.engine(Cast.SERVER_NAME, tap.port())
                    : client.engine(Cast.SERVER_NAME, tap.port(), early);
            TlsConnection connection =
                    TlsConnection.overSocket(engine, socket, InputStream.nullInputStream(), Patience.LIMIT);
            Ending.lead(Role.CLIENT, connection, socket, recording, lines);
        };
    }

    /** Our server, which answers what it is asked. */
    Part server(Recording recording) {
        return socket -> {
            socket.setTcpNoDelay(true);
            TlsServer.Builder server = cast.server().toBuilder().observer(recording.observer(Role.SERVER));
            if (!recording.ends().contains(Role.CLIENT)) {
                // Both ends have the same secrets; only of a client that is not ours they cannot be had.
                server.keyLog(recording.keyLog()).dangerSecretObserver(recording.secretObserver());
            }
            TlsConnection connection = TlsConnection.overSocket(server.build(), socket);
            Ending.lead(Role.SERVER, connection, socket, recording, Stage::serve);
        };
    }

    private static void serve(TlsConnection connection) throws IOException {
        byte[] early = connection.earlyInput().readAllBytes();
        connection.handshake();
        Talk.answer(connection, early);
        connection.closeOutput();
        connection.input().readAllBytes();
    }

    private static void await(Future<?> part) throws IOException {
        try {
            part.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IllegalStateException("a part of the connection failed", failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a connection was played", interrupted);
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        tap.close();
    }
}
