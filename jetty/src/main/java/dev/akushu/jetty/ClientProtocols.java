package dev.akushu.jetty;

import dev.akushu.jsse.AkushuSession;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.eclipse.jetty.alpn.client.ALPNClientConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.ALPNProcessor;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;

/** Lets a Jetty client offer protocols by ALPN (RFC 7301), and tells it which one the server chose. */
public final class ClientProtocols implements ALPNProcessor.Client {
    /** For Jetty, which makes one by itself. */
    public ClientProtocols() {}

    /** Whether the engine is Akushu's; Jetty looks for another service if not. */
    @Override
    public boolean appliesTo(SSLEngine engine) {
        return engine.getSession() instanceof AkushuSession;
    }

    @Override
    public void configure(SSLEngine engine, Connection connection) {
        ALPNClientConnection negotiation = (ALPNClientConnection) connection;
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setApplicationProtocols(negotiation.getProtocols().toArray(String[]::new));
        engine.setSSLParameters(parameters);
        SslConnection tls = ((SslConnection.SslEndPoint) connection.getEndPoint()).getSslConnection();
        tls.addHandshakeListener(new SslHandshakeListener() {
            @Override
            public void handshakeSucceeded(Event event) {
                String agreed = engine.getApplicationProtocol();
                // JSSE says "" where the server chose nothing, Jetty null: then it speaks its default protocol.
                negotiation.selected(agreed == null || agreed.isEmpty() ? null : agreed);
            }
        });
    }
}
