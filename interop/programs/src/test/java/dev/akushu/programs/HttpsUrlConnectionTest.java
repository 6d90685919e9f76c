package dev.akushu.programs;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.akushu.programs.snippets.HttpsUrlConnectionSnippet;
import io.netty.handler.ssl.ClientAuth;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The JDK's HttpsURLConnection and HttpsServer, directly and through a proxy. WaywardServerTest has it keep a connection. */
@Timeout(60)
class HttpsUrlConnectionTest {
    private static final byte[] BODY = JdkClient.tenMegabytes();
    private static final List<SSLSession> SERVER_SESSIONS = new CopyOnWriteArrayList<>();
    private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();

    private static HttpsServer server;

    @BeforeAll
    static void serve() throws Exception {
        server = HttpsServer.create(new InetSocketAddress(0), 10);
        server.setHttpsConfigurator(new HttpsConfigurator(Contexts.server()) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters wanted = getSSLContext().getDefaultSSLParameters();
                wanted.setNeedClientAuth(true);
                parameters.setSSLParameters(wanted);
            }
        });
        server.createContext("/", HttpsUrlConnectionTest::echo);
        server.setExecutor(THREADS);
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
        THREADS.shutdownNow();
    }

    private static void echo(HttpExchange exchange) throws IOException {
        try (exchange) {
            SERVER_SESSIONS.add(((HttpsExchange) exchange).getSSLSession());
            byte[] body = exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Test
    void echoesTenMegabytesUnderMutualTlsAndResumes() throws Exception {
        CountingTrust trust = Contexts.trust();
        SSLContext context = Contexts.akushu(Pki.SHARED.client(), trust);
        for (boolean resumed : new boolean[] {false, true}) {
            HttpsURLConnection connection = open("localhost", context, Proxy.NO_PROXY);
            assertThat(echo(connection, BODY)).isEqualTo(BODY);
            assertSession(connection, resumed);
            SSLSession atServer = SERVER_SESSIONS.getLast();
            assertThat(atServer.getPeerPrincipal().getName()).isEqualTo("CN=client");
            assertThat(Facts.of(atServer).resumed()).isEqualTo(resumed);
            assertThat(Facts.of(atServer).serverName()).isEqualTo("localhost");
        }
        assertThat(trust.asked()).isEqualTo(1);
    }

    @Test
    void reachesTheServerThroughAProxyAndResumes() throws Exception {
        CountingTrust trust = Contexts.trust();
        SSLContext context = Contexts.akushu(Pki.SHARED.client(), trust);
        try (ConnectProxy proxy = new ConnectProxy()) {
            for (boolean resumed : new boolean[] {false, true}) {
                HttpsURLConnection connection = open("localhost", context, proxy.asProxy());
                assertThat(echo(connection, BODY)).isEqualTo(BODY);
                assertSession(connection, resumed);
                // The name of the server, not the one of the proxy.
                assertThat(Facts.of(SERVER_SESSIONS.getLast()).serverName()).isEqualTo("localhost");
            }
            int port = server.getAddress().getPort();
            assertThat(proxy.asked())
                    .hasSize(2)
                    .allMatch(line -> line.equals("CONNECT localhost:" + port + " HTTP/1.1"));
        }
        assertThat(trust.asked()).isEqualTo(1);
    }

    @Test
    void refusesAHostThatTheCertificateDoesNotNameDirectlyAndThroughAProxy() throws Exception {
        SSLContext context = Contexts.akushu(Pki.SHARED.client(), Contexts.trust());
        try (ConnectProxy proxy = new ConnectProxy()) {
            for (Proxy route : List.of(Proxy.NO_PROXY, proxy.asProxy())) {
                assertThatThrownBy(() -> echo(open(Facts.OTHER_LOOPBACK, context, route), new byte[1]))
                        .isInstanceOf(IOException.class)
                        .hasMessageContainingAll(Facts.OTHER_LOOPBACK, "localhost", "127.0.0.1");
            }
        }
    }

    @Test
    void aVerifierOfTheProgramsOwnIsAskedAndSeesTheSession() throws Exception {
        SSLContext context = Contexts.akushu(Pki.SHARED.client(), Contexts.trust());
        HttpsURLConnection connection = open(Facts.OTHER_LOOPBACK, context, Proxy.NO_PROXY);
        connection.setHostnameVerifier((host, session) ->
                host.equals(Facts.OTHER_LOOPBACK) && session.getProtocol().equals("TLSv1.3"));
        assertThat(echo(connection, BODY)).isEqualTo(BODY);
    }

    @Test
    void saysThatTheServerWantsACertificate() throws Exception {
        HttpsURLConnection connection = open("localhost", Contexts.client(), Proxy.NO_PROXY);
        assertThatThrownBy(() -> echo(connection, new byte[1])).hasMessageContaining("certificate_required");
    }

    @Test
    void takesAnAnswerThatEndsWithACloseAndResumes() throws Exception {
        CountingTrust trust = Contexts.trust();
        SSLContext context = Contexts.akushu(null, trust);
        try (NettyServer closing = NettyServer.overTls(NettyContexts.server(ClientAuth.NONE))) {
            for (boolean resumed : new boolean[] {false, true}) {
                URI uri = URI.create("https://localhost:" + closing.port() + "/bye");
                HttpsURLConnection connection = HttpsUrlConnectionSnippet.open(uri, context);
                assertThat(echo(connection, BODY)).isEqualTo(BODY);
                closing.awaitClose();
                assertThat(Facts.of(closing.sessions().getLast()).resumed()).isEqualTo(resumed);
            }
        }
        assertThat(trust.asked()).isEqualTo(1);
    }

    @Test
    void doesNotTakeACutAnswerForAWholeOne() throws Exception {
        try (NettyServer cutting = NettyServer.overTls(NettyContexts.server(ClientAuth.NONE))) {
            URI uri = URI.create("https://localhost:" + cutting.port() + "/cut");
            HttpsURLConnection connection = HttpsUrlConnectionSnippet.open(uri, Contexts.client());
            try (InputStream in = connection.getInputStream()) {
                assertThatThrownBy(in::readAllBytes).hasMessageContaining("close_notify");
            }
        }
    }

    @Test
    void talksToSunJsse() throws Exception {
        CountingTrust trust = Contexts.trust();
        SSLContext context = Contexts.akushu(null, trust);
        try (NettyServer sun = NettyServer.overTls(NettyContexts.sunServer())) {
            for (boolean resumed : new boolean[] {false, true}) {
                URI uri = URI.create("https://localhost:" + sun.port() + "/");
                HttpsURLConnection connection = HttpsUrlConnectionSnippet.open(uri, context);
                connection.setRequestProperty("Connection", "close");
                assertThat(echo(connection, BODY)).isEqualTo(BODY);
                assertSession(connection, resumed);
            }
        }
        assertThat(trust.asked()).isEqualTo(1);
    }

    @Test
    void theSnippetOpensAConnection() throws Exception {
        SSLContext context = HttpsUrlConnectionSnippet.context(new TrustManager[] {Contexts.trust()});
        try (NettyServer other = NettyServer.overTls(NettyContexts.server(ClientAuth.NONE))) {
            URI uri = URI.create("https://localhost:" + other.port() + "/");
            byte[] hello = "hello".getBytes(US_ASCII);
            assertThat(echo(HttpsUrlConnectionSnippet.open(uri, context), hello))
                    .isEqualTo(hello);
        }
    }

    private static HttpsURLConnection open(String host, SSLContext context, Proxy proxy) throws IOException {
        URI uri = URI.create("https://" + host + ":" + server.getAddress().getPort() + "/");
        HttpsURLConnection connection = (HttpsURLConnection) uri.toURL().openConnection(proxy);
        connection.setSSLSocketFactory(context.getSocketFactory());
        connection.setRequestProperty("Connection", "close");
        return connection;
    }

    /** Leaves the connection as it is, so that it can be asked about its session. */
    private static byte[] echo(HttpsURLConnection connection, byte[] body) throws IOException {
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(body.length);
        try (OutputStream out = connection.getOutputStream()) {
            out.write(body);
        }
        return connection.getInputStream().readAllBytes();
    }

    private static void assertSession(HttpsURLConnection connection, boolean resumed) throws IOException {
        assertThat(connection.getCipherSuite()).isEqualTo("TLS_AES_128_GCM_SHA256");
        assertThat(connection.getServerCertificates()).isInstanceOf(X509Certificate[].class);
        SSLSession session = connection.getSSLSession().orElseThrow();
        assertThat(session.getProtocol()).isEqualTo("TLSv1.3");
        assertThat(Facts.of(session).resumed()).isEqualTo(resumed);
    }
}
