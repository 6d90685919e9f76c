package dev.akushu.tls;

import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.identity.NoCertificates;
import dev.akushu.tls.trace.Observer;
import dev.akushu.tls.trace.SecretObserver;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How a client speaks TLS 1.3: made once, then used for any number of connections by any number of threads. Tickets that servers give are kept in it and make later connections to the
 * same host and port resume.
 *
 * {@snippet class="dev.akushu.tls.samples.ConnectSample" region="connect"}
 */
public final class TlsClient {
    /** How many tickets a client keeps in memory unless told otherwise. */
    public static final int DEFAULT_TICKETS = 1024;

    private final ClientSettings settings;
    private final Capabilities capabilities;
    private final String ticketScope;

    private TlsClient(ClientSettings given) {
        settings = given.copy();
        capabilities = Capabilities.of(settings.policy, settings.crypto);
        settings.trust = settings.trust.using(settings.crypto);
        ticketScope = TicketScope.of(
                settings.policy,
                settings.applicationProtocols,
                settings.trust,
                settings.rawServerKeys,
                settings.identity,
                settings.identities);
        if (!acceptsSignatures() && settings.externalPsks.isEmpty()) {
            throw new IllegalArgumentException("a client needs a trust or a pre-shared key");
        }
        if (!acceptsSignatures() && settings.externalPsks.stream().noneMatch(this::canUse)) {
            throw new IllegalArgumentException("none of the cipher suites " + capabilities.suites()
                    + " can use one of the pre-shared keys " + settings.externalPsks
                    + ": add a suite with the hash of a key, or a trust");
        }
    }

    /** Whether a suite has the hash of a raw key, or the cryptography the hash that an imported one was made for. */
    private boolean canUse(ExternalPsk psk) {
        return psk.imported()
                ? settings.crypto.hash(psk.kdf()) != null
                : capabilities.suites().stream()
                        .map(settings.crypto::suite)
                        .anyMatch(suite -> suite != null
                                && suite.hash().name().equals(psk.kdf().hash()));
    }

    /** A builder for a client that accepts servers whose chain {@code trust} accepts. */
    public static Builder builder(Trust trust) {
        return new Builder(new ClientSettings(trust));
    }

    /** A builder for a client that accepts only servers that have {@code psk} too; see {@link Builder#externalPsks}. */
    public static Builder pskBuilder(ExternalPsk psk) {
        return new Builder(new ClientSettings(NoCertificates.INSTANCE)).externalPsks(psk);
    }

    /** A builder for a client that accepts only servers that show a public key without a certificate, one that {@code keys} accepts; see {@link Builder#rawServerKeys}. */
    public static Builder rawKeyBuilder(RawKeyTrust keys) {
        return new Builder(new ClientSettings(NoCertificates.INSTANCE)).rawServerKeys(keys);
    }

    /** A builder that begins with all of this client's settings; the ticket store is shared. */
    public Builder toBuilder() {
        return new Builder(settings.copy());
    }

    /**
     * Connects by TCP and shakes hands; blocks the calling thread, virtual or not. It has returned before the server has seen this end's certificate: a server
     * that does not accept it says so by an alert, which the first read throws ({@link Problem#ALERT_RECEIVED}) unless the connection broke before it came.
     *
     * @param host a DNS name or the text of an IP address; the server's certificate must be for it
     * @throws TlsException if the connection or the handshake fails; then nothing is left open
     */
    public TlsConnection connect(String host, int port) throws TlsException {
        return TlsConnection.connect(this, host, port, null);
    }

    /**
     * As {@link #connect(String, int)}, with data that is sent before the server has answered, if a ticket allows it; {@link TlsSession#earlyData} tells what became of it.
     *
     * @throws IllegalArgumentException if this client offers several application protocols and {@code earlyData} does not say for which it is, or for one that is not among them
     */
    public TlsConnection connect(String host, int port, EarlyData earlyData) throws TlsException {
        return TlsConnection.connect(this, host, port, earlyData);
    }

    /** A sans-IO engine for a connection to {@code host}; {@code port} only tells tickets of different servers apart. */
    public TlsEngine engine(String host, int port) throws TlsException {
        return TlsEngine.client(this, host, port, null);
    }

    /** As {@link #engine(String, int)}, with data that goes out with the first flight; see {@link #connect(String, int, EarlyData)}. */
    public TlsEngine engine(String host, int port, EarlyData earlyData) throws TlsException {
        String own = earlyData.applicationProtocol().orElse(null);
        if (own == null ? settings.applicationProtocols.size() > 1 : !settings.applicationProtocols.contains(own)) {
            throw new IllegalArgumentException(
                    "early data must be for one of " + settings.applicationProtocols + ", not for " + own);
        }
        return TlsEngine.client(this, host, port, earlyData);
    }

    /**
     * A sans-IO engine for a connection to somebody who has no name here: none is asked for by SNI, the trust is not
     * given one to check, and no ticket is used or kept. With a {@link #serverName()} the engine is for that name.
     */
    public TlsEngine engine() throws TlsException {
        return TlsEngine.client(this, null, 0, null);
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

    /** Decides about servers. */
    public Trust trust() {
        return settings.trust;
    }

    /** What is shown to a server that asks for a certificate, if it is always the same. */
    public Optional<Identity> identity() {
        return Optional.ofNullable(settings.identity);
    }

    /** Chooses what is shown to a server that asks for a certificate, if there is anything to choose from. */
    public Optional<IdentitySource> identities() {
        return Optional.ofNullable(settings.identities);
    }

    /** Whether the trust judges a server again before its session is offered for resumption. */
    public boolean verifiesBeforeResuming() {
        return settings.verifiesBeforeResuming;
    }

    /** Whether servers are asked for signed certificate timestamps. */
    public boolean certificateTimestamps() {
        return settings.certificateTimestamps;
    }

    /** Whether servers are told which authorities the trust knows. */
    public boolean certificateAuthorities() {
        return settings.certificateAuthorities;
    }

    /** Whether servers may ask for a certificate after the handshake too. */
    public boolean postHandshakeAuthentication() {
        return settings.postHandshakeAuthentication;
    }

    /** The external pre-shared keys to offer, best first. */
    public List<ExternalPsk> externalPsks() {
        return settings.externalPsks;
    }

    /** Whether a server may prove itself by a certificate, and not by a pre-shared key alone. */
    public boolean acceptsCertificates() {
        return !(settings.trust instanceof NoCertificates);
    }

    /** Whether a server may prove itself by a signature: with a certificate, or with a public key alone. */
    public boolean acceptsSignatures() {
        return acceptsCertificates() || settings.rawServerKeys != null;
    }

    /** Decides about servers' public keys without certificates, if they are accepted. */
    public Optional<RawKeyTrust> rawServerKeys() {
        return Optional.ofNullable(settings.rawServerKeys);
    }

    /** Whether a certificate is preferred where a public key alone would do too. */
    public boolean certificatesFirst() {
        return settings.certificatesFirst;
    }

    /** Application protocols to offer by ALPN, best first; empty to offer none. */
    public List<String> applicationProtocols() {
        return settings.applicationProtocols;
    }

    /** Where tickets are kept. */
    public TicketStore tickets() {
        return settings.tickets;
    }

    /**
     * What a kept ticket is bound to besides host and port: policy, application protocols, trust and identity. A client that differs in one of them does not use the ticket.
     */
    public String ticketScope() {
        return ticketScope;
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

    /** Whether the handshake is dressed for old middleboxes (RFC 9846 appendix E.4). */
    public boolean compatibilityMode() {
        return settings.compatibilityMode;
    }

    /** The name to ask for by SNI and to check the certificate against, where it is not the host that is dialled. */
    public Optional<String> serverName() {
        return Optional.ofNullable(settings.serverName);
    }

    /** Whether the server's name is sent by SNI, RFC 6066 section 3; the text of an IP address never is. */
    public boolean serverNameIndication() {
        return settings.serverNameIndication;
    }

    /** How long {@link #connect} may take, TCP and handshake each. */
    public Duration handshakeTimeout() {
        return settings.handshakeTimeout;
    }

    /** After how many records a key is updated at the latest, where the AEAD's own limit is not lower. */
    public long recordsPerKey() {
        return settings.recordsPerKey;
    }

    /** How many tickets servers are asked for, if they are (RFC 9149). */
    public Optional<TicketRequest> ticketRequest() {
        return Optional.ofNullable(settings.ticketRequest);
    }

    /** Whether the ClientHello has reserved values in it that mean nothing (RFC 8701). */
    public boolean grease() {
        return settings.grease;
    }

    /** Whether each connection has an order of extensions of its own. */
    public boolean permutesExtensions() {
        return settings.permutesExtensions;
    }

    /** How long records are. */
    public RecordPolicy records() {
        return settings.records;
    }

    /** How Certificate messages may be compressed, both ways, best first; empty if not at all. */
    public List<CertificateCompression> certificateCompressions() {
        return settings.certificateCompressions;
    }

    /** Collects the settings of a {@link TlsClient}; every setter returns this builder. */
    public static final class Builder {
        /** How many external pre-shared keys a client may offer: servers look at few. */
        public static final int MOST_PSKS = 4;

        private final ClientSettings settings;

        private Builder(ClientSettings settings) {
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

        /** Another trust. */
        public Builder trust(Trust value) {
            settings.trust = value;
            return this;
        }

        /**
         * Whether the trust judges what the server had shown, its certificates or its public key, again before a session is offered for resumption; off unless turned on. RFC 9846 section 4.7.1 recommends limits
         * that regard a revocation since: without this they are the lifetimes of ticket and certificate, seven days, and {@link Trust#scope}. What is no longer accepted is forgotten, and a full handshake lets the server prove
         * itself anew ({@link NotResumed#SERVER_NO_LONGER_TRUSTED}); early data is not sent to it. The response by OCSP and the timestamps that came beside the certificates are not kept, so a trust that demands them lets nothing be resumed.
         * An engine of such a connection begins with {@link Work}, before there is anything to send.
         */
        public Builder verifyBeforeResuming(boolean value) {
            settings.verifiesBeforeResuming = value;
            return this;
        }

        /** The certificate to show when a server asks for one. */
        public Builder identity(Identity value) {
            settings.identity = value;
            settings.identities = IdentitySource.among(List.of(value));
            return this;
        }

        /** Chooses the certificate when a server asks for one. Tickets are bound to {@link IdentitySource#scope}. */
        public Builder identities(IdentitySource value) {
            settings.identity = null;
            settings.identities = value;
            return this;
        }

        /**
         * Whether to ask for signed certificate timestamps (RFC 6962 section 3.3.1); off unless turned on. They reach the trust ({@link Trust.PeerChain#timestamps}) and {@link TlsHandshake#timestamps}; nobody else checks them.
         */
        public Builder certificateTimestamps(boolean value) {
            settings.certificateTimestamps = value;
            return this;
        }

        /**
         * Whether to tell the server which authorities the trust knows, for a server that has certificates of several (RFC 9846 section 4.3.4); off unless turned on. Everybody on the way can read the names, and hundreds of them make
         * the ClientHello long.
         */
        public Builder certificateAuthorities(boolean value) {
            settings.certificateAuthorities = value;
            return this;
        }

        /**
         * Whether servers may ask for a certificate after the handshake too, at any time (RFC 9846 section 4.7.2); off unless turned on. The answer is chosen and signed by who reads, and sent by who
         * writes or reads next; reading waits for the choice and the signature, writing does not.
         */
        public Builder postHandshakeAuthentication(boolean value) {
            settings.postHandshakeAuthentication = value;
            return this;
        }

        /**
         * Offers these pre-shared keys, best first and at most {@value #MOST_PSKS}, behind a ticket if there is one. A server that has one of them proves itself by it and shows no certificate; whether one that has none may show
         * a certificate depends on the trust. Whoever has one of these keys can be every host: a client that has keys for several servers must compare {@link TlsSession#externalPsk} with the one of the server
         * that it means, or have a client for each server. Their identities go out in clear. Sessions by such a key leave no ticket.
         */
        public Builder externalPsks(ExternalPsk... values) {
            if (values.length > MOST_PSKS) {
                throw new IllegalArgumentException("at most " + MOST_PSKS + " pre-shared keys, not " + values.length);
            }
            settings.externalPsks = List.of(values);
            return this;
        }

        /**
         * Accepts public keys without certificates too, and prefers them unless {@link #certificatesFirst} (RFC 7250). No name, no validity and no revocation is checked: {@code value} decides alone, and must know the key.
         */
        public Builder rawServerKeys(RawKeyTrust value) {
            settings.rawServerKeys = value;
            return this;
        }

        /** Whether to prefer a certificate where {@link #rawServerKeys} would do too; off unless turned on. The server decides. */
        public Builder certificatesFirst(boolean value) {
            settings.certificatesFirst = value;
            return this;
        }

        /** Application protocols to offer by ALPN, best first, such as {@code "h2", "http/1.1"}. */
        public Builder applicationProtocols(String... values) {
            settings.applicationProtocols = ApplicationProtocols.checked(values);
            return this;
        }

        /** Another store than one in memory for {@value TlsClient#DEFAULT_TICKETS} tickets. */
        public Builder tickets(TicketStore value) {
            settings.tickets = value;
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

        /** Whether to dress the handshake for old middleboxes; on unless turned off. */
        public Builder compatibilityMode(boolean value) {
            settings.compatibilityMode = value;
            return this;
        }

        /** The name to ask for and to check instead of the host that is dialled. */
        public Builder serverName(String value) {
            settings.serverName = value;
            return this;
        }

        /** Whether to send the server's name by SNI; on unless turned off. Without it many servers show another certificate. */
        public Builder serverNameIndication(boolean value) {
            settings.serverNameIndication = value;
            return this;
        }

        /** How long {@link TlsClient#connect} may take, TCP and handshake each; 30 seconds unless set. */
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

        /**
         * Asks servers for so many tickets (RFC 9149), at most {@value TicketRequest#MOST} of each; unless set, each sends what it likes, which is often two, and one after a resumption. A client that opens several connections at once wants a ticket for each; one that will
         * not come back wants none.
         */
        public Builder ticketRequest(TicketRequest value) {
            if (value.newSession() > TicketRequest.MOST || value.resumption() > TicketRequest.MOST) {
                throw new IllegalArgumentException(
                        "a client asks for " + TicketRequest.MOST + " tickets at most: " + value);
            }
            settings.ticketRequest = value;
            return this;
        }

        /** Whether the ClientHello has reserved values in it that mean nothing (RFC 8701), so that servers stay used to what they do not know; on unless turned off, for a server that breaks over it. */
        public Builder grease(boolean value) {
            settings.grease = value;
            return this;
        }

        /** Whether each connection has an order of extensions of its own, so that nobody comes to rely on one; on unless turned off, for who needs the same bytes each time. */
        public Builder permuteExtensions(boolean value) {
            settings.permutesExtensions = value;
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

        /** The client; throws {@link IllegalArgumentException} if policy and cryptography have nothing in common. */
        public TlsClient build() {
            return new TlsClient(settings);
        }
    }
}
