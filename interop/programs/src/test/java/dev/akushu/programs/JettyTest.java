package dev.akushu.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.jsse.AkushuProvider;
import dev.akushu.jsse.AkushuSession;
import dev.akushu.programs.snippets.JettySnippet;
import dev.akushu.tls.TlsSession;
import java.io.EOFException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.Security;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.CompletableResponseListener;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.transport.HttpClientConnectionFactory;
import org.eclipse.jetty.client.transport.HttpClientTransportDynamic;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.ClientConnectionFactoryOverHTTP2;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint.SslSessionData;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Jetty's server and client over Akushu: both versions of HTTP, two certificates by SNI, client certificates. */
@Timeout(60)
class JettyTest {
    @TempDir
    private static Path folder;

    private static final BlockingQueue<Seen> SEEN = new LinkedBlockingQueue<>();
    private static Server server;
    private static ServerConnector two;
    private static ServerConnector strict;
    private static ServerConnector onlyHttp1;
    private static ServerConnector onlyHttp2;

    /** What a request told the server of its connection. */
    private record Seen(HttpVersion version, SslSessionData tls) {}

    @BeforeAll
    static void serve() throws Exception {
        server = new Server();
        server.setHandler(new Echo());
        KeyStore keys = Pki.SHARED.server().keyStore("localhost");
        for (String name : List.of("one.test", "two.test")) {
            Pki.Identity identity = Pki.SHARED.identity("EC", "CN=" + name, name);
            keys.setKeyEntry(
                    name,
                    identity.key(),
                    Pki.PASSWORD.toCharArray(),
                    identity.chain().toArray(Certificate[]::new));
        }
        Path store = Pki.write(keys, folder.resolve("keys.p12"));
        two = JettySnippet.https(server, store, Pki.PASSWORD);
        tls(two).setTrustStore(Pki.SHARED.trustStore());
        tls(two).setWantClientAuth(true);
        strict = JettySnippet.https(server, store, Pki.PASSWORD);
        tls(strict).setTrustStore(Pki.SHARED.trustStore());
        tls(strict).setNeedClientAuth(true);
        HttpConfiguration http = new HttpConfiguration();
        http.addCustomizer(new SecureRequestCustomizer());
        onlyHttp1 = new ServerConnector(
                server,
                contextOf(Contexts.server()),
                new ALPNServerConnectionFactory("http/1.1"),
                new HttpConnectionFactory(http));
        onlyHttp2 = new ServerConnector(
                server,
                contextOf(Contexts.server()),
                new ALPNServerConnectionFactory("h2"),
                new HTTP2ServerConnectionFactory(http));
        for (ServerConnector connector : List.of(two, strict, onlyHttp1, onlyHttp2)) {
            connector.setHost("127.0.0.1");
            server.addConnector(connector);
        }
        server.start();
    }

    @AfterAll
    static void stop() throws Exception {
        server.stop();
        Security.removeProvider(AkushuProvider.NAME);
    }

    private static final class Echo extends Handler.Abstract {
        @Override
        public boolean handle(org.eclipse.jetty.server.Request request, Response response, Callback callback) {
            SEEN.add(new Seen(request.getConnectionMetaData().getHttpVersion(), (SslSessionData)
                    request.getAttribute(SslSessionData.ATTRIBUTE)));
            if (request.getMethod().equals("GET")) {
                response.getHeaders()
                        .put("Connection", request.getHttpURI().getPath().equals("/last") ? "close" : "");
                Content.Sink.write(response, true, "hello", callback);
            } else {
                Content.copy(request, response, callback);
            }
            return true;
        }
    }

    private enum Http {
        HTTP_1(HttpVersion.HTTP_1_1, "http/1.1"),
        HTTP_2(HttpVersion.HTTP_2, "h2");

        private final HttpVersion version;
        private final String applicationProtocol;

        Http(HttpVersion version, String applicationProtocol) {
            this.version = version;
            this.applicationProtocol = applicationProtocol;
        }
    }

    @ParameterizedTest
    @EnumSource
    void tenMegabytesAreEchoedAndTheSecondConnectionIsResumed(Http http) throws Exception {
        byte[] body = new byte[10 << 20];
        new Random(1).nextBytes(body);
        CountingTrust trust = Contexts.trust();
        SSLContext context = Contexts.akushu(null, trust);
        for (boolean resumed : new boolean[] {false, true}) {
            HttpClient client = client(context);
            try {
                Request request = client.POST(uri("localhost", http == Http.HTTP_2 ? two : onlyHttp1))
                        .body(new BytesRequestContent(body));
                ContentResponse response = new CompletableResponseListener(request, body.length)
                        .send()
                        .get(30, TimeUnit.SECONDS);
                assertThat(response.getContent()).isEqualTo(body);
                assertThat(response.getVersion()).isEqualTo(http.version);
                Seen seen = SEEN.take();
                assertThat(seen.version).isEqualTo(http.version);
                check(request.getConnection().getSslSessionData(), http, resumed);
                check(seen.tls, http, resumed);
            } finally {
                client.stop();
            }
        }
        assertThat(trust.asked()).isEqualTo(1);
    }

    private static void check(SslSessionData tls, Http http, boolean resumed) {
        assertThat(tls.sslSession().getProtocol()).isEqualTo("TLSv1.3");
        TlsSession facts = facts(tls);
        assertThat(facts.applicationProtocol()).isEqualTo(http.applicationProtocol);
        assertThat(facts.resumed()).isEqualTo(resumed);
    }

    @Test
    void theServerTellsRequestsOfTheConnection() throws Exception {
        get(Contexts.client(), "localhost", two);
        SslSessionData tls = SEEN.take().tls;
        assertThat(tls.cipherSuite()).isEqualTo("TLS_AES_128_GCM_SHA256");
        assertThat(tls.keySize()).isEqualTo(128);
        assertThat(tls.sslSessionId()).matches("[0-9A-Fa-f]{64}");
        assertThat(tls.peerCertificates()).isNull();
    }

    @Test
    void eachNameGetsItsCertificate() throws Exception {
        SSLContext context = Contexts.client();
        for (String name : List.of("one.test", "two.test", "one.test")) {
            ContentResponse response = get(context, name, two);
            assertThat(response.getStatus()).isEqualTo(200);
            SslSessionData tls = response.getRequest().getConnection().getSslSessionData();
            assertThat(tls.sslSession().getPeerPrincipal().getName()).isEqualTo("CN=" + name);
            Seen seen = SEEN.take();
            assertThat(facts(seen.tls).serverName()).isEqualTo(name);
            assertThat(seen.tls.sslSession().getLocalPrincipal().getName()).isEqualTo("CN=" + name);
        }
    }

    @Test
    void aHostThatNoCertificateNamesIsRefused() throws Exception {
        SSLContext context = Contexts.client();
        assertThatThrownBy(() -> get(context, "three.test", two))
                .hasCauseInstanceOf(SSLHandshakeException.class)
                .hasMessageContainingAll("three.test", "localhost");
    }

    @Test
    void clientsShowTheirCertificate() throws Exception {
        SSLContext context = Contexts.akushu(Pki.SHARED.client(), Contexts.trust());
        for (ServerConnector connector : List.of(two, strict)) {
            assertThat(get(context, "localhost", connector).getStatus()).isEqualTo(200);
            assertThat(SEEN.take().tls.peerCertificates()[0].getSubjectX500Principal())
                    .hasToString("CN=client");
        }
    }

    @Test
    void aClientWithoutCertificateIsRefusedWhereOneIsNeeded() throws Exception {
        try (WaywardClient client = new WaywardClient(strict.getLocalPort())) {
            assertThatThrownBy(client::awaitCloseNotify).hasMessageContaining("certificate_required");
        }
    }

    @Test
    void theSnippetsClientSpeaksHttp2WithTheSnippetsServer() throws Exception {
        Path trust = Pki.write(Pki.SHARED.trustStore(), folder.resolve("trust.p12"));
        HttpClient client = JettySnippet.client(trust, Pki.PASSWORD);
        client.start();
        try {
            ContentResponse response = client.GET(uri("localhost", two));
            check(response.getRequest().getConnection().getSslSessionData(), Http.HTTP_2, false);
            check(SEEN.take().tls, Http.HTTP_2, false);
        } finally {
            client.stop();
        }
    }

    @Test
    void withoutACommonProtocolTheServerRefuses() {
        assertThatThrownBy(() -> new WaywardClient(onlyHttp2.getLocalPort(), "http/1.1"))
                .hasMessageContaining("no_application_protocol");
    }

    @Test
    void withoutACommonProtocolTheClientSaysSo() throws Exception {
        HttpClient client = client(Contexts.client());
        try (WaywardServer other = new WaywardServer(Pki.SHARED.server(), false, "acme-tls/1")) {
            assertThatThrownBy(() -> client.GET("https://localhost:" + other.port()))
                    .hasMessageContaining("no_application_protocol");
        } finally {
            client.stop();
        }
    }

    @Test
    void aClientWithoutAlpnGetsTheDefaultProtocolAndAnswersToKeyUpdates() throws Exception {
        try (WaywardClient client = new WaywardClient(two.getLocalPort())) {
            for (int i = 1; i <= 3; i++) {
                assertThat(client.get("/")).isEqualTo("hello");
                assertThat(client.keyUpdatesOfServer()).isEqualTo(i);
                assertThat(SEEN.take().version).isEqualTo(HttpVersion.HTTP_1_1);
            }
            assertThat(client.session().applicationProtocol()).isNull();
        }
    }

    @Test
    void theServerEndsWithCloseNotify() throws Exception {
        try (WaywardClient client = new WaywardClient(two.getLocalPort(), "http/1.1")) {
            assertThat(client.get("/last")).isEqualTo("hello");
            client.awaitCloseNotify();
            assertThat(facts(SEEN.take().tls).applicationProtocol()).isEqualTo("http/1.1");
        }
    }

    @Test
    void theServerSurvivesAClientThatLeavesWithoutAWord() throws Exception {
        try (WaywardClient client = new WaywardClient(two.getLocalPort())) {
            client.leaveWithoutAWord();
        }
        get(Contexts.client(), "localhost", two);
        assertThat(SEEN.take().version).isEqualTo(HttpVersion.HTTP_2);
    }

    /** The server here knows no ALPN, so the client has to fall back to its first protocol. */
    @Test
    void theClientBearsLateTicketsAndKeyUpdatesAndFallsBackWithoutAlpn() throws Exception {
        CountingTrust trust = Contexts.trust();
        SSLContext context = Contexts.akushu(null, trust);
        try (WaywardServer wayward = new WaywardServer(Pki.SHARED.server(), false)) {
            for (int connection = 1; connection <= 2; connection++) {
                HttpClient client = client(context);
                try {
                    for (int i = 0; i < 3; i++) {
                        assertThat(client.GET("https://localhost:" + wayward.port())
                                        .getContentAsString())
                                .isEqualTo("hello");
                    }
                } finally {
                    client.stop();
                }
                assertThat(wayward.awaitEnd()).isEqualTo("close_notify");
            }
            assertThat(wayward.sessions()).extracting(TlsSession::resumed).containsExactly(false, true);
            assertThat(wayward.failures()).isEmpty();
            assertThat(trust.asked()).isEqualTo(1);
        }
    }

    @Test
    void theClientTellsOfACutAnswer() throws Exception {
        HttpClient client = client(Contexts.client());
        try (WaywardServer wayward = new WaywardServer(Pki.SHARED.server(), true)) {
            String uri = "https://localhost:" + wayward.port();
            assertThat(client.GET(uri).getContentAsString()).isEqualTo("hello");
            assertThatThrownBy(() -> client.GET(uri))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(EOFException.class);
            // Both were asked on one connection, so the second did meet the cut.
            assertThat(wayward.sessions()).hasSize(1);
        } finally {
            client.stop();
        }
    }

    /** The bridge leaves the JDK's engine to Jetty's own service. */
    @Test
    void oneEndMayStayWithTheJdksProvider() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS", "SunJSSE");
        context.init(null, new javax.net.ssl.TrustManager[] {Contexts.trust()}, null);
        ContentResponse response = get(context, "localhost", two);
        assertThat(response.getVersion()).isEqualTo(HttpVersion.HTTP_2);
        check(SEEN.take().tls, Http.HTTP_2, false);
    }

    private static TlsSession facts(SslSessionData tls) {
        return AkushuSession.of(tls.sslSession()).flatMap(AkushuSession::facts).orElseThrow();
    }

    /** By HTTP/2, on a connection of its own. */
    private static ContentResponse get(SSLContext context, String host, ServerConnector connector) throws Exception {
        HttpClient client = client(context);
        try {
            return client.GET(uri(host, connector));
        } finally {
            client.stop();
        }
    }

    private static String uri(String host, ServerConnector connector) {
        return "https://" + host + ":" + connector.getLocalPort() + "/";
    }

    /** A client for both versions of HTTP, and for which all names are the loopback interface's. */
    private static HttpClient client(SSLContext context) throws Exception {
        ClientConnector connector = new ClientConnector();
        SslContextFactory.Client tls = new SslContextFactory.Client();
        tls.setSslContext(context);
        connector.setSslContextFactory(tls);
        HttpClient client = new HttpClient(new HttpClientTransportDynamic(
                connector,
                HttpClientConnectionFactory.HTTP11,
                new ClientConnectionFactoryOverHTTP2.HTTP2(new HTTP2Client(connector))));
        client.setSocketAddressResolver((host, port, more, promise) -> {
            try {
                InetAddress named = InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1});
                promise.succeeded(List.of(new InetSocketAddress(named, port)));
            } catch (UnknownHostException impossible) {
                promise.failed(impossible);
            }
        });
        client.start();
        return client;
    }

    private static SslContextFactory.Server contextOf(SSLContext context) {
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setSslContext(context);
        return tls;
    }

    private static SslContextFactory.Server tls(ServerConnector connector) {
        return connector
                .getConnectionFactory(org.eclipse.jetty.server.SslConnectionFactory.class)
                .getSslContextFactory();
    }
}
