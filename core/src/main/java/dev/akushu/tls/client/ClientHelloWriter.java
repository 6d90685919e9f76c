package dev.akushu.tls.client;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.Capabilities;
import dev.akushu.tls.CertificateType;
import dev.akushu.tls.EarlyDataOutcome;
import dev.akushu.tls.IdentitySource;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.crypto.KeyExchange;
import dev.akushu.tls.crypto.KeyExchange.ClientShare;
import dev.akushu.tls.engine.Alpn;
import dev.akushu.tls.engine.CertificatePacking;
import dev.akushu.tls.schedule.Transcript;
import dev.akushu.tls.wire.CertificateAuthorities;
import dev.akushu.tls.wire.ClientCertificateTypes;
import dev.akushu.tls.wire.ClientHello;
import dev.akushu.tls.wire.ClientTicketRequest;
import dev.akushu.tls.wire.CompressCertificate;
import dev.akushu.tls.wire.Cookie;
import dev.akushu.tls.wire.EarlyDataIndication;
import dev.akushu.tls.wire.Extension;
import dev.akushu.tls.wire.Extensions;
import dev.akushu.tls.wire.HandshakeCodec;
import dev.akushu.tls.wire.KeyShareClientHello;
import dev.akushu.tls.wire.KeyShareEntry;
import dev.akushu.tls.wire.OfferedPsks;
import dev.akushu.tls.wire.PostHandshakeAuth;
import dev.akushu.tls.wire.ProtocolVersion;
import dev.akushu.tls.wire.PskIdentity;
import dev.akushu.tls.wire.PskKeyExchangeMode;
import dev.akushu.tls.wire.PskKeyExchangeModes;
import dev.akushu.tls.wire.RecordSizeLimit;
import dev.akushu.tls.wire.ServerCertificateTypes;
import dev.akushu.tls.wire.ServerName;
import dev.akushu.tls.wire.SignatureAlgorithms;
import dev.akushu.tls.wire.SignatureAlgorithmsCert;
import dev.akushu.tls.wire.SignedCertificateTimestampRequest;
import dev.akushu.tls.wire.StatusRequest;
import dev.akushu.tls.wire.SupportedGroups;
import dev.akushu.tls.wire.SupportedVersions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the ClientHello, the first and the one after a retry. RFC 9846 section 4.2.2. */
final class ClientHelloWriter {
    private static final List<CertificateType> X509_ALONE = List.of(CertificateType.X509);
    private static final List<PskKeyExchangeMode> WITH_KEY_EXCHANGE = List.of(PskKeyExchangeMode.PSK_DHE_KE);
    private static final List<PskKeyExchangeMode> ANY_MODE =
            List.of(PskKeyExchangeMode.PSK_DHE_KE, PskKeyExchangeMode.PSK_KE);
    /** As many as there are, more or less. */
    private static final int MANY_EXTENSIONS = 20;

    private static final Bytes NULL_COMPRESSION = Bytes.wrap(new byte[1]);

    private final ClientSetting setting;
    private final TlsClient config;
    private final Capabilities capabilities;

    ClientHelloWriter(ClientSetting setting) {
        this.setting = setting;
        this.config = setting.config();
        this.capabilities = config.capabilities();
    }

    /** The first ClientHello, which offers {@code psks}, and early data if it may. */
    Offer first(List<OfferedPsk> psks, EarlyAttempt early) {
        SecureRandom random = config.crypto().random();
        // RFC 9846 appendix E.4: a session id of 32 bytes makes old middleboxes take this for a resumption of TLS 1.2.
        Bytes sessionId = config.compatibilityMode() ? randomBytes(random, 32) : Bytes.empty();
        List<ClientShare> shares = generateShares(random);
        List<KeyShareEntry> first = setting.variation().shares(entries(shares));
        ClientHello hello = hello(randomBytes(random, 32), sessionId, extensions(first, null, psks, early));
        return sealed(hello, shares, psks, early, null);
    }

    /**
     * The ClientHello after a retry: the same but for what RFC 9846 section 4.2.2 lists.
     *
     * @param shares the one for the group that was asked for, or those of the first ClientHello
     * @param cookie to echo, or null
     * @param psks to offer again: those whose hash fits the suite that was chosen
     * @param transcript message_hash and HelloRetryRequest
     */
    Offer again(
            Offer first,
            List<ClientShare> shares,
            @Nullable Bytes cookie,
            List<OfferedPsk> psks,
            Transcript transcript) {
        // RFC 9846 4.2.2: the retry has refused early data, so it is not offered again.
        EarlyAttempt early = first.early().isPending() ? first.early().with(EarlyDataOutcome.RETRY) : first.early();
        // RFC 9846 4.2.2: either the one share that was asked for and nothing else, or the same shares as before.
        List<KeyShareEntry> sent =
                shares.equals(first.shares()) ? setting.variation().shares(entries(shares)) : entries(shares);
        ClientHello hello =
                hello(first.hello().random(), first.hello().legacySessionId(), extensions(sent, cookie, psks, early));
        return sealed(hello, shares, psks, early, transcript);
    }

    private ClientHello hello(Bytes random, Bytes sessionId, Extensions extensions) {
        return new ClientHello(
                ProtocolVersion.TLS_1_2.code(),
                random,
                sessionId,
                setting.variation().suites(capabilities.suites()),
                NULL_COMPRESSION,
                extensions);
    }

    private static List<KeyShareEntry> entries(List<ClientShare> shares) {
        List<KeyShareEntry> entries = new ArrayList<>(shares.size());
        for (ClientShare share : shares) {
            entries.add(new KeyShareEntry(share.group(), share.share()));
        }
        return entries;
    }

    private Extensions extensions(
            List<KeyShareEntry> shares, @Nullable Bytes cookie, List<OfferedPsk> psks, EarlyAttempt early) {
        HelloVariation variation = setting.variation();
        List<Extension> all = new ArrayList<>(MANY_EXTENSIONS);
        String serverName = setting.serverName();
        if (serverName != null) {
            all.add(new ServerName(Bytes.ofAscii(serverName)));
        }
        all.add(new SupportedVersions(variation.versions(List.of(ProtocolVersion.TLS_1_3))));
        all.add(new SupportedGroups(variation.groups(capabilities.groups())));
        all.add(new KeyShareClientHello(shares));
        if (config.acceptsSignatures()) {
            addWhatCertificatesMustBeLike(all);
        }
        if (!config.applicationProtocols().isEmpty()) {
            all.add(Alpn.offer(config.applicationProtocols()));
        }
        if (cookie != null) {
            all.add(new Cookie(cookie));
        }
        // RFC 8449 4: even without a limit of its own, so that the server may say what it takes.
        all.add(new RecordSizeLimit(config.records().sizeLimit()));
        CompressCertificate compressions = CertificatePacking.offer(config.certificateCompressions());
        if (compressions != null && config.acceptsSignatures()) {
            all.add(compressions);
        }
        config.ticketRequest()
                .ifPresent(wish -> all.add(new ClientTicketRequest(wish.newSession(), wish.resumption())));
        if (config.postHandshakeAuthentication()) {
            all.add(new PostHandshakeAuth());
        }
        all.add(new PskKeyExchangeModes(config.policy().pskKe() ? ANY_MODE : WITH_KEY_EXCHANGE));
        if (early.isPending()) {
            all.add(new EarlyDataIndication());
        }
        if (!psks.isEmpty()) {
            all.add(unboundOffer(psks));
        }
        return variation.arrange(all);
    }

    /** RFC 9846 4.3.3: for a server that is to prove itself by a certificate. */
    private void addWhatCertificatesMustBeLike(List<Extension> all) {
        all.add(new SignatureAlgorithms(capabilities.signatureSchemes()));
        if (!capabilities.certificateSchemes().equals(capabilities.signatureSchemes())) {
            all.add(new SignatureAlgorithmsCert(capabilities.certificateSchemes()));
        }
        List<CertificateType> serverTypes = serverTypes();
        if (!serverTypes.equals(X509_ALONE)) {
            all.add(new ServerCertificateTypes(serverTypes));
        }
        List<CertificateType> clientTypes = clientTypes();
        if (!clientTypes.equals(X509_ALONE)) {
            all.add(new ClientCertificateTypes(clientTypes));
        }
        if (config.trust().wantsOcspResponse(Role.SERVER)) {
            // RFC 6066 8: responders that both know, and no extensions.
            all.add(new StatusRequest(List.of(), Bytes.empty()));
        }
        if (config.certificateTimestamps()) {
            all.add(new SignedCertificateTimestampRequest());
        }
        List<Bytes> authorities =
                config.certificateAuthorities() ? config.trust().authorities() : List.of();
        if (!authorities.isEmpty()) {
            all.add(new CertificateAuthorities(authorities));
        }
    }

    /** RFC 7250 4.1: in the order of preference; who takes certificates alone MUST say nothing. */
    private List<CertificateType> serverTypes() {
        if (config.rawServerKeys().isEmpty()) {
            return X509_ALONE;
        }
        if (!config.acceptsCertificates()) {
            return List.of(CertificateType.RAW_PUBLIC_KEY);
        }
        return config.certificatesFirst()
                ? List.of(CertificateType.X509, CertificateType.RAW_PUBLIC_KEY)
                : List.of(CertificateType.RAW_PUBLIC_KEY, CertificateType.X509);
    }

    private List<CertificateType> clientTypes() {
        List<CertificateType> types = config.identity()
                .map(identity -> List.of(identity.type()))
                .orElseGet(() -> config.identities().map(IdentitySource::types).orElse(X509_ALONE));
        return types.isEmpty() ? X509_ALONE : types;
    }

    /** The offer with binders of zeros in the place of the real ones, which cover all that comes before them. */
    private OfferedPsks unboundOffer(List<OfferedPsk> psks) {
        Instant now = setting.now();
        List<PskIdentity> identities = new ArrayList<>(psks.size());
        List<Bytes> binders = new ArrayList<>(psks.size());
        for (OfferedPsk psk : psks) {
            identities.add(psk.identity(now));
            binders.add(Bytes.wrap(new byte[psk.hash().length()]));
        }
        return new OfferedPsks(identities, binders);
    }

    private Offer sealed(
            ClientHello hello,
            List<ClientShare> shares,
            List<OfferedPsk> psks,
            EarlyAttempt early,
            @Nullable Transcript transcript) {
        byte[] encoded = HandshakeCodec.encode(hello);
        if (psks.isEmpty()) {
            return new Offer(setting, hello, encoded, shares, psks, early);
        }
        List<Bytes> binders = new ArrayList<>(psks.size());
        for (OfferedPsk psk : psks) {
            // RFC 9846 4.3.11.2: the first ClientHello is hashed by the hash of each key.
            Transcript before = transcript == null ? new Transcript(psk.hash()) : transcript;
            byte[] truncatedHash = before.hashWithTruncated(encoded, hello.bindersLength());
            binders.add(Bytes.wrap(psk.earlySecret().binder(psk.kind(), truncatedHash)));
        }
        ClientHello bound = hello.withBinders(binders);
        bound.writeBinders(encoded);
        return new Offer(setting, bound, encoded, shares, psks, early);
    }

    private List<ClientShare> generateShares(SecureRandom random) {
        List<ClientShare> shares = new ArrayList<>(capabilities.keyShares().size());
        for (NamedGroup group : capabilities.keyShares()) {
            shares.add(shareFor(group, shares, random));
        }
        return List.copyOf(shares);
    }

    /** The key for {@code group}: the classical half of a hybrid that is there already, at no cost, or a new one. */
    private ClientShare shareFor(NamedGroup group, List<ClientShare> present, SecureRandom random) {
        for (ClientShare share : present) {
            ClientShare half = share.classicalHalf();
            if (half != null && half.group().equals(group)) {
                return half;
            }
        }
        return generate(group, random);
    }

    /** A fresh key for {@code group}, which is among the capabilities and so has an implementation. */
    ClientShare generate(NamedGroup group, SecureRandom random) {
        KeyExchange exchange = config.crypto().group(group);
        if (exchange == null) {
            throw new IllegalStateException("no implementation of " + group);
        }
        return exchange.generate(random);
    }

    private static Bytes randomBytes(SecureRandom random, int length) {
        byte[] octets = new byte[length];
        random.nextBytes(octets);
        return Bytes.wrap(octets);
    }
}
