package dev.akushu.jsse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.ClientAuthentication;
import dev.akushu.tls.OidFilter;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsServer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

/** A client that passes over oid_filters, as the JDK's does, and a server that holds its certificate against them. RFC 9846 section 4.3.5. */
class OidFilterTest {
    @Test
    void aCertificateThatDoesNotMatchIsRefused() throws Exception {
        SSLEngine server = server(OidFilter.extendedKeyUsage("1.2.3.4"));
        EngineTalk talk = new EngineTalk(Contexts.sun().createSSLEngine("localhost", 443), server);

        assertThatThrownBy(talk::handshake).isInstanceOf(SSLException.class);
        assertThat(((AkushuSession) server.getSession()).failure().orElseThrow())
                .satisfies(diagnosis -> assertThat(diagnosis.problem()).isEqualTo(Problem.CERTIFICATE_USAGE))
                .satisfies(diagnosis ->
                        assertThat(diagnosis.fact("needed")).asString().contains("1.2.3.4"));
    }

    private static SSLEngine server(OidFilter filter) throws Exception {
        SSLContext context = AkushuContext.of(TlsServer.builder(Contexts.identity())
                .clientAuthentication(ClientAuthentication.REQUIRED, Contexts.trust())
                .clientCertificateFilters(filter)
                .build());
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        return engine;
    }
}
