package dev.akushu.tls;

import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.resume.HellosInMemory;
import dev.akushu.tls.trace.Observer;
import dev.akushu.tls.trace.SecretObserver;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * How a server speaks TLS 1.3: made once, then used for any number of connections by any number of threads. What resumption needs is sealed into tickets under its Ticket Keys and sent
 * to the client; the server keeps nothing.
 *
 * {@snippet class="dev.akushu.tls.samples.ServeSample" region="serve"}
 */
public final class TlsServer {
    private final ServerSettings settings;
    private final Capabilities capabilities;
    private final TicketKeySource ticketKeys;
    private final ReplayGuard replayGuard;
    private final ReplayGuard keyReplayGuard;

    private TlsServer(ServerSettings given) {
        settings = given.copy();
        capabilities = Capabilities.of(settings.policy, settings.crypto);
        settings.clientTrust = settings.clientTrust == null ? null : settings.clientTrust.using(settings.crypto);
        ticketKeys = settings.ticketKeys != null
                ? settings.ticketKeys
                : TicketKeys.rotating(settings.clock, settings.crypto.random());
        replayGuard = replayGuard(settings);
        keyReplayGuard = keyReplayGuard(settings);
        if (settings.externalPsks != null && settings.clientAuthentication == ClientAuthentication.REQUIRED) {
            throw new IllegalArgumentException(
                    "a client with a pre-shared key shows no certificate: make its certificate WANTED, or use a server of its own");
        }
        if (settings.halfRttData && settings.clientAuthentication != ClientAuthentication.NONE) {
            throw new IllegalArgumentException(
                    "half-RTT data goes out before a client can show its certificate: use a server without it, or ask for the certificate after the handshake");
        }
        if ((settings.ticketsPerHandshake > 0 || settings.statelessRetry != null)
                && settings.crypto.suite(CipherSuite.TLS_AES_256_GCM_SHA384) == null) {
            throw new IllegalArgumentException(
                    "tickets and cookies are sealed with " + CipherSuite.TLS_AES_256_GCM_SHA384
                            + ", which the cryptography lacks: add it, or set ticketsPerHandshake(0) and no statelessRetry");
        }
    }

    private static ReplayGuard replayGuard(ServerSettings settings) {
        if (settings.replayGuard != null) {
            return settings.replayGuard;
        }
        if (settings.ownReplayGuard != null) {
            return settings.ownReplayGuard;
        }
        // Keys that are made only now have sealed nothing that could have come before.
        return settings.ticketKeys == null
                ? HellosInMemory.fromTheBeginning(ReplayGuard.DEFAULT_HELLOS)
                : ReplayGuard.inMemory();
    }

    /** External keys are older than this server, and each of their ClientHellos is remembered for long, so that they have a memory of their own. */
    private static ReplayGuard keyReplayGuard(ServerSettings settings) {
        if (settings.replayGuard != null) {
            return settings.replayGuard;
        }
        return settings.ownKeyReplayGuard != null
                ? settings.ownKeyReplayGuard
                : HellosInMemory.ofExternalKeys(ReplayGuard.DEFAULT_HELLOS, System::nanoTime);
    }

    /** A builder for a server that is always {@code identity}. */
    public static Builder builder(Identity identity) {
        return new Builder(new ServerSettings(IdentitySource.among(List.of(identity))));
    }

    /** A builder for a server that chooses who it is in each handshake. */
    public static Builder builder(IdentitySource identities) {
        return new Builder(new ServerSettings(identities));
    }

    /** A builder for a server that has no certificate, and serves those who have a pre-shared key of {@code psks}; see {@link Builder#externalPsks}. */
    public static Builder pskBuilder(PskSource psks) {
        Builder builder = new Builder(new ServerSettings(request -> Optional.empty())).externalPsks(psks);
        builder.settings.pskOnly = true;
        return builder;
    }

    /** A builder that begins with all of this server's settings, the Ticket Keys among them. */
    public Builder toBuilder() {
        ServerSettings copy = settings.copy();
        copy.ticketKeys = ticketKeys;
        copy.ownReplayGuard = replayGuard;
        copy.ownKeyReplayGuard = keyReplayGuard;
        return new Builder(copy);
    }

    /** Listens on {@code address}; port 0 takes a free one. */
    public TlsListener listen(InetSocketAddress address) throws TlsException {
        return TlsListener.listen(this, address);
    }

    /** A sans-IO engine for one connection. */
    public TlsEngine engine() throws TlsException {
        return TlsEngine.server(this);
    }

    /** The cryptography in use. */
    public Crypto crypto() {
        return settings.crypto;
    }

    /** What may be negotiated. */
    public Policy policy() {
        return settings.policy;
    }

    /** What of the policy the cryptography can do. */
    public Capabilities capabilities() {
        return capabilities;
    }

    /** Chooses who the server is. */
    public IdentitySource identities() {
        return settings.identities;
    }

    /** Finds the external pre-shared keys of clients, if there are any. */
    public Optional<PskSource> externalPsks() {
        return Optional.ofNullable(settings.externalPsks);
    }

    /** How long the keys of a client may take to be found before the handshake fails. */
    public Duration pskSourceTimeout() {
        return settings.pskSourceTimeout;
    }

    /** Whether this server has nothing but external pre-shared keys to prove itself. */
    public boolean pskOnly() {
        return settings.pskOnly;
    }

    /** Whether clients are asked for a certificate. */
    public ClientAuthentication clientAuthentication() {
        return settings.clientAuthentication;
    }

    /** Decides about clients' certificates; present if clients are asked for one. */
    public Optional<Trust> clientTrust() {
        return Optional.ofNullable(settings.clientTrust);
    }

    /** Application protocols to choose from by ALPN, best first; empty if there is no list to choose from. */
    public List<String> applicationProtocols() {
        return settings.applicationProtocols;
    }

    /** Chooses the application protocol where a client offers some; empty to ignore the client's offer. */
    public Optional<ApplicationProtocolChoice> applicationProtocolChoice() {
        return Optional.ofNullable(settings.applicationProtocolChoice);
    }

    /** Whether the client's order of suites decides, and not the policy's. */
    public boolean suitesInClientOrder() {
        return settings.suitesInClientOrder;
    }

    /** Whether a client may ask for a name by SNI. */
    public Predicate<String> serverNames() {
        return settings.serverNames;
    }

    /** The keys that seal and open tickets. */
    public TicketKeySource ticketKeys() {
        return ticketKeys;
    }

    /** How many tickets a client that asks for no number gets after a full handshake; after a resumption it gets one. 0 turns resumption off. */
    public int ticketsPerHandshake() {
        return settings.ticketsPerHandshake;
    }

    /** How many tickets a client gets at most that asks for a number (RFC 9149). */
    public int maximumTickets() {
        return settings.maximumTickets;
    }

    /** How long a ticket may be used, at most seven days. */
    public Duration ticketLifetime() {
        return settings.ticketLifetime;
    }

    /** How long after the last signature by a certificate's key sessions may still be resumed from each other. */
    public Duration authenticationLifetime() {
        return settings.authenticationLifetime;
    }

    /** What the tickets of clients that showed a certificate are bound to: the scope of the trust that accepted it. */
    public String clientTrustScope() {
        return settings.clientTrustScope;
    }

    /** What a client's certificate must have beside what the trust demands. */
    public List<OidFilter> clientCertificateFilters() {
        return settings.clientCertificateFilters;
    }

    /** Decides about clients' public keys without certificates, if they are accepted. */
    public Optional<RawKeyTrust> rawClientKeys() {
        return Optional.ofNullable(settings.rawClientKeys);
    }

    /** Tells the trust in clients' public keys from others, for tickets; empty if there is none. */
    public String rawClientKeysScope() {
        return settings.rawClientKeysScope;
    }

    /** What the application puts into the tickets of {@code session}. */
    public Bytes ticketData(TlsSession session) {
        return settings.ticketData.apply(session);
    }

    /** Whether a ticket may be resumed, by what the application had put into it. */
    public Predicate<Bytes> ticketDataAccepted() {
        return settings.ticketDataAccepted;
    }

    /** Tickets open only at servers with the same scope, even where these share their Ticket Keys. */
    public String ticketScope() {
        return settings.ticketScope;
    }

    /** How much early data a client may send with a ticket of this server; 0 if this server takes none. */
    public int maxEarlyDataBytes() {
        return settings.maxEarlyDataBytes;
    }

    /** Whether the application may send data before the client has answered. */
    public boolean halfRttData() {
        return settings.halfRttData;
    }

    /** How far a ClientHello with early data may be from the time at which it should come. */
    public Duration freshnessWindow() {
        return settings.freshnessWindow;
    }

    /** Finds ClientHellos with early data that come a second time. */
    public ReplayGuard replayGuard() {
        return replayGuard;
    }

    /** Finds replayed early data under external keys: the same guard, if the application gave one. */
    public ReplayGuard keyReplayGuard() {
        return keyReplayGuard;
    }

    /** How long the replay guard may take to answer before the handshake goes on without early data. */
    public Duration replayGuardTimeout() {
        return settings.replayGuardTimeout;
    }

    /** Where secrets are logged, if at all. */
    public Optional<KeyLog> keyLog() {
        return Optional.ofNullable(settings.keyLog);
    }

    /** Who is given the value of every secret, if anybody is. */
    public Optional<SecretObserver> secretObserver() {
        return Optional.ofNullable(settings.secretObserver);
    }

    /** Who is told of every step of the next connection, if anybody; asked for once a connection. */
    public Optional<Observer> observer() {
        return Optional.ofNullable(settings.observers).map(Supplier::get);
    }

    /** The clock for the ages of tickets and sessions; a {@link Trust} has its own. */
    public InstantSource clock() {
        return settings.clock;
    }

    /** How long a client may take for its handshake. */
    public Duration handshakeTimeout() {
        return settings.handshakeTimeout;
    }

    /** After how many records a key is updated at the latest, where the AEAD's own limit is not lower. */
    public long recordsPerKey() {
        return settings.recordsPerKey;
    }

    /** Whether CertificateRequest and NewSessionTicket have an extension that means nothing (RFC 8701). */
    public boolean grease() {
        return settings.grease;
    }

    /** Tells at each first ClientHello whether it is answered by a cookie alone; empty if never. */
    public Optional<BooleanSupplier> statelessRetry() {
        return Optional.ofNullable(settings.statelessRetry);
    }

    /** How long records are. */
    public RecordPolicy records() {
        return settings.records;
    }

    /** Whether clients that are asked for a certificate are asked for signed certificate timestamps too. */
    public boolean clientCertificateTimestamps() {
        return settings.clientCertificateTimestamps;
    }

    /** How Certificate messages may be compressed, both ways, best first; empty if not at all. */
    public List<CertificateCompression> certificateCompressions() {
        return settings.certificateCompressions;
    }

    /** Collects the settings of a {@link TlsServer}; every setter returns this builder. */
    public static final class Builder {
        private static final int LONGEST_SCOPE = 1024;

        private final ServerSettings settings;

        private Builder(ServerSettings settings) {
            this.settings = settings;
        }

        /** Other cryptography than {@link Crypto#ownCurves}, such as {@link Crypto#jdk}. */
        public Builder crypto(Crypto value) {
            settings.crypto = value;
            return this;
        }

        /** Another policy than {@link Policy#MODERN_2026_11}. */
        public Builder policy(Policy value) {
            settings.policy = value;
            return this;
        }

        /**
         * Takes the external pre-shared keys that {@code value} finds, besides certificates: where a client offers one, both ends prove themselves by it and nobody shows a certificate
         * ({@link TlsSession#externalPsk}). An identity that does not exist is passed over and gets the certificate (RFC 9846 section 4.3.11), so a client can find out which exist; not so with a
         * server that has nothing else ({@link TlsServer#pskBuilder}). Such sessions get no tickets.
         */
        public Builder externalPsks(PskSource value) {
            settings.externalPsks = value;
            return this;
        }

        /** How long the source of {@link #externalPsks} may take to answer; 10 seconds unless set, more than 0 and at most a minute. Then the handshake ends with {@link Problem#PSK_SOURCE_FAILED}. */
        public Builder pskSourceTimeout(Duration value) {
            if (!value.isPositive() || value.compareTo(Duration.ofMinutes(1)) > 0) {
                throw new IllegalArgumentException(
                        "the timeout of the source of pre-shared keys must be more than 0 and at most 1 minute: "
                                + value);
            }
            settings.pskSourceTimeout = value;
            return this;
        }

        /**
         * Asks clients for a certificate in the handshake and lets {@code trust} decide about it. With {@link ClientAuthentication#NONE} none is asked for then, but may be later:
         * {@link TlsConnection#requestClientCertificate}.
         */
        public Builder clientAuthentication(ClientAuthentication value, Trust trust) {
            settings.clientAuthentication = value;
            // One without a scope has a text of its own, and must keep it, or its tickets would open nowhere.
            if (!trust.equals(settings.clientTrust)) {
                settings.clientTrustScope = TicketScope.ofTrust(trust);
            }
            settings.clientTrust = trust;
            return this;
        }

        /**
         * What a client's certificate must have, by its keyUsage and extKeyUsage: clients are told, so that they show the right one of several, and one without it is refused (RFC 9846 section 4.3.5).
         *
         * @throws IllegalArgumentException for filters that nobody could hold a certificate against, or two of one kind
         */
        public Builder clientCertificateFilters(OidFilter... values) {
            List<OidFilter> filters = List.of(values);
            if (!filters.stream().allMatch(OidFilter::hasRule)) {
                throw new IllegalArgumentException("there are rules for keyUsage and extKeyUsage alone: " + filters);
            }
            if (filters.stream()
                            .map(OidFilter::certificateExtensionOid)
                            .distinct()
                            .count()
                    < filters.size()) {
                throw new IllegalArgumentException("one filter for each extension: " + filters);
            }
            settings.clientCertificateFilters = filters;
            return this;
        }

        /**
         * Whether clients that are asked for a certificate are asked for signed certificate timestamps (RFC 6962 section 3.3.1) beside it; off unless turned on. They reach the trust ({@link Trust.PeerChain#timestamps}), and those
         * that come in the handshake {@link TlsHandshake#timestamps}; nobody else checks them.
         */
        public Builder clientCertificateTimestamps(boolean value) {
            settings.clientCertificateTimestamps = value;
            return this;
        }

        /**
         * Asks clients who they are, and accepts public keys without certificates (RFC 7250) from those that offer them; with {@link #clientAuthentication} too, certificates as well. The last of the two that is called says
         * whether an answer is required. A client that can show neither is not asked unless it is.
         */
        public Builder rawClientAuthentication(ClientAuthentication value, RawKeyTrust keys) {
            settings.clientAuthentication = value;
            if (!keys.equals(settings.rawClientKeys)) {
                settings.rawClientKeysScope = TicketScope.ofRawKeyTrust(keys);
            }
            settings.rawClientKeys = keys;
            return this;
        }

        /** Application protocols to choose from by ALPN, best first. A client that offers only others is refused; one that offers none is not. */
        public Builder applicationProtocols(String... values) {
            settings.applicationProtocols = ApplicationProtocols.checked(values);
            settings.applicationProtocolChoice = settings.applicationProtocols.isEmpty()
                    ? null
                    : ApplicationProtocolChoice.among(settings.applicationProtocols);
            return this;
        }

        /** Chooses the application protocol in each handshake, in the place of a list. */
        public Builder applicationProtocols(ApplicationProtocolChoice value) {
            settings.applicationProtocols = List.of();
            settings.applicationProtocolChoice = value;
            return this;
        }

        /** Lets the client's order of suites decide, in the place of the policy's: it may be a device without AES in hardware. */
        public Builder suitesInClientOrder(boolean value) {
            settings.suitesInClientOrder = value;
            return this;
        }

        /** Which names a client may ask for by SNI: another one is refused with unrecognized_name. All unless set. */
        public Builder serverNames(Predicate<String> value) {
            settings.serverNames = value;
            return this;
        }

        /** Another choice of who the server is. */
        public Builder identities(IdentitySource value) {
            settings.identities = value;
            settings.pskOnly = false;
            return this;
        }

        /** Other Ticket Keys than {@link TicketKeys#rotating()}: keys that several servers share. */
        public Builder ticketKeys(TicketKeySource value) {
            settings.ticketKeys = value;
            // It knows what came under the other keys only.
            settings.ownReplayGuard = null;
            return this;
        }

        /** How many tickets a client that asks for no number gets after a full handshake, 0 to 16; 2 unless set. 0 turns resumption off, for all clients. */
        public Builder ticketsPerHandshake(int value) {
            if (value < 0 || value > 16) {
                throw new IllegalArgumentException("tickets per handshake must be 0 to 16: " + value);
            }
            settings.ticketsPerHandshake = value;
            return this;
        }

        /** How many tickets a client gets at most that asks for a number (RFC 9149), 0 to {@value TicketRequest#MOST}; 8 unless set. */
        public Builder maximumTickets(int value) {
            if (value < 0 || value > TicketRequest.MOST) {
                throw new IllegalArgumentException("maximum tickets must be 0 to " + TicketRequest.MOST + ": " + value);
            }
            settings.maximumTickets = value;
            return this;
        }

        /** How long a ticket may be used; 24 hours unless set, at most seven days (RFC 9846 section 4.7.1). */
        public Builder ticketLifetime(Duration value) {
            if (value.compareTo(Duration.ofSeconds(1)) < 0 || value.compareTo(Duration.ofDays(7)) > 0) {
                throw new IllegalArgumentException("a ticket's lifetime must be 1 second to 7 days: " + value);
            }
            settings.ticketLifetime = value;
            return this;
        }

        /** How long sessions may be resumed from each other without a certificate being proved anew; seven days unless set. */
        public Builder authenticationLifetime(Duration value) {
            settings.authenticationLifetime = value;
            return this;
        }

        /** Tickets open only at servers with this scope, even where these share their Ticket Keys; at most 1,024 octets of UTF-8, empty unless set. */
        public Builder ticketScope(String value) {
            int octets = value.getBytes(StandardCharsets.UTF_8).length;
            if (octets > LONGEST_SCOPE) {
                throw new IllegalArgumentException(
                        "a ticket scope of " + octets + " octets in UTF-8; it may have " + LONGEST_SCOPE);
            }
            settings.ticketScope = value;
            return this;
        }

        /**
         * Seals what {@code value} gives for a session, at most 16,384 bytes, into its tickets; a session that resumes from one has it as {@link TlsSession#ticketData}. Unless set, a resumed session
         * hands on what it has. Called once for each ticket.
         */
        public Builder ticketData(Function<TlsSession, Bytes> value) {
            settings.ticketData = value;
            return this;
        }

        /**
         * Lets the application refuse a ticket that is good otherwise, by what {@link #ticketData} had put into it: a session that has been ended, a user who has been locked out. The handshake then goes on without it. All are
         * accepted unless set. Called in each handshake that could resume, by the thread that drives it; who throws ends the connection.
         */
        public Builder ticketDataAccepted(Predicate<Bytes> value) {
            settings.ticketDataAccepted = value;
            return this;
        }

        /**
         * Takes up to {@code maximumBytes} of early data with each ticket that is issued from now on, at most 16 MiB, and with external keys as much as their {@link EarlyDataTerms} say if it is not more; 0, as at first, takes none. <b>Early data can be a copy of what somebody else sent
         * before</b>, where the {@link #replayGuard} does not find it, so it comes apart: {@link TlsConnection#earlyInput}, {@link TlsEngine#readEarlyData}. What is not
         * fetched is kept in memory, so this is also how much a client may take of that.
         */
        public Builder earlyData(int maximumBytes) {
            if (maximumBytes < 0 || maximumBytes > 1 << 24) {
                throw new IllegalArgumentException("early data must be 0 to 16,777,216 bytes: " + maximumBytes);
            }
            settings.maxEarlyDataBytes = maximumBytes;
            return this;
        }

        /**
         * Whether the application may send data from this end's Finished on, which the client's has not answered yet (half-RTT or 0.5-RTT data, RFC 9846 section 4.5.3); off unless turned on. It leaves with the server's flight and saves a
         * server that speaks first, with a greeting or with settings, a round trip. <b>Nobody is authenticated then</b>, by a certificate or otherwise, and whether somebody is there at all is not known: a copy of a ClientHello is served like the first. Only who has the keys can read it: who sent
         * the key share, or holds the pre-shared key. So this is for what everybody may have, and {@link #build} refuses it together with {@link #clientAuthentication} in the handshake. Early data that was
         * accepted may be answered so without this setting. See {@link TlsConnection#halfRttOutput}, {@link TlsEngine#sendHalfRttData}.
         */
        public Builder halfRttData(boolean value) {
            settings.halfRttData = value;
            return this;
        }

        /**
         * How far a ClientHello with early data may be from the time at which it should come, by its ticket's age; 10 seconds unless set, more than 0 and at most an hour (RFC 9846 section 8.3). The replay guard remembers ClientHellos for
         * twice as long.
         */
        public Builder freshnessWindow(Duration value) {
            if (!value.isPositive() || value.compareTo(Duration.ofHours(1)) > 0) {
                throw new IllegalArgumentException(
                        "the freshness window must be more than 0 and at most 1 hour: " + value);
            }
            settings.freshnessWindow = value;
            return this;
        }

        /** Another replay guard than one in memory: one that several servers share. */
        public Builder replayGuard(ReplayGuard value) {
            settings.replayGuard = value;
            return this;
        }

        /**
         * How long the replay guard may take to answer; one second unless set, more than 0 and at most a minute. The
         * handshake waits as long at most, and then goes on without early data.
         */
        public Builder replayGuardTimeout(Duration value) {
            if (!value.isPositive() || value.compareTo(Duration.ofMinutes(1)) > 0) {
                throw new IllegalArgumentException(
                        "the replay guard's timeout must be more than 0 and at most 1 minute: " + value);
            }
            settings.replayGuardTimeout = value;
            return this;
        }

        /** Logs the secrets of every connection: whoever reads the log can read the connections. */
        public Builder keyLog(KeyLog value) {
            settings.keyLog = value;
            return this;
        }

        /**
         * Gives {@code value} every secret of the key schedule, to teach or to debug with connections that protect nothing: who has them can read, forge and resume every connection. It cannot tell
         * connections apart.
         */
        public Builder dangerSecretObserver(SecretObserver value) {
            settings.secretObserver = value;
            return this;
        }

        /** Tells {@code value} of every step of every connection; it cannot tell connections apart. */
        public Builder observer(Observer value) {
            return observers(() -> value);
        }

        /** Makes an observer for each connection, to be told of every step of that one. */
        public Builder observers(Supplier<? extends Observer> values) {
            settings.observers = values;
            return this;
        }

        /** Another clock than the system's. */
        public Builder clock(InstantSource value) {
            settings.clock = value;
            return this;
        }

        /** How long a client may take for its handshake; 30 seconds unless set. */
        public Builder handshakeTimeout(Duration value) {
            settings.handshakeTimeout = value;
            return this;
        }

        /** Updates keys after this many records, at least 16, where the AEAD's own limit is not lower. */
        public Builder recordsPerKey(long value) {
            if (value < TlsEngine.LEAST_RECORDS_PER_KEY) {
                throw new IllegalArgumentException(
                        "records per key must be at least " + TlsEngine.LEAST_RECORDS_PER_KEY + ": " + value);
            }
            settings.recordsPerKey = value;
            return this;
        }

        /** Whether CertificateRequest and NewSessionTicket have an extension that means nothing (RFC 8701), so that clients stay used to what they do not know; on unless turned off. */
        public Builder grease(boolean value) {
            settings.grease = value;
            return this;
        }

        /**
         * Asked at each first ClientHello: if {@code underLoad} says so, the client is sent away with a cookie, and must come again with it before anything costly is computed. That takes a round trip more. Between the two ClientHellos the server
         * knows nothing of the client: all is in the cookie, sealed under the {@link #ticketKeys}, good for a minute, and good for any engine of any server with these keys and this {@link #ticketScope}; only early data
         * that is still on its way is passed over by none but the engine that sent the retry. Never, unless set. The clients of GnuTLS 3.7 and BouncyCastle break off at such a retry, unless it asks for a group too.
         */
        public Builder statelessRetry(BooleanSupplier underLoad) {
            settings.statelessRetry = underLoad;
            return this;
        }

        /** How long records are: what this end takes, padding, short ones first; {@link RecordPolicy#DEFAULT} unless set. */
        public Builder records(RecordPolicy value) {
            settings.records = value;
            return this;
        }

        /**
         * Compresses Certificate messages for peers that can unpack them, and tells them that this end can (RFC 8879); none unless set. What is sent often is compressed once. A long chain, above all one with large keys, may then fit into
         * the first flight; a short one does without.
         */
        public Builder certificateCompressions(CertificateCompression... values) {
            settings.certificateCompressions =
                    Arrays.stream(values).map(RememberedCompression::of).toList();
            return this;
        }

        /** The server; throws {@link IllegalArgumentException} if policy and cryptography have nothing in common, or settings exclude each other. */
        public TlsServer build() {
            return new TlsServer(settings);
        }
    }
}
