package dev.akushu.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.jsse.AkushuProvider;
import dev.akushu.jsse.AkushuSession;
import dev.akushu.programs.snippets.JedisSnippet;
import java.io.File;
import java.nio.file.Path;
import java.security.Security;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** Jedis and a real Redis server, which demands a certificate of the client. */
@Timeout(60)
class JedisTest {
    private static final byte[] KEY = {'k'};

    @TempDir
    private static Path folder;

    private static RedisServer server;
    private static Pki.Identity client;
    private static File keys;
    private static File nobody;
    private static File anchors;

    @BeforeAll
    static void start() throws Exception {
        server = new RedisServer(folder, Pki.SHARED.server());
        client = Pki.SHARED.client();
        keys = Pki.write(client.keyStore("key"), folder.resolve("client.p12")).toFile();
        nobody =
                Pki.write(Pki.SHARED.trustStore(), folder.resolve("nobody.p12")).toFile();
        anchors =
                Pki.write(Pki.SHARED.trustStore(), folder.resolve("trust.p12")).toFile();
    }

    @AfterEach
    void removeProvider() {
        Security.removeProvider(AkushuProvider.NAME);
    }

    private static RedisClient connect(int port, File keyStore) {
        return JedisSnippet.connect("localhost", port, keyStore, anchors, Pki.PASSWORD.toCharArray());
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void tenMegabytesComeBackEqual() {
        byte[] sent = tenMegabytes();
        try (RedisClient redis = connect(server.port(), keys)) {
            redis.set(KEY, sent);
            assertThat(redis.get(KEY)).isEqualTo(sent);
        }
    }

    @Test
    void theSecondConnectionIsResumedWithoutAskingTheTrustManager() throws Exception {
        CountingTrust trust = Contexts.trust();
        RecordingSockets sockets =
                new RecordingSockets(Contexts.akushu(client, trust).getSocketFactory());
        for (int i = 0; i < 2; i++) {
            try (Jedis jedis = new Jedis("localhost", server.port(), config(sockets))) {
                assertThat(jedis.ping()).isEqualTo("PONG");
            }
            SSLSession session = sockets.last();
            assertThat(session.getProtocol()).isEqualTo("TLSv1.3");
            assertThat(session.getPeerPrincipal().getName()).isEqualTo("CN=server");
            assertThat(AkushuSession.of(session).orElseThrow().resumed()).isEqualTo(i == 1);
        }
        assertThat(trust.asked()).isEqualTo(1);
    }

    @Test
    void aClientWithoutACertificateIsRefusedAndTold() {
        assertThatThrownBy(() -> {
                    try (RedisClient redis = connect(server.port(), nobody)) {
                        redis.ping();
                    }
                })
                .isInstanceOf(JedisConnectionException.class)
                .hasStackTraceContaining("certificate_required");
    }

    @Test
    void aServerOfAnotherNameIsRefusedAndTheTextSaysWhatItIsCalled() throws Exception {
        try (RekeyingRelay other = relay(Pki.SHARED.identity("EC", "CN=other", "other.example"))) {
            assertThatThrownBy(() -> {
                        try (RedisClient redis = connect(other.port(), keys)) {
                            redis.ping();
                        }
                    })
                    .isInstanceOf(JedisConnectionException.class)
                    .hasStackTraceContaining("The certificate does not name localhost. The names in it: other.example.")
                    .satisfies(refused ->
                            assertThat(causes(refused)).hasAtLeastOneElementOfType(SSLHandshakeException.class));
        }
    }

    @Test
    void newKeysBeforeEveryPieceOfDataDoNotDisturb() throws Exception {
        byte[] sent = tenMegabytes();
        try (RekeyingRelay relay = relay(Pki.SHARED.server())) {
            try (RedisClient redis = connect(relay.port(), keys)) {
                redis.set(KEY, sent);
                assertThat(redis.get(KEY)).isEqualTo(sent);
            }
            assertThat(relay.sessions()).isNotEmpty();
        }
    }

    @Test
    void theClientEndsWithCloseNotify() throws Exception {
        RecordingSockets sockets = new RecordingSockets(Contexts.client().getSocketFactory());
        try (RekeyingRelay relay = relay(Pki.SHARED.server())) {
            try (Jedis jedis = new Jedis("localhost", relay.port(), config(sockets))) {
                assertThat(jedis.ping()).isEqualTo("PONG");
            }
            assertThat(relay.awaitEnd()).isEqualTo("close_notify");
            try (RedisClient redis = connect(relay.port(), keys)) {
                assertThat(redis.ping()).isEqualTo("PONG");
            }
            assertThat(relay.awaitEnd()).isEqualTo("close_notify");
        }
    }

    @Test
    void aCutIsReportedAndNotTakenForAnEnd() throws Exception {
        RecordingSockets sockets = new RecordingSockets(Contexts.client().getSocketFactory());
        try (RekeyingRelay relay = relay(Pki.SHARED.server());
                Jedis jedis = new Jedis("localhost", relay.port(), config(sockets))) {
            assertThat(jedis.ping()).isEqualTo("PONG");
            relay.cut();
            assertThatThrownBy(jedis::ping).isInstanceOf(JedisConnectionException.class);
        }
    }

    private static List<Throwable> causes(Throwable from) {
        return Stream.iterate(from, Objects::nonNull, Throwable::getCause).toList();
    }

    private static RekeyingRelay relay(Pki.Identity shown) throws Exception {
        return new RekeyingRelay(shown, client, RekeyingRelay.Preamble.NONE).to(server.port());
    }

    /** All connections share a context, which is said by settings that Jedis calls old. */
    @SuppressWarnings("deprecation")
    private static JedisClientConfig config(RecordingSockets sockets) {
        SSLParameters parameters = new SSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        return DefaultJedisClientConfig.builder()
                .ssl(true)
                .sslSocketFactory(sockets)
                .sslParameters(parameters)
                .build();
    }

    private static byte[] tenMegabytes() {
        byte[] data = new byte[10 << 20];
        new Random(3).nextBytes(data);
        return data;
    }
}
