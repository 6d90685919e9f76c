package dev.akushu.cli.connect;

import dev.akushu.cli.console.JsonLine;
import dev.akushu.tls.Bytes;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.identity.CertificateReader;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What people want to know of a certificate.
 *
 * @param subject whose it is
 * @param issuer who certified it
 * @param notBefore from when on it is valid
 * @param notAfter until when
 * @param names the DNS names and IP addresses that it is for
 * @param key algorithm of its public key
 */
public record CertificateFacts(
        String subject, String issuer, Instant notBefore, Instant notAfter, List<String> names, String key) {
    /** The facts of {@code der}; empty if it cannot be read, by the JDK or by the handshake's own reader. */
    public static Optional<CertificateFacts> of(Bytes der) {
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            X509Certificate certificate =
                    (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der.toArray()));
            return Optional.of(new CertificateFacts(
                    certificate.getSubjectX500Principal().getName(),
                    certificate.getIssuerX500Principal().getName(),
                    certificate.getNotBefore().toInstant(),
                    certificate.getNotAfter().toInstant(),
                    CertificateReader.of(der).subjectAltNames().printable(),
                    certificate.getPublicKey().getAlgorithm()));
        } catch (CertificateException | TlsException unreadable) {
            return Optional.empty();
        }
    }

    /** A chain for programs: what is known of each certificate, and its DER in hexadecimal. */
    public static List<Map<String, Object>> describe(List<Bytes> chain) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (Bytes der : chain) {
            JsonLine described = JsonLine.object();
            of(der).ifPresent(facts -> described
                    .with("subject", facts.subject())
                    .with("issuer", facts.issuer())
                    .with("not_before", facts.notBefore().toString())
                    .with("not_after", facts.notAfter().toString())
                    .with("names", facts.names())
                    .with("key", facts.key()));
            all.add(described.with("der", der.hex()).fields());
        }
        return all;
    }
}
