package dev.akushu.bench.soak;

import dev.akushu.bench.harness.Memory;
import dev.akushu.bench.stack.Servers;
import dev.akushu.tls.ClientAuthentication;
import dev.akushu.tls.Identity;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsListener;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.Trust;
import dev.akushu.tls.crypto.Crypto;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One JVM with a server that sends everything back, each connection in a virtual thread of its own. Prints its port, and for each line it reads: {@link Memory#heap}, {@link Memory#resident},
 * {@link Memory#descriptors}, the connections that are open, those that have failed as they may, those that our own code has failed at, those whose client has shown a certificate. Ends with its input. Argument: the file of the servers.
 */
final class SoakServer {
    /** As much early data as a connection here ever sends. */
    static final int EARLY_DATA = 1_024;

    private final TlsListener listener;
    private final AtomicLong open = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong broken = new AtomicLong();
    private final AtomicLong named = new AtomicLong();

    private SoakServer(TlsListener listener) {
        this.listener = listener;
    }

    public static void main(String[] arguments) throws GeneralSecurityException, IOException, InterruptedException {
        Servers servers = Servers.read(Path.of(arguments[0]), 1);
        Servers.Server server = servers.all().getFirst();
        Trust clients = Trust.anchors(List.of(servers.root()), "the soak's clients");
        TlsListener listener = TlsServer.builder(Identity.of(server.chain(), server.key(), Crypto.ownCurves()))
                .clientAuthentication(ClientAuthentication.WANTED, clients)
                .earlyData(EARLY_DATA)
                .build()
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        SoakServer soak = new SoakServer(listener);
        Thread.ofPlatform().daemon().start(soak::serve);
        System.out.println(listener.localAddress().getPort());
        try (BufferedReader questions =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
            while (questions.readLine() != null) {
                Memory memory = Memory.now();
                System.out.println(memory.heap() + " " + memory.resident() + " " + memory.descriptors() + " "
                        + soak.open.get() + " " + soak.failed.get() + " " + soak.broken.get() + " "
                        + soak.named.get());
            }
        }
    }

    private void serve() {
        try {
            Optional<TlsConnection> next = listener.accept();
            while (next.isPresent()) {
                TlsConnection connection = next.get();
                open.incrementAndGet();
                Thread.startVirtualThread(() -> echo(connection));
                next = listener.accept();
            }
        } catch (TlsException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private void echo(TlsConnection connection) {
        try (connection) {
            byte[] early = connection.earlyInput().readAllBytes();
            connection.handshake();
            OutputStream output = connection.output();
            if (early.length > 0) {
                output.write(early);
            }
            if (!connection.session().orElseThrow().peerCertificates().isEmpty()) {
                named.incrementAndGet();
            }
            connection.input().transferTo(output);
        } catch (IOException expected) {
            // Some clients come to break something, and the soak knows how many.
            failed.incrementAndGet();
        } catch (RuntimeException | Error ours) {
            broken.incrementAndGet();
            throw ours;
        } finally {
            open.decrementAndGet();
        }
    }
}
