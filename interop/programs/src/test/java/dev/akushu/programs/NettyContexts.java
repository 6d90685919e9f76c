package dev.akushu.programs;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.security.Provider;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** Netty's contexts of the JDK's kind, by Akushu or by the provider that the JVM prefers, which is SunJSSE. */
final class NettyContexts {
    private NettyContexts() {}

    /** A server for localhost over Akushu that speaks h2 and http/1.1. */
    static SslContext server(ClientAuth clientAuth) throws Exception {
        return server(Contexts.AKUSHU, clientAuth, Contexts.trust());
    }

    /** The same by SunJSSE. */
    static SslContext sunServer() throws Exception {
        return server(null, ClientAuth.NONE, Contexts.trust());
    }

    static SslContext server(@Nullable Provider provider, ClientAuth clientAuth, TrustManager trust) throws Exception {
        Pki.Identity identity = Pki.SHARED.server();
        return finish(
                SslContextBuilder.forServer(identity.key(), identity.leaf())
                        .trustManager(trust)
                        .clientAuth(clientAuth),
                provider);
    }

    /** A client that offers h2 and http/1.1. */
    static SslContext client(@Nullable Provider provider, Pki.@Nullable Identity identity, TrustManager trust)
            throws Exception {
        SslContextBuilder builder = SslContextBuilder.forClient().trustManager(trust);
        if (identity != null) {
            builder.keyManager(identity.key(), identity.leaf());
        }
        return finish(builder, provider);
    }

    private static SslContext finish(SslContextBuilder builder, @Nullable Provider provider) throws SSLException {
        return builder.sslProvider(SslProvider.JDK)
                .sslContextProvider(provider)
                .protocols("TLSv1.3")
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        ApplicationProtocolConfig.Protocol.ALPN,
                        ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                        ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                        "h2",
                        "http/1.1"))
                .build();
    }
}
