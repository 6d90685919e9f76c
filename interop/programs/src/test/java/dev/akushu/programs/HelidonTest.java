package dev.akushu.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.jsse.AkushuProvider;
import dev.akushu.programs.snippets.HelidonSnippet;
import dev.akushu.tls.TlsSession;
import io.helidon.common.tls.Tls;
import io.helidon.common.tls.TlsClientAuth;
import io.helidon.webclient.api.HttpClientResponse;
import io.helidon.webclient.api.WebClient;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.Principal;
import java.security.Security;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Helidon's server and client over Akushu: both versions of HTTP, engines and sockets. Its API shows no SSLSession, so what was
 * agreed is asked of the contexts.
 *
 * <p>What Helidon 4.5 does with any provider: clients share their connections unless told otherwise, even those of different
 * WebClients, so who looks for a second handshake must give each client a cache of its own. A WebClient that is not told the version of HTTP
 * makes one connection only to learn it, from which it never reads; HTTP/2 then gets another, which cannot be resumed from tickets that nobody has
 * read. Clients close the TCP connection and send no close_notify. A server with sockets asks for no client certificates.
 */
@Timeout(60)
class HelidonTest {
    private static final BlockingQueue<String> PEERS = new LinkedBlockingQueue<>();

    private static WebServer engines;
    private static WebServer sockets;
    private static WebServer strict;

    private enum Http {
        HTTP_1("http/1.1"),
        HTTP_2("h2");

        private final String applicationProtocol;

        Http(String applicationProtocol) {
            this.applicationProtocol = applicationProtocol;
        }
    }

    @BeforeAll
    static void serve() throws Exception {
        Pki.Identity server = Pki.SHARED.server();
        engines = start(HelidonSnippet.https(0, server.key(), server.chain()));
        sockets = start(WebServer.builder().tls(tls(Contexts.server())).useNio(false));
        strict = start(WebServer.builder()
                .tls(Tls.builder()
                        .provider(AkushuProvider.NAME)
                        .privateKey(server.key())
                        .privateKeyCertChain(server.chain())
                        .trust(List.of(Pki.SHARED.root()))
                        .clientAuth(TlsClientAuth.REQUIRED)
                        .build()));
    }

    @AfterAll
    static void stop() {
        engines.stop();
        sockets.stop();
        strict.stop();
        Security.removeProvider(AkushuProvider.NAME);
    }

    @BeforeEach
    void forget() {
        PEERS.clear();
    }

    private static WebServer start(WebServerConfig.Builder config) {
        return config.host("127.0.0.1").routing(HelidonTest::routes).build().start();
    }

    private static void routes(HttpRouting.Builder routing) {
        routing.get("/", (request, response) -> {
                    PEERS.add(request.remotePeer()
                            .tlsPrincipal()
                            .map(Principal::getName)
                            .orElse("nobody"));
                    response.send("hello");
                })
                .post(
                        "/",
                        (request, response) -> response.send(request.content().as(byte[].class)));
    }

    private static Tls tls(SSLContext context) {
        return Tls.builder().sslContext(context).build();
    }

    /** A client with connections of its own, for which all names are the loopback interface's. */
    private static WebClient client(SSLContext context) {
        return WebClient.builder()
                .tls(tls(context))
                .shareConnectionCache(false)
                .dnsResolver((host, lookup) -> loopback(host))
                .build();
    }

    private static InetAddress loopback(String host) {
        try {
            return InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1});
        } catch (UnknownHostException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static String get(WebClient client, Http http, String host, int port) {
        try (HttpClientResponse response = client.get(JdkClient.uri(host, port))
                .protocolId(http.applicationProtocol)
                .request()) {
            return response.as(String.class);
        }
    }

    /** What one end tells of its only session, while a connection uses it. */
    private static SSLSession session(SSLSessionContext sessions) {
        List<byte[]> ids = Collections.list(sessions.getIds());
        assertThat(ids).hasSize(1);
        return sessions.getSession(ids.getFirst());
    }

    @ParameterizedTest
    @CsvSource({"HTTP_1,true", "HTTP_2,true", "HTTP_2,false"})
    void tenMegabytesAreEchoedAndTheSecondConnectionIsResumed(Http http, boolean serverHasEngines) throws Exception {
        // A context that has not yet served anybody.
        Tls tls = tls(Contexts.server());
        WebServer server = start(WebServer.builder().tls(tls).useNio(serverHasEngines));
        byte[] body = JdkClient.tenMegabytes();
        CountingTrust trust = Contexts.trust();
        SSLContext context = Contexts.akushu(null, trust);
        try {
            for (boolean resumed : new boolean[] {false, true}) {
                WebClient client = client(context);
                try (HttpClientResponse response = client.post(JdkClient.uri("localhost", server.port()))
                        .protocolId(http.applicationProtocol)
                        .submit(body)) {
                    assertThat(response.as(byte[].class)).isEqualTo(body);
                    check(session(context.getClientSessionContext()), http, resumed);
                    check(session(tls.sslContext().getServerSessionContext()), http, resumed);
                } finally {
                    client.closeResource();
                }
            }
        } finally {
            server.stop();
        }
        assertThat(trust.asked()).isEqualTo(1);
    }

    private static void check(SSLSession session, Http http, boolean resumed) {
        assertThat(session.getProtocol()).isEqualTo("TLSv1.3");
        TlsSession facts = Facts.of(session);
        assertThat(facts.applicationProtocol()).isEqualTo(http.applicationProtocol);
        assertThat(facts.resumed()).isEqualTo(resumed);
    }

    @Test
    void aWebClientThatHasToLearnTheVersionMakesTwoConnectionsAndItsSuccessorResumesBoth() throws Exception {
        CountingTrust trust = Contexts.trust();
        SSLContext context = Contexts.akushu(null, trust);
        for (int i = 0; i < 2; i++) {
            WebClient client = WebClient.builder()
                    .tls(tls(context))
                    .protocolPreference(List.of("h2", "http/1.1"))
                    .shareConnectionCache(false)
                    .build();
            try (HttpClientResponse response =
                    client.get(JdkClient.uri("localhost", engines.port())).request()) {
                assertThat(response.as(String.class)).isEqualTo("hello");
                // The first client had no ticket for either.
                assertThat(trust.asked()).isEqualTo(2);
            } finally {
                client.closeResource();
            }
        }
    }

    @Test
    void theSnippetsClientSpeaksWithTheSnippetsServer() {
        WebClient client = HelidonSnippet.client(List.of(Pki.SHARED.root()));
        for (Http http : Http.values()) {
            assertThat(get(client, http, "localhost", engines.port())).isEqualTo("hello");
            SSLContext context = client.prototype().tls().sslContext();
            assertThat(context.getProvider().getName()).isEqualTo(AkushuProvider.NAME);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHostThatTheCertificateDoesNotNameIsRefused(Http http) throws Exception {
        WebClient client = client(Contexts.client());
        assertThatThrownBy(() -> get(client, http, "three.test", engines.port()))
                .isInstanceOf(UncheckedIOException.class)
                .cause()
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContainingAll("does not name three.test", "localhost", "127.0.0.1");
    }

    @ParameterizedTest
    @EnumSource
    void clientsShowTheirCertificate(Http http) throws Exception {
        SSLContext context = Contexts.akushu(Pki.SHARED.client(), Contexts.trust());
        for (boolean resumed : new boolean[] {false, true}) {
            WebClient client = client(context);
            assertThat(get(client, http, "localhost", strict.port())).isEqualTo("hello");
            assertThat(PEERS.take()).isEqualTo("CN=client");
            check(session(context.getClientSessionContext()), http, resumed);
            client.closeResource();
        }
    }

    @Test
    void aClientWithoutCertificateIsRefusedWhereOneIsNeeded() throws Exception {
        try (WaywardClient client = new WaywardClient(strict.port())) {
            assertThatThrownBy(client::awaitCloseNotify).hasMessageContaining("certificate_required");
        }
    }

    @Test
    void withoutACommonProtocolTheServerRefuses() {
        assertThatThrownBy(() -> new WaywardClient(engines.port(), "acme-tls/1"))
                .hasMessageContaining("no_application_protocol");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theServerAnswersToKeyUpdates(boolean serverHasEngines) throws Exception {
        try (WaywardClient client = new WaywardClient((serverHasEngines ? engines : sockets).port(), "http/1.1")) {
            assertThat(client.session().applicationProtocol()).isEqualTo("http/1.1");
            for (int i = 1; i <= 3; i++) {
                assertThat(client.get("/")).isEqualTo("hello");
                assertThat(client.keyUpdatesOfServer()).isEqualTo(i);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theServerEndsWithCloseNotify(boolean serverHasEngines) throws Exception {
        try (WaywardClient client = new WaywardClient((serverHasEngines ? engines : sockets).port())) {
            assertThat(client.get("/")).isEqualTo("hello");
            // After most answers it leaves the end to the client.
            client.send("no request\r\n\r\n");
            client.awaitCloseNotify();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theServerSurvivesAClientThatLeavesWithoutAWord(boolean serverHasEngines) throws Exception {
        int port = (serverHasEngines ? engines : sockets).port();
        try (WaywardClient client = new WaywardClient(port)) {
            client.leaveWithoutAWord();
        }
        assertThat(get(client(Contexts.client()), Http.HTTP_2, "localhost", port))
                .isEqualTo("hello");
    }

    @Test
    void theClientBearsLateTicketsAndKeyUpdates() throws Exception {
        CountingTrust trust = Contexts.trust();
        SSLContext context = Contexts.akushu(null, trust);
        try (WaywardServer wayward = new WaywardServer(Pki.SHARED.server(), false, "http/1.1")) {
            for (int connection = 1; connection <= 2; connection++) {
                WebClient client = client(context);
                for (int i = 0; i < 3; i++) {
                    assertThat(get(client, Http.HTTP_1, "localhost", wayward.port()))
                            .isEqualTo("hello");
                }
                client.closeResource();
            }
            assertThat(wayward.sessions()).extracting(TlsSession::resumed).containsExactly(false, true);
            assertThat(trust.asked()).isEqualTo(1);
        }
    }

    /** It closes the socket below. If this fails, Helidon has learnt to close in order, and the table of the README can say so. */
    @Test
    void aWebClientEndsWithoutCloseNotifyOverEitherProvider() throws Exception {
        SSLContext sun = SSLContext.getInstance("TLS", "SunJSSE");
        sun.init(null, new TrustManager[] {Contexts.trust()}, null);
        for (SSLContext context : List.of(sun, Contexts.client())) {
            try (WaywardServer wayward = new WaywardServer(Pki.SHARED.server(), false, "http/1.1")) {
                WebClient client = client(context);
                assertThat(get(client, Http.HTTP_1, "localhost", wayward.port()))
                        .isEqualTo("hello");
                client.closeResource();
                assertThat(wayward.awaitEnd()).contains("without close_notify");
            }
        }
    }

    @Test
    void theClientTellsOfACutAnswer() throws Exception {
        WebClient client = client(Contexts.client());
        try (WaywardServer wayward = new WaywardServer(Pki.SHARED.server(), true, "http/1.1")) {
            assertThat(get(client, Http.HTTP_1, "localhost", wayward.port())).isEqualTo("hello");
            assertThatThrownBy(() -> get(client, Http.HTTP_1, "localhost", wayward.port()))
                    .isInstanceOf(RuntimeException.class);
        }
    }

    @Test
    void oneEndMayStayWithTheJdksProvider() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS", "SunJSSE");
        context.init(null, new TrustManager[] {Contexts.trust()}, null);
        for (WebServer server : List.of(engines, sockets)) {
            assertThat(get(client(context), Http.HTTP_2, "localhost", server.port()))
                    .isEqualTo("hello");
        }
    }
}
