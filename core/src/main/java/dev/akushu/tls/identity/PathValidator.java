package dev.akushu.tls.identity;

import dev.akushu.tls.CertificateCheck.Kind;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.identity.ReceivedChain.Received;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.SignatureException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXCertPathChecker;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXReason;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Path validation by the JDK (RFC 5280 section 6), and what its refusals mean. It decides by reasons, never by texts.
 */
final class PathValidator {
    private static final String POLICY_CONSTRAINTS = "2.5.29.36";

    private PathValidator() {}

    /** The names in {@code path} must have passed {@link NameRules}: the anchor's constraints are not looked at here. */
    static void validate(CandidatePath path, Instant now, CheckProgress progress) throws TlsException {
        progress.begin(Kind.SIGNATURE, path.certificates().size() - 1);
        try {
            validate(path.certificates(), new TrustAnchor(path.anchor().certificate(), null), now);
        } catch (CertPathValidatorException e) {
            if (!takesCommonNameForHost(path, e)) {
                // The JDK goes from the anchor downwards, and is done with one certificate before it looks at the next.
                noteSignatures(path, index(path, e) + 1, progress);
                progress.begin(kind(e), index(path, e));
                throw refusal(path, index(path, e), e, now);
            }
            validateLinks(path, now, progress);
        }
        noteSignatures(path, 0, progress);
    }

    private static void noteSignatures(CandidatePath path, int from, CheckProgress progress) {
        for (int i = from; i < path.certificates().size(); i++) {
            progress.passed(Kind.SIGNATURE, i, PathReport.signature(path, i));
        }
    }

    /** What a refusal of the JDK is about; most of it {@link PathRules} has looked at before. */
    private static Kind kind(CertPathValidatorException e) {
        return switch (e.getReason()) {
            case BasicReason.EXPIRED, BasicReason.NOT_YET_VALID -> Kind.VALIDITY;
            case PKIXReason.NOT_CA_CERT,
                    PKIXReason.PATH_TOO_LONG,
                    PKIXReason.INVALID_NAME,
                    PKIXReason.INVALID_POLICY,
                    PKIXReason.INVALID_KEY_USAGE -> Kind.AUTHORITY;
            default -> Kind.SIGNATURE;
        };
    }

    /**
     * Each certificate under its issuer's key alone, so that no constraints reach the JDK. {@link PathRules} and
     * {@link NameRules} know all that goes beyond one link, except for policies.
     */
    private static void validateLinks(CandidatePath path, Instant now, CheckProgress progress) throws TlsException {
        for (int i = 0; i < path.certificates().size(); i++) {
            progress.begin(Kind.SIGNATURE, i);
            try {
                validateLink(path, i, now);
            } catch (CertPathValidatorException e) {
                progress.begin(kind(e), i);
                throw refusal(path, i, e, now);
            }
            progress.passed(Kind.SIGNATURE, i, PathReport.signature(path, i));
        }
    }

    /** The certificate at {@code index} under its issuer's key alone. */
    static void validateLink(CandidatePath path, int index, Instant now, PKIXCertPathChecker... checkers)
            throws CertPathValidatorException, TlsException {
        validate(path.certificates().subList(index, index + 1), issuer(path, index), now, checkers);
    }

    /** The JDK asks nothing of an anchor but its name and its key, and OCSP needs the whole of it. */
    private static TrustAnchor issuer(CandidatePath path, int index) {
        boolean isAnchor = index + 1 == path.certificates().size();
        X509Certificate issuer = isAnchor
                ? path.anchor().certificate()
                : path.certificates().get(index + 1).x509();
        return new TrustAnchor(issuer, null);
    }

    private static void validate(
            List<Received> certificates, TrustAnchor anchor, Instant now, PKIXCertPathChecker... checkers)
            throws CertPathValidatorException, TlsException {
        try {
            CertPath certPath = CertificateFactory.getInstance("X.509")
                    .generateCertPath(certificates.stream().map(Received::x509).toList());
            PKIXParameters parameters = new PKIXParameters(Set.of(anchor));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            Stream.of(checkers).forEach(parameters::addCertPathChecker);
            CertPathValidator.getInstance("PKIX").validate(certPath, parameters);
        } catch (CertPathValidatorException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw Problem.INTERNAL.causedBy(e, "PKIX", String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // The JDK lets some escape for certificates that it cannot cope with. What a peer sends must not look like
            // a
            // fault of ours.
            String subject = certificates.getFirst().subject();
            throw Problem.CERTIFICATE_PATH_INVALID.causedBy(e, subject, "the JDK cannot check it: " + e.getMessage());
        }
    }

    /**
     * The JDK applies constraints on hosts to the common name where subjectAltName has no name of that kind. RFC 5280
     * knows no such rule, and nobody here takes a common name for a host (RFC 9525 section 2). Paths with demands on
     * policies are left to the JDK as a whole.
     */
    private static boolean takesCommonNameForHost(CandidatePath path, CertPathValidatorException e)
            throws TlsException {
        if (e.getReason() != PKIXReason.INVALID_NAME) {
            return false;
        }
        CertificateReader refused = path.certificates().get(index(path, e)).reader();
        SubjectAltNames names = refused.subjectAltNames();
        boolean lacksOne = names.dnsNames().isEmpty() || names.ipAddresses().isEmpty();
        return lacksOne
                && DistinguishedName.hasCommonName(refused.subject())
                && path.certificates().stream()
                        .noneMatch(certificate -> certificate
                                .reader()
                                .extension(POLICY_CONSTRAINTS)
                                .isPresent());
    }

    private static int index(CandidatePath path, CertPathValidatorException e) {
        return Math.clamp(e.getIndex(), 0, path.certificates().size() - 1);
    }

    private static TlsException refusal(CandidatePath path, int index, CertPathValidatorException e, Instant now) {
        Received certificate = path.certificates().get(index);
        String subject = certificate.subject();
        return switch (e.getReason()) {
            case BasicReason.EXPIRED ->
                Problem.CERTIFICATE_EXPIRED.causedBy(
                        e, subject, certificate.reader().notAfter(), now);
            case BasicReason.NOT_YET_VALID ->
                Problem.CERTIFICATE_NOT_YET_VALID.causedBy(
                        e, subject, certificate.reader().notBefore(), now);
            case BasicReason.INVALID_SIGNATURE -> invalidSignature(path, index, e);
            case BasicReason.ALGORITHM_CONSTRAINED ->
                Problem.WEAK_CERTIFICATE.causedBy(e, subject, CertificateSignatures.name(certificate.reader()));
            case PKIXReason.NOT_CA_CERT -> Problem.NOT_A_CA.causedBy(e, subject);
            case PKIXReason.NO_TRUST_ANCHOR -> otherAnchor(path, e);
            case PKIXReason reason -> Problem.CERTIFICATE_PATH_INVALID.causedBy(e, subject, words(reason));
            // A key of another kind than the signature's algorithm: then it cannot have made the signature.
            case BasicReason _ when isAboutKeyOrSignature(e.getCause()) -> invalidSignature(path, index, e);
            default -> Problem.CERTIFICATE_PATH_INVALID.causedBy(e, subject, String.valueOf(e.getMessage()));
        };
    }

    /**
     * The names fit, or the path would not have been found, but the JDK does not take an anchor for the issuer whose key
     * identifier is another. That may be all that is wrong, but mostly it is another key under the same name.
     */
    private static TlsException otherAnchor(CandidatePath path, CertPathValidatorException e) {
        int last = path.certificates().size() - 1;
        Received certificate = path.certificates().get(last);
        try {
            certificate.x509().verify(path.anchor().certificate().getPublicKey());
        } catch (GeneralSecurityException signature) {
            e.addSuppressed(signature);
            return invalidSignature(path, last, e);
        }
        return Problem.CERTIFICATE_PATH_INVALID.causedBy(
                e, certificate.subject(), "its authorityKeyIdentifier names another key than the anchor's");
    }

    private static TlsException invalidSignature(CandidatePath path, int index, CertPathValidatorException e) {
        String subject = path.certificates().get(index).subject();
        return Problem.CERTIFICATE_SIGNATURE_INVALID.causedBy(e, subject, path.issuerOf(index));
    }

    private static boolean isAboutKeyOrSignature(@Nullable Throwable cause) {
        return cause instanceof InvalidKeyException || cause instanceof SignatureException;
    }

    /** The reason in English, about the certificate that the problem names. */
    static String words(PKIXReason reason) {
        return switch (reason) {
            case NAME_CHAINING -> "its issuer has another name";
            case INVALID_KEY_USAGE -> "its keyUsage does not allow it";
            case INVALID_POLICY -> "its policies do not fit those of its issuers";
            case NO_TRUST_ANCHOR -> "no trust anchor issued it";
            case UNRECOGNIZED_CRIT_EXT -> "it has a critical extension that is not known here";
            case NOT_CA_CERT -> "it may not issue certificates";
            case PATH_TOO_LONG -> "it is further down than the pathLenConstraint of an issuer allows";
            case INVALID_NAME -> "its name is not within the name constraints of its issuers";
        };
    }
}
