package dev.akushu.tls.identity;

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
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXReason;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;

/**
 * Path validation by the JDK (RFC 5280 section 6), and what its refusals mean. It decides by reasons, never by texts.
 */
final class PathValidator {
    private PathValidator() {}

    static void validate(CandidatePath path, Instant now) throws TlsException {
        try {
            List<X509Certificate> certificates =
                    path.certificates().stream().map(Received::x509).toList();
            CertPath certPath = CertificateFactory.getInstance("X.509").generateCertPath(certificates);
            PKIXParameters parameters = new PKIXParameters(Set.of(path.anchor().trustAnchor()));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            CertPathValidator.getInstance("PKIX").validate(certPath, parameters);
        } catch (CertPathValidatorException e) {
            throw refusal(path, e, now);
        } catch (GeneralSecurityException e) {
            throw Problem.INTERNAL.causedBy(e, "PKIX", String.valueOf(e.getMessage()));
        }
    }

    private static TlsException refusal(CandidatePath path, CertPathValidatorException e, Instant now) {
        int index = Math.max(e.getIndex(), 0);
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
            case PKIXReason reason -> Problem.CERTIFICATE_PATH_INVALID.causedBy(e, subject, words(reason));
            // A key of another kind than the signature's algorithm: then it cannot have made the signature.
            case BasicReason _ when isAboutKeyOrSignature(e) -> invalidSignature(path, index, e);
            default -> Problem.CERTIFICATE_PATH_INVALID.causedBy(e, subject, String.valueOf(e.getMessage()));
        };
    }

    private static TlsException invalidSignature(CandidatePath path, int index, CertPathValidatorException e) {
        String subject = path.certificates().get(index).subject();
        return Problem.CERTIFICATE_SIGNATURE_INVALID.causedBy(e, subject, path.issuerOf(index));
    }

    private static boolean isAboutKeyOrSignature(CertPathValidatorException e) {
        return e.getCause() instanceof InvalidKeyException || e.getCause() instanceof SignatureException;
    }

    private static String words(PKIXReason reason) {
        return switch (reason) {
            case NAME_CHAINING -> "its issuer has another name";
            case INVALID_KEY_USAGE -> "its keyUsage does not allow it";
            case INVALID_POLICY -> "its policies do not fit those of its issuers";
            case NO_TRUST_ANCHOR -> "no trust anchor issued it";
            case UNRECOGNIZED_CRIT_EXT -> "it has a critical extension that is not known here";
            case NOT_CA_CERT -> "it may not issue certificates";
            case PATH_TOO_LONG -> "more certificates are below it than its pathLenConstraint allows";
            case INVALID_NAME -> "its name is not within the name constraints of its issuers";
        };
    }
}
