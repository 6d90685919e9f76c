package dev.akushu.explain;

import dev.akushu.tls.Bytes;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** Finds what to call a certificate. */
final class CertificateNames {
    private CertificateNames() {}

    /** Its subject; empty if it has none, or if the JDK cannot read it though other stacks might. */
    static Optional<String> subject(Bytes certificate) {
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            X509Certificate parsed =
                    (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(certificate.toArray()));
            return Optional.of(parsed.getSubjectX500Principal().getName()).filter(name -> !name.isEmpty());
        } catch (CertificateException unreadable) {
            // Whether that matters is for the handshake's own verifier to say; here it only costs a name.
            return Optional.empty();
        }
    }
}
