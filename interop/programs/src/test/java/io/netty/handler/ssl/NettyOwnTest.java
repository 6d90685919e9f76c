package io.netty.handler.ssl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.jsse.AkushuProvider;
import io.netty.buffer.UnpooledByteBufAllocator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Netty's own tests of its handlers, as it publishes them, with Akushu as the JVM's first provider; {@link AkushuEngineTest} has those of engines.
 * They have to be in Netty's package. {@link NettyOverAkushu} names what is left out, and why.
 */
@Timeout(60)
@ExtendWith(NettyOverAkushu.class)
class NettyOwnTest {
    @Test
    void theyMeetAkushu() throws Exception {
        SslContext context =
                SslContextBuilder.forClient().sslProvider(SslProvider.JDK).build();
        for (SSLEngine engine : new SSLEngine[] {
            context.newEngine(UnpooledByteBufAllocator.DEFAULT),
            SSLContext.getDefault().createSSLEngine()
        }) {
            assertThat(engine.getClass().getPackageName()).isEqualTo(AkushuProvider.class.getPackageName());
        }
    }

    @Nested
    class Handler extends SslHandlerTest {}

    @Nested
    class HandlerWithParameters extends ParameterizedSslHandlerTest {}

    @Nested
    class CloseNotify extends CloseNotifyTest {}

    @Nested
    class Sni extends SniHandlerTest {}

    @Nested
    class SniOfClients extends SniClientTest {}

    @Nested
    class Alpn extends ApplicationProtocolNegotiationHandlerTest {}

    @Nested
    class Certificates extends PkiTestingTlsTest {}

    @Nested
    class ServerContext extends JdkSslServerContextTest {}

    @Nested
    class ClientContext extends JdkSslClientContextTest {}
}
