package dev.akushu.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.akushu.jsse.AkushuProvider;
import dev.akushu.jsse.AkushuSession;
import dev.akushu.programs.snippets.VertxSnippet;
import dev.akushu.tls.TlsSession;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Vert.x over Akushu as the first provider of the JVM: server and client, both versions of HTTP, certificates by SNI from PEM. */
@Timeout(60)
class VertxTest {
    private static final BlockingQueue<Seen> SEEN = new LinkedBlockingQueue<>();

    @TempDir
    private static Path folder;

    private static Vertx vertx;
    private static HttpServer plain;
    private static HttpServer names;
    private static HttpServer strict;

    /** What either end tells of the connection of one exchange. */
    private record Seen(HttpVersion version, SSLSession session, Buffer body) {
        TlsSession facts() {
            return AkushuSession.of(session).flatMap(AkushuSession::facts).orElseThrow();
        }
    }

    @BeforeAll
    static void serve() throws Exception {
        vertx = Vertx.vertx(new VertxOptions()
                .setAddressResolverOptions(new AddressResolverOptions().setHostsValue(Buffer.buffer("""
                                127.0.0.1 localhost
                                127.0.0.1 one.test
                                127.0.0.1 two.test
                                127.0.0.1 three.test
                                """))));
        Pki.Identity server = Pki.SHARED.server();
        Path key = Files.writeString(folder.resolve("key.pem"), server.keyPem());
        Path certificate = Files.writeString(folder.resolve("certificate.pem"), server.chainPem());
        plain = start(VertxSnippet.https(vertx, key.toString(), certificate.toString()));
        names = start(vertx.createHttpServer(options()
                .setSni(true)
                .setKeyCertOptions(pem(
                        server,
                        Pki.SHARED.identity("EC", "CN=one.test", "one.test"),
                        Pki.SHARED.identity("EC", "CN=two.test", "two.test")))));
        strict = start(vertx.createHttpServer(options()
                .setClientAuth(ClientAuth.REQUIRED)
                .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(Pki.SHARED.rootPem())))
                .setKeyCertOptions(pem(server))));
    }

    @AfterAll
    static void stop() throws Exception {
        await(vertx.close());
        Security.removeProvider(AkushuProvider.NAME);
    }

    @BeforeEach
    void forget() {
        SEEN.clear();
    }

    private static HttpServerOptions options() {
        return new HttpServerOptions().setSsl(true).setUseAlpn(true);
    }

    private static PemKeyCertOptions pem(Pki.Identity... identities) throws Exception {
        PemKeyCertOptions options = new PemKeyCertOptions();
        for (Pki.Identity identity : identities) {
            options.addKeyValue(Buffer.buffer(identity.keyPem())).addCertValue(Buffer.buffer(identity.chainPem()));
        }
        return options;
    }

    private static HttpServer start(HttpServer server) throws Exception {
        return await(server.requestHandler(VertxTest::echo).listen(0, "127.0.0.1"));
    }

    private static void echo(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            SEEN.add(new Seen(request.version(), request.connection().sslSession(), body));
            Future<Void> sent =
                    request.response().end(request.method() == HttpMethod.GET ? Buffer.buffer("hello") : body);
            if (request.path().equals("/last")) {
                sent.onSuccess(done -> request.connection().close());
            }
        });
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private static HttpClient client(CountingTrust trust, HttpVersion version, @Nullable KeyCertOptions keys) {
        HttpClientOptions options = new HttpClientOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setProtocolVersion(version)
                .setTrustOptions(TrustOptions.wrap(trust));
        return vertx.createHttpClient(keys == null ? options : options.setKeyCertOptions(keys));
    }

    /** One exchange by a connection that ends with it. */
    private static Seen exchange(HttpClient client, HttpMethod method, String host, int port, Buffer body)
            throws Exception {
        RequestOptions where = new RequestOptions()
                .setMethod(method)
                .setHost(host)
                .setPort(port)
                .setURI("/");
        return await(client.request(where)
                .compose(request -> request.send(body))
                .compose(response -> response.body().compose(received -> {
                    var connection = response.request().connection();
                    Seen seen = new Seen(response.version(), connection.sslSession(), received);
                    return connection.close().map(closed -> seen);
                })));
    }

    private static Seen get(HttpClient client, String host, int port) throws Exception {
        return exchange(client, HttpMethod.GET, host, port, Buffer.buffer());
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void tenMegabytesAreEchoedAndTheSecondConnectionIsResumed(HttpVersion version) throws Exception {
        Buffer body = Buffer.buffer(JdkClient.tenMegabytes());
        CountingTrust trust = Contexts.trust();
        HttpClient client = client(trust, version, null);
        for (boolean resumed : new boolean[] {false, true}) {
            Seen atClient = exchange(client, HttpMethod.POST, "localhost", plain.actualPort(), body);
            assertThat(atClient.body.equals(body)).isTrue();
            for (Seen seen : List.of(atClient, SEEN.take())) {
                assertThat(seen.version).isEqualTo(version);
                assertThat(seen.session.getProtocol()).isEqualTo("TLSv1.3");
                // A client of Vert.x that speaks HTTP/1.1 alone offers nothing by ALPN.
                assertThat(seen.facts().applicationProtocol()).isEqualTo(version == HttpVersion.HTTP_2 ? "h2" : null);
                assertThat(seen.facts().resumed()).isEqualTo(resumed);
            }
        }
        assertThat(trust.asked()).isEqualTo(1);
    }

    @Test
    void eachNameGetsItsCertificate() throws Exception {
        HttpClient client = client(Contexts.trust(), HttpVersion.HTTP_2, null);
        for (String name : List.of("one.test", "two.test")) {
            assertThat(get(client, name, names.actualPort()).session.getPeerPrincipal())
                    .hasToString("CN=" + name);
            assertThat(SEEN.take().facts().serverName()).isEqualTo(name);
        }
        assertThat(get(client, "localhost", names.actualPort()).session.getPeerPrincipal())
                .hasToString("CN=server");
    }

    @Test
    void aHostThatNoCertificateNamesIsRefused() throws Exception {
        HttpClient client = client(Contexts.trust(), HttpVersion.HTTP_2, null);
        assertThatThrownBy(() -> get(client, "three.test", plain.actualPort()))
                .cause()
                // Vert.x wraps what the provider says in an exception of its own.
                .isInstanceOf(SSLHandshakeException.class)
                .cause()
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContainingAll("three.test", "localhost", "127.0.0.1");
    }

    @Test
    void clientsShowTheirCertificate() throws Exception {
        HttpClient client = client(Contexts.trust(), HttpVersion.HTTP_2, pem(Pki.SHARED.client()));
        for (boolean resumed : new boolean[] {false, true}) {
            get(client, "localhost", strict.actualPort());
            Seen seen = SEEN.take();
            assertThat(seen.session.getPeerPrincipal()).hasToString("CN=client");
            assertThat(seen.facts().resumed()).isEqualTo(resumed);
        }
    }

    @Test
    void aClientWithoutCertificateIsRefusedWhereOneIsNeeded() throws Exception {
        try (WaywardClient client = new WaywardClient(strict.actualPort())) {
            assertThatThrownBy(client::awaitCloseNotify).hasMessageContaining("certificate_required");
        }
    }

    @Test
    void theServerAnswersToKeyUpdates() throws Exception {
        try (WaywardClient client = new WaywardClient(plain.actualPort(), "http/1.1")) {
            assertThat(client.session().applicationProtocol()).isEqualTo("http/1.1");
            for (int i = 1; i <= 3; i++) {
                assertThat(client.get("/")).isEqualTo("hello");
                assertThat(client.keyUpdatesOfServer()).isEqualTo(i);
            }
        }
    }

    @Test
    void theServerEndsWithCloseNotify() throws Exception {
        try (WaywardClient client = new WaywardClient(plain.actualPort())) {
            assertThat(client.get("/last")).isEqualTo("hello");
            client.awaitCloseNotify();
        }
    }

    @Test
    void theServerSurvivesAClientThatLeavesWithoutAWord() throws Exception {
        try (WaywardClient client = new WaywardClient(plain.actualPort())) {
            client.leaveWithoutAWord();
        }
        Seen seen = get(client(Contexts.trust(), HttpVersion.HTTP_2, null), "localhost", plain.actualPort());
        assertThat(seen.body).hasToString("hello");
    }

    @Test
    void theClientBearsLateTicketsAndKeyUpdates() throws Exception {
        CountingTrust trust = Contexts.trust();
        HttpClient client = client(trust, HttpVersion.HTTP_2, null);
        try (WaywardServer wayward = new WaywardServer(Pki.SHARED.server(), false, "http/1.1")) {
            RequestOptions where = new RequestOptions()
                    .setHost("localhost")
                    .setPort(wayward.port())
                    .setURI("/");
            for (int connection = 1; connection <= 2; connection++) {
                for (int i = 0; i < 3; i++) {
                    boolean last = i == 2;
                    Buffer answer = await(client.request(where)
                            .compose(request -> request.send()
                                    .compose(response -> response.body())
                                    .compose(body -> last
                                            ? request.connection().close().map(closed -> body)
                                            : Future.succeededFuture(body))));
                    assertThat(answer).hasToString("hello");
                }
                assertThat(wayward.awaitEnd()).isEqualTo("close_notify");
            }
            // It offered HTTP/2 too.
            assertThat(wayward.sessions())
                    .extracting(TlsSession::applicationProtocol, TlsSession::resumed)
                    .containsExactly(tuple("http/1.1", false), tuple("http/1.1", true));
            assertThat(wayward.failures()).isEmpty();
            assertThat(trust.asked()).isEqualTo(1);
        }
    }

    @Test
    void theClientTellsOfACutAnswer() throws Exception {
        HttpClient client = client(Contexts.trust(), HttpVersion.HTTP_1_1, null);
        try (WaywardServer wayward = new WaywardServer(Pki.SHARED.server(), true, "http/1.1")) {
            RequestOptions where = new RequestOptions()
                    .setHost("localhost")
                    .setPort(wayward.port())
                    .setURI("/");
            Future<Buffer> first =
                    client.request(where).compose(request -> request.send()).compose(response -> response.body());
            assertThat(await(first)).hasToString("hello");
            // It waits no longer for what cannot come.
            Future<Buffer> second =
                    client.request(where).compose(request -> request.send()).compose(response -> response.body());
            assertThatThrownBy(() -> await(second))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(HttpClosedException.class);
            // Both were asked on one connection, so the second did meet the cut.
            assertThat(wayward.sessions()).hasSize(1);
        }
    }
}
