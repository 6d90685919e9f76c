package dev.akushu.programs.snippets;

import dev.akushu.jsse.AkushuProvider;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

/** Netty's SslContext, with the JDK's kind of engine and Akushu as its maker. */
public final class NettySnippet {
    private NettySnippet() {}

    // snippet: Netty
    private static final ApplicationProtocolConfig HTTP = new ApplicationProtocolConfig(
            Protocol.ALPN,
            SelectorFailureBehavior.NO_ADVERTISE,
            SelectedListenerFailureBehavior.ACCEPT,
            "h2",
            "http/1.1");

    /** What {@code newHandler} of it puts into the pipeline speaks TLS by Akushu. */
    public static SslContext server(KeyManagerFactory keys) throws SSLException {
        return SslContextBuilder.forServer(keys)
                .sslProvider(SslProvider.JDK)
                .sslContextProvider(new AkushuProvider())
                .applicationProtocolConfig(HTTP)
                .build();
    }

    /** The same for a client. */
    public static SslContext client(TrustManagerFactory trust) throws SSLException {
        return SslContextBuilder.forClient()
                .sslProvider(SslProvider.JDK)
                .sslContextProvider(new AkushuProvider())
                .trustManager(trust)
                .applicationProtocolConfig(HTTP)
                .build();
    }
    // end
}
