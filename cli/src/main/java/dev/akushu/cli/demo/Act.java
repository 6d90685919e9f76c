package dev.akushu.cli.demo;

import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.TlsSession;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** One connection: a handshake, a line of data there and back, and an end in order. */
final class Act {
    private static final byte[] GREETING = "Hello from the client, 握手!\n".getBytes(StandardCharsets.UTF_8);

    private final ServerSocket door;
    private final TlsClient client;
    private final FutureTask<Boolean> serving;

    /** Plays between {@code client} and {@code server}, who waits at {@code door}. */
    Act(ServerSocket door, TlsClient client, TlsServer server) {
        this.door = door;
        this.client = client;
        this.serving = new FutureTask<>(() -> echo(server));
    }

    /** Returns what the client knows of the connection, once both ends are done with it. */
    TlsSession play() throws IOException {
        Thread.ofVirtual().start(serving);
        TlsSession session;
        try {
            session = greet();
        } catch (TlsException failed) {
            throw rootOf(failed);
        }
        finish();
        return session;
    }

    private boolean echo(TlsServer server) throws IOException {
        try (TlsConnection connection = TlsConnection.overSocket(server, door.accept())) {
            connection.handshake();
            return connection.input().transferTo(connection.output()) == GREETING.length;
        }
    }

    private TlsSession greet() throws IOException {
        try (TlsConnection connection = client.connect(Cast.SERVER_NAME, door.getLocalPort())) {
            connection.output().write(GREETING);
            // The ticket comes before the answer, so that reading the answer keeps it.
            byte[] answer = connection.input().readNBytes(GREETING.length);
            connection.closeOutput();
            if (!Arrays.equals(answer, GREETING) || connection.input().read() >= 0) {
                throw new IllegalStateException("the server echoed something else");
            }
            return connection.session().orElseThrow();
        }
    }

    private void finish() throws IOException {
        if (!served()) {
            throw new IllegalStateException("the server was sent something else");
        }
    }

    /** An end that was only told of a failure, by an alert or by silence, knows less than the other. */
    private TlsException rootOf(TlsException atClient) {
        return switch (atClient.problem()) {
            case ALERT_RECEIVED, CLOSED_DURING_HANDSHAKE, TRUNCATED -> failureAtServer(atClient);
            default -> atClient;
        };
    }

    private TlsException failureAtServer(TlsException atClient) {
        try {
            served();
            return atClient;
        } catch (TlsException atServer) {
            return atServer;
        } catch (IOException atServer) {
            atClient.addSuppressed(atServer);
            return atClient;
        }
    }

    private boolean served() throws IOException {
        try {
            return serving.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IllegalStateException("the server failed", failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the demo was interrupted", interrupted);
        }
    }
}
