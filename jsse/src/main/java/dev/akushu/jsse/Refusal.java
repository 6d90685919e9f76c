package dev.akushu.jsse;

import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.Trust;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** Finds out what a trust manager meant: "unable to find valid certification path" says neither which certificate nor where. */
final class Refusal {
    private final X509Certificate[] chain;
    private final Trust.PeerChain peer;
    private final Managers managers;

    Refusal(X509Certificate[] chain, Trust.PeerChain peer, Managers managers) {
        this.chain = chain;
        this.peer = peer;
        this.managers = managers;
    }

    /** The diagnosis, with {@code refused} as the cause. */
    TlsException explain(CertificateException refused) throws TlsException {
        if (find(refused, CertificateExpiredException.class) != null) {
            return outsideValidity(refused, Problem.CERTIFICATE_EXPIRED);
        }
        if (find(refused, CertificateNotYetValidException.class) != null) {
            return outsideValidity(refused, Problem.CERTIFICATE_NOT_YET_VALID);
        }
        if (find(refused, CertPathBuilderException.class) != null) {
            return withoutPath(refused);
        }
        String host = peer.hostName();
        boolean pathIsGood = find(refused, CertPathValidatorException.class) == null;
        if (pathIsGood && host != null && speaksOfNames(refused) && !peer.isFor(host)) {
            return Problem.HOST_NAME_MISMATCH.causedBy(refused, host, peer.names());
        }
        return Problem.CERTIFICATE_REFUSED.causedBy(refused, subject(chain[0]), String.valueOf(refused.getMessage()));
    }

    private TlsException outsideValidity(CertificateException refused, Problem problem) {
        Instant now = Instant.now();
        boolean expired = problem == Problem.CERTIFICATE_EXPIRED;
        for (X509Certificate certificate : chain) {
            Instant limit = expired
                    ? certificate.getNotAfter().toInstant()
                    : certificate.getNotBefore().toInstant();
            if (expired ? now.isAfter(limit) : now.isBefore(limit)) {
                return problem.causedBy(refused, subject(certificate), limit, now);
            }
        }
        // The fault lies in a certificate that the trust store added.
        return Problem.CERTIFICATE_REFUSED.causedBy(refused, subject(chain[0]), String.valueOf(refused.getMessage()));
    }

    /** The chain is followed as far as the peer sent it; the issuer of the last certificate is the one that is missing. */
    private TlsException withoutPath(CertificateException refused) {
        X509Certificate last = chain[0];
        Set<X500Principal> seen = new HashSet<>();
        while (seen.add(last.getSubjectX500Principal())) {
            X509Certificate issuer = issuerOf(last);
            if (issuer == null) {
                break;
            }
            last = issuer;
        }
        X509Certificate[] anchors = managers.trust().getAcceptedIssuers();
        int count = anchors == null ? 0 : anchors.length;
        if (last.getSubjectX500Principal().equals(last.getIssuerX500Principal())) {
            return Problem.SELF_SIGNED.causedBy(refused, subject(last), count, managers.trustStore());
        }
        List<String> received = Arrays.stream(chain).map(Refusal::subject).toList();
        return Problem.UNKNOWN_ISSUER.causedBy(
                refused,
                subject(last),
                last.getIssuerX500Principal().getName(),
                received,
                count,
                managers.trustStore());
    }

    private @Nullable X509Certificate issuerOf(X509Certificate certificate) {
        for (X509Certificate candidate : chain) {
            if (candidate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())
                    && !candidate.equals(certificate)) {
                return candidate;
            }
        }
        return null;
    }

    private static boolean speaksOfNames(CertificateException refused) {
        String message = String.valueOf(refused.getMessage());
        return message.contains("subject alternative") || message.contains("No name matching");
    }

    private static <T extends Throwable> @Nullable T find(Throwable from, Class<T> kind) {
        Throwable at = from;
        for (int depth = 0; at != null && depth < 16; depth++) {
            if (kind.isInstance(at)) {
                return kind.cast(at);
            }
            at = at.getCause();
        }
        return null;
    }

    private static String subject(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }
}
