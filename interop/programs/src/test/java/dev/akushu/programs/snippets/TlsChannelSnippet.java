package dev.akushu.programs.snippets;

import dev.akushu.jsse.AkushuProvider;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import tlschannel.ClientTlsChannel;
import tlschannel.TlsChannel;

/** tls-channel: TLS as a ByteChannel over NIO. */
public final class TlsChannelSnippet {
    private TlsChannelSnippet() {}

    // snippet: tls-channel
    /** A context for all channels, with trust as {@code trust} says, or by the JVM's own trust store if it is null. */
    public static SSLContext context(TrustManager @Nullable [] trust) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS", new AkushuProvider());
        context.init(null, trust, null);
        return context;
    }

    /** Connects; the library leaves it to its user to say whom the certificate has to name. */
    public static TlsChannel connect(SSLContext context, String host, int port) throws IOException {
        SSLEngine engine = context.createSSLEngine(host, port);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
        SocketChannel socket = SocketChannel.open(new InetSocketAddress(host, port));
        return ClientTlsChannel.newBuilder(socket, engine).build();
    }
    // end
}
