package dev.akushu.lab;

import dev.akushu.lab.throwaway.KeyType;
import dev.akushu.lab.throwaway.ThrowawayCa;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.crypto.Crypto;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Servers that a person may name to the lab and that behave as they like. On loopback. */
final class Strangers implements AutoCloseable {
    private static final long NOW_AND_THEN_NANOS = 300_000_000;

    private final List<ServerSocket> doors = new ArrayList<>();

    @FunctionalInterface
    private interface Manner {
        void meet(Socket client) throws IOException;
    }

    /** Sends zeros without end. */
    int garbage() throws IOException {
        return open(client -> {
            while (true) {
                client.getOutputStream().write(new byte[1 << 16]);
            }
        });
    }

    /** Begins a long record, and goes on byte by byte. */
    int drip() throws IOException {
        return open(client -> {
            OutputStream out = client.getOutputStream();
            out.write(new byte[] {22, 3, 3, 0x40, 0});
            while (true) {
                out.write(0);
                LockSupport.parkNanos(NOW_AND_THEN_NANOS);
            }
        });
    }

    /** Has a certificate that nobody knows. */
    int untrusted() throws IOException {
        TlsServer server = TlsServer.builder(
                        ThrowawayCa.create(KeyType.EC, Crypto.jdk()).server(List.of("localhost")))
                .build();
        return open(client -> TlsConnection.overSocket(server, client).handshake());
    }

    /** A port at which nobody listens. */
    static int nobody() throws IOException {
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return closed.getLocalPort();
        }
    }

    private int open(Manner manner) throws IOException {
        ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        doors.add(door);
        Thread.ofVirtual().start(() -> {
            while (!door.isClosed()) {
                meetNext(door, manner);
            }
        });
        return door.getLocalPort();
    }

    private static void meetNext(ServerSocket door, Manner manner) {
        try (Socket client = door.accept()) {
            manner.meet(client);
        } catch (IOException left) {
            // The client has seen enough, or the door was closed.
            return;
        }
    }

    @Override
    public void close() throws IOException {
        for (ServerSocket door : doors) {
            door.close();
        }
    }
}
