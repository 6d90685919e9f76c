package dev.akushu.bench.cold;

import dev.akushu.bench.stack.Servers;
import dev.akushu.tls.Identity;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsListener;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.crypto.Crypto;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that greets whoever comes, and closes. The programs that connect to it are measured, so it is ours for all of them. */
final class Loopback implements AutoCloseable {
    private static final byte[] GREETING = "akushu\n".getBytes(StandardCharsets.US_ASCII);

    private final TlsListener listener;
    private final AtomicInteger greeted = new AtomicInteger();

    Loopback(Servers.Server server) throws TlsException {
        Crypto crypto = Crypto.ownCurves();
        listener = TlsServer.builder(Identity.of(server.chain(), server.key(), crypto))
                .crypto(crypto)
                .build()
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread.ofPlatform().daemon().start(this::serve);
    }

    int port() {
        return listener.localAddress().getPort();
    }

    /** How many have been greeted: each has proved its Finished. */
    int greeted() {
        return greeted.get();
    }

    private void serve() {
        try {
            Optional<TlsConnection> next = listener.accept();
            while (next.isPresent()) {
                try (TlsConnection connection = next.get()) {
                    connection.handshake();
                    greeted.incrementAndGet();
                    connection.output().write(GREETING);
                } catch (IOException failed) {
                    System.err.println("A client of the cold benchmark failed: " + failed.getMessage());
                }
                next = listener.accept();
            }
        } catch (TlsException failed) {
            throw new IllegalStateException(failed);
        }
    }

    static void requireGreeting(byte[] received) {
        if (!Arrays.equals(received, GREETING)) {
            throw new IllegalStateException("The server did not greet");
        }
    }

    @Override
    public void close() throws TlsException {
        listener.close();
    }
}
