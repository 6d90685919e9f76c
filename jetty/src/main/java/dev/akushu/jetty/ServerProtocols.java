package dev.akushu.jetty;

import dev.akushu.jsse.AkushuSession;
import java.util.List;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.alpn.server.ALPNServerConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.ALPNProcessor;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.jspecify.annotations.Nullable;

/** Lets a Jetty server choose among the protocols that a client offers by ALPN (RFC 7301). */
public final class ServerProtocols implements ALPNProcessor.Server {
    /** For Jetty, which makes one by itself. */
    public ServerProtocols() {}

    /** Whether the engine is Akushu's; Jetty looks for another service if not. */
    @Override
    public boolean appliesTo(SSLEngine engine) {
        return engine.getSession() instanceof AkushuSession;
    }

    @Override
    public void configure(SSLEngine engine, Connection connection) {
        ALPNServerConnection negotiation = (ALPNServerConnection) connection;
        engine.setHandshakeApplicationProtocolSelector((asked, offered) -> select(negotiation, offered));
        SslConnection tls = ((SslConnection.SslEndPoint) connection.getEndPoint()).getSslConnection();
        tls.addHandshakeListener(new SslHandshakeListener() {
            @Override
            public void handshakeSucceeded(Event event) {
                // A client that offers nothing gets the connector's default protocol.
                if (negotiation.getProtocol() == null) {
                    negotiation.unsupported();
                }
            }
        });
    }

    /** Null makes the engine refuse the client by no_application_protocol, as RFC 7301 section 3.2 wants it. */
    private static @Nullable String select(ALPNServerConnection negotiation, List<String> offered) {
        try {
            negotiation.select(offered);
            return negotiation.getProtocol();
        } catch (IllegalStateException nothingInCommon) {
            return null;
        }
    }
}
