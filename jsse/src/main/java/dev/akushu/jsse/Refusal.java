package dev.akushu.jsse;

import dev.akushu.tls.Problem;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.Trust;
import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.CertificateRevokedException;
import java.security.cert.PKIXReason;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
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
        CertPathValidatorException invalid = find(refused, CertPathValidatorException.class);
        if (invalid != null) {
            return invalidPath(refused, invalid);
        }
        List<String> purposes = purposes();
        if (speaksOfUsage(refused) && !purposes.isEmpty()) {
            String needed = peer.peer() == Role.SERVER ? "serverAuth" : "clientAuth";
            return Problem.CERTIFICATE_USAGE.causedBy(refused, subject(chain[0]), needed, purposes);
        }
        String host = peer.hostName();
        if (host != null && speaksOfNames(refused) && !peer.isFor(host)) {
            return Problem.HOST_NAME_MISMATCH.causedBy(refused, host, peer.names());
        }
        return Problem.CERTIFICATE_REFUSED.causedBy(refused, subject(chain[0]), String.valueOf(refused.getMessage()));
    }

    /** There is a path, but one of its certificates breaks a rule. */
    private TlsException invalidPath(CertificateException refused, CertPathValidatorException invalid)
            throws TlsException {
        X509Certificate faulty = faulty(invalid);
        CertPathValidatorException.Reason reason = invalid.getReason();
        if (reason == PKIXReason.NO_TRUST_ANCHOR) {
            return withoutPath(refused);
        }
        if (reason == BasicReason.INVALID_SIGNATURE) {
            // An older or newer key of the same CA, for instance, or a CA that took its name.
            return Problem.CERTIFICATE_SIGNATURE_INVALID.causedBy(
                    refused, subject(faulty), faulty.getIssuerX500Principal().getName());
        }
        if (reason == PKIXReason.NOT_CA_CERT) {
            return Problem.NOT_A_CA.causedBy(refused, subject(faulty));
        }
        if (reason == BasicReason.ALGORITHM_CONSTRAINED) {
            String algorithms =
                    faulty.getSigAlgName() + ", " + faulty.getPublicKey().getAlgorithm();
            return Problem.CERTIFICATE_ALGORITHM_REFUSED.causedBy(refused, subject(faulty), algorithms);
        }
        CertificateRevokedException revoked = find(invalid, CertificateRevokedException.class);
        if (revoked != null) {
            return Problem.CERTIFICATE_REVOKED.causedBy(
                    refused, subject(faulty), revoked.getRevocationDate().toInstant(), revoked.getRevocationReason());
        }
        return Problem.CERTIFICATE_PATH_INVALID.causedBy(
                refused, subject(faulty), String.valueOf(invalid.getMessage()));
    }

    private X509Certificate faulty(CertPathValidatorException invalid) {
        CertPath path = invalid.getCertPath();
        boolean known = path != null && invalid.getIndex() >= 0;
        return known && path.getCertificates().get(invalid.getIndex()) instanceof X509Certificate one ? one : chain[0];
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
        List<X509Certificate> path = followed();
        X509Certificate last = path.getLast();
        X509Certificate[] accepted = managers.trust().getAcceptedIssuers();
        List<X509Certificate> anchors = accepted == null ? List.of() : List.of(accepted);
        List<X509Certificate> issuers = anchors.stream().filter(issued(last)).toList();
        if (!issuers.isEmpty()) {
            return withAllIssuers(refused, path, issuers);
        }
        int count = anchors.size();
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

    /** From the peer's own certificate on, each with its issuer behind it, as far as the peer sent them. */
    private List<X509Certificate> followed() {
        List<X509Certificate> path = new ArrayList<>();
        Set<X500Principal> seen = new HashSet<>();
        X509Certificate next = chain[0];
        while (next != null && seen.add(next.getSubjectX500Principal())) {
            path.add(next);
            next = issuerOf(next);
        }
        return path;
    }

    /** Every issuer is there, so the path fails for another reason, which the JDK does not tell from a missing one. */
    private TlsException withAllIssuers(
            CertificateException refused, List<X509Certificate> path, List<X509Certificate> anchors) {
        Instant now = Instant.now();
        for (X509Certificate certificate : path) {
            if (now.isAfter(certificate.getNotAfter().toInstant())) {
                return outsideValidity(refused, Problem.CERTIFICATE_EXPIRED);
            }
            if (now.isBefore(certificate.getNotBefore().toInstant())) {
                return outsideValidity(refused, Problem.CERTIFICATE_NOT_YET_VALID);
            }
        }
        for (int i = 0; i < path.size(); i++) {
            X509Certificate certificate = path.get(i);
            List<X509Certificate> issuers = i + 1 < path.size() ? List.of(path.get(i + 1)) : anchors;
            if (issuers.stream().noneMatch(issuer -> verifies(certificate, issuer))) {
                return Problem.CERTIFICATE_SIGNATURE_INVALID.causedBy(
                        refused,
                        subject(certificate),
                        certificate.getIssuerX500Principal().getName());
            }
            if (i > 0 && certificate.getBasicConstraints() < 0) {
                return Problem.NOT_A_CA.causedBy(refused, subject(certificate));
            }
        }
        return Problem.CERTIFICATE_PATH_INVALID.causedBy(
                refused, subject(chain[0]), String.valueOf(refused.getMessage()));
    }

    private static boolean verifies(X509Certificate certificate, X509Certificate issuer) {
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException doesNot) {
            return false;
        }
    }

    private static Predicate<X509Certificate> issued(X509Certificate certificate) {
        return anchor -> anchor.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
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

    /** What the peer's certificate says that it is for, by object identifiers; empty if it says nothing that can be read. */
    private List<String> purposes() {
        try {
            List<String> purposes = chain[0].getExtendedKeyUsage();
            return purposes == null ? List.of() : purposes;
        } catch (CertificateParsingException unreadable) {
            return List.of();
        }
    }

    private static boolean speaksOfUsage(CertificateException refused) {
        return String.valueOf(refused.getMessage()).contains("key usage");
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
