package dev.akushu.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.programs.snippets.OkHttpSnippet;
import dev.akushu.tls.TlsSession;
import io.netty.handler.ssl.ClientAuth;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.TlsVersion;
import okio.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** OkHttp and its MockWebServer, both over Akushu's sockets; and the client against Netty's server. */
@Timeout(60)
class OkHttpTest {
    private static final byte[] BODY = JdkClient.tenMegabytes();

    private final List<SSLSession> sessions = new CopyOnWriteArrayList<>();

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void echoesTenMegabytesUnderMutualTlsAndResumes(Protocol protocol) throws Exception {
        CountingTrust trust = Contexts.trust();
        CountingTrust trustOfClients = Contexts.trust();
        SSLContext context = Contexts.akushu(Pki.SHARED.client(), trust);
        try (MockWebServer server = serve(Contexts.akushu(Pki.SHARED.server(), trustOfClients))) {
            server.requireClientAuth();
            for (boolean resumed : new boolean[] {false, true}) {
                OkHttpClient client = client(context, trust, protocol);
                try (Response response = post(client, url("localhost", server.getPort(), "/"), BODY)) {
                    assertThat(response.protocol()).isEqualTo(protocol);
                    assertThat(response.handshake().tlsVersion()).isEqualTo(TlsVersion.TLS_1_3);
                    assertThat(response.body().bytes()).isEqualTo(BODY);
                }
                assertSession(sessions.getLast(), protocol, resumed);
                RecordedRequest request = server.takeRequest();
                assertThat(request.getHandshake().tlsVersion()).isEqualTo(TlsVersion.TLS_1_3);
                assertThat(request.getHandshake().peerPrincipal().getName()).isEqualTo("CN=client");
                // This client leaves it to the provider to ask for the host by SNI.
                assertThat(request.getHandshakeServerNames()).containsExactly("localhost");
                client.connectionPool().evictAll();
            }
            assertThat(trust.asked()).isEqualTo(1);
            assertThat(trustOfClients.asked()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void talksToSunJsse(Protocol protocol) throws Exception {
        CountingTrust trust = Contexts.trust();
        SSLContext context = Contexts.akushu(null, trust);
        try (NettyServer server = NettyServer.overTls(NettyContexts.sunServer())) {
            for (boolean resumed : new boolean[] {false, true}) {
                OkHttpClient client = client(context, trust, protocol);
                assertThat(body(client, url("localhost", server.port(), "/"), BODY))
                        .isEqualTo(BODY);
                assertSession(sessions.getLast(), protocol, resumed);
                client.connectionPool().evictAll();
            }
            assertThat(trust.asked()).isEqualTo(1);
        }
    }

    @Test
    void refusesAHostThatTheCertificateDoesNotName() throws Exception {
        CountingTrust trust = Contexts.trust();
        OkHttpClient client = client(Contexts.akushu(null, trust), trust, Protocol.HTTP_2);
        try (NettyServer server = NettyServer.overTls(NettyContexts.server(ClientAuth.NONE))) {
            // It has a verifier of its own, which sees the certificate when the handshake is done.
            assertThatThrownBy(() -> body(client, url(Facts.OTHER_LOOPBACK, server.port(), "/"), new byte[1]))
                    .isInstanceOf(SSLPeerUnverifiedException.class)
                    .hasMessageContainingAll("127.0.0.2", "localhost", "127.0.0.1");
        }
    }

    @Test
    void saysThatTheServerWantsACertificate() throws Exception {
        CountingTrust trust = Contexts.trust();
        OkHttpClient client = client(Contexts.akushu(null, trust), trust, Protocol.HTTP_1_1);
        try (NettyServer server = NettyServer.overTls(NettyContexts.server(ClientAuth.REQUIRE))) {
            assertThatThrownBy(() -> body(client, url("localhost", server.port(), "/"), new byte[1]))
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("certificate_required");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void tellsACloseFromACut(Protocol protocol) throws Exception {
        CountingTrust trust = Contexts.trust();
        OkHttpClient client = client(Contexts.akushu(null, trust), trust, protocol);
        try (NettyServer server = NettyServer.overTls(NettyContexts.server(ClientAuth.NONE))) {
            assertThat(body(client, url("localhost", server.port(), "/bye"), BODY))
                    .isEqualTo(BODY);
            server.awaitClose();
            assertThat(body(client, url("localhost", server.port(), "/"), BODY)).isEqualTo(BODY);
            assertSession(sessions.getLast(), protocol, true);
            assertThat(trust.asked()).isEqualTo(1);
            assertThatThrownBy(() -> body(client, url("localhost", server.port(), "/cut"), new byte[1]))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void lateTicketsAndKeyUpdatesDoNotDisturbTheClient() throws Exception {
        CountingTrust trust = Contexts.trust();
        SSLContext context = Contexts.akushu(null, trust);
        try (NettyServer server = NettyServer.plainHttp2();
                WaywardRelay relay = new WaywardRelay(Pki.SHARED.server(), server.port(), "h2")) {
            for (int connection = 1; connection <= 2; connection++) {
                OkHttpClient client = client(context, trust, Protocol.HTTP_2);
                assertThat(body(client, url("localhost", relay.port(), "/"), BODY))
                        .isEqualTo(BODY);
                client.connectionPool().evictAll();
                assertThat(relay.awaitEnd()).isEqualTo("close_notify");
            }
            assertThat(relay.sessions()).extracting(TlsSession::resumed).containsExactly(false, true);
            assertThat(trust.asked()).isEqualTo(1);
        }
    }

    @Test
    void keyUpdatesDoNotDisturbMockWebServer() throws Exception {
        try (MockWebServer server = serve(Contexts.server())) {
            try (WaywardClient client = new WaywardClient(server.getPort(), "http/1.1")) {
                for (int i = 0; i < 3; i++) {
                    assertThat(client.get("/")).isEmpty();
                }
                assertThat(client.keyUpdatesOfServer()).isEqualTo(3);
                assertThat(client.session().applicationProtocol()).isEqualTo("http/1.1");
            }
            assertThat(server.getRequestCount()).isEqualTo(3);
        }
    }

    @Test
    void theSnippetMakesAClient() throws Exception {
        try (NettyServer server = NettyServer.overTls(NettyContexts.server(ClientAuth.NONE))) {
            OkHttpClient client = OkHttpSnippet.client(Contexts.trust());
            try (Response response = post(client, url("localhost", server.port(), "/"), new byte[] {1, 2, 3})) {
                assertThat(response.protocol()).isEqualTo(Protocol.HTTP_2);
                assertThat(response.body().bytes()).containsExactly(1, 2, 3);
            }
            assertThat(Facts.of(server.sessions().getFirst()).applicationProtocol())
                    .isEqualTo("h2");
            client.connectionPool().evictAll();
        }
    }

    private static MockWebServer serve(SSLContext context) throws IOException {
        MockWebServer server = new MockWebServer();
        server.useHttps(context.getSocketFactory());
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                Buffer body = new Buffer();
                if (request.getBody() != null) {
                    body.write(request.getBody());
                }
                return new MockResponse.Builder().body(body).build();
            }
        });
        server.start();
        return server;
    }

    private OkHttpClient client(SSLContext context, CountingTrust trust, Protocol protocol) {
        // The client insists on HTTP/1.1 as a way out.
        List<Protocol> protocols =
                protocol == Protocol.HTTP_2 ? List.of(protocol, Protocol.HTTP_1_1) : List.of(protocol);
        return new OkHttpClient.Builder()
                .socketFactory(new SmallWrites())
                .sslSocketFactory(context.getSocketFactory(), trust)
                .protocols(protocols)
                .eventListener(new EventListener() {
                    @Override
                    public void connectionAcquired(Call call, Connection connection) {
                        sessions.add(((SSLSocket) connection.socket()).getSession());
                    }
                })
                .build();
    }

    private static Response post(OkHttpClient client, String url, byte[] body) throws IOException {
        Request request =
                new Request.Builder().url(url).post(RequestBody.create(body)).build();
        return client.newCall(request).execute();
    }

    private static byte[] body(OkHttpClient client, String url, byte[] body) throws IOException {
        try (Response response = post(client, url, body)) {
            return response.body().bytes();
        }
    }

    private static void assertSession(SSLSession session, Protocol protocol, boolean resumed) {
        assertThat(session.getProtocol()).isEqualTo("TLSv1.3");
        assertThat(Facts.of(session).applicationProtocol()).isEqualTo(protocol.toString());
        assertThat(Facts.of(session).resumed()).isEqualTo(resumed);
    }

    private static String url(String host, int port, String path) {
        return "https://" + host + ":" + port + path;
    }
}
