package dev.akushu.tls.identity;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CertificateCheck.Kind;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.Problem;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.Trust.PeerChain;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a stapled OCSP response says, whether or not anything else is known of revoked certificates. RFC 6066 section 8, RFC 7633. */
final class StapledStatus {
    private StapledStatus() {}

    /**
     * Tells {@code progress} what was learned, and until when that holds: nothing, if there is no response that proves anything and the certificate
     * does not demand one.
     *
     * @throws TlsException {@link Problem#CERTIFICATE_REVOKED}, or {@link Problem#OCSP_RESPONSE_MISSING} or {@link Problem#OCSP_RESPONSE_UNUSABLE} if the certificate demands one
     */
    static void check(CandidatePath path, PeerChain peer, Instant now, CheckProgress progress) throws TlsException {
        progress.begin(Kind.REVOCATION, 0);
        boolean demanded = isDemanded(path, peer);
        Bytes response = peer.ocspResponse();
        if (response == null) {
            if (demanded) {
                throw Problem.OCSP_RESPONSE_MISSING.with(path.own().subject());
            }
            return;
        }
        TlsException unusable = unusable(path, response, now, progress);
        if (unusable == null) {
            progress.passed(Kind.REVOCATION, 0, "OCSP, stapled");
            return;
        }
        if (demanded) {
            throw Problem.OCSP_RESPONSE_UNUSABLE.causedBy(
                    unusable, path.own().subject(), unusable.diagnosis().fact("reason"));
        }
    }

    /** Whether the server's certificate is good only with a response that says so. RFC 7633 section 4.2.3. */
    static boolean isDemanded(CandidatePath path, PeerChain peer) throws TlsException {
        return peer.peer() == Role.SERVER
                && path.own().reader().tlsFeatures().contains(ExtensionType.STATUS_REQUEST.code());
    }

    /** Why the response proves nothing, or null if it says that the certificate is good. */
    private static @Nullable TlsException unusable(
            CandidatePath path, Bytes response, Instant now, CheckProgress progress) throws TlsException {
        try {
            progress.holdsUntil(OcspCheck.stapled(path, 0, response, now));
            return null;
        } catch (TlsException e) {
            if (e.problem() != Problem.REVOCATION_UNKNOWN) {
                throw e;
            }
            progress.holdsForThisMoment();
            return e;
        }
    }
}
