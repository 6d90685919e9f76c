package dev.akushu.programs.snippets;

import dev.akushu.jsse.AkushuProvider;
import java.security.Security;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;

/**
 * Tomcat 11. It has no setting for the provider, so Akushu becomes the first of the JVM. Whoever would rather not change the JVM, for
 * instance because other parts of it need TLS 1.2, can ask for SunJSSE there by name.
 */
public final class TomcatSnippet {
    private TomcatSnippet() {}

    // snippet: Tomcat
    public static Connector https(int port, String keyStore, String password) {
        Security.insertProviderAt(new AkushuProvider(), 1); // before Tomcat starts

        SSLHostConfig host = new SSLHostConfig();
        SSLHostConfigCertificate certificate =
                new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
        certificate.setCertificateKeystoreFile(keyStore);
        certificate.setCertificateKeystorePassword(password);
        host.addCertificate(certificate);

        Connector connector = new Connector();
        connector.setPort(port);
        connector.setScheme("https");
        connector.setSecure(true);
        connector.setProperty("SSLEnabled", "true");
        connector.addSslHostConfig(host);
        connector.addUpgradeProtocol(new Http2Protocol());
        return connector;
    }
    // end
}
