package dev.akushu.tls.identity;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CertificateCheck;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.Problem;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.Trust.PeerChain;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a stapled OCSP response says, whether or not anything else is known of revoked certificates. RFC 6066 section 8, RFC 7633. */
final class StapledStatus {
    private StapledStatus() {}

    /**
     * What was learned: nothing, if there is no response that proves anything and the certificate does not demand one.
     *
     * @throws TlsException {@link Problem#CERTIFICATE_REVOKED}, or {@link Problem#OCSP_RESPONSE_MISSING} or {@link Problem#OCSP_RESPONSE_UNUSABLE} if the certificate demands one
     */
    static List<CertificateCheck> check(CandidatePath path, PeerChain peer, Instant now) throws TlsException {
        boolean demanded = isDemanded(path, peer);
        Bytes response = peer.ocspResponse();
        if (response == null) {
            if (demanded) {
                throw Problem.OCSP_RESPONSE_MISSING.with(path.own().subject());
            }
            return List.of();
        }
        TlsException unusable = unusable(path, response, now);
        if (unusable == null) {
            return List.of(new CertificateCheck(
                    CertificateCheck.Kind.REVOCATION, path.own().subject(), "OCSP, stapled"));
        }
        if (demanded) {
            throw Problem.OCSP_RESPONSE_UNUSABLE.causedBy(
                    unusable, path.own().subject(), unusable.diagnosis().fact("reason"));
        }
        return List.of();
    }

    /** Whether the server's certificate is good only with a response that says so. RFC 7633 section 4.2.3. */
    static boolean isDemanded(CandidatePath path, PeerChain peer) throws TlsException {
        return peer.peer() == Role.SERVER
                && path.own().reader().tlsFeatures().contains(ExtensionType.STATUS_REQUEST.code());
    }

    /** Why the response proves nothing, or null if it says that the certificate is good. */
    private static @Nullable TlsException unusable(CandidatePath path, Bytes response, Instant now)
            throws TlsException {
        try {
            OcspCheck.stapled(path, 0, response, now);
            return null;
        } catch (TlsException e) {
            if (e.problem() != Problem.REVOCATION_UNKNOWN) {
                throw e;
            }
            return e;
        }
    }
}
