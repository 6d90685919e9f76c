package dev.akushu.tls.identity;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.identity.ReceivedChain.Received;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateRevokedException;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.PKIXRevocationChecker.Option;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;

/** Revocation by the JDK: responses of OCSP (RFC 6960), and lists that are fetched. */
final class OcspCheck {
    private OcspCheck() {}

    /** By a response that the peer stapled; nobody is asked. Returns the last moment at which it says so, and throws as {@link #network}. */
    static Instant stapled(CandidatePath path, int index, Bytes response, Instant now) throws TlsException {
        PKIXRevocationChecker checker = checker();
        checker.setOptions(EnumSet.of(Option.NO_FALLBACK));
        checker.setOcspResponses(Map.of(path.certificates().get(index).x509(), response.toArray()));
        check(path, index, checker, now);
        return end(response, path.certificates().get(index));
    }

    /** What only the JDK can read may be replaced at any moment, and a revocation that lies ahead may come at any moment. */
    private static Instant end(Bytes response, Received certificate) {
        try {
            OcspResponse read = OcspResponse.read(response);
            return read.statusOf(certificate.reader()).equals(Optional.of(OcspResponse.Status.GOOD))
                    ? read.certainEnd()
                    : Instant.MIN;
        } catch (DerException _) {
            return Instant.MIN;
        }
    }

    /**
     * By the responder that the certificate names, else by the list that it names.
     *
     * @throws TlsException {@link Problem#CERTIFICATE_REVOKED}, or {@link Problem#REVOCATION_UNKNOWN} if there is no
     *     answer that can be believed
     */
    static String network(CandidatePath path, int index, Instant now) throws TlsException {
        check(path, index, checker(), now);
        return "OCSP / CRL";
    }

    private static void check(CandidatePath path, int index, PKIXRevocationChecker checker, Instant now)
            throws TlsException {
        Received certificate = path.certificates().get(index);
        try {
            PathValidator.validateLink(path, index, endOfSecond(now, certificate), checker);
        } catch (TlsException e) {
            if (e.problem() != Problem.CERTIFICATE_PATH_INVALID) {
                throw e;
            }
            // The path was found valid before, so it is the response that the JDK could not cope with.
            throw Problem.REVOCATION_UNKNOWN.causedBy(
                    e,
                    certificate.subject(),
                    certificate.reader().issuerText(),
                    e.diagnosis().fact("reason"));
        } catch (CertPathValidatorException e) {
            if (e.getReason() == BasicReason.REVOKED && e.getCause() instanceof CertificateRevokedException revoked) {
                throw Problem.CERTIFICATE_REVOKED.causedBy(
                        e,
                        certificate.subject(),
                        revoked.getRevocationDate().toInstant(),
                        RevocationCheck.reason(revoked.getRevocationReason()));
            }
            throw Problem.REVOCATION_UNKNOWN.causedBy(
                    e, certificate.subject(), certificate.reader().issuerText(), String.valueOf(e.getMessage()));
        }
    }

    /**
     * To the JDK a certificate is revoked after its revocationTime only, which is a whole second as {@code now} is: so one
     * that was revoked in this second would be good until the next. The last second of its own validity is not left.
     */
    private static Instant endOfSecond(Instant now, Received certificate) {
        return now.isBefore(certificate.reader().notAfter())
                ? now.plusSeconds(1).minusMillis(1)
                : now;
    }

    private static PKIXRevocationChecker checker() throws TlsException {
        try {
            return (PKIXRevocationChecker) CertPathValidator.getInstance("PKIX").getRevocationChecker();
        } catch (GeneralSecurityException e) {
            throw Problem.INTERNAL.causedBy(e, "PKIX", String.valueOf(e.getMessage()));
        }
    }
}
