package dev.akushu.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.akushu.jsse.AkushuProvider;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.alpn.client.ALPNClientConnectionFactory;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.io.ClientConnectionFactory;
import org.eclipse.jetty.io.ssl.ALPNProcessor;
import org.junit.jupiter.api.Test;

/** The module's services as Jetty's modules find them; what they do is tested with a whole Jetty in interop/programs. */
class ServicesTest {
    /** Jetty's factories refuse to be made without a service, and Jetty's own services are not here. */
    @Test
    void jettyFindsTheServicesOfTheModule() {
        assertThat(ServerProtocols.class.getModule().isNamed()).isTrue();
        ClientConnectionFactory unused = (endPoint, context) -> {
            throw new IllegalStateException("no connection is made here");
        };
        assertThatCode(() -> new ALPNServerConnectionFactory("h2")).doesNotThrowAnyException();
        assertThatCode(() -> new ALPNClientConnectionFactory(Runnable::run, unused, List.of("h2")))
                .doesNotThrowAnyException();
    }

    @Test
    void theServicesServeAkushuAndLeaveOtherEnginesToOthers() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS", new AkushuProvider());
        context.init(null, null, null);
        SSLEngine own = context.createSSLEngine();
        SSLEngine other = SSLContext.getInstance("Default", "SunJSSE").createSSLEngine();
        for (ALPNProcessor processor : List.of(new ServerProtocols(), new ClientProtocols())) {
            assertThat(processor.appliesTo(own)).isTrue();
            assertThat(processor.appliesTo(other)).isFalse();
        }
    }
}
