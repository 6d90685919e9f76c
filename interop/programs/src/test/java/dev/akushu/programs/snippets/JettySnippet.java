package dev.akushu.programs.snippets;

import dev.akushu.jsse.AkushuProvider;
import java.nio.file.Path;
import java.security.Security;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpClientConnectionFactory;
import org.eclipse.jetty.client.transport.HttpClientTransportDynamic;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.ClientConnectionFactoryOverHTTP2;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * Jetty 12. With ALPN, that is with HTTP/2, Jetty rejects an engine that none of its services knows, and its own know the JDK's
 * alone: put {@code dev.akushu:akushu-jetty} on the class or module path. The provider must be registered, since Jetty takes the JVM's
 * default in silence if there is none by the name it was given.
 */
public final class JettySnippet {
    private JettySnippet() {}

    // snippet: Jetty
    public static ServerConnector https(Server server, Path keyStore, String password) {
        Security.addProvider(new AkushuProvider()); // anywhere in the list, since Jetty asks for it by name
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setProvider(AkushuProvider.NAME);
        tls.setKeyStorePath(keyStore);
        tls.setKeyStorePassword(password);

        HttpConfiguration http = new HttpConfiguration();
        http.addCustomizer(new SecureRequestCustomizer());
        ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory(); // finds akushu-jetty by itself
        alpn.setDefaultProtocol("http/1.1");
        return new ServerConnector(
                server, tls, alpn, new HTTP2ServerConnectionFactory(http), new HttpConnectionFactory(http));
    }
    // end

    // snippet: Jetty client
    public static HttpClient client(Path trustStore, String password) {
        Security.addProvider(new AkushuProvider());
        SslContextFactory.Client tls = new SslContextFactory.Client();
        tls.setProvider(AkushuProvider.NAME);
        tls.setTrustStorePath(trustStore.toString());
        tls.setTrustStorePassword(password);

        ClientConnector connector = new ClientConnector();
        connector.setSslContextFactory(tls);
        // The server chooses by ALPN; the first is for servers without.
        return new HttpClient(new HttpClientTransportDynamic(
                connector,
                HttpClientConnectionFactory.HTTP11,
                new ClientConnectionFactoryOverHTTP2.HTTP2(new HTTP2Client(connector))));
    }
    // end
}
