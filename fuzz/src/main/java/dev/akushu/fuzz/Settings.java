package dev.akushu.fuzz;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CertificateCheck;
import dev.akushu.tls.CertificateCompression;
import dev.akushu.tls.CertificateType;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.ClientAuthentication;
import dev.akushu.tls.EarlyData;
import dev.akushu.tls.ExternalPsk;
import dev.akushu.tls.Identity;
import dev.akushu.tls.IdentitySource;
import dev.akushu.tls.KeyOperation;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.OidFilter;
import dev.akushu.tls.Policy;
import dev.akushu.tls.PskSource;
import dev.akushu.tls.RawKeyTrust;
import dev.akushu.tls.RecordPadding;
import dev.akushu.tls.RecordPolicy;
import dev.akushu.tls.ReplayGuard;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.StoredTicket;
import dev.akushu.tls.TicketKey;
import dev.akushu.tls.TicketRequest;
import dev.akushu.tls.TicketStore;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsEngine;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.Trust;
import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.resume.TicketProtector;
import dev.akushu.tls.resume.TicketState;
import dev.akushu.tls.trace.Observer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Clients and servers for the fuzzer. The bits of a number say what they can do, so that an input chooses ({@link Choice}). */
final class Settings {
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    /** How many bits there were first; the honest handshakes with each combination of these are seeds. */
    static final int FIRST_BITS = 7;

    /** How many bits there are. */
    static final int BITS = 22;

    /** Whether a server asks for a certificate in the handshake. */
    static final int CERTIFICATE_OF_CLIENT = 4;

    private static final int TICKET = 1;
    private static final int EXTERNAL_PSK = 2;
    private static final int PROTOCOLS = 8;
    private static final int EARLY_DATA = 16;
    private static final int NO_COMPATIBILITY = 32;
    private static final int TOLD = 64;
    private static final int STATELESS_RETRY = 1 << 7;
    private static final int RAW_KEYS = 1 << 8;
    private static final int COMPRESSION = 1 << 9;
    private static final int RECORDS = 1 << 10;
    private static final int LATE_AUTHENTICATION = 1 << 11;
    private static final int PSK_KE = 1 << 12;
    private static final int TICKET_REQUEST = 1 << 13;
    private static final int DATA = 1 << 14;
    private static final int HALF_RTT = 1 << 15;
    private static final int OCSP = 1 << 16;
    private static final int TIMESTAMPS = 1 << 17;
    private static final int AUTHORITIES = 1 << 18;
    private static final int FILTERS = 1 << 19;
    private static final int MORE_COMPRESSIONS = 1 << 20;
    private static final int JUDGED_AGAIN = 1 << 21;

    private static final int MAXIMUM_EARLY_DATA = 1000;
    private static final int FULL_RECORD = (1 << 14) + 1;
    private static final Crypto CRYPTO = AnyCrypto.create();
    private static final Bytes CERTIFICATE = readCertificate();
    private static final Identity IDENTITY = identity(List.of(CERTIFICATE));
    private static final Identity RAW_IDENTITY = rawIdentity();
    private static final RawKeyTrust ANY_KEY =
            _ -> new CertificateCheck(CertificateCheck.Kind.DANGER_NOT_CHECKED, "a key", "");
    private static final RecordPolicy SHORT_RECORDS = RecordPolicy.DEFAULT
            .withSizeLimit(300)
            .withPadding(RecordPadding.toMultipleOf(32))
            .withHandshakePadding(RecordPadding.constant(7));
    private static final OidFilter[] WANTED_EXTENSIONS = {
        OidFilter.keyUsage("digitalSignature"), OidFilter.extendedKeyUsage("1.3.6.1.5.5.7.3.2")
    };

    private static final ExternalPsk PSK = ExternalPsk.of("somebody", new byte[32]);

    private Settings() {}

    static TlsEngine client(int bits, @Nullable Observer observer) throws TlsException {
        TlsClient.Builder client = TlsClient.builder(trust(bits))
                .crypto(CRYPTO)
                .clock(() -> NOW)
                .compatibilityMode((bits & NO_COMPATIBILITY) == 0)
                .postHandshakeAuthentication((bits & LATE_AUTHENTICATION) != 0);
        if (observer != null) {
            client.observer(observer);
        }
        offerMore(bits, client);
        if ((bits & TICKET) != 0) {
            client.tickets(new AlwaysATicket((bits & PROTOCOLS) == 0 ? null : "h2"));
        }
        if ((bits & EXTERNAL_PSK) != 0) {
            client.externalPsks(PSK);
        }
        if ((bits & (CERTIFICATE_OF_CLIENT | LATE_AUTHENTICATION)) != 0) {
            client.identities(identities(bits));
        }
        if ((bits & PROTOCOLS) != 0) {
            client.applicationProtocols("h2", "http/1.1");
        }
        if ((bits & EARLY_DATA) == 0) {
            return client.build().engine("localhost", 443);
        }
        byte[] data = new byte[50];
        EarlyData early = (bits & PROTOCOLS) == 0 ? EarlyData.of(data) : EarlyData.of(data, "h2");
        return client.build().engine("localhost", 443, early.resendIfRefused());
    }

    private static void offerMore(int bits, TlsClient.Builder client) {
        if ((bits & RAW_KEYS) != 0) {
            client.rawServerKeys(ANY_KEY);
        }
        client.certificateCompressions(compressions(bits))
                .certificateTimestamps((bits & TIMESTAMPS) != 0)
                .certificateAuthorities((bits & AUTHORITIES) != 0)
                .verifyBeforeResuming((bits & JUDGED_AGAIN) != 0);
        if ((bits & RECORDS) != 0) {
            client.records(SHORT_RECORDS);
        }
        if ((bits & PSK_KE) != 0) {
            client.policy(policy(bits, NamedGroup.X25519));
        }
        if ((bits & TICKET_REQUEST) != 0) {
            client.ticketRequest(new TicketRequest(3, 2));
        }
        if (sendsData(bits)) {
            client.recordsPerKey(TlsEngine.LEAST_RECORDS_PER_KEY);
        }
    }

    static TlsEngine server(int bits, @Nullable Observer observer) throws TlsException {
        TlsServer.Builder server = TlsServer.builder(identities(bits))
                .crypto(CRYPTO)
                .clock(() -> NOW)
                .ticketKeys(() -> List.of(ticketKey()));
        if (observer != null) {
            server.observer(observer);
        }
        acceptMore(bits, server);
        if ((bits & EXTERNAL_PSK) != 0) {
            server.externalPsks(PskSource.of(List.of(PSK)));
        }
        if ((bits & (CERTIFICATE_OF_CLIENT | LATE_AUTHENTICATION)) != 0) {
            ClientAuthentication now =
                    (bits & CERTIFICATE_OF_CLIENT) == 0 ? ClientAuthentication.NONE : ClientAuthentication.WANTED;
            server.clientAuthentication(now, trust(bits)).clientCertificateTimestamps((bits & TIMESTAMPS) != 0);
            if ((bits & FILTERS) != 0) {
                server.clientCertificateFilters(WANTED_EXTENSIONS);
            }
            if ((bits & RAW_KEYS) != 0) {
                server.rawClientAuthentication(now, ANY_KEY);
            }
        }
        if ((bits & PROTOCOLS) != 0) {
            server.applicationProtocols("h2");
        }
        if ((bits & EARLY_DATA) != 0) {
            server.earlyData(MAXIMUM_EARLY_DATA)
                    .replayGuard(_ -> CompletableFuture.completedFuture(ReplayGuard.Answer.FRESH));
        }
        return server.build().engine();
    }

    private static void acceptMore(int bits, TlsServer.Builder server) {
        if ((bits & STATELESS_RETRY) != 0) {
            server.statelessRetry(() -> true);
        }
        server.certificateCompressions(compressions(bits));
        if ((bits & RECORDS) != 0) {
            server.records(SHORT_RECORDS);
        }
        if ((bits & PSK_KE) != 0) {
            server.policy(policy(bits, NamedGroup.SECP256R1));
        }
        server.halfRttData(sendsHalfRtt(bits));
        if (sendsData(bits)) {
            server.recordsPerKey(TlsEngine.LEAST_RECORDS_PER_KEY);
        }
    }

    /** Where there is a pre-shared key, the two ends have no group in common: else a server does not do without one. */
    private static Policy policy(int bits, NamedGroup group) {
        Policy policy = Policy.MODERN_2026_11.dangerWithPskKe();
        return (bits & (TICKET | EXTERNAL_PSK)) == 0 ? policy : policy.withGroups(List.of(group));
    }

    private static IdentitySource identities(int bits) {
        Identity certified = (bits & OCSP) == 0 ? IDENTITY : stapledIdentity();
        if ((bits & TIMESTAMPS) != 0) {
            certified = certified.withTimestamps(() -> List.of(FilesTarget.timestamp()));
        }
        return IdentitySource.among((bits & RAW_KEYS) == 0 ? List.of(certified) : List.of(certified, RAW_IDENTITY));
    }

    /** With the certificate that the response is for; it has the extensions that are asked for, too. */
    private static Identity stapledIdentity() {
        return identity(OcspTarget.certificates()).withOcspResponse(() -> Optional.of(OcspTarget.response()));
    }

    private static Trust trust(int bits) {
        return new AnyTrust((bits & OCSP) != 0, (bits & TIMESTAMPS) != 0, (bits & AUTHORITIES) != 0);
    }

    /** Each is the best in some configuration, since only that one is used by those who are honest. */
    private static CertificateCompression[] compressions(int bits) {
        return switch (bits & (COMPRESSION | MORE_COMPRESSIONS)) {
            case COMPRESSION -> new CertificateCompression[] {CertificateCompression.zlib()};
            case MORE_COMPRESSIONS ->
                new CertificateCompression[] {CertificateCompression.brotli(), CertificateCompression.zstd()};
            case COMPRESSION | MORE_COMPRESSIONS ->
                new CertificateCompression[] {
                    CertificateCompression.zstd(), CertificateCompression.brotli(), CertificateCompression.zlib()
                };
            default -> new CertificateCompression[0];
        };
    }

    /** Whether all is to be told in words, which takes longer than the rest. */
    static boolean isTold(int bits) {
        return (bits & TOLD) != 0;
    }

    /** Whether a server asks its client for a certificate after the handshake. */
    static boolean asksLate(int bits) {
        return (bits & LATE_AUTHENTICATION) != 0;
    }

    /** Whether a server sends data before the client has answered; not where it asks for a certificate then. */
    static boolean sendsHalfRtt(int bits) {
        return (bits & HALF_RTT) != 0 && (bits & CERTIFICATE_OF_CLIENT) == 0;
    }

    /** Whether data is sent all the time, under keys that last for few records. */
    static boolean sendsData(int bits) {
        return (bits & DATA) != 0;
    }

    static Crypto crypto() {
        return CRYPTO;
    }

    static TicketKey ticketKey() {
        byte[] name = new byte[TicketKey.NAME_LENGTH];
        return new TicketKey(
                Bytes.wrap(name), new byte[32], NOW.minusSeconds(60), NOW.plusSeconds(3600), NOW.plusSeconds(7200));
    }

    /** The ticket that clients have. */
    static Bytes ticket() {
        return new AlwaysATicket(null).ticket;
    }

    /** The same with what a client keeps beside it. */
    static StoredTicket storedTicket() {
        return new AlwaysATicket(null).stored();
    }

    /** The certificate that all show. */
    static Bytes certificate() {
        return CERTIFICATE;
    }

    private static Bytes readCertificate() {
        try (InputStream in = Settings.class.getResourceAsStream("certificate.pem")) {
            return Bytes.wrap(CertificateFactory.getInstance("X.509")
                    .generateCertificate(in)
                    .getEncoded());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (CertificateException malformed) {
            throw new IllegalStateException("The certificate in this jar is malformed", malformed);
        }
    }

    private static Identity rawIdentity() {
        try (InputStream in = new ByteArrayInputStream(certificate().toArray())) {
            PublicKey key = CertificateFactory.getInstance("X.509")
                    .generateCertificate(in)
                    .getPublicKey();
            return Identity.ofRawKey(key, new AnySignature());
        } catch (IOException | CertificateException refused) {
            throw new IllegalStateException("The certificate in this jar has no key that can be used", refused);
        }
    }

    private static Identity identity(List<Bytes> chain) {
        try {
            return Identity.of(chain, new AnySignature());
        } catch (TlsException refused) {
            throw new IllegalStateException(refused);
        }
    }

    private static final class AnySignature implements KeyOperation {
        @Override
        public List<SignatureScheme> schemes() {
            return List.of(SignatureScheme.ECDSA_SECP256R1_SHA256);
        }

        @Override
        public CompletionStage<Bytes> sign(SignatureScheme scheme, Bytes content) {
            return CompletableFuture.completedFuture(Bytes.wrap(new byte[8]));
        }
    }

    /** Has the same ticket for everybody, and servers here take it. */
    private static final class AlwaysATicket implements TicketStore {
        private static final byte[] KEY = new byte[32];
        private static final CipherSuite SUITE = CipherSuite.TLS_AES_128_GCM_SHA256;
        private static final Duration LIFETIME = Duration.ofHours(1);
        private static final Instant ISSUED = NOW.minusSeconds(10);

        private final StoredTicket.Origin origin;
        private final Bytes ticket;

        AlwaysATicket(@Nullable String protocol) {
            origin = new StoredTicket.Origin(
                    "localhost",
                    protocol,
                    NamedGroup.X25519,
                    SignatureScheme.ECDSA_SECP256R1_SHA256,
                    List.of(certificate()),
                    null,
                    ISSUED,
                    null);
            ticket = Objects.requireNonNull(TicketProtector.of(CRYPTO, () -> List.of(ticketKey()), Bytes.empty())
                    .seal(
                            ticketKey(),
                            new TicketState(
                                    KEY,
                                    SUITE,
                                    ISSUED,
                                    LIFETIME,
                                    0,
                                    MAXIMUM_EARLY_DATA,
                                    origin,
                                    CertificateType.X509,
                                    Bytes.empty())));
        }

        @Override
        public void put(Key key, StoredTicket received) {
            received.wipe();
        }

        @Override
        public StoredTicket take(Key key, Instant now) {
            return stored();
        }

        private StoredTicket stored() {
            return new StoredTicket(ticket, KEY, SUITE, ISSUED, LIFETIME, 0, MAXIMUM_EARLY_DATA, FULL_RECORD, origin);
        }

        @Override
        public void remove(Key key, Set<Bytes> ids) {}

        @Override
        public void clear() {}
    }
}
