package dev.akushu.bench.soak;

import dev.akushu.bench.stack.ServerMaker;
import dev.akushu.bench.stack.Servers;
import dev.akushu.tls.EarlyData;
import dev.akushu.tls.EarlyDataOutcome;
import dev.akushu.tls.Identity;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TicketStore;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.Trust;
import dev.akushu.tls.crypto.Crypto;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Clients of every kind that come and go, good ones and others. Each checks that what happened is what it came for, and none waits for ever. For any number of threads. */
final class Churn {
    /** Tells tickets apart: those of resumed connections are for one port, and full handshakes have one that was never met. */
    private static final int RESUMED_PORT = 1;

    private static final int EARLY_PORT = 2;
    private static final int FIRST_OTHER_PORT = 10;
    private static final int OTHER_PORTS = 60_000;
    private static final int MOST_TICKETS = 64;
    private static final int ALERT = 21;
    private static final int DATA = 10_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final InetAddress loopback = InetAddress.getLoopbackAddress();
    private final int port;
    private final TlsClient client;
    private final TlsClient named;
    private final TlsClient mistaken;
    private final Map<Kind, Long> counts = new ConcurrentHashMap<>();
    private final AtomicLong resumed = new AtomicLong();
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong otherPort = new AtomicLong();

    /** What a client comes for. */
    enum Kind {
        /** A full handshake, data, and the end. */
        FULL,
        /** With a ticket, if there is one. */
        RESUMED,
        /** With early data, if there is a ticket. */
        EARLY_DATA,
        /** A full handshake with a certificate of the client. */
        CLIENT_CERTIFICATE,
        /** Both keys are updated between data. */
        KEY_UPDATE,
        /** The client trusts another root. */
        REFUSED_BY_CLIENT,
        /** What comes is no TLS. */
        RUBBISH,
        /** A record begins and does not end. */
        BROKEN_OFF
    }

    Churn(Servers servers, int port) throws GeneralSecurityException, IOException {
        this.port = port;
        client = client(servers.root()).build();
        Servers.Server own = servers.all().getFirst();
        named = client(servers.root())
                .identity(Identity.of(own.chain(), own.key(), Crypto.ownCurves()))
                .build();
        mistaken = client(ServerMaker.strangeRoot()).build();
    }

    private static TlsClient.Builder client(X509Certificate root) {
        return TlsClient.builder(Trust.anchors(List.of(root), "the soak")).tickets(TicketStore.inMemory(MOST_TICKETS));
    }

    /** How many of a kind have come and gone. */
    long count(Kind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    /** How many of those that came to resume have. */
    long resumed() {
        return resumed.get();
    }

    /** How many of those that came with early data have had it accepted. */
    long accepted() {
        return accepted.get();
    }

    /**
     * One client after the other, until the thread is interrupted.
     *
     * @throws IOException if one does not get what it came for
     */
    void run() throws IOException {
        while (!Thread.currentThread().isInterrupted()) {
            for (Kind kind : Kind.values()) {
                come(kind);
                counts.merge(kind, 1L, Long::sum);
            }
        }
    }

    /** A connection that has passed some data. */
    TlsConnection connect() throws IOException {
        TlsConnection connection = over(client, freshPort());
        exchange(connection, 16);
        return connection;
    }

    private void come(Kind kind) throws IOException {
        switch (kind) {
            case FULL -> pass(over(client, freshPort()));
            case RESUMED -> resume();
            case EARLY_DATA -> early();
            case CLIENT_CERTIFICATE -> pass(over(named, freshPort()));
            case KEY_UPDATE -> updateKeys();
            case REFUSED_BY_CLIENT -> refuse();
            case RUBBISH -> rubbish();
            case BROKEN_OFF -> breakOff();
        }
    }

    private int freshPort() {
        return FIRST_OTHER_PORT + (int) (otherPort.getAndIncrement() % OTHER_PORTS);
    }

    private TlsConnection over(TlsClient configuration, int ticketPort) throws IOException {
        TlsConnection connection = TlsConnection.overSocket(configuration, socket(), Servers.HOST, ticketPort);
        connection.readTimeout(PATIENCE);
        return connection;
    }

    private Socket socket() throws IOException {
        Socket socket = new Socket(loopback, port);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        return socket;
    }

    private void pass(TlsConnection connection) throws IOException {
        try (connection) {
            exchange(connection, DATA);
            if (connection.session().orElseThrow().resumed()) {
                throw new IOException("A handshake that had to be full was a resumption");
            }
        }
    }

    private void resume() throws IOException {
        try (TlsConnection connection = over(client, RESUMED_PORT)) {
            exchange(connection, DATA);
            if (connection.session().orElseThrow().resumed()) {
                resumed.incrementAndGet();
            }
        }
    }

    private void early() throws IOException {
        byte[] data = data(SoakServer.EARLY_DATA);
        try (TlsConnection connection = TlsConnection.overSocket(
                client.engine(Servers.HOST, EARLY_PORT, EarlyData.of(data).resendIfRefused()),
                socket(),
                InputStream.nullInputStream(),
                client.handshakeTimeout())) {
            connection.readTimeout(PATIENCE);
            connection.handshake();
            if (connection.earlyData().orElse(null) == EarlyDataOutcome.ACCEPTED) {
                accepted.incrementAndGet();
            }
            expect(connection, data);
            exchange(connection, 16);
        }
    }

    private void updateKeys() throws IOException {
        try (TlsConnection connection = over(client, freshPort())) {
            exchange(connection, DATA);
            connection.updateKeys(true);
            exchange(connection, DATA);
        }
    }

    private void refuse() throws IOException {
        try (TlsConnection connection = over(mistaken, freshPort())) {
            connection.handshake();
        } catch (TlsException refused) {
            if (refused.problem() == Problem.CERTIFICATE_SIGNATURE_INVALID) {
                return;
            }
            throw refused;
        }
        throw new IOException("A client that trusts another root was served");
    }

    private void rubbish() throws IOException {
        try (Socket socket = socket()) {
            byte[] rubbish = data(100);
            // No record begins so: RFC 9846 section 5.1.
            rubbish[0] = 0;
            socket.getOutputStream().write(rubbish);
            socket.shutdownOutput();
            byte[] answer = socket.getInputStream().readAllBytes();
            if (answer.length == 0 || answer[0] != ALERT) {
                throw new IOException("Rubbish was not answered by an alert");
            }
        }
    }

    private void breakOff() throws IOException {
        try (Socket socket = socket()) {
            // RFC 9846 section 5.1: a handshake record of 512 octets, of which three come.
            socket.getOutputStream().write(new byte[] {22, 3, 1, 2, 0, 1, 0, 1});
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        }
    }

    /** Sends {@code length} octets there and back. */
    static void exchange(TlsConnection connection, int length) throws IOException {
        byte[] data = data(length);
        connection.output().write(data);
        expect(connection, data);
    }

    private static void expect(TlsConnection connection, byte[] data) throws IOException {
        if (!Arrays.equals(data, connection.input().readNBytes(data.length))) {
            throw new IOException("Other data came back than was sent");
        }
    }

    private static byte[] data(int length) {
        byte[] data = new byte[length];
        ThreadLocalRandom.current().nextBytes(data);
        return data;
    }
}
