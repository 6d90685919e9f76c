package dev.akushu.fleet;

import dev.akushu.tls.Identity;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsListener;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.trace.Observer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server of a fleet in this JVM, which takes early data and answers one byte with another. */
final class ServerHere implements AutoCloseable {
    private final TlsListener listener;
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();

    private ServerHere(TlsListener listener) {
        this.listener = listener;
    }

    /** Starts one with the certificate {@code server} of {@code ca}. */
    static ServerHere start(Fleet fleet, TestCa ca, Observer observer) throws Exception {
        TlsServer server = fleet.join(TlsServer.builder(Identity.pem(ca.file("server"), ca.key("server"))))
                .earlyData(1024)
                .observer(observer)
                .build();
        ServerHere started = new ServerHere(server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
        Thread.ofVirtual().start(started::serve);
        return started;
    }

    int port() {
        return listener.localAddress().getPort();
    }

    /** What went wrong with connections. */
    List<Throwable> failures() {
        return failures;
    }

    private void serve() {
        try {
            for (Optional<TlsConnection> next = listener.accept(); next.isPresent(); next = listener.accept()) {
                TlsConnection client = next.get();
                Thread.ofVirtual().start(() -> answer(client));
            }
        } catch (TlsException failed) {
            failures.add(failed);
        }
    }

    private void answer(TlsConnection client) {
        try (client) {
            client.earlyInput().readAllBytes();
            client.handshake();
            client.input().read();
            client.output().write('!');
        } catch (IOException failed) {
            failures.add(failed);
        }
    }

    @Override
    public void close() throws TlsException {
        listener.close();
    }
}
