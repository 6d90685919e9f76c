package dev.akushu.tls.samples;

import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsListener;
import dev.akushu.tls.TlsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;

/** A server that runs at a free port of this machine, and remembers what came of each client. */
final class Loopback<T> implements AutoCloseable {
    private final TlsListener listener;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<Future<T>> outcomes = new LinkedBlockingQueue<>();
    private final Future<?> accepting;

    Loopback(TlsServer server, Serving<T> serving) throws TlsException {
        listener = server.listen(anyPort());
        accepting = threads.submit(() -> {
            for (Optional<TlsConnection> next = listener.accept(); next.isPresent(); next = listener.accept()) {
                TlsConnection client = next.get();
                outcomes.add(threads.submit(() -> serving.serve(client)));
            }
            return null;
        });
    }

    /** One that sends back what comes. */
    static Loopback<Void> echo(TlsServer server) throws TlsException {
        return new Loopback<>(server, client -> {
            try (client) {
                client.input().transferTo(client.output());
                return null;
            }
        });
    }

    /** A free port of this machine alone. */
    static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    int port() {
        return address().getPort();
    }

    InetSocketAddress address() {
        return listener.localAddress();
    }

    /** What came of the next client, or why it failed. */
    T outcome() throws Exception {
        try {
            return outcomes.take().get();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof Exception cause ? cause : failed;
        }
    }

    @Override
    public void close() throws TlsException {
        listener.close();
        threads.close();
        accepting.resultNow(); // throws if accepting has failed
    }

    /** Serves one client, and closes its connection. */
    @FunctionalInterface
    interface Serving<T> {
        T serve(TlsConnection client) throws Exception;
    }
}
