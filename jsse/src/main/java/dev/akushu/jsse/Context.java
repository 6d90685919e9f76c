package dev.akushu.jsse;

import dev.akushu.tls.KeyLog;
import dev.akushu.tls.Policy;
import dev.akushu.tls.TicketStore;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.Trust;
import dev.akushu.tls.crypto.Crypto;
import java.security.KeyManagementException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLSessionContext;
import org.jspecify.annotations.Nullable;

/**
 * What all engines and sockets of one SSLContext share: the core's configurations that theirs begin with, the managers,
 * and the sessions. Safe for use by many threads.
 */
final class Context {
    private static final System.Logger LOG = System.getLogger("dev.akushu.jsse");

    /** Each connection has a trust of its own in the place of this one. */
    static final Trust ASKED_BY_NOBODY = peer -> {
        throw new IllegalStateException("a connection of JSSE has a trust of its own");
    };

    private final TlsClient client;
    private final TlsServer server;
    private final @Nullable Managers managers;
    private final @Nullable OlderClients olderClients;
    private final Identities identities;
    private final ShownChains shownChains;
    private final Sessions clientSessions;
    private final Sessions serverSessions;
    private final boolean listsHttp2Suite = Boolean.getBoolean(AkushuProvider.LIST_HTTP2_SUITE);
    private final String scope = "jsse " + UUID.randomUUID();
    private final AtomicBoolean toldOfOldNames = new AtomicBoolean();

    /**
     * A context.
     *
     * @param managers of JSSE, or null if {@code client} and {@code server} have their own trust and identities
     * @param olderClients who serves clients that offer no TLS 1.3, or null if nobody does
     */
    Context(TlsClient client, TlsServer server, @Nullable Managers managers, @Nullable OlderClients olderClients) {
        // The program may share the store, or have kept it from an earlier run.
        this(client, server, managers, olderClients, Sessions.ofClients(client.tickets(), false));
    }

    private Context(
            TlsClient client,
            TlsServer server,
            @Nullable Managers managers,
            @Nullable OlderClients olderClients,
            Sessions clientSessions) {
        this.client = client;
        this.server = server;
        this.managers = managers;
        this.olderClients = olderClients;
        this.identities = new Identities(server.crypto());
        this.shownChains = new ShownChains(server.crypto());
        this.clientSessions = clientSessions;
        this.serverSessions = Sessions.ofServers();
    }

    /**
     * As {@code SSLContext.init} describes it.
     *
     * @throws KeyManagementException if the JVM has disabled all that could be used
     */
    static Context of(Managers managers, @Nullable SecureRandom random, @Nullable OlderClients olderClients)
            throws KeyManagementException {
        Policy policy = DisabledAlgorithms.taken(Policy.MODERN_2026_11);
        Crypto standard = Crypto.ownCurves();
        Crypto crypto = random == null ? standard : standard.withRandom(random);
        // Trust and identities are set for each connection, because JSSE's managers want to see it.
        TicketStore tickets = Sessions.unboundedTickets();
        TlsClient.Builder client =
                TlsClient.builder(ASKED_BY_NOBODY).crypto(crypto).policy(policy).tickets(tickets);
        TlsServer.Builder server =
                TlsServer.builder(request -> Optional.empty()).crypto(crypto).policy(policy);
        KeyLog keyLog = KeyLogToFile.ofProperty();
        if (keyLog != null) {
            client.keyLog(keyLog);
            server.keyLog(keyLog);
        }
        return new Context(client.build(), server.build(), managers, olderClients, Sessions.ofClients(tickets, true));
    }

    /** By the JVM's properties. */
    static Context ofSystem() {
        try {
            KeyManager[] keys = SystemStores.keyManagers();
            return of(Managers.of(keys, null), null, OlderClients.ofProperty(keys, null, null));
        } catch (KeyManagementException unusable) {
            throw new IllegalStateException(
                    "the default SSLContext cannot be made: " + unusable.getMessage(), unusable);
        }
    }

    /** What a client's configuration begins with. */
    TlsClient client() {
        return client;
    }

    /** What a server's configuration begins with. */
    TlsServer server() {
        return server;
    }

    /** JSSE's managers, if trust and identities come from them. */
    Optional<Managers> managers() {
        return Optional.ofNullable(managers);
    }

    /** Who serves clients that offer no TLS 1.3, or null if they are refused. */
    @Nullable OlderClients olderClients() {
        return olderClients;
    }

    /** The identities that key managers have shown. */
    Identities identities() {
        return identities;
    }

    /** The chains that servers have shown. */
    ShownChains shownChains() {
        return shownChains;
    }

    /** Sessions in which this end is the client. */
    Sessions clientSessions() {
        return clientSessions;
    }

    /** Sessions in which this end is the server, those of older clients among them. */
    SSLSessionContext allServerSessions() {
        return olderClients == null
                ? serverSessions
                : new JoinedSessions(serverSessions, olderClients.context().getServerSessionContext());
    }

    /** Sessions of TLS 1.3 in which this end is the server. */
    Sessions serverSessions() {
        return serverSessions;
    }

    /** Tells this context from all others, in other runs too: sessions are resumed within it. */
    String scope() {
        return scope;
    }

    /** Whether servers list one suite of TLS 1.2. */
    boolean listsHttp2Suite() {
        return listsHttp2Suite;
    }

    /** Says, once in a context's life, that names of older versions were dropped. */
    void tellOfOldNames(String what) {
        if (toldOfOldNames.compareAndSet(false, true)) {
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "Akushu speaks TLS 1.3 only and leaves out {0}; this is said once",
                    what);
        }
    }
}
