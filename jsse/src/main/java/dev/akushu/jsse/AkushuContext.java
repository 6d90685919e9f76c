package dev.akushu.jsse;

import dev.akushu.tls.IdentitySource;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.Trust;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Makes an {@link SSLContext} from the core's own configurations, with all that JSSE cannot say: ticket keys that a fleet
 * shares, policy, observers, key log. Trust and identities are theirs; JSSE's key and trust managers are not asked.
 */
public final class AkushuContext {
    private AkushuContext() {}

    /** A context whose engines and sockets are clients as {@code client} says. Certificates are always checked against the host. */
    public static SSLContext of(TlsClient client) {
        IdentitySource nobody = request -> Optional.empty();
        return of(client, TlsServer.builder(nobody).crypto(client.crypto()).build());
    }

    /** A context whose engines and sockets are servers as {@code server} says. As clients they trust what the JVM trusts. */
    public static SSLContext of(TlsServer server) throws TlsException {
        return of(TlsClient.builder(Trust.system()).crypto(server.crypto()).build(), server);
    }

    /** A context for both. What a program sets on an engine or a socket, ALPN for instance, goes before the configuration. */
    public static SSLContext of(TlsClient client, TlsServer server) {
        return new Made(new Context(client, server, null));
    }

    /** An SSLContext that needs no provider to be registered. */
    private static final class Made extends SSLContext {
        Made(Context context) {
            super(new ContextSpi(context), new AkushuProvider(), "TLS");
        }
    }
}
