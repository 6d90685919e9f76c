package dev.akushu.tls.samples;

import dev.akushu.tls.Identity;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsListener;
import dev.akushu.tls.TlsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/** A server that sends back what it receives. */
final class ServeSample {
    private ServeSample() {}

    // sample: echo server
    static TlsListener listen(Path chainFile, Path keyFile, InetSocketAddress address) throws TlsException {
        TlsServer server = TlsServer.builder(Identity.pem(chainFile, keyFile)).build();
        return server.listen(address);
    }

    static void serve(TlsListener listener) throws IOException {
        // @start region="serve"
        for (Optional<TlsConnection> next = listener.accept(); next.isPresent(); next = listener.accept()) {
            TlsConnection client = next.get();
            Thread.ofVirtual().start(() -> echo(client)); // one virtual thread a client: a slow one holds up nobody
        }
        // @end
    }

    private static void echo(TlsConnection client) {
        try (client) {
            client.input().transferTo(client.output());
        } catch (IOException failed) {
            System.err.println(client.remoteAddress() + ": " + failed.getMessage()); // says the cause and what to do
        }
    }
    // end
}
