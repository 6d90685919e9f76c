package dev.akushu.programs.snippets;

import dev.akushu.jsse.AkushuProvider;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

/**
 * gRPC over Netty. Its own {@code GrpcSslContexts.configure} accepts only providers whose names it knows, and Akushu is not
 * among them; a context made by Netty's builder it takes from any provider, as long as it offers {@code h2}.
 */
public final class GrpcSnippet {
    private GrpcSnippet() {}

    // snippet: gRPC
    private static final ApplicationProtocolConfig HTTP_2 = new ApplicationProtocolConfig(
            Protocol.ALPN, SelectorFailureBehavior.NO_ADVERTISE, SelectedListenerFailureBehavior.ACCEPT, "h2");

    /** A server at {@code port}, to which services are to be added. */
    public static NettyServerBuilder server(int port, KeyManagerFactory keys) throws SSLException {
        SslContextBuilder context = SslContextBuilder.forServer(keys)
                .sslProvider(SslProvider.JDK)
                .sslContextProvider(new AkushuProvider())
                .applicationProtocolConfig(HTTP_2);
        return NettyServerBuilder.forPort(port).sslContext(context.build());
    }

    /** A channel to a server. */
    public static NettyChannelBuilder channel(String host, int port, TrustManagerFactory trust) throws SSLException {
        SslContextBuilder context = SslContextBuilder.forClient()
                .sslProvider(SslProvider.JDK)
                .sslContextProvider(new AkushuProvider())
                .trustManager(trust)
                .applicationProtocolConfig(HTTP_2);
        return NettyChannelBuilder.forAddress(host, port).sslContext(context.build());
    }
    // end
}
