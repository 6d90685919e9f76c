package dev.akushu.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.programs.snippets.NettySnippet;
import dev.akushu.tls.TlsSession;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslContext;
import java.security.Provider;
import java.security.cert.X509Certificate;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Netty at both ends, by HTTP/2, with Akushu at one end or both. */
@Timeout(60)
class NettyTest {
    private static final byte[] BODY = JdkClient.tenMegabytes();

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true"})
    void echoesTenMegabytesUnderMutualTlsAndResumes(boolean clientIsAkushu, boolean serverIsAkushu) throws Throwable {
        CountingTrust trust = Contexts.trust();
        CountingTrust trustOfClients = Contexts.trust();
        SslContext context = NettyContexts.client(provider(clientIsAkushu), Pki.SHARED.client(), trust);
        SslContext atServer = NettyContexts.server(provider(serverIsAkushu), ClientAuth.REQUIRE, trustOfClients);
        try (NettyServer server = NettyServer.overTls(atServer)) {
            for (boolean resumed : new boolean[] {false, true}) {
                try (NettyClient client = NettyClient.connect(context, "localhost", server.port())) {
                    assertThat(client.protocol()).isEqualTo("h2");
                    assertThat(client.post("/", BODY)).isEqualTo(BODY);
                    SSLSession other = server.sessions().getLast();
                    assertThat(other.getPeerPrincipal().getName()).isEqualTo("CN=client");
                    assertThat(client.session().getPeerCertificates()).isInstanceOf(X509Certificate[].class);
                    if (clientIsAkushu) {
                        assertSession(client.session(), resumed);
                    }
                    if (serverIsAkushu) {
                        assertSession(other, resumed);
                    }
                }
            }
            assertThat(server.sessions()).hasSize(2);
            assertThat(trust.asked()).isEqualTo(1);
            assertThat(trustOfClients.asked()).isEqualTo(1);
            assertThat(server.failures()).isEmpty();
        }
    }

    @Test
    void refusesAHostThatTheCertificateDoesNotName() throws Throwable {
        SslContext context = NettyContexts.client(Contexts.AKUSHU, null, Contexts.trust());
        try (NettyServer server = NettyServer.overTls(NettyContexts.server(ClientAuth.NONE))) {
            assertThatThrownBy(() -> NettyClient.connect(context, Facts.OTHER_LOOPBACK, server.port()))
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasMessageContainingAll("does not name 127.0.0.2", "localhost", "127.0.0.1");
            server.awaitFailure();
            assertThat(server.failures()).singleElement().asString().contains("bad_certificate");
        }
    }

    @Test
    void refusesAClientWithoutACertificate() throws Throwable {
        SslContext context = NettyContexts.client(Contexts.AKUSHU, null, Contexts.trust());
        try (NettyServer server = NettyServer.overTls(NettyContexts.server(ClientAuth.REQUIRE));
                NettyClient client = NettyClient.connect(context, "localhost", server.port())) {
            // The client's handshake is done before the server has seen what is missing. RFC 9846 4.5.2
            assertThat(client.failure()).hasMessageContaining("certificate_required");
            server.awaitFailure();
            assertThat(server.sessions()).isEmpty();
            assertThat(server.failures()).singleElement().asString().contains("certificate");
        }
    }

    @Test
    void tellsACloseFromACut() throws Throwable {
        SslContext context = NettyContexts.client(Contexts.AKUSHU, null, Contexts.trust());
        try (NettyServer server = NettyServer.overTls(NettyContexts.server(ClientAuth.NONE))) {
            try (NettyClient client = NettyClient.connect(context, "localhost", server.port())) {
                assertThat(client.post("/bye", BODY)).isEqualTo(BODY);
                assertThat(client.end()).isEqualTo(SslCloseCompletionEvent.SUCCESS);
            }
            try (NettyClient client = NettyClient.connect(context, "localhost", server.port())) {
                assertThatThrownBy(() -> client.post("/cut", new byte[1])).isInstanceOf(ExecutionException.class);
                assertThat(client.end().isSuccess()).isFalse();
            }
        }
    }

    @Test
    void lateTicketsAndKeyUpdatesDoNotDisturbTheClient() throws Throwable {
        CountingTrust trust = Contexts.trust();
        SslContext context = NettyContexts.client(Contexts.AKUSHU, null, trust);
        try (NettyServer server = NettyServer.plainHttp2();
                WaywardRelay relay = new WaywardRelay(Pki.SHARED.server(), server.port(), "h2")) {
            for (int connection = 1; connection <= 2; connection++) {
                try (NettyClient client = NettyClient.connect(context, "localhost", relay.port())) {
                    assertThat(client.post("/", BODY)).isEqualTo(BODY);
                }
                assertThat(relay.awaitEnd()).isEqualTo("close_notify");
            }
            assertThat(relay.sessions()).extracting(TlsSession::resumed).containsExactly(false, true);
            assertThat(trust.asked()).isEqualTo(1);
        }
    }

    @Test
    void theServerSurvivesAClientThatLeavesWithoutAWord() throws Throwable {
        SslContext context = NettyContexts.client(Contexts.AKUSHU, null, Contexts.trust());
        try (NettyServer server = NettyServer.overTls(NettyContexts.server(ClientAuth.NONE))) {
            try (WaywardClient client = new WaywardClient(server.port(), "http/1.1")) {
                client.leaveWithoutAWord();
            }
            server.awaitClose();
            try (NettyClient client = NettyClient.connect(context, "localhost", server.port())) {
                assertThat(client.post("/", BODY)).isEqualTo(BODY);
            }
        }
    }

    @Test
    void keyUpdatesDoNotDisturbTheServer() throws Exception {
        try (NettyServer server = NettyServer.overTls(NettyContexts.server(ClientAuth.NONE))) {
            try (WaywardClient client = new WaywardClient(server.port(), "http/1.1")) {
                for (int i = 0; i < 3; i++) {
                    assertThat(client.get("/")).isEmpty();
                }
                assertThat(client.keyUpdatesOfServer()).isEqualTo(3);
                assertThat(client.session().applicationProtocol()).isEqualTo("http/1.1");
            }
            assertThat(server.sessions()).hasSize(1);
        }
    }

    @Test
    void theSnippetMakesBothEnds() throws Throwable {
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(Pki.SHARED.trustStore());
        SslContext atServer =
                NettySnippet.server(Contexts.factory(Pki.SHARED.server().keyStore("key")));
        try (NettyServer server = NettyServer.overTls(atServer);
                NettyClient client = NettyClient.connect(NettySnippet.client(trust), "localhost", server.port())) {
            assertThat(client.post("/", BODY)).isEqualTo(BODY);
            assertSession(client.session(), false);
        }
    }

    private static @Nullable Provider provider(boolean akushu) {
        return akushu ? Contexts.AKUSHU : null;
    }

    private static void assertSession(SSLSession session, boolean resumed) {
        assertThat(session.getProtocol()).isEqualTo("TLSv1.3");
        assertThat(Facts.of(session).applicationProtocol()).isEqualTo("h2");
        assertThat(Facts.of(session).resumed()).isEqualTo(resumed);
    }
}
