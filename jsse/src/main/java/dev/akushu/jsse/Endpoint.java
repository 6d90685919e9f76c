package dev.akushu.jsse;

import dev.akushu.tls.ApplicationProtocolChoice;
import dev.akushu.tls.Bytes;
import dev.akushu.tls.Capabilities;
import dev.akushu.tls.CertificateCheck;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.ClientAuthentication;
import dev.akushu.tls.Exporter;
import dev.akushu.tls.IdentitySource;
import dev.akushu.tls.Policy;
import dev.akushu.tls.Problem;
import dev.akushu.tls.RawKeyTrust;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsEngine;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsHandshake;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.TlsSession;
import dev.akushu.tls.Trust;
import dev.akushu.tls.crypto.HashAlgorithm;
import dev.akushu.tls.trace.Observer;
import java.security.AlgorithmConstraints;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * One connection as engines and sockets of JSSE share it: makes the core's engine from what the program has set, and keeps
 * the session. Its owner sees to it that one thread at a time opens and completes it; what it tells of the session may be
 * asked for by any thread.
 */
final class Endpoint {
    private static final Duration LONGEST_TICKET = Duration.ofDays(7);

    private final Context context;
    private final Owner owner;
    private final Role role;
    private final Settings settings;
    private final @Nullable String host;
    private final int port;
    private final @Nullable Function<List<String>, @Nullable String> protocolSelector;
    private final Session session;
    private final TlsEngine engine;
    private final HandshakeEvent event = new HandshakeEvent();
    private @Nullable ConnectionTickets tickets;
    private volatile boolean complete;

    /**
     * Opens a connection; a client's first bytes are ready to be sent.
     *
     * @param settings from here on nobody changes them
     * @param host or null if it is not known
     * @param port or a negative number if it is not known
     * @param protocolSelector of a server, or null
     */
    Endpoint(
            Context context,
            Owner owner,
            Role role,
            Settings settings,
            @Nullable String host,
            int port,
            @Nullable Function<List<String>, @Nullable String> protocolSelector)
            throws TlsException, SSLHandshakeException {
        this.context = context;
        this.owner = owner;
        this.role = role;
        this.settings = settings;
        this.host = host;
        this.port = port;
        this.protocolSelector = protocolSelector;
        event.begin();
        try {
            if (role == Role.CLIENT) {
                TlsClient client = client();
                this.session = session(
                        client.capabilities(),
                        client.keyLog().isPresent(),
                        new SessionRoot(client.crypto().random(), client.clock().instant()));
                this.engine = open(client);
            } else {
                TlsServer server = server();
                this.session = session(
                        server.capabilities(),
                        server.keyLog().isPresent(),
                        new SessionRoot(server.crypto().random(), server.clock().instant()));
                this.engine = server.engine();
            }
        } catch (IllegalArgumentException nothingLeft) {
            SSLHandshakeException unable = new SSLHandshakeException(nothingLeft.getMessage());
            unable.initCause(nothingLeft);
            throw unable;
        }
    }

    /** The session of an engine or socket that has none. */
    static Session noSession(Context context, @Nullable String host, int port) {
        TlsClient client = context.client();
        SessionRoot root =
                new SessionRoot(client.crypto().random(), client.clock().instant());
        return new Session(context.clientSessions(), root, host, port, List.of(), false);
    }

    TlsEngine engine() {
        return engine;
    }

    /** The session while the handshake runs, once something is known of it. */
    @Nullable Session handshakeSession() {
        TlsHandshake known = engine.handshake().orElse(null);
        if (known == null || complete) {
            return null;
        }
        session.learn(known);
        return session;
    }

    /** The session once the handshake is done, or null. */
    @Nullable Session session() {
        return complete ? session : null;
    }

    /** The handshake is done on this side. */
    void complete() {
        TlsSession all = engine.session().orElseThrow();
        TlsSession done = TicketNote.withoutNote(all);
        Exporter exporter = engine.exporter().orElseThrow();
        session.complete(engine.handshake().orElseThrow(), done, exporter, done.resumed() ? resumed(all) : null);
        complete = true;
        event.done(done, host, port);
    }

    /** What the session of a resumption has in common with the one that it resumes; null if nothing is known of that. */
    private @Nullable SessionRoot resumed(TlsSession done) {
        ConnectionTickets offered = tickets;
        if (offered != null) {
            return offered.offered();
        }
        TicketNote note = TicketNote.decode(done.ticketData());
        if (note == null) {
            session.root().foreign();
            return null;
        }
        SessionRoot root = context.serverSessions().find(note.id());
        if (root == null) {
            root = new SessionRoot(note.id(), note.createdAt());
            if (note.foreign()) {
                root.foreign();
            }
            root.localCertificates(context.shownChains().find(note.fingerprint()));
        }
        return root;
    }

    /** The connection has failed. */
    void failed(TlsException failure) {
        session.failed(failure.diagnosis());
        if (!complete) {
            event.failed(failure, role.name(), host, port);
        }
    }

    /** Another provider serves the client, which this end refused because of {@code tooOld}. */
    void handedOver(TlsException tooOld) {
        session.failed(tooOld.diagnosis());
        new HandOverEvent().done(tooOld, host, port);
    }

    /** Whether the client is too old for this end, and another provider is to serve it. */
    boolean handsOver(TlsException failure) {
        return role == Role.SERVER && failure.problem() == Problem.CLIENT_TOO_OLD && settings.handsOver();
    }

    /** The application protocol: null while it is not known, empty if there is none. */
    @Nullable String applicationProtocol() {
        if (!complete) {
            return null;
        }
        String agreed = engine.session().map(TlsSession::applicationProtocol).orElse(null);
        return agreed == null ? "" : agreed;
    }

    /** As {@link #applicationProtocol}, while the handshake runs. */
    @Nullable String handshakeApplicationProtocol() {
        return complete
                ? null
                : engine.handshake().map(TlsHandshake::applicationProtocol).orElse(null);
    }

    private TlsEngine open(TlsClient client) throws TlsException, SSLHandshakeException {
        if (host != null || client.serverName().isPresent()) {
            return client.engine(host == null ? "" : host, Math.max(port, 0));
        }
        // Managers decide by themselves what to make of a peer without a name; the core's trust would check none. A
        // public
        // key is known whatever host it comes from.
        if (context.managers().isEmpty() && context.client().acceptsCertificates()) {
            throw new SSLHandshakeException("the server's certificate cannot be checked against a host, because none is"
                    + " known: give it to createSSLEngine(host, port) or createSocket(socket, host, port, autoClose), set"
                    + " it by SSLParameters.setServerNames, or make the TlsClient with serverName");
        }
        return client.engine();
    }

    private TlsClient client() {
        TlsClient base = context.client();
        Policy policy = new Narrowing(base.policy(), settings).narrowed();
        ConnectionTickets own =
                new ConnectionTickets(context.clientSessions(), binding(base, policy), this::sessionRoot);
        tickets = own;
        TlsClient.Builder builder = base.toBuilder()
                .policy(policy)
                .tickets(own)
                // JSSE has no way to tell a program that its certificate is asked for after the handshake.
                .postHandshakeAuthentication(false);
        if (settings.applicationProtocols().length > 0) {
            builder.applicationProtocols(settings.applicationProtocols());
        }
        if (RecordingObserver.isAskedFor()) {
            builder.observer(recordedToo(base.observer().orElse(null)));
        }
        String name = ServerNames.first(settings.serverNames());
        builder.serverNameIndication(name != null);
        if (name != null) {
            builder.serverName(name);
        }
        Managers managers = context.managers().orElse(null);
        if (managers != null) {
            builder.trust(trust(managers)).identities(identities(managers));
        } else if (!settings.sessionCreation()
                && (base.acceptsCertificates() || base.rawServerKeys().isEmpty())) {
            builder.trust(nobody(base.trust()));
        }
        if (!settings.sessionCreation()) {
            // A session by such a key is a new one.
            builder.externalPsks();
            base.rawServerKeys().ifPresent(keys -> builder.rawServerKeys(noKey(keys)));
        }
        return builder.build();
    }

    private TlsServer server() {
        TlsServer base = context.server();
        Policy policy = new Narrowing(base.policy(), settings).narrowed();
        TlsServer.Builder builder = base.toBuilder()
                .policy(policy)
                .serverNames(this::serves)
                .ticketLifetime(ticketLifetime(base))
                .authenticationLifetime(authenticationLifetime(base))
                .ticketData(this::ticketData)
                .ticketDataAccepted(this::acceptsTicket)
                // JSSE has no calls that would tell early data from other data.
                .earlyData(0);
        if (RecordingObserver.isAskedFor()) {
            builder.observer(recordedToo(base.observer().orElse(null)));
        }
        if (!settings.suitesInOwnOrder()) {
            builder.suitesInClientOrder(true);
        }
        if (settings.applicationProtocols().length > 0) {
            builder.applicationProtocols(settings.applicationProtocols());
        }
        if (protocolSelector != null) {
            builder.applicationProtocols(select(protocolSelector));
        }
        Managers managers = context.managers().orElse(null);
        if (managers != null) {
            builder.identities(identities(managers));
        }
        if (!settings.sessionCreation()) {
            createNone(base, builder);
        }
        ClientAuthentication asked = settings.clientAuthentication();
        if (asked != ClientAuthentication.NONE) {
            if (base.clientTrust().isPresent() || base.rawClientKeys().isEmpty()) {
                builder.clientAuthentication(asked, trustOfClients(base, managers));
            }
            base.rawClientKeys().ifPresent(keys -> builder.rawClientAuthentication(asked, keys));
        }
        return builder.build();
    }

    /** Leaves the tickets of a client as the only way in. */
    private static void createNone(TlsServer base, TlsServer.Builder builder) {
        builder.identities(request -> {
            throw Problem.NO_NEW_SESSIONS.with();
        });
        if (base.externalPsks().isPresent()) {
            // Where there are certificates too, a client may have a ticket besides its key.
            builder.externalPsks(wanted -> base.pskOnly()
                    ? CompletableFuture.failedFuture(Problem.NO_NEW_SESSIONS.with())
                    : CompletableFuture.completedFuture(Optional.empty()));
        }
    }

    /** A note before the application's own data; a resumption carries the note of the first ticket on. */
    private Bytes ticketData(TlsSession done) {
        TicketNote note = TicketNote.decode(done.ticketData());
        if (note == null) {
            SessionRoot root = session.root();
            note = new TicketNote(
                    root.id(),
                    root.createdAt(),
                    done.resumed(),
                    context.shownChains().add(done.localCertificates()));
        }
        return note.encode(context.server().ticketData(TicketNote.withoutNote(done)));
    }

    /** Not if the program has ended the session, or the configuration's own rule refuses it. */
    private boolean acceptsTicket(Bytes data) {
        TicketNote note = TicketNote.decode(data);
        Sessions sessions = context.serverSessions();
        TlsServer base = context.server();
        boolean ended = note == null
                ? sessions.mayHaveEndedForeign(base.clock().instant().minus(authenticationLifetime(base)))
                : sessions.hasEnded(note.id(), note.createdAt());
        return !ended && base.ticketDataAccepted().test(TicketNote.applicationData(data));
    }

    private Observer recordedToo(@Nullable Observer configured) {
        Observer recording = new RecordingObserver(role, host, port);
        return configured == null ? recording : configured.and(recording);
    }

    private Trust trustOfClients(TlsServer base, @Nullable Managers managers) {
        if (managers != null) {
            return trust(managers);
        }
        return base.clientTrust()
                .orElseThrow(() -> new IllegalArgumentException(
                        "clients are asked for a certificate, but the TlsServer has no trust for them"));
    }

    /** Bound to all that the verdict depends on, so that a ticket is not used where another verdict might be reached. */
    private Trust trust(Managers managers) {
        String scope = role == Role.SERVER ? context.scope() : context.scope() + ' ' + verdict();
        Trust trust = new ManagedTrust(managers, owner, scope, settings);
        return settings.sessionCreation() ? trust : nobody(trust);
    }

    /** Accepts no certificate, but stands in the place of {@code trust} where tickets are looked for. */
    private static Trust nobody(Trust trust) {
        return new Trust() {
            @Override
            public List<CertificateCheck> verify(PeerChain peer) throws TlsException {
                throw Problem.NO_NEW_SESSIONS.with();
            }

            @Override
            public String scope() {
                return trust.scope();
            }
        };
    }

    /** The same for public keys without certificates. */
    private static RawKeyTrust noKey(RawKeyTrust keys) {
        return new RawKeyTrust() {
            @Override
            public CertificateCheck verify(RawKey peer) throws TlsException {
                throw Problem.NO_NEW_SESSIONS.with();
            }

            @Override
            public String scope() {
                return keys.scope();
            }
        };
    }

    private TicketBinding binding(TlsClient base, Policy policy) {
        String[] set = settings.applicationProtocols();
        List<String> protocols = set.length > 0 ? List.of(set) : base.applicationProtocols();
        // The context stands for its managers; a configuration of the core knows by itself what its tickets depend on.
        return context.managers().isPresent()
                ? TicketBinding.of(hash(base), context.scope(), policy.name(), protocols, verdict())
                : TicketBinding.of(hash(base), base.ticketScope(), policy.name(), protocols, "");
    }

    /** A hash that the context has; one of its own would be looked up anew for each connection. */
    private static HashAlgorithm hash(TlsClient base) {
        CipherSuite first = base.capabilities().suites().getFirst();
        return Objects.requireNonNull(base.crypto().suite(first), "a suite that the client is capable of")
                .hash();
    }

    /** What the verdict of the context's trust manager about a server depends on. */
    private String verdict() {
        AlgorithmConstraints constraints = settings.constraints();
        return settings.endpointIdentification()
                + ' '
                + host
                + ' '
                + ServerNames.first(settings.serverNames())
                + ' '
                + (constraints == null ? "-" : constraints + "@" + System.identityHashCode(constraints));
    }

    private IdentitySource identities(Managers managers) {
        return new KeyManagerIdentities(role, owner, managers.keys(), context.identities());
    }

    private boolean serves(String name) {
        List<SNIMatcher> matchers = settings.matchers();
        if (matchers.isEmpty()) {
            return true;
        }
        List<SNIServerName> asked = ServerNames.asked(name);
        return matchers.stream()
                .anyMatch(matcher ->
                        asked.stream().anyMatch(one -> matcher.getType() == one.getType() && matcher.matches(one)));
    }

    /** A selector's null refuses the client, and an empty text goes on without ALPN. */
    private static ApplicationProtocolChoice select(Function<List<String>, @Nullable String> selector) {
        return offered -> {
            String selected = selector.apply(offered);
            if (selected == null || !selected.isEmpty() && !offered.contains(selected)) {
                throw Problem.NO_COMMON_APPLICATION_PROTOCOL.with(
                        offered, selected == null ? List.of() : List.of(selected));
            }
            return selected.isEmpty() ? Optional.empty() : Optional.of(selected);
        };
    }

    private Duration ticketLifetime(TlsServer base) {
        int seconds = context.serverSessions().getSessionTimeout();
        if (seconds == Sessions.DEFAULT_TIMEOUT_SECONDS) {
            return base.ticketLifetime();
        }
        Duration wanted = Duration.ofSeconds(seconds);
        return seconds == 0 || wanted.compareTo(LONGEST_TICKET) > 0 ? LONGEST_TICKET : wanted;
    }

    /** A session's timeout holds however often it is resumed; a ticket's lifetime alone would begin anew each time. */
    private Duration authenticationLifetime(TlsServer base) {
        int seconds = context.serverSessions().getSessionTimeout();
        boolean unset = seconds == Sessions.DEFAULT_TIMEOUT_SECONDS
                && context.managers().isEmpty();
        Duration timeout = Duration.ofSeconds(seconds);
        boolean unlimited = seconds == 0 || unset || timeout.compareTo(base.authenticationLifetime()) > 0;
        return unlimited ? base.authenticationLifetime() : timeout;
    }

    private Session session(Capabilities capabilities, boolean keysLogged, SessionRoot root) {
        Sessions sessions = role == Role.CLIENT ? context.clientSessions() : context.serverSessions();
        return new Session(sessions, root, host, port, capabilities.certificateSchemes(), keysLogged);
    }

    private SessionRoot sessionRoot() {
        return session.root();
    }
}
