package dev.akushu.fuzz;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CertificateCheck;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.Trust;
import dev.akushu.tls.identity.CertificateReader;
import java.util.List;

/**
 * Accepts every certificate, and what comes beside one only if it was asked for: the engine has to refuse the rest.
 *
 * @param wantsResponses whether peers are asked for OCSP responses
 * @param wantsTimestamps whether peers are asked for certificate timestamps
 * @param namesAuthorities whether peers are told of the one that certified the certificate that all show
 */
record AnyTrust(boolean wantsResponses, boolean wantsTimestamps, boolean namesAuthorities) implements Trust {
    private static final Trust ANY = Trust.dangerAcceptAnyCertificate();

    @Override
    public List<CertificateCheck> verify(PeerChain peer) throws TlsException {
        if (peer.ocspResponse() != null && !wantsResponses) {
            throw new IllegalStateException("an OCSP response that nobody has asked for");
        }
        if (!peer.timestamps().isEmpty() && !wantsTimestamps) {
            throw new IllegalStateException("certificate timestamps that nobody has asked for");
        }
        return ANY.verify(peer);
    }

    @Override
    public boolean wantsOcspResponse(Role peer) {
        return wantsResponses;
    }

    @Override
    public List<Bytes> authorities() {
        return namesAuthorities ? List.of(authority()) : List.of();
    }

    @Override
    public String scope() {
        return ANY.scope();
    }

    private static Bytes authority() {
        try {
            return CertificateReader.of(Settings.certificate()).issuer();
        } catch (TlsException refused) {
            throw new IllegalStateException(refused);
        }
    }
}
