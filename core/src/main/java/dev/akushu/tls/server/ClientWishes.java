package dev.akushu.tls.server;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CertificateType;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.IdentitySource;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.Policy;
import dev.akushu.tls.Problem;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.TicketRequest;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.engine.Alpn;
import dev.akushu.tls.record.RecordLimits;
import dev.akushu.tls.wire.CertificateAuthorities;
import dev.akushu.tls.wire.ClientCertificateTypes;
import dev.akushu.tls.wire.ClientHello;
import dev.akushu.tls.wire.ClientTicketRequest;
import dev.akushu.tls.wire.Extensions;
import dev.akushu.tls.wire.KeyShareClientHello;
import dev.akushu.tls.wire.KeyShareEntry;
import dev.akushu.tls.wire.OfferedPsks;
import dev.akushu.tls.wire.ProtocolNameList;
import dev.akushu.tls.wire.ProtocolVersion;
import dev.akushu.tls.wire.PskKeyExchangeMode;
import dev.akushu.tls.wire.PskKeyExchangeModes;
import dev.akushu.tls.wire.RecordSizeLimit;
import dev.akushu.tls.wire.ServerCertificateTypes;
import dev.akushu.tls.wire.ServerName;
import dev.akushu.tls.wire.SignatureAlgorithms;
import dev.akushu.tls.wire.SignatureAlgorithmsCert;
import dev.akushu.tls.wire.SupportedGroups;
import dev.akushu.tls.wire.SupportedVersions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the client wishes for, after every check that a ClientHello must pass whatever the server then chooses. RFC 9846 sections 4.2.2 and 9.2.
 *
 * @param hello the ClientHello
 * @param groups its groups, best first
 * @param shares its key shares
 * @param signatureSchemes it accepts in the handshake; empty if it named none
 * @param applicationProtocols it offers by ALPN; empty if none
 * @param serverName it asks for, or null
 * @param pskModes how it takes a pre-shared key; empty if it does not say
 * @param psks it offers, or null
 * @param earlyData whether early data comes behind the ClientHello
 */
record ClientWishes(
        ClientHello hello,
        List<NamedGroup> groups,
        List<KeyShareEntry> shares,
        List<SignatureScheme> signatureSchemes,
        List<String> applicationProtocols,
        @Nullable String serverName,
        List<PskKeyExchangeMode> pskModes,
        @Nullable OfferedPsks psks,
        boolean earlyData) {
    /** No suite, but a sign that the client has fallen back to an older version. RFC 7507 section 2. */
    private static final CipherSuite TLS_FALLBACK_SCSV = CipherSuite.of(0x5600);

    private static final int FEW = 16;

    /** Checks {@code hello} and takes it apart. */
    static ClientWishes of(ClientHello hello) throws TlsException {
        Extensions extensions = hello.extensions();
        requireVersion(extensions, hello);
        requireNoCompression(hello);
        OfferedPsks psks = psks(extensions);
        List<NamedGroup> groups = groups(extensions, psks);
        SignatureAlgorithms schemes = extensions.find(SignatureAlgorithms.class);
        if (schemes == null && psks == null) {
            throw missing(ExtensionType.SIGNATURE_ALGORITHMS);
        }
        ProtocolNameList protocols = extensions.find(ProtocolNameList.class);
        PskKeyExchangeModes modes = extensions.find(PskKeyExchangeModes.class);
        return new ClientWishes(
                hello,
                groups,
                shares(extensions, groups),
                schemes == null ? List.of() : schemes.supportedSignatureAlgorithms(),
                protocols == null ? List.of() : Alpn.names(protocols),
                serverName(extensions),
                modes == null ? List.of() : modes.keModes(),
                psks,
                extensions.has(ExtensionType.EARLY_DATA));
    }

    /** Whether it takes a pre-shared key in a way that {@code policy} has too. RFC 9846 section 4.3.9. */
    boolean takesPsk(Policy policy) {
        return pskModes.contains(PskKeyExchangeMode.PSK_DHE_KE) || takesPskKe(policy);
    }

    /** Whether it takes a pre-shared key without a key exchange, and {@code policy} does. */
    boolean takesPskKe(Policy policy) {
        return policy.pskKe() && pskModes.contains(PskKeyExchangeMode.PSK_KE);
    }

    /** What the choice of an identity depends on. */
    IdentitySource.Request identityRequest() {
        CertificateAuthorities authorities = hello.extensions().find(CertificateAuthorities.class);
        return new IdentitySource.Request(
                serverName,
                signatureSchemes,
                certificateSchemes(),
                authorities == null ? List.of() : authorities.authorities(),
                List.of(),
                serverTypes());
    }

    /** What it takes as the server's proof, best first: certificates alone unless it says otherwise. RFC 7250 section 4.1. */
    List<CertificateType> serverTypes() {
        ServerCertificateTypes types = hello.extensions().find(ServerCertificateTypes.class);
        return types == null ? List.of(CertificateType.X509) : types.serverCertificateTypes();
    }

    /** What it can show, best first. */
    List<CertificateType> clientTypes() {
        ClientCertificateTypes types = hello.extensions().find(ClientCertificateTypes.class);
        return types == null ? List.of(CertificateType.X509) : types.clientCertificateTypes();
    }

    /** The schemes it accepts inside certificates: the others, unless it names them apart. RFC 9846 section 4.3.3. */
    List<SignatureScheme> certificateSchemes() {
        SignatureAlgorithmsCert schemes = hello.extensions().find(SignatureAlgorithmsCert.class);
        return schemes == null ? signatureSchemes : schemes.supportedSignatureAlgorithms();
    }

    /** What it takes in a record, and whether it knows that one may say so: null if not. RFC 8449 section 4. */
    @Nullable Integer recordSizeLimit() {
        RecordSizeLimit limit = hello.extensions().find(RecordSizeLimit.class);
        // A client that knows later versions may take more than TLS 1.3 allows.
        return limit == null ? null : Math.min(limit.recordSizeLimit(), RecordLimits.INNER_PLAINTEXT);
    }

    /** How many tickets it would like, or null if it does not say. RFC 9149 section 3. */
    @Nullable TicketRequest ticketRequest() {
        ClientTicketRequest request = hello.extensions().find(ClientTicketRequest.class);
        return request == null ? null : new TicketRequest(request.newSessionCount(), request.resumptionCount());
    }

    List<CipherSuite> suites() {
        return hello.cipherSuites();
    }

    List<NamedGroup> sharedGroups() {
        return shares.stream().map(KeyShareEntry::group).toList();
    }

    /** The client's share for {@code group}, or null. */
    @Nullable Bytes share(NamedGroup group) {
        for (KeyShareEntry share : shares) {
            if (share.group().equals(group)) {
                return share.keyExchange();
            }
        }
        return null;
    }

    private static void requireVersion(Extensions extensions, ClientHello hello) throws TlsException {
        SupportedVersions versions = extensions.find(SupportedVersions.class);
        List<ProtocolVersion> offered =
                versions == null ? List.of(ProtocolVersion.of(hello.legacyVersion())) : versions.versions();
        if (versions == null || !offered.contains(ProtocolVersion.TLS_1_3)) {
            // RFC 7507 3: a client that fell back although this server speaks TLS 1.3 may have been made to by an
            // attacker. Whoever serves older versions beside this server must not serve this client either.
            throw hello.cipherSuites().contains(TLS_FALLBACK_SCSV)
                    ? Problem.INAPPROPRIATE_FALLBACK.with(offered)
                    : Problem.CLIENT_TOO_OLD.with(offered);
        }
        // RFC 9846 4.2.2: it decides nothing, yet any other value MUST give protocol_version.
        if (hello.legacyVersion() != ProtocolVersion.TLS_1_2.code()) {
            throw Problem.WRONG_LEGACY_VERSION.with(ProtocolVersion.of(hello.legacyVersion()));
        }
    }

    private static void requireNoCompression(ClientHello hello) throws TlsException {
        Bytes methods = hello.legacyCompressionMethods();
        if (methods.length() != 1 || methods.at(0) != 0) {
            throw Problem.COMPRESSION_OFFERED.with(methods);
        }
    }

    private static @Nullable OfferedPsks psks(Extensions extensions) throws TlsException {
        OfferedPsks psks = extensions.find(OfferedPsks.class);
        if (psks == null) {
            return null;
        }
        // RFC 9846 4.3.11: what comes behind would not be covered by the binders.
        if (!(extensions.last() instanceof OfferedPsks)) {
            throw Problem.PSK_NOT_LAST.with(extensions.types().getLast());
        }
        if (psks.identities().size() != psks.binders().size()) {
            throw Problem.PSK_BINDER_COUNT.with(
                    psks.identities().size(), psks.binders().size());
        }
        if (!extensions.has(ExtensionType.PSK_KEY_EXCHANGE_MODES)) {
            throw missing(ExtensionType.PSK_KEY_EXCHANGE_MODES);
        }
        return psks;
    }

    private static List<NamedGroup> groups(Extensions extensions, @Nullable OfferedPsks psks) throws TlsException {
        SupportedGroups groups = extensions.find(SupportedGroups.class);
        boolean hasShares = extensions.has(ExtensionType.KEY_SHARE);
        // RFC 9846 9.2: both or neither, and neither only with a pre-shared key.
        if (groups == null && (hasShares || psks == null)) {
            throw missing(ExtensionType.SUPPORTED_GROUPS);
        }
        if (groups != null && !hasShares) {
            throw missing(ExtensionType.KEY_SHARE);
        }
        return groups == null ? List.of() : groups.namedGroupList();
    }

    private static List<KeyShareEntry> shares(Extensions extensions, List<NamedGroup> groups) throws TlsException {
        KeyShareClientHello shares = extensions.find(KeyShareClientHello.class);
        if (shares == null) {
            return List.of();
        }
        // Sets, because a hostile client lists thousands of both; an honest one lists so few that they cost more.
        int count = shares.clientShares().size();
        Collection<NamedGroup> listed = groups.size() > FEW ? new HashSet<>(groups) : groups;
        Collection<NamedGroup> seen = count > FEW ? new HashSet<>() : new ArrayList<>(count);
        for (KeyShareEntry share : shares.clientShares()) {
            // RFC 9846 4.3.8: one share a group, and none for a group that is not listed.
            if (seen.contains(share.group())) {
                throw Problem.DUPLICATE_KEY_SHARE.with(share.group());
            }
            seen.add(share.group());
            if (!listed.contains(share.group())) {
                throw Problem.KEY_SHARE_NOT_IN_GROUPS.with(share.group(), groups);
            }
        }
        return shares.clientShares();
    }

    private static @Nullable String serverName(Extensions extensions) throws TlsException {
        ServerName name = extensions.find(ServerName.class);
        if (name == null) {
            return null;
        }
        String text = name.hostName().printableAscii();
        // RFC 6066 3: a DNS name in ASCII without a trailing dot.
        if (!Bytes.ofAscii(text).equals(name.hostName()) || text.length() > 255 || text.indexOf(' ') >= 0) {
            throw Problem.ILLEGAL_VALUE.with("HostName", text, "a DNS name in ASCII");
        }
        return text;
    }

    private static TlsException missing(ExtensionType type) {
        return Problem.MISSING_EXTENSION.with(type, "ClientHello");
    }
}
