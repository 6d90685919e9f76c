package dev.akushu.fleet;

import dev.akushu.tls.EarlyDataOutcome;
import dev.akushu.tls.Identity;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsListener;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.trace.TraceEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server of a fleet in a JVM of its own: answers one byte with its number, and says on stdout on which port it listens, and for each line that comes on stdin, how often it has taken early data. Why it did not resume, and what failed, is told on stderr. Ends with stdin.
 *
 * <p>Arguments: its number, address of the store, file of the key-encryption key, certificate, private key, and milliseconds for which a key seals and for which one is published ahead.
 */
final class ServerJvm {
    /** How long a ClientHello with early data is fresh. */
    static final Duration WINDOW = Duration.ofSeconds(2);

    private static final AtomicInteger EARLY = new AtomicInteger();

    private ServerJvm() {}

    public static void main(String[] arguments) throws Exception {
        Duration every = Duration.ofMillis(Long.parseLong(arguments[5]));
        Duration ahead = Duration.ofMillis(Long.parseLong(arguments[6]));
        try (Fleet fleet = Fleet.at(arguments[1], KeyEncryptionKey.file(Path.of(arguments[2])))
                .rollOut(new RollOut(every, ahead, Duration.ofHours(1), Duration.ZERO))
                .pollEvery(ahead.dividedBy(4))
                .replayDeadline(Duration.ofSeconds(1))
                .start()) {
            fleet.awaitJoined(Duration.ofSeconds(20));
            TlsServer server = fleet.join(TlsServer.builder(Identity.pem(Path.of(arguments[3]), Path.of(arguments[4]))))
                    .earlyData(1024)
                    .freshnessWindow(WINDOW)
                    .observer(ServerJvm::count)
                    .build();
            TlsListener listener = server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            System.out.println(listener.localAddress().getPort());
            byte[] number = arguments[0].getBytes(StandardCharsets.US_ASCII);
            Thread.ofVirtual().start(() -> serve(listener, number));
            while (readLine()) {
                System.out.println(EARLY.get());
            }
            listener.close();
        }
    }

    private static boolean readLine() throws IOException {
        int read = System.in.read();
        while (read >= 0 && read != '\n') {
            read = System.in.read();
        }
        return read >= 0;
    }

    private static void count(TraceEvent event) {
        if (event instanceof TraceEvent.EarlyDataDecided decided && decided.outcome() == EarlyDataOutcome.ACCEPTED) {
            EARLY.incrementAndGet();
        }
        if (event instanceof TraceEvent.ResumptionDecided decided && decided.reason() != null) {
            System.err.println(Instant.now() + " not resumed: " + decided.reason());
        }
    }

    private static void serve(TlsListener listener, byte[] number) {
        try {
            for (Optional<TlsConnection> next = listener.accept(); next.isPresent(); next = listener.accept()) {
                TlsConnection client = next.get();
                Thread.ofVirtual().start(() -> answer(client, number));
            }
        } catch (TlsException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static void answer(TlsConnection client, byte[] number) {
        try (client) {
            client.earlyInput().readAllBytes();
            client.handshake();
            client.input().read();
            client.output().write(number);
        } catch (IOException failed) {
            System.err.println(failed.getMessage());
        }
    }
}
