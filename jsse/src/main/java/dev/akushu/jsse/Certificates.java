package dev.akushu.jsse;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import java.io.ByteArrayInputStream;
import java.security.Provider;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/** Certificates as JSSE passes them: arrays that really are of {@link X509Certificate}, because callers cast them. */
final class Certificates {
    // Looked up once. A factory itself need not be safe for many threads.
    private static final Provider PROVIDER = provider();

    private Certificates() {}

    /**
     * Reads a chain.
     *
     * @throws TlsException {@link Problem#CERTIFICATE_UNPARSABLE} if the JDK cannot read one of them
     */
    static X509Certificate[] of(List<Bytes> chain) throws TlsException {
        X509Certificate[] certificates = new X509Certificate[chain.size()];
        for (int i = 0; i < certificates.length; i++) {
            certificates[i] = read(chain.get(i), i);
        }
        return certificates;
    }

    private static X509Certificate read(Bytes der, int position) throws TlsException {
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509", PROVIDER);
            return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der.toArray()));
        } catch (CertificateException unreadable) {
            throw Problem.CERTIFICATE_UNPARSABLE.causedBy(
                    unreadable, position, String.valueOf(unreadable.getMessage()));
        }
    }

    private static Provider provider() {
        try {
            return CertificateFactory.getInstance("X.509").getProvider();
        } catch (CertificateException impossible) {
            throw new IllegalStateException("every JDK has X.509", impossible);
        }
    }
}
