package dev.akushu.tls.identity;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Where trust anchors come from. */
final class AnchorStores {
    private AnchorStores() {}

    static List<X509Certificate> pem(Path file) throws TlsException {
        List<X509Certificate> anchors = new ArrayList<>();
        for (Bytes der : PemFile.certificates(file)) {
            ByteArrayInputStream in = new ByteArrayInputStream(der.toArray());
            try {
                anchors.add((X509Certificate)
                        CertificateFactory.getInstance("X.509").generateCertificate(in));
            } catch (CertificateException e) {
                throw Problem.PEM_MALFORMED.causedBy(
                        e, file.toString(), "CERTIFICATE", "the JDK refuses it: " + e.getMessage());
            }
        }
        return anchors;
    }

    /** JSSE's own reading of its many properties; nothing else of JSSE is used. */
    static List<X509Certificate> system() throws TlsException {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init((KeyStore) null);
            List<X509Certificate> anchors = Stream.of(factory.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .flatMap(manager -> Stream.of(((X509TrustManager) manager).getAcceptedIssuers()))
                    .toList();
            if (anchors.isEmpty()) {
                throw Problem.FILE_UNREADABLE.with(systemName(), "no certificate is in it, or it does not exist");
            }
            return anchors;
        } catch (GeneralSecurityException e) {
            throw Problem.FILE_UNREADABLE.causedBy(e, systemName(), String.valueOf(e.getMessage()));
        }
    }

    /** The file that the property names, or the default. */
    static String systemName() {
        return System.getProperty("javax.net.ssl.trustStore", "cacerts");
    }
}
