package dev.akushu.interop.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.TlsSession;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Our server for clients of others, which the test has a hand in before the handshake is done. */
abstract class OpenServer implements AutoCloseable {
    private final BlockingQueue<TlsSession> sessions = new LinkedBlockingQueue<>();
    private final ServerSocket door;

    OpenServer() throws IOException {
        door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    /** Takes clients from here on. */
    final void open() {
        Thread.ofVirtual().start(this::acceptAll);
    }

    final int port() {
        return door.getLocalPort();
    }

    /** A client of OpenSSL that connects here, with these options more. */
    final ExternalProcess openSslClient(Certificates certificates, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "openssl",
                "s_client",
                "-connect",
                "127.0.0.1:" + port(),
                "-tls1_3",
                "-servername",
                "localhost",
                "-verify_return_error",
                "-CAfile",
                certificates.caPem().toString()));
        command.addAll(List.of(more));
        return ExternalProcess.start(command);
    }

    /** Waits for the next handshake. */
    final TlsSession next() throws InterruptedException {
        TlsSession session = sessions.poll(ExternalProcess.TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        assertThat(session).as("a handshake").isNotNull();
        return session;
    }

    /** How the next client is served. */
    abstract TlsServer config();

    /** Before the handshake is done. */
    abstract void begin(TlsConnection connection) throws IOException;

    /** After it. */
    void goOn(TlsConnection connection, TlsSession session) throws IOException {
        connection.input().transferTo(connection.output());
    }

    @Override
    public final void close() throws IOException {
        door.close();
    }

    private void acceptAll() {
        try {
            while (true) {
                Socket socket = door.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException closed) {
            // The test is over.
            return;
        }
    }

    private void serve(Socket socket) {
        try (socket;
                TlsConnection connection = TlsConnection.overSocket(config(), socket)) {
            connection.readTimeout(ExternalProcess.TIMEOUT);
            begin(connection);
            connection.handshake();
            TlsSession session = connection.session().orElseThrow();
            sessions.add(session);
            goOn(connection, session);
        } catch (IOException failed) {
            System.getLogger("interop").log(System.Logger.Level.INFO, "a connection of a peer failed", failed);
        }
    }
}
