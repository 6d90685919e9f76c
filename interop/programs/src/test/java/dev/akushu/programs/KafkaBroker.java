package dev.akushu.programs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.akushu.jsse.AkushuProvider;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.Provider;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLSession;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.security.auth.AuthenticationContext;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.common.security.auth.KafkaPrincipalBuilder;
import org.apache.kafka.common.security.auth.KafkaPrincipalSerde;
import org.apache.kafka.common.security.auth.SecurityProviderCreator;
import org.apache.kafka.common.security.auth.SslAuthenticationContext;
import org.apache.kafka.common.security.authenticator.DefaultKafkaPrincipalBuilder;
import org.apache.kafka.common.security.ssl.SslPrincipalMapper;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A Kafka broker that is its own controller (KRaft), in this JVM. All its listeners, the controller's too, speak TLS and
 * demand a certificate of the client; Akushu is named to it by {@code security.providers}.
 */
final class KafkaBroker implements AutoCloseable {
    /** Room for a record of 10 MB. */
    static final int LONGEST_MESSAGE = 12 << 20;

    private final KafkaRaftServer server;
    private final int port;
    private final int relayedPort;

    /** Names the provider to a broker, as its administrator would do. */
    public static final class Akushu implements SecurityProviderCreator {
        @Override
        public Provider getProvider() {
            return new AkushuProvider();
        }
    }

    /** Kafka's own principals, and a record of the sessions that they came in. */
    public static final class Principals implements KafkaPrincipalBuilder, KafkaPrincipalSerde {
        static final List<SSLSession> SESSIONS = new CopyOnWriteArrayList<>();

        private final DefaultKafkaPrincipalBuilder kafkas =
                new DefaultKafkaPrincipalBuilder(null, SslPrincipalMapper.fromRules("DEFAULT"));

        @Override
        public KafkaPrincipal build(AuthenticationContext context) {
            // Kafka asks more than once for a connection. Sessions are equal if one is resumed from the other.
            if (context instanceof SslAuthenticationContext tls
                    && SESSIONS.stream().noneMatch(session -> session == tls.session())) {
                SESSIONS.add(tls.session());
            }
            return kafkas.build(context);
        }

        @Override
        public byte[] serialize(KafkaPrincipal principal) {
            return kafkas.serialize(principal);
        }

        @Override
        public KafkaPrincipal deserialize(byte[] bytes) {
            return kafkas.deserialize(bytes);
        }
    }

    /**
     * Formats {@code folder} and starts.
     *
     * @param relay the port that clients of the second listener are told to connect to
     */
    KafkaBroker(Path folder, int relay) throws Exception {
        port = ServerProcess.freePort();
        relayedPort = ServerProcess.freePort();
        int controller = ServerProcess.freePort();
        Path data = folder.resolve("data");
        format(data);

        Properties config = new Properties();
        config.put("process.roles", "broker,controller");
        config.put("node.id", "1");
        config.put("log.dirs", data.toString());
        config.put(
                "listeners",
                "SSL://localhost:" + port + ",RELAYED://localhost:" + relayedPort + ",CONTROLLER://localhost:"
                        + controller);
        config.put("advertised.listeners", "SSL://localhost:" + port + ",RELAYED://localhost:" + relay);
        config.put("listener.security.protocol.map", "SSL:SSL,RELAYED:SSL,CONTROLLER:SSL");
        config.put("inter.broker.listener.name", "SSL");
        config.put("controller.listener.names", "CONTROLLER");
        config.put("controller.quorum.voters", "1@localhost:" + controller);
        config.put("offsets.topic.replication.factor", "1");
        config.put("offsets.topic.num.partitions", "1");
        config.put("group.initial.rebalance.delay.ms", "0");
        // Each network thread has an SSLContext of its own, and with it ticket keys of its own.
        config.put("num.network.threads", "1");
        config.put("message.max.bytes", String.valueOf(LONGEST_MESSAGE));
        config.put("security.providers", Akushu.class.getName());
        config.put("principal.builder.class", Principals.class.getName());
        config.put("ssl.client.auth", "required");
        config.putAll(stores(folder, "broker", Pki.SHARED.identity("EC", "CN=broker", "localhost", "127.0.0.1")));
        server = new KafkaRaftServer(KafkaConfig.fromProps(config), Time.SYSTEM);
        server.startup();
    }

    int port() {
        return port;
    }

    /** Of the listener for clients behind a relay. */
    int relayedPort() {
        return relayedPort;
    }

    /** Kafka's settings for the key of {@code identity} and trust in the shared root; the stores are written to {@code folder}. */
    static Properties stores(Path folder, String name, Pki.Identity identity) throws Exception {
        Properties config = new Properties();
        Path keys = Pki.write(identity.keyStore(name), folder.resolve(name + ".p12"));
        config.put("ssl.keystore.location", keys.toString());
        config.put("ssl.keystore.password", Pki.PASSWORD);
        config.put("ssl.keystore.type", "PKCS12");
        config.put("ssl.key.password", Pki.PASSWORD);
        Path anchors = Pki.write(Pki.SHARED.trustStore(), folder.resolve(name + "-trust.p12"));
        config.put("ssl.truststore.location", anchors.toString());
        config.put("ssl.truststore.password", Pki.PASSWORD);
        config.put("ssl.truststore.type", "PKCS12");
        return config;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static void format(Path data) throws Exception {
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8))
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(1)
                .addDirectory(data.toString())
                .setMetadataLogDirectory(data.toString())
                .setControllerListenerName("CONTROLLER")
                .run();
    }
}
