package dev.akushu.cli.connect;

import dev.akushu.cli.console.JsonLine;
import dev.akushu.tls.Bytes;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
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
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    /** The facts of {@code der}; empty if the JDK cannot read it, though the handshake's own reader could. */
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
                    names(certificate),
                    certificate.getPublicKey().getAlgorithm()));
        } catch (CertificateException unreadable) {
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

    private static List<String> names(X509Certificate certificate) throws CertificateParsingException {
        Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
        if (alternatives == null) {
            return List.of();
        }
        return alternatives.stream()
                .filter(name ->
                        name.getFirst().equals(DNS_NAME) || name.getFirst().equals(IP_ADDRESS))
                .map(name -> String.valueOf(name.get(1)))
                .toList();
    }
}
