package dev.akushu.tls.identity;

import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.identity.ReceivedChain.Received;
import dev.akushu.tls.identity.TrustAnchors.Anchor;
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
    private PathValidator() {}

    static void validate(CandidatePath path, Instant now) throws TlsException {
        try {
            CertPath certPath = CertificateFactory.getInstance("X.509").generateCertPath(certificates(path));
            PKIXParameters parameters = new PKIXParameters(Set.of(trustAnchor(path.anchor())));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            CertPathValidator.getInstance("PKIX").validate(certPath, parameters);
        } catch (CertPathValidatorException e) {
            throw refusal(path, e, now);
        } catch (GeneralSecurityException e) {
            throw Problem.INTERNAL.causedBy(e, "PKIX", String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // The JDK lets some escape for certificates that it cannot cope with, such as UnsupportedOperationException
            // for an otherName under a name constraint. What a peer sends must not look like a fault of ours.
            throw Problem.CERTIFICATE_PATH_INVALID.causedBy(
                    e, path.own().subject(), "the JDK cannot check it: " + e.getMessage());
        }
    }

    /**
     * The JDK passes over the name constraints of an anchor, or refuses it if they are handed over beside it. But it obeys
     * them in a certificate of the path, so such a root becomes one, below an anchor that is its own name and key.
     */
    private static List<X509Certificate> certificates(CandidatePath path) throws TlsException {
        Stream<X509Certificate> certificates = path.certificates().stream().map(Received::x509);
        if (!path.anchor().nameConstraints().isPresent()) {
            return certificates.toList();
        }
        if (!path.anchor().isSelfIssued()) {
            throw Problem.CERTIFICATE_PATH_INVALID.with(
                    path.anchor().subject(), "its name constraints can be checked only if it is a root");
        }
        return Stream.concat(certificates, Stream.of(path.anchor().certificate()))
                .toList();
    }

    private static TrustAnchor trustAnchor(Anchor anchor) {
        X509Certificate certificate = anchor.certificate();
        return anchor.nameConstraints().isPresent()
                ? new TrustAnchor(certificate.getSubjectX500Principal(), certificate.getPublicKey(), null)
                : new TrustAnchor(certificate, null);
    }

    private static TlsException refusal(CandidatePath path, CertPathValidatorException e, Instant now) {
        int index = Math.clamp(e.getIndex(), 0, path.certificates().size() - 1);
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
