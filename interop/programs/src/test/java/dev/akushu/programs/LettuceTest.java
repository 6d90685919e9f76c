package dev.akushu.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.jsse.AkushuSession;
import dev.akushu.programs.snippets.LettuceSnippet;
import dev.akushu.tls.NotResumed;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslVerifyMode;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Lettuce and a real Redis server, which demands a certificate of the client. */
@Timeout(60)
class LettuceTest {
    private static final byte[] KEY = {'k'};

    @TempDir
    private static Path folder;

    private static RedisServer server;
    private static Pki.Identity identity;

    private final List<SSLEngine> engines = new CopyOnWriteArrayList<>();
    private ClientResources resources;
    private RedisClient client;

    @BeforeAll
    static void start() throws Exception {
        server = new RedisServer(folder, Pki.SHARED.server());
        identity = Pki.SHARED.client();
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void makeClient() throws Exception {
        resources = DefaultClientResources.builder()
                .nettyCustomizer(new NettyCustomizer() {
                    @Override
                    public void afterChannelInitialized(Channel channel) {
                        SslHandler tls = channel.pipeline().get(SslHandler.class);
                        if (tls != null) {
                            engines.add(tls.engine());
                        }
                    }
                })
                .build();
        client = LettuceSnippet.overAkushu(
                RedisClient.create(resources), Contexts.factory(identity.keyStore("key")), trust());
    }

    @AfterEach
    void endClient() {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(10));
        resources.shutdown(0, 10, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private static TrustManagerFactory trust() throws Exception {
        KeyStore anchors = Pki.SHARED.trustStore();
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(anchors);
        return factory;
    }

    private StatefulRedisConnection<byte[], byte[]> connect(int port) {
        RedisURI uri = RedisURI.builder()
                .withHost("localhost")
                .withPort(port)
                .withSsl(true)
                .withVerifyPeer(SslVerifyMode.FULL)
                .withTimeout(Duration.ofSeconds(20))
                .build();
        return client.connect(ByteArrayCodec.INSTANCE, uri);
    }

    @Test
    void tenMegabytesComeBackEqual() {
        byte[] sent = tenMegabytes();
        try (StatefulRedisConnection<byte[], byte[]> connection = connect(server.port())) {
            connection.sync().set(KEY, sent);
            assertThat(connection.sync().get(KEY)).isEqualTo(sent);
        }
        SSLSession session = engines.getFirst().getSession();
        assertThat(AkushuSession.of(session)).isPresent();
        assertThat(session.getProtocol()).isEqualTo("TLSv1.3");
        assertThat(session.getLocalCertificates()).containsExactly(identity.leaf());
    }

    @Test
    void eachConnectionIsANewSessionSinceLettuceMakesAContextForEach() throws Exception {
        connectAndPing();
        connectAndPing();
        assertThat(engines)
                .extracting(engine -> AkushuSession.of(engine.getSession())
                        .flatMap(AkushuSession::facts)
                        .orElseThrow()
                        .notResumed())
                .containsExactly(NotResumed.NO_TICKET, NotResumed.NO_TICKET);
        assertThat(engines.getLast().getSession().getPeerPrincipal().getName()).isEqualTo("CN=server");
    }

    private void connectAndPing() {
        try (StatefulRedisConnection<byte[], byte[]> connection = connect(server.port())) {
            assertThat(connection.sync().ping()).isEqualTo("PONG");
        }
    }

    @Test
    void aServerOfAnotherNameIsRefusedAndTheTextSaysWhatItIsCalled() throws Exception {
        try (RekeyingRelay other = relay(Pki.SHARED.identity("EC", "CN=other", "other.example"))) {
            assertThatThrownBy(() -> connect(other.port()))
                    .isInstanceOf(RedisConnectionException.class)
                    .hasStackTraceContaining(
                            "The certificate does not name localhost. The names in it: other.example.");
        }
    }

    @Test
    void aClientWithoutACertificateIsRefused() throws Exception {
        KeyManagerFactory nobody = Contexts.factory(emptyStore());
        LettuceSnippet.overAkushu(client, nobody, trust());
        assertThatThrownBy(() -> connect(server.port()))
                .isInstanceOf(RedisConnectionException.class)
                .hasStackTraceContaining("certificate_required");
    }

    private static KeyStore emptyStore() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    @Test
    void newKeysBeforeEveryPieceOfDataDoNotDisturb() throws Exception {
        byte[] sent = tenMegabytes();
        try (RekeyingRelay relay = relay(Pki.SHARED.server());
                StatefulRedisConnection<byte[], byte[]> connection = connect(relay.port())) {
            connection.sync().set(KEY, sent);
            assertThat(connection.sync().get(KEY)).isEqualTo(sent);
            assertThat(relay.sessions()).hasSize(1);
            assertThat(relay.failures()).isEmpty();
        }
    }

    @Test
    void theClientEndsWithCloseNotify() throws Exception {
        try (RekeyingRelay relay = relay(Pki.SHARED.server())) {
            try (StatefulRedisConnection<byte[], byte[]> connection = connect(relay.port())) {
                assertThat(connection.sync().ping()).isEqualTo("PONG");
            }
            assertThat(relay.awaitEnd()).isEqualTo("close_notify");
        }
    }

    @Test
    void aClientConnectsAgainAfterACut() throws Exception {
        try (RekeyingRelay relay = relay(Pki.SHARED.server());
                StatefulRedisConnection<byte[], byte[]> connection = connect(relay.port())) {
            connection.sync().set(KEY, new byte[] {1});
            relay.cut();
            // Lettuce repeats a command that was lost, on a new connection.
            assertThat(connection.sync().get(KEY)).containsExactly(1);
            assertThat(relay.sessions()).hasSize(2);
        }
    }

    private static RekeyingRelay relay(Pki.Identity shown) throws Exception {
        return new RekeyingRelay(shown, identity, RekeyingRelay.Preamble.NONE).to(server.port());
    }

    private static byte[] tenMegabytes() {
        byte[] data = new byte[10 << 20];
        new Random(4).nextBytes(data);
        return data;
    }
}
