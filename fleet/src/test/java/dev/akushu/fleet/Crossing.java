package dev.akushu.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A port that leads to another one, and from some moment on to a third: the way through a network that falls apart. */
final class Crossing implements AutoCloseable {
    private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile int target;

    Crossing(int target) throws IOException {
        this.target = target;
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /** Breaks all connections; new ones lead to {@code port}. */
    void leadTo(int port) throws IOException {
        target = port;
        for (Socket each : List.copyOf(open)) {
            each.close();
            open.remove(each);
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket from = door.accept();
                Socket to = new Socket(InetAddress.getLoopbackAddress(), target);
                open.add(from);
                open.add(to);
                Thread.ofVirtual().start(() -> pass(from, to));
                Thread.ofVirtual().start(() -> pass(to, from));
            }
        } catch (IOException closed) {
            if (!door.isClosed()) {
                throw new UncheckedIOException(closed);
            }
        }
    }

    /** Until either end is closed, which closes the other. */
    private static void pass(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException _) {
            // It was closed.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        leadTo(0);
    }
}
