package dev.akushu.tls.server;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.Problem;
import dev.akushu.tls.Role;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.Trust;
import dev.akushu.tls.engine.PeerAuthenticated;
import dev.akushu.tls.identity.PeerKey;
import dev.akushu.tls.wire.Certificate;
import dev.akushu.tls.wire.CertificateEntry;
import dev.akushu.tls.wire.CertificateStatus;
import dev.akushu.tls.wire.CertificateVerify;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a client shows of itself, in the handshake or after it. RFC 9846 sections 4.5.1 and 4.5.2. */
final class ClientProof {
    private ClientProof() {}

    /** The chain that it shows, or null if it shows none. */
    static Trust.@Nullable PeerChain chain(TlsServer config, Certificate certificate) throws TlsException {
        List<CertificateEntry> entries = certificate.entries();
        for (CertificateEntry entry : entries) {
            requireSolicited(config, entry);
        }
        if (entries.isEmpty()) {
            return null;
        }
        List<Bytes> chain = entries.stream().map(CertificateEntry::data).toList();
        CertificateStatus status = entries.getFirst().extensions().find(CertificateStatus.class);
        return new Trust.PeerChain(Role.CLIENT, chain, null, status == null ? null : status.ocspResponse());
    }

    /** RFC 9846 4.5.1: an extension beside a certificate answers one of the request, which asks for no more than a status. */
    private static void requireSolicited(TlsServer config, CertificateEntry entry) throws TlsException {
        for (ExtensionType type : entry.extensions().types()) {
            if (!type.equals(ExtensionType.STATUS_REQUEST) || !ClientCertificateRequests.wantsOcspResponse(config)) {
                throw Problem.UNSOLICITED_EXTENSION.with(type, "Certificate");
            }
        }
    }

    /** What is to be verified, once the scheme is one that was offered and fits the key. */
    static PeerAuthenticated.Claim claim(
            TlsServer config, Trust.PeerChain peer, PeerKey key, CertificateVerify proof, byte[] transcriptHash)
            throws TlsException {
        List<SignatureScheme> offered = config.capabilities().signatureSchemes();
        if (!offered.contains(proof.algorithm())) {
            throw Problem.WRONG_SIGNATURE_SCHEME.with(proof.algorithm(), offered);
        }
        if (!key.fits(proof.algorithm())) {
            throw Problem.SCHEME_DOES_NOT_FIT_KEY.with(proof.algorithm(), key.description());
        }
        return new PeerAuthenticated.Claim(
                config.crypto(), config.clientTrust().orElseThrow(), peer, key, proof, transcriptHash);
    }
}
