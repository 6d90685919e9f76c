package dev.akushu.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.programs.snippets.HttpClientSnippet;
import dev.akushu.tls.TlsSession;
import io.netty.handler.ssl.ClientAuth;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** java.net.http.HttpClient over Akushu, by HTTP/1.1 and HTTP/2, against servers over Akushu and over SunJSSE. */
@Timeout(60)
class HttpClientTest {
    private static final byte[] BODY = JdkClient.tenMegabytes();

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void echoesTenMegabytesUnderMutualTlsAndResumes(Version version) throws Exception {
        CountingTrust trust = Contexts.trust();
        SSLContext context = Contexts.akushu(Pki.SHARED.client(), trust);
        try (NettyServer server = NettyServer.overTls(NettyContexts.server(ClientAuth.REQUIRE))) {
            for (boolean resumed : new boolean[] {false, true}) {
                try (HttpClient client = client(context, version)) {
                    HttpResponse<byte[]> response = post(client, uri("localhost", server.port(), "/"), BODY);
                    assertThat(response.body()).isEqualTo(BODY);
                    assertThat(response.version()).isEqualTo(version);
                    assertSession(response.sslSession().orElseThrow(), version, resumed);
                    SSLSession atServer = server.sessions().getLast();
                    assertSession(atServer, version, resumed);
                    assertThat(atServer.getPeerPrincipal().getName()).isEqualTo("CN=client");
                }
            }
            assertThat(server.sessions()).hasSize(2);
            assertThat(trust.asked()).isEqualTo(1);
            assertThat(server.failures()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void talksToSunJsse(Version version) throws Exception {
        CountingTrust trust = Contexts.trust();
        SSLContext context = Contexts.akushu(null, trust);
        try (NettyServer server = NettyServer.overTls(NettyContexts.sunServer())) {
            for (boolean resumed : new boolean[] {false, true}) {
                try (HttpClient client = client(context, version)) {
                    HttpResponse<byte[]> response = post(client, uri("localhost", server.port(), "/"), BODY);
                    assertThat(response.body()).isEqualTo(BODY);
                    assertSession(response.sslSession().orElseThrow(), version, resumed);
                }
            }
            assertThat(trust.asked()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void refusesAHostThatTheCertificateDoesNotName(Version version) throws Exception {
        try (NettyServer server = NettyServer.overTls(NettyContexts.server(ClientAuth.NONE));
                HttpClient client = client(Contexts.client(), version)) {
            URI wrong = uri(Facts.OTHER_LOOPBACK, server.port(), "/");
            assertThatThrownBy(() -> post(client, wrong, new byte[0]))
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasMessageContainingAll("does not name 127.0.0.2", "localhost", "127.0.0.1");
        }
    }

    @Test
    void reachesAnAddressThatTheCertificateNames() throws Exception {
        try (NettyServer server = NettyServer.overTls(NettyContexts.server(ClientAuth.NONE));
                HttpClient client = client(Contexts.client(), Version.HTTP_2)) {
            HttpResponse<byte[]> response = post(client, uri("127.0.0.1", server.port(), "/"), BODY);
            assertThat(response.body()).isEqualTo(BODY);
            // RFC 6066 3: an address is no name for SNI.
            assertThat(Facts.of(server.sessions().getLast()).serverName()).isNull();
        }
    }

    @Test
    void saysThatTheServerWantsACertificate() throws Exception {
        try (NettyServer server = NettyServer.overTls(NettyContexts.server(ClientAuth.REQUIRE));
                HttpClient client = client(Contexts.client(), Version.HTTP_2)) {
            assertThatThrownBy(() -> post(client, uri("localhost", server.port(), "/"), new byte[0]))
                    .hasMessageContaining("certificate_required");
            assertThat(server.sessions()).isEmpty();
            server.awaitFailure();
            assertThat(server.failures()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void connectsAndResumesAfterACleanClose(Version version) throws Exception {
        CountingTrust trust = Contexts.trust();
        try (NettyServer server = NettyServer.overTls(NettyContexts.server(ClientAuth.NONE));
                HttpClient client = client(Contexts.akushu(null, trust), version)) {
            post(client, uri("localhost", server.port(), "/bye"), new byte[] {1});
            server.awaitClose();
            HttpResponse<byte[]> second = post(client, uri("localhost", server.port(), "/"), BODY);
            assertThat(second.body()).isEqualTo(BODY);
            assertSession(second.sslSession().orElseThrow(), version, true);
            assertThat(trust.asked()).isEqualTo(1);
        }
    }

    /** Of an answer without a length this client takes the first half for the whole, over SunJSSE too: it never asks the engine. */
    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void doesNotTakeACutAnswerForAWholeOne(Version version) throws Exception {
        try (NettyServer server = NettyServer.overTls(NettyContexts.server(ClientAuth.NONE));
                HttpClient client = client(Contexts.client(), version)) {
            assertThatThrownBy(() -> post(client, uri("localhost", server.port(), "/cut?length=100"), new byte[0]))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void lateTicketsAndKeyUpdatesDoNotDisturbHttp1() throws Exception {
        CountingTrust trust = Contexts.trust();
        SSLContext context = Contexts.akushu(null, trust);
        try (WaywardServer server = new WaywardServer(Pki.SHARED.server(), false, "http/1.1")) {
            for (int connection = 1; connection <= 2; connection++) {
                try (HttpClient client = client(context, Version.HTTP_1_1)) {
                    for (int i = 0; i < 3; i++) {
                        assertThat(get(client, uri("localhost", server.port(), "/"))
                                        .body())
                                .isEqualTo("hello");
                    }
                }
            }
            assertThat(server.sessions()).extracting(TlsSession::resumed).containsExactly(false, true);
            assertThat(trust.asked()).isEqualTo(1);
        }
    }

    @Test
    void lateTicketsAndKeyUpdatesDoNotDisturbHttp2() throws Exception {
        CountingTrust trust = Contexts.trust();
        SSLContext context = Contexts.akushu(null, trust);
        try (NettyServer server = NettyServer.plainHttp2();
                WaywardRelay relay = new WaywardRelay(Pki.SHARED.server(), server.port(), "h2")) {
            for (int connection = 1; connection <= 2; connection++) {
                try (HttpClient client = client(context, Version.HTTP_2)) {
                    HttpResponse<byte[]> response = post(client, uri("localhost", relay.port(), "/"), BODY);
                    assertThat(response.body()).isEqualTo(BODY);
                }
            }
            assertThat(relay.sessions()).extracting(TlsSession::resumed).containsExactly(false, true);
            assertThat(trust.asked()).isEqualTo(1);
        }
    }

    /** It closes the channel below. If this fails, the JDK has learnt to close in order, and the table of the README can say so. */
    @Test
    void aClientThatIsClosedEndsWithoutCloseNotifyOverEitherProvider() throws Exception {
        SSLContext sun = SSLContext.getInstance("TLS", "SunJSSE");
        sun.init(null, new TrustManager[] {Contexts.trust()}, null);
        for (SSLContext context : List.of(sun, Contexts.client())) {
            try (WaywardServer server = new WaywardServer(Pki.SHARED.server(), false, "http/1.1")) {
                try (HttpClient client = client(context, Version.HTTP_1_1)) {
                    assertThat(get(client, uri("localhost", server.port(), "/")).body())
                            .isEqualTo("hello");
                }
                assertThat(server.awaitEnd()).contains("without close_notify");
            }
        }
    }

    @Test
    void theSnippetMakesAClient() throws Exception {
        try (NettyServer server = NettyServer.overTls(NettyContexts.server(ClientAuth.NONE));
                HttpClient client = HttpClientSnippet.client(new TrustManager[] {Contexts.trust()})) {
            HttpResponse<byte[]> response = post(client, uri("localhost", server.port(), "/"), new byte[] {1, 2, 3});
            assertThat(response.body()).containsExactly(1, 2, 3);
            assertSession(response.sslSession().orElseThrow(), Version.HTTP_2, false);
        }
    }

    private static void assertSession(SSLSession session, Version version, boolean resumed) throws IOException {
        assertThat(session.getProtocol()).isEqualTo("TLSv1.3");
        assertThat(session.getPeerCertificates()).isInstanceOf(X509Certificate[].class);
        // Without HTTP/2 this client does not use ALPN.
        assertThat(Facts.of(session).applicationProtocol()).isEqualTo(version == Version.HTTP_2 ? "h2" : null);
        assertThat(Facts.of(session).resumed()).isEqualTo(resumed);
    }

    private static HttpClient client(SSLContext context, Version version) {
        return HttpClient.newBuilder().sslContext(context).version(version).build();
    }

    private static HttpResponse<byte[]> post(HttpClient client, URI uri, byte[] body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    private static HttpResponse<String> get(HttpClient client, URI uri) throws Exception {
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static URI uri(String host, int port, String path) {
        return URI.create("https://" + host + ":" + port + path);
    }
}
