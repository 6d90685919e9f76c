package dev.akushu.interop;

import dev.akushu.interop.peer.Service;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsListener;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.TlsSession;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Our server against a peer's client: answers a GET with a page, and echoes anything else. */
final class OurServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final TlsListener listener;
    private final boolean keyUpdate;
    private final List<TlsSession> sessions = new CopyOnWriteArrayList<>();
    private final List<IOException> failures = new CopyOnWriteArrayList<>();
    private final CompletableFuture<IOException> firstFailure = new CompletableFuture<>();

    private OurServer(TlsListener listener, boolean keyUpdate) {
        this.listener = listener;
        this.keyUpdate = keyUpdate;
    }

    /**
     * Starts on a port of its own.
     *
     * @param keyUpdate whether it changes the keys of both directions before it answers
     */
    static OurServer start(TlsServer config, boolean keyUpdate) throws TlsException {
        TlsListener listener = config.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        OurServer server = new OurServer(listener, keyUpdate);
        Thread.ofVirtual().start(server::acceptAll);
        return server;
    }

    int port() {
        return listener.localAddress().getPort();
    }

    /** The sessions so far, in the order in which their handshakes were done. */
    List<TlsSession> sessions() {
        return sessions;
    }

    /** What went wrong with connections so far. */
    List<IOException> failures() {
        return failures;
    }

    /** What went wrong first; waits until something has. */
    IOException awaitFailure() {
        return firstFailure
                .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private void failed(IOException failure) {
        failures.add(failure);
        firstFailure.complete(failure);
    }

    @Override
    public void close() throws TlsException {
        listener.close();
    }

    private void acceptAll() {
        try {
            for (Optional<TlsConnection> next = listener.accept(); next.isPresent(); next = listener.accept()) {
                TlsConnection connection = next.get();
                Thread.ofVirtual().start(() -> serve(connection));
            }
        } catch (TlsException failed) {
            failed(failed);
        }
    }

    private void serve(TlsConnection connection) {
        try (connection) {
            connection.readTimeout(PATIENCE);
            connection.handshake();
            sessions.add(connection.session().orElseThrow());
            if (keyUpdate) {
                connection.updateKeys(true);
            }
            answer(connection);
        } catch (IOException failed) {
            failed(failed);
        }
    }

    private static void answer(TlsConnection connection) throws IOException {
        OutputStream out = connection.output();
        StringBuilder received = new StringBuilder();
        byte[] buffer = new byte[16384];
        for (int count = connection.input().read(buffer);
                count >= 0;
                count = connection.input().read(buffer)) {
            received.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
            if (!Service.isHttp(received.toString())) {
                out.write(buffer, 0, count);
            } else if (Service.isComplete(received.toString())) {
                out.write(Service.page(received.toString()));
                return;
            }
        }
    }
}
