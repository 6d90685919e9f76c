package dev.akushu.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.jsse.AkushuProvider;
import dev.akushu.jsse.AkushuSession;
import dev.akushu.programs.snippets.UndertowSnippet;
import dev.akushu.tls.TlsSession;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.protocols.ssl.SNIContextMatcher;
import io.undertow.protocols.ssl.SNISSLContext;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.BlockingHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xnio.Options;
import org.xnio.SslClientAuthMode;

/** Undertow over Akushu: HTTP/2 by the compatibility switch, names by SNI, client certificates. */
@Timeout(60)
class UndertowTest {
    private static final BlockingQueue<Seen> SEEN = new LinkedBlockingQueue<>();

    private static Undertow open;
    private static Undertow strict;

    /** What a request told the server of its connection. */
    private record Seen(String httpVersion, SSLSession session) {
        TlsSession facts() {
            return AkushuSession.of(session).flatMap(AkushuSession::facts).orElseThrow();
        }
    }

    @BeforeAll
    static void serve() throws Exception {
        open = start(UndertowSnippet.https(0, Contexts.keyManagers(Pki.SHARED.server())));
        SNIContextMatcher names = new SNIContextMatcher.Builder()
                .setDefaultContext(Contexts.server())
                .addMatch("one.test", contextFor("one.test"))
                .addMatch("two.test", contextFor("two.test"))
                .build();
        strict = start(server(new SNISSLContext(names))
                .setSocketOption(Options.SSL_CLIENT_AUTH_MODE, SslClientAuthMode.REQUIRED));
    }

    @AfterAll
    static void stop() {
        open.stop();
        strict.stop();
        System.clearProperty(AkushuProvider.LIST_HTTP2_SUITE);
    }

    @BeforeEach
    void forget() {
        SEEN.clear();
    }

    private static SSLContext contextFor(String name) throws Exception {
        return Contexts.akushu(Pki.SHARED.identity("EC", "CN=" + name, name), Contexts.trust());
    }

    private static Undertow.Builder server(SSLContext context) {
        return Undertow.builder()
                .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
                .addHttpsListener(0, "localhost", context);
    }

    private static Undertow start(Undertow.Builder builder) {
        Undertow server = builder.setHandler(new BlockingHandler(UndertowTest::echo))
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, 16L << 20)
                .setIoThreads(1)
                .setWorkerThreads(2)
                .build();
        server.start();
        return server;
    }

    private static void echo(HttpServerExchange exchange) throws IOException {
        SEEN.add(new Seen(
                exchange.getProtocol().toString(),
                exchange.getConnection().getSslSessionInfo().getSSLSession()));
        if (exchange.getRequestPath().equals("/last")) {
            exchange.setPersistent(false);
        }
        if (exchange.getRequestMethod().equalToString("GET")) {
            exchange.getResponseSender().send("hello");
        } else {
            exchange.getResponseSender()
                    .send(ByteBuffer.wrap(exchange.getInputStream().readAllBytes()));
        }
    }

    private static int port(Undertow server) {
        return ((InetSocketAddress) server.getListenerInfo().getFirst().getAddress()).getPort();
    }

    private static SSLContext sun() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS", "SunJSSE");
        context.init(null, new TrustManager[] {Contexts.trust()}, null);
        return context;
    }

    @Test
    void aClientOfBothVersionsGetsHttp2() throws Exception {
        byte[] body = JdkClient.tenMegabytes();
        SSLContext context = sun();
        for (boolean resumed : new boolean[] {false, true}) {
            HttpResponse<byte[]> response =
                    JdkClient.post(context, Version.HTTP_2, JdkClient.uri("localhost", port(open)), body);
            assertThat(response.version()).isEqualTo(Version.HTTP_2);
            assertThat(response.body()).isEqualTo(body);
            assertThat(response.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
            Seen seen = SEEN.take();
            assertThat(seen.httpVersion).isEqualTo("HTTP/2.0");
            assertThat(seen.session.getProtocol()).isEqualTo("TLSv1.3");
            assertThat(seen.facts().applicationProtocol()).isEqualTo("h2");
            assertThat(seen.facts().resumed()).isEqualTo(resumed);
        }
    }

    @Test
    void withoutTheSwitchUndertowSpeaksHttp1() throws Exception {
        System.clearProperty(AkushuProvider.LIST_HTTP2_SUITE);
        Undertow server;
        try {
            server = start(server(Contexts.server()));
        } finally {
            System.setProperty(AkushuProvider.LIST_HTTP2_SUITE, "true");
        }
        try {
            HttpResponse<byte[]> response =
                    JdkClient.get(sun(), Version.HTTP_2, JdkClient.uri("localhost", port(server)));
            assertThat(response.version()).isEqualTo(Version.HTTP_1_1);
        } finally {
            server.stop();
        }
    }

    /** It looks for a suite of TLS 1.2 in the ClientHello too; so it does over the JDK's provider. */
    @Test
    void aClientOfTls13AloneGetsHttp1() throws Exception {
        SSLContext sunServer = SSLContext.getInstance("TLS", "SunJSSE");
        sunServer.init(Contexts.keyManagers(Pki.SHARED.server()), null, null);
        Undertow other = start(server(sunServer));
        try {
            for (Undertow server : new Undertow[] {open, other}) {
                HttpResponse<byte[]> response =
                        JdkClient.get(Contexts.client(), Version.HTTP_2, JdkClient.uri("localhost", port(server)));
                assertThat(response.version()).isEqualTo(Version.HTTP_1_1);
                TlsSession facts = AkushuSession.of(response.sslSession().orElseThrow())
                        .flatMap(AkushuSession::facts)
                        .orElseThrow();
                assertThat(facts.applicationProtocol()).isEqualTo("http/1.1");
            }
        } finally {
            other.stop();
        }
    }

    @Test
    void tenMegabytesAreEchoedAndTheSecondConnectionIsResumed() throws Exception {
        byte[] body = JdkClient.tenMegabytes();
        CountingTrust trust = Contexts.trust();
        SSLContext context = Contexts.akushu(null, trust);
        for (boolean resumed : new boolean[] {false, true}) {
            HttpResponse<byte[]> response =
                    JdkClient.post(context, Version.HTTP_2, JdkClient.uri("localhost", port(open)), body);
            assertThat(response.body()).isEqualTo(body);
            SSLSession session = response.sslSession().orElseThrow();
            assertThat(AkushuSession.of(session).orElseThrow().resumed()).isEqualTo(resumed);
            assertThat(SEEN.take().facts().resumed()).isEqualTo(resumed);
        }
        assertThat(trust.asked()).isEqualTo(1);
    }

    @Test
    void aHostThatTheCertificateDoesNotNameIsRefused() throws Exception {
        Undertow server = start(server(contextFor("one.test")));
        try {
            SSLContext context = Contexts.client();
            String uri = JdkClient.uri("localhost", port(server));
            assertThatThrownBy(() -> JdkClient.get(context, Version.HTTP_2, uri))
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasMessageContainingAll("localhost", "one.test");
        } finally {
            server.stop();
        }
    }

    @Test
    void clientsShowTheirCertificate() throws Exception {
        SSLContext context = Contexts.akushu(Pki.SHARED.client(), Contexts.trust());
        for (boolean resumed : new boolean[] {false, true}) {
            JdkClient.get(context, Version.HTTP_2, JdkClient.uri("localhost", port(strict)));
            Seen seen = SEEN.take();
            assertThat(seen.session.getPeerPrincipal()).hasToString("CN=client");
            assertThat(seen.facts().resumed()).isEqualTo(resumed);
        }
    }

    @Test
    void aClientWithoutCertificateIsRefusedWhereOneIsNeeded() throws Exception {
        // The name chooses the certificate first; the core checks that it is for the name.
        for (String name : new String[] {"localhost", "one.test", "two.test"}) {
            try (WaywardClient client = new WaywardClient(name, port(strict))) {
                assertThatThrownBy(client::awaitCloseNotify).hasMessageContaining("certificate_required");
            }
        }
    }

    @Test
    void theServerAnswersToKeyUpdates() throws Exception {
        try (WaywardClient client = new WaywardClient(port(open), "http/1.1")) {
            for (int i = 1; i <= 3; i++) {
                assertThat(client.get("/")).isEqualTo("hello");
                assertThat(client.keyUpdatesOfServer()).isEqualTo(i);
            }
            assertThat(SEEN.take().facts().applicationProtocol()).isEqualTo("http/1.1");
        }
    }

    @Test
    void theServerEndsWithCloseNotify() throws Exception {
        try (WaywardClient client = new WaywardClient(port(open))) {
            assertThat(client.get("/last")).isEqualTo("hello");
            client.awaitCloseNotify();
        }
    }

    @Test
    void theServerSurvivesAClientThatLeavesWithoutAWord() throws Exception {
        try (WaywardClient client = new WaywardClient(port(open))) {
            client.leaveWithoutAWord();
        }
        JdkClient.get(sun(), Version.HTTP_2, JdkClient.uri("localhost", port(open)));
        assertThat(SEEN.take().httpVersion).isEqualTo("HTTP/2.0");
    }
}
