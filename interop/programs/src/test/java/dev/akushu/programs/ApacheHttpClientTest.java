package dev.akushu.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.programs.snippets.ApacheHttpClientSnippet;
import dev.akushu.tls.TlsSession;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Apache HttpClient 5: the classic client over sockets by HTTP/1.1, the asynchronous one over engines by HTTP/2. */
@Timeout(60)
class ApacheHttpClientTest {
    private static final byte[] BODY = JdkClient.tenMegabytes();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void classicEchoesTenMegabytesUnderMutualTlsAndResumes(boolean serverIsAkushu) throws Exception {
        CountingTrust trust = Contexts.trust();
        SSLContext context = Contexts.akushu(Pki.SHARED.client(), trust);
        try (NettyServer server = serve(serverIsAkushu)) {
            for (boolean resumed : new boolean[] {false, true}) {
                try (CloseableHttpClient client = classic(context)) {
                    HttpClientContext exchange = HttpClientContext.create();
                    assertThat(post(client, uri("localhost", server.port(), "/"), BODY, exchange))
                            .isEqualTo(BODY);
                    // The classic client does not use ALPN.
                    assertSession(exchange.getSSLSession(), null, resumed);
                    assertAtServer(server, serverIsAkushu, null, resumed);
                }
            }
            assertThat(trust.asked()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void asyncEchoesTenMegabytesByHttp2UnderMutualTlsAndResumes(boolean serverIsAkushu) throws Exception {
        CountingTrust trust = Contexts.trust();
        SSLContext context = Contexts.akushu(Pki.SHARED.client(), trust);
        try (NettyServer server = serve(serverIsAkushu)) {
            for (boolean resumed : new boolean[] {false, true}) {
                try (Async client = async(context)) {
                    HttpClientContext exchange = HttpClientContext.create();
                    SimpleHttpResponse answer = post(client, uri("localhost", server.port(), "/"), exchange);
                    assertThat(answer.getVersion()).hasToString("HTTP/2.0");
                    assertThat(answer.getBodyBytes()).isEqualTo(BODY);
                    assertSession(exchange.getSSLSession(), "h2", resumed);
                    assertAtServer(server, serverIsAkushu, "h2", resumed);
                }
            }
            assertThat(trust.asked()).isEqualTo(1);
        }
    }

    @Test
    void bothRefuseAHostThatTheCertificateDoesNotName() throws Exception {
        try (NettyServer server = NettyServer.overTls(NettyContexts.server(ClientAuth.NONE));
                CloseableHttpClient classic = classic(Contexts.client());
                Async async = async(Contexts.client())) {
            String wrong = uri(Facts.OTHER_LOOPBACK, server.port(), "/");
            assertThatThrownBy(() -> post(classic, wrong, new byte[1], HttpClientContext.create()))
                    .isInstanceOf(SSLException.class)
                    .hasMessageContainingAll("127.0.0.2", "localhost", "127.0.0.1");
            assertThatThrownBy(() -> post(async, wrong, HttpClientContext.create()))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(SSLException.class)
                    .hasMessageContainingAll("127.0.0.2", "localhost", "127.0.0.1");
        }
    }

    @Test
    void bothSayThatTheServerWantsACertificate() throws Exception {
        try (NettyServer server = NettyServer.overTls(NettyContexts.server(ClientAuth.REQUIRE));
                CloseableHttpClient classic = classic(Contexts.client());
                Async async = async(Contexts.client())) {
            String uri = uri("localhost", server.port(), "/");
            assertThatThrownBy(() -> post(classic, uri, new byte[1], HttpClientContext.create()))
                    .hasMessageContaining("certificate_required");
            // This one may find the connection closed before it has sent anything, and says no more.
            assertThatThrownBy(() -> post(async, uri, HttpClientContext.create()))
                    .hasCauseInstanceOf(IOException.class);
            assertThat(server.sessions()).isEmpty();
        }
    }

    @Test
    void bothTellACloseFromACut() throws Exception {
        SSLContext context = Contexts.client();
        try (NettyServer server = NettyServer.overTls(NettyContexts.server(ClientAuth.NONE));
                CloseableHttpClient first = classic(context);
                CloseableHttpClient second = classic(context);
                Async async = async(context)) {
            HttpClientContext exchange = HttpClientContext.create();
            assertThat(post(first, uri("localhost", server.port(), "/bye"), BODY, exchange))
                    .isEqualTo(BODY);
            assertThat(post(async, uri("localhost", server.port(), "/bye"), exchange)
                            .getBodyBytes())
                    .isEqualTo(BODY);
            // Another one, because the first does not look whether its connection is still good.
            assertThatThrownBy(() -> post(second, uri("localhost", server.port(), "/cut"), new byte[1], exchange))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("close_notify");
            assertThatThrownBy(() -> post(async, uri("localhost", server.port(), "/cut"), exchange))
                    .hasCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void lateTicketsAndKeyUpdatesDoNotDisturbTheClassicClient() throws Exception {
        CountingTrust trust = Contexts.trust();
        SSLContext context = Contexts.akushu(null, trust);
        try (WaywardServer server = new WaywardServer(Pki.SHARED.server(), false)) {
            for (int connection = 1; connection <= 2; connection++) {
                try (CloseableHttpClient client = classic(context)) {
                    for (int i = 0; i < 3; i++) {
                        HttpGet request = new HttpGet(uri("localhost", server.port(), "/"));
                        String answer = client.execute(request, response -> EntityUtils.toString(response.getEntity()));
                        assertThat(answer).isEqualTo("hello");
                    }
                }
                assertThat(server.awaitEnd()).isEqualTo("close_notify");
            }
            assertThat(server.sessions()).extracting(TlsSession::resumed).containsExactly(false, true);
            assertThat(trust.asked()).isEqualTo(1);
        }
    }

    @Test
    void lateTicketsAndKeyUpdatesDoNotDisturbTheAsyncClient() throws Exception {
        CountingTrust trust = Contexts.trust();
        SSLContext context = Contexts.akushu(null, trust);
        try (NettyServer server = NettyServer.plainHttp2();
                WaywardRelay relay = new WaywardRelay(Pki.SHARED.server(), server.port(), "h2")) {
            for (int connection = 1; connection <= 2; connection++) {
                try (Async client = async(context)) {
                    String uri = uri("localhost", relay.port(), "/");
                    assertThat(post(client, uri, HttpClientContext.create()).getBodyBytes())
                            .isEqualTo(BODY);
                }
            }
            assertThat(relay.sessions()).extracting(TlsSession::resumed).containsExactly(false, true);
            assertThat(trust.asked()).isEqualTo(1);
        }
    }

    @Test
    void theSnippetMakesBothClients() throws Exception {
        DefaultClientTlsStrategy tls = ApacheHttpClientSnippet.tls(Pki.SHARED.trustStore());
        try (NettyServer server = NettyServer.overTls(NettyContexts.server(ClientAuth.NONE));
                CloseableHttpClient classic = ApacheHttpClientSnippet.classic(tls);
                Async async = new Async(ApacheHttpClientSnippet.async(tls))) {
            String uri = uri("localhost", server.port(), "/");
            HttpClientContext exchange = HttpClientContext.create();
            assertThat(post(classic, uri, BODY, exchange)).isEqualTo(BODY);
            assertSession(exchange.getSSLSession(), null, false);
            assertThat(post(async, uri, exchange).getBodyBytes()).isEqualTo(BODY);
            assertSession(exchange.getSSLSession(), "h2", false);
        }
    }

    private static NettyServer serve(boolean akushu) throws Exception {
        SslContext context =
                NettyContexts.server(akushu ? Contexts.AKUSHU : null, ClientAuth.REQUIRE, Contexts.trust());
        return NettyServer.overTls(context);
    }

    private static CloseableHttpClient classic(SSLContext context) {
        return ApacheHttpClientSnippet.classic(new DefaultClientTlsStrategy(context));
    }

    private static Async async(SSLContext context) {
        return new Async(ApacheHttpClientSnippet.async(new DefaultClientTlsStrategy(context)));
    }

    /** A client that is closed at once: by itself it waits five seconds for HTTP/2 to end, over any provider. */
    private record Async(CloseableHttpAsyncClient client) implements AutoCloseable {
        Async {
            client.start();
        }

        @Override
        public void close() {
            client.close(CloseMode.IMMEDIATE);
        }
    }

    private static byte[] post(CloseableHttpClient client, String uri, byte[] body, HttpClientContext exchange)
            throws IOException {
        HttpPost request = new HttpPost(uri);
        request.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_OCTET_STREAM));
        return client.execute(request, exchange, response -> EntityUtils.toByteArray(response.getEntity()));
    }

    private static SimpleHttpResponse post(Async client, String uri, HttpClientContext exchange) throws Exception {
        SimpleHttpRequest request = SimpleRequestBuilder.post(uri)
                .setBody(BODY, ContentType.APPLICATION_OCTET_STREAM)
                .build();
        return client.client().execute(request, exchange, null).get(30, TimeUnit.SECONDS);
    }

    private static void assertSession(SSLSession session, @Nullable String protocol, boolean resumed)
            throws IOException {
        assertThat(session.getProtocol()).isEqualTo("TLSv1.3");
        assertThat(session.getPeerCertificates()).isInstanceOf(X509Certificate[].class);
        assertThat(Facts.of(session).applicationProtocol()).isEqualTo(protocol);
        assertThat(Facts.of(session).resumed()).isEqualTo(resumed);
    }

    private static void assertAtServer(NettyServer server, boolean isAkushu, @Nullable String protocol, boolean resumed)
            throws IOException {
        SSLSession session = server.sessions().getLast();
        assertThat(session.getPeerPrincipal().getName()).isEqualTo("CN=client");
        if (isAkushu) {
            assertSession(session, protocol, resumed);
            // This client leaves it to the provider to ask for the host by SNI.
            assertThat(Facts.of(session).serverName()).isEqualTo("localhost");
        }
    }

    private static String uri(String host, int port, String path) {
        return "https://" + host + ":" + port + path;
    }
}
