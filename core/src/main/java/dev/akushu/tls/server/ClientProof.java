package dev.akushu.tls.server;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CertificateType;
import dev.akushu.tls.ClientAuthentication;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.Problem;
import dev.akushu.tls.Role;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.Trust;
import dev.akushu.tls.engine.Claimant;
import dev.akushu.tls.engine.PeerAuthenticated;
import dev.akushu.tls.identity.CertificateFilters;
import dev.akushu.tls.identity.CertificateReader;
import dev.akushu.tls.identity.PeerKey;
import dev.akushu.tls.wire.Certificate;
import dev.akushu.tls.wire.CertificateEntry;
import dev.akushu.tls.wire.CertificateStatus;
import dev.akushu.tls.wire.CertificateVerify;
import dev.akushu.tls.wire.SignedCertificateTimestamps;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a client shows of itself, in the handshake or after it. RFC 9846 sections 4.5.1 and 4.5.2. */
final class ClientProof {
    private ClientProof() {}

    /**
     * What the client shows if it is asked: the first of its types that is judged here. Null if there is none, and the client is not to be asked then.
     *
     * @param full whether the handshake is by certificates, so that it is asked now if the configuration says so
     * @throws TlsException {@link Problem#NO_COMMON_CERTIFICATE_TYPE} if it must be asked now, or both ends have named types and have none in common: RFC 7250 4.2 wants that to end the handshake
     */
    static @Nullable CertificateType type(TlsServer config, ClientWishes wishes, boolean full) throws TlsException {
        List<CertificateType> offered = wishes.clientTypes();
        List<CertificateType> judged = new ArrayList<>();
        config.clientTrust().ifPresent(trust -> judged.add(CertificateType.X509));
        config.rawClientKeys().ifPresent(keys -> judged.add(CertificateType.RAW_PUBLIC_KEY));
        for (CertificateType type : offered) {
            if (judged.contains(type)) {
                return type;
            }
        }
        boolean asks = full && config.clientAuthentication() != ClientAuthentication.NONE;
        boolean bothNamed = config.rawClientKeys().isPresent()
                && wishes.hello().extensions().has(ExtensionType.CLIENT_CERTIFICATE_TYPE);
        if (asks && (bothNamed || config.clientAuthentication() == ClientAuthentication.REQUIRED)) {
            throw Problem.NO_COMMON_CERTIFICATE_TYPE.with(offered, judged);
        }
        return null;
    }

    /**
     * What it shows, or null if it shows nothing.
     *
     * @param type that was agreed on
     */
    static @Nullable Claimant claimant(TlsServer config, CertificateType type, Certificate certificate)
            throws TlsException {
        List<CertificateEntry> entries = certificate.entries();
        for (CertificateEntry entry : entries) {
            requireSolicited(config, entry);
        }
        if (entries.isEmpty()) {
            return null;
        }
        if (type.equals(CertificateType.RAW_PUBLIC_KEY)) {
            return Claimant.Raw.of(config.rawClientKeys().orElseThrow(), Role.CLIENT, entries, null);
        }
        List<Bytes> chain = entries.stream().map(CertificateEntry::data).toList();
        requireMatch(config, chain.getFirst());
        CertificateStatus status = entries.getFirst().extensions().find(CertificateStatus.class);
        Bytes response = status == null ? null : status.ocspResponse();
        return new Claimant.Certified(
                config.clientTrust().orElseThrow(),
                new Trust.PeerChain(
                        Role.CLIENT,
                        chain,
                        null,
                        response,
                        SignedCertificateTimestamps.in(entries.getFirst().extensions()),
                        config.capabilities().certificateSchemes()));
    }

    /** RFC 9846 4.3.5: a client may have passed over a filter; then the server may break off. */
    private static void requireMatch(TlsServer config, Bytes own) throws TlsException {
        if (config.clientCertificateFilters().isEmpty()) {
            return;
        }
        CertificateFilters filters = CertificateFilters.of(config.clientCertificateFilters());
        CertificateReader certificate = CertificateReader.of(own);
        if (!filters.match(certificate)) {
            throw Problem.CERTIFICATE_USAGE.with(
                    certificate.subjectText(), filters.text(), CertificateFilters.found(certificate));
        }
    }

    /** RFC 9846 4.5.1: an extension beside a certificate answers one of the request. */
    private static void requireSolicited(TlsServer config, CertificateEntry entry) throws TlsException {
        for (ExtensionType type : entry.extensions().types()) {
            boolean asked = type.equals(ExtensionType.STATUS_REQUEST)
                    ? ClientCertificateRequests.wantsOcspResponse(config)
                    : type.equals(ExtensionType.SIGNED_CERTIFICATE_TIMESTAMP) && config.clientCertificateTimestamps();
            if (!asked) {
                throw Problem.UNSOLICITED_EXTENSION.with(type, "Certificate");
            }
        }
    }

    /** What is to be verified, once the scheme is one that was offered and fits the key. */
    static PeerAuthenticated.Claim claim(
            TlsServer config, Claimant claimant, PeerKey key, CertificateVerify proof, byte[] transcriptHash)
            throws TlsException {
        List<SignatureScheme> offered = config.capabilities().signatureSchemes();
        if (!offered.contains(proof.algorithm())) {
            throw Problem.WRONG_SIGNATURE_SCHEME.with(proof.algorithm(), offered);
        }
        if (!key.fits(proof.algorithm())) {
            throw Problem.SCHEME_DOES_NOT_FIT_KEY.with(proof.algorithm(), key.description());
        }
        return new PeerAuthenticated.Claim(config.crypto(), claimant, key, proof, transcriptHash);
    }
}
