package dev.akushu.jsse;

import dev.akushu.tls.IdentitySource;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.Trust;
import java.security.KeyManagementException;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Makes an {@link SSLContext} from the core's own configurations, with all that JSSE cannot say: ticket keys that a fleet
 * shares, policy, observers, key log. What a program sets on an engine or a socket, ALPN for instance, goes before the
 * configuration; only the certificate that a {@link TlsServer} asks clients for is never asked for less: a program that
 * says that it needs and wants none says what SSLParameters say of which nobody has thought, and where it wants one that the
 * configuration requires, it stays required. Servers seal a note of
 * 86 bytes about the session into each ticket, before the data of {@link TlsServer.Builder#ticketData}; a server of the core
 * that has the same ticket keys sees both.
 *
 * {@snippet :
 * SSLContext older = SSLContext.getInstance("TLS", "SunJSSE");
 * older.init(keyManagers, trustManagers, null);
 * SSLContext context = AkushuContext.builder()
 *         .server(TlsServer.builder(identity).ticketKeys(shared).build())
 *         .olderClients(older)
 *         .build();
 * }
 */
public final class AkushuContext {
    private AkushuContext() {}

    /** A context whose engines and sockets are clients as {@code client} says. Certificates are always checked against the host: a handshake without one fails. */
    public static SSLContext of(TlsClient client) {
        return made(client, nobody(client), null, null);
    }

    /** A context whose engines and sockets are servers as {@code server} says. As clients they trust what the JVM trusts. */
    public static SSLContext of(TlsServer server) throws TlsException {
        return builder().server(server).build();
    }

    /** A context for both. */
    public static SSLContext of(TlsClient client, TlsServer server) {
        return made(client, server, null, null);
    }

    /** A builder, for what the short forms do not have. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects what a context is made of; every setter returns this builder. */
    public static final class Builder {
        private @Nullable TlsClient client;
        private @Nullable TlsServer server;
        private @Nullable Managers managers;
        private @Nullable OlderClients olderClients;

        private Builder() {}

        /** What clients are like. Unless set, they trust what the JVM trusts. */
        public Builder client(TlsClient value) {
            client = value;
            return this;
        }

        /** What servers are like. Unless set, they have no certificate. */
        public Builder server(TlsServer value) {
            server = value;
            return this;
        }

        /**
         * Lets JSSE's managers decide, in the place of the configurations' trust and identities, as {@link
         * SSLContext#init} does.
         *
         * @param keys or null for none
         * @param trust or null for the JVM's default trust store
         * @throws KeyManagementException if the default trust store cannot be used
         */
        public Builder managers(KeyManager @Nullable [] keys, TrustManager @Nullable [] trust)
                throws KeyManagementException {
            managers = Managers.of(keys, trust);
            return this;
        }

        /**
         * Serves clients that offer no TLS 1.3, which are refused unless this is set. A server's connection whose
         * ClientHello does not offer TLS 1.3 is handed over, with all the client has sent, to an engine or a socket of
         * {@code context}: made by {@code SSLContext.getInstance("TLS", "SunJSSE")} and initialized with the server's
         * key and trust managers. It obeys what the program sets on the engine or socket of this context. A program
         * that enables TLSv1.3 alone, or no older suite, hands nobody over. An observer of the {@link TlsServer} sees
         * such a connection end with {@link dev.akushu.tls.Problem#CLIENT_TOO_OLD}.
         *
         * <p>Where no code can be changed, the system property {@code dev.akushu.jsse.olderClients}, or the security
         * property of that name, does the same: it names the provider, {@code SunJSSE}.
         */
        public Builder olderClients(SSLContext context) {
            olderClients = new OlderClients(context);
            return this;
        }

        /** The context. Throws if the JVM's trust store, which clients use unless something else is set, is unusable. */
        public SSLContext build() throws TlsException {
            TlsServer known = server;
            TlsClient clients = client != null ? client : clients(known);
            return made(clients, known != null ? known : nobody(clients), managers, olderClients);
        }

        private TlsClient clients(@Nullable TlsServer known) throws TlsException {
            // With managers nobody asks this trust.
            Trust trust = managers == null ? Trust.system() : Context.ASKED_BY_NOBODY;
            TlsClient.Builder builder = TlsClient.builder(trust);
            return known == null
                    ? builder.build()
                    : builder.crypto(known.crypto()).build();
        }
    }

    private static TlsServer nobody(TlsClient client) {
        IdentitySource nobody = request -> Optional.empty();
        return TlsServer.builder(nobody).crypto(client.crypto()).build();
    }

    private static SSLContext made(
            TlsClient client, TlsServer server, @Nullable Managers managers, @Nullable OlderClients olderClients) {
        return new Made(new Context(client, server, managers, olderClients));
    }

    /** An SSLContext that needs no provider to be registered. */
    private static final class Made extends SSLContext {
        Made(Context context) {
            super(new ContextSpi(context), new AkushuProvider(), "TLS");
        }
    }
}
