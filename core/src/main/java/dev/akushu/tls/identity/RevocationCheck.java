package dev.akushu.tls.identity;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CertificateCheck.Kind;
import dev.akushu.tls.Problem;
import dev.akushu.tls.Revocation;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.identity.ReceivedChain.Received;
import java.security.cert.CRLReason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether the certificates of a path that is valid otherwise were revoked. Immutable. */
final class RevocationCheck {
    private static final String STAPLED = "OCSP, stapled";

    private final Revocation revocation;
    private final RevocationLists lists;

    RevocationCheck(Revocation revocation) {
        this.revocation = revocation;
        this.lists = RevocationLists.of(revocation.lists());
    }

    /** Tells one way of learning from another, the same in every run. */
    String scope() {
        String source = switch (revocation.source()) {
            case LISTS -> "lists " + lists.fingerprint().hex();
            case NETWORK -> "network";
        };
        return "revocation " + source + (revocation.ownCertificateOnly() ? " own" : "")
                + (revocation.unknownAccepted() ? " unknown" : "");
    }

    /**
     * Tells {@code progress} what was learned, from the peer's own certificate upwards, and until when that holds.
     *
     * @param ocspResponse stapled to the peer's own certificate, or null
     * @throws TlsException {@link Problem#CERTIFICATE_REVOKED}, or {@link Problem#REVOCATION_UNKNOWN} if that is not
     *     accepted
     */
    void check(CandidatePath path, @Nullable Bytes ocspResponse, Instant now, CheckProgress progress)
            throws TlsException {
        int count = revocation.ownCertificateOnly() ? 1 : path.certificates().size();
        for (int i = 0; i < count; i++) {
            progress.begin(Kind.REVOCATION, i);
            try {
                progress.passed(Kind.REVOCATION, i, learn(path, i, i == 0 ? ocspResponse : null, now, progress));
            } catch (TlsException e) {
                if (e.problem() != Problem.REVOCATION_UNKNOWN || !revocation.unknownAccepted()) {
                    throw e;
                }
                progress.holdsForThisMoment();
            }
        }
    }

    private String learn(CandidatePath path, int index, @Nullable Bytes stapled, Instant now, CheckProgress progress)
            throws TlsException {
        boolean proved = stapled != null && isProof(path, index, stapled, now, progress);
        if (proved && revocation.source() == Revocation.Source.NETWORK) {
            return STAPLED;
        }
        try {
            return switch (revocation.source()) {
                case LISTS -> lists.check(path.certificates().get(index), issuer(path, index), now, progress);
                case NETWORK -> {
                    // The JDK does not say until when the answer holds; the next one may be another.
                    progress.holdsForThisMoment();
                    yield OcspCheck.network(path, index, now);
                }
            };
        } catch (TlsException e) {
            // The peer chooses what it staples, perhaps a response from before it was revoked: so a list has the last
            // word.
            if (proved && e.problem() == Problem.REVOCATION_UNKNOWN) {
                return STAPLED;
            }
            throw e;
        }
    }

    private static boolean isProof(CandidatePath path, int index, Bytes stapled, Instant now, CheckProgress progress)
            throws TlsException {
        try {
            progress.holdsUntil(OcspCheck.stapled(path, index, stapled, now));
            return true;
        } catch (TlsException e) {
            // A response that is no proof either way must not keep the other ways from being tried.
            if (e.problem() != Problem.REVOCATION_UNKNOWN) {
                throw e;
            }
            progress.holdsForThisMoment();
            return false;
        }
    }

    /** RFC 5280 section 5.3.1's name for a reason. */
    static String reason(@Nullable CRLReason reason) {
        return switch (reason) {
            case null -> "unspecified";
            case UNSPECIFIED, UNUSED -> "unspecified";
            case KEY_COMPROMISE -> "keyCompromise";
            case CA_COMPROMISE -> "cACompromise";
            case AFFILIATION_CHANGED -> "affiliationChanged";
            case SUPERSEDED -> "superseded";
            case CESSATION_OF_OPERATION -> "cessationOfOperation";
            case CERTIFICATE_HOLD -> "certificateHold";
            case REMOVE_FROM_CRL -> "removeFromCRL";
            case PRIVILEGE_WITHDRAWN -> "privilegeWithdrawn";
            case AA_COMPROMISE -> "aACompromise";
        };
    }

    private static RevocationLists.Issuer issuer(CandidatePath path, int index) throws TlsException {
        if (index + 1 < path.certificates().size()) {
            Received issuer = path.certificates().get(index + 1);
            return new RevocationLists.Issuer(
                    issuer.x509().getPublicKey(), issuer.reader().keyUsage());
        }
        return new RevocationLists.Issuer(
                path.anchor().certificate().getPublicKey(), path.anchor().keyUsage());
    }
}
