package dev.akushu.programs;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.akushu.jsse.AkushuProvider;
import dev.akushu.jsse.AkushuSession;
import dev.akushu.programs.snippets.KafkaSnippet;
import dev.akushu.tls.Identity;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.Trust;
import dev.akushu.tls.crypto.Crypto;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.Security;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A Kafka broker and its clients, with certificates at both ends. */
@Timeout(60)
@SuppressWarnings("try") // closing early is what is tested
class KafkaTest {
    @TempDir
    private static Path folder;

    private static KafkaBroker broker;
    private static RekeyingRelay relay;
    private static Properties clientStores;

    @BeforeAll
    static void start() throws Exception {
        relay = new RekeyingRelay(Pki.SHARED.server(), Pki.SHARED.client(), RekeyingRelay.Preamble.NONE);
        broker = new KafkaBroker(folder, relay.port());
        relay.to(broker.relayedPort());
        clientStores = KafkaBroker.stores(folder, "client", Pki.SHARED.client());
    }

    @AfterAll
    static void stop() throws IOException {
        Security.removeProvider(AkushuProvider.NAME);
        relay.close();
        broker.close();
    }

    /** Kafka's own engines, kept to be looked at. */
    public static final class Engines extends DefaultSslEngineFactory {
        static final List<SSLEngine> MADE = new CopyOnWriteArrayList<>();

        @Override
        public SSLEngine createClientSslEngine(String peerHost, int peerPort, String endpointIdentification) {
            SSLEngine engine = super.createClientSslEngine(peerHost, peerPort, endpointIdentification);
            MADE.add(engine);
            return engine;
        }
    }

    /** Engines of a context that the program made itself. */
    public static final class EnginesOfContext extends DefaultSslEngineFactory {
        static CountingTrust trust;
        private static SSLContext context;

        static void reset() throws Exception {
            trust = Contexts.trust();
            context = Contexts.akushu(Pki.SHARED.client(), trust);
        }

        @Override
        public SSLEngine createClientSslEngine(String peerHost, int peerPort, String endpointIdentification) {
            SSLEngine engine = context.createSSLEngine(peerHost, peerPort);
            engine.setUseClientMode(true);
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm(endpointIdentification);
            engine.setSSLParameters(parameters);
            return engine;
        }
    }

    @Test
    void tenMegabytesComeBackEqualAndBothEndsKnowEachOther() throws Exception {
        int before = KafkaBroker.Principals.SESSIONS.size();
        Engines.MADE.clear();
        Properties config = config(broker.port());
        config.put("ssl.engine.factory.class", Engines.class.getName());
        byte[] sent = tenMegabytes();

        assertThat(echo(config, "large", sent)).isEqualTo(sent);

        assertThat(Engines.MADE).isNotEmpty();
        for (SSLEngine engine : Engines.MADE) {
            SSLSession session = engine.getSession();
            assertThat(AkushuSession.of(session)).isPresent();
            assertThat(session.getProtocol()).isEqualTo("TLSv1.3");
            assertThat(session.getPeerPrincipal().getName()).isEqualTo("CN=broker");
            assertThat(session.getLocalPrincipal().getName()).isEqualTo("CN=client");
        }
        List<SSLSession> clients = sessionsOf("CN=client", before);
        assertThat(clients).isNotEmpty().allSatisfy(session -> {
            assertThat(AkushuSession.of(session)).isPresent();
            assertThat(session.getProtocol()).isEqualTo("TLSv1.3");
        });
    }

    @Test
    void laterConnectionsOfAClientAreResumedWithoutAskingTheTrustManager() throws Exception {
        int before = KafkaBroker.Principals.SESSIONS.size();
        EnginesOfContext.reset();
        Properties config = config(broker.port());
        config.put("ssl.engine.factory.class", EnginesOfContext.class.getName());
        for (int i = 0; i < 3; i++) {
            assertThat(nodes(config)).isEqualTo(1);
        }
        List<Boolean> resumed = sessionsOf("CN=client", before).stream()
                .map(session -> AkushuSession.of(session).orElseThrow().resumed())
                .toList();
        assertThat(resumed).hasSizeGreaterThan(1).startsWith(false);
        assertThat(resumed.subList(1, resumed.size())).containsOnly(true);
        assertThat(EnginesOfContext.trust.asked()).isEqualTo(1);
    }

    @Test
    void theControllerAndTheBrokerSpeakTlsWithEachOtherToo() {
        assertThat(sessionsOf("CN=broker", 0))
                .isNotEmpty()
                .allSatisfy(session -> assertThat(AkushuSession.of(session)).isPresent());
    }

    @Test
    void aClientOfTheJdksProviderIsServed() throws Exception {
        Properties config = config(broker.port());
        config.put("ssl.provider", "SunJSSE");
        config.put("ssl.enabled.protocols", "TLSv1.3");
        byte[] sent = "from SunJSSE".getBytes(US_ASCII);
        assertThat(echo(config, "jdk", sent)).isEqualTo(sent);
    }

    @Test
    void aBrokerOfAnotherNameIsRefusedAndTheTextSaysWhatItIsCalled() throws Exception {
        try (RekeyingRelay other = new RekeyingRelay(
                Pki.SHARED.identity("EC", "CN=other", "other.example"),
                Pki.SHARED.client(),
                RekeyingRelay.Preamble.NONE)) {
            other.to(broker.relayedPort());
            Throwable refused = catchThrowable(() -> nodes(config(other.port())));
            assertThat(refused).hasCauseInstanceOf(SslAuthenticationException.class);
            assertThat(refused).hasRootCauseInstanceOf(CertificateException.class);
            assertThat(refused.getCause().getCause())
                    .hasMessageContaining("The certificate does not name localhost")
                    .hasMessageContaining("other.example");
        }
    }

    @Test
    void aClientWithoutACertificateIsRefusedAndTold() throws Exception {
        Properties config =
                KafkaSnippet.overAkushu("localhost:" + broker.port(), folder.resolve("client-trust.p12"), Pki.PASSWORD);
        config.putAll(impatient());
        assertThatThrownBy(() -> nodes(config))
                .hasCauseInstanceOf(SslAuthenticationException.class)
                .hasStackTraceContaining("certificate_required");
    }

    @Test
    void newKeysBeforeEveryPieceOfDataDoNotDisturbAClient() throws Exception {
        byte[] sent = tenMegabytes();
        assertThat(echo(config(relay.port()), "relayed", sent)).isEqualTo(sent);
        assertThat(relay.sessions()).isNotEmpty();
    }

    @Test
    void aClientEndsEachConnectionWithCloseNotify() throws Exception {
        try (RekeyingRelay own =
                new RekeyingRelay(Pki.SHARED.server(), Pki.SHARED.client(), RekeyingRelay.Preamble.NONE)) {
            own.to(broker.relayedPort());
            // The broker tells clients of the relay that all of them share.
            assertThat(nodes(config(own.port()))).isEqualTo(1);
            assertThat(own.sessions()).isNotEmpty();
            for (int ended = 0; ended < own.sessions().size(); ended++) {
                assertThat(own.awaitEnd()).isEqualTo("close_notify");
            }
        }
    }

    @Test
    void aClientOutlivesACut() throws Exception {
        Properties config = config(relay.port());
        TopicPartition partition = new TopicPartition("cut", 0);
        try (Producer<byte[], byte[]> producer = producer(config)) {
            send(producer, partition, new byte[] {1});
            relay.cut();
            send(producer, partition, new byte[] {2});
            assertThat(relay.sessions().getLast().resumed()).isTrue();
        }
        try (Consumer<byte[], byte[]> consumer = consumer(config)) {
            assertThat(values(consumer, partition, 2)).containsExactly(new byte[] {1}, new byte[] {2});
        }
    }

    @Test
    void aBrokerAnswersNewKeysBetweenRequestsAndOutlivesACut() throws Exception {
        Pki.Identity own = Pki.SHARED.client();
        TlsClient client = TlsClient.builder(Trust.anchors(List.of(Pki.SHARED.root()), "the tests' root"))
                .identity(Identity.of(own.chain(), own.key(), Crypto.jdk()))
                .build();
        for (int connection = 0; connection < 3; connection++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), broker.port());
                    TlsConnection tls = TlsConnection.overSocket(client, socket, "localhost", broker.port())) {
                for (int request = 1; request <= 5; request++) {
                    assertThat(askForVersions(tls, request)).isEqualTo(request);
                    tls.updateKeys(true);
                }
                assertThat(tls.session().orElseThrow().resumed()).isEqualTo(connection > 0);
                if (connection == 0) {
                    // The length of a request that never comes.
                    new DataOutputStream(tls.output()).writeInt(100);
                    socket.close();
                } else {
                    tls.closeOutput();
                    assertThat(tls.input().read()).isEqualTo(-1);
                }
            }
        }
    }

    /** Sends an ApiVersions request of version 0; returns the correlation id of the answer. */
    private static int askForVersions(TlsConnection tls, int correlation) throws IOException {
        DataOutputStream out = new DataOutputStream(tls.output());
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        DataOutputStream fields = new DataOutputStream(request);
        fields.writeShort(18); // ApiVersions
        fields.writeShort(0);
        fields.writeInt(correlation);
        fields.writeShort(-1); // no client id
        byte[] octets = request.toByteArray();
        out.writeInt(octets.length);
        out.write(octets);
        out.flush();
        DataInputStream in = new DataInputStream(tls.input());
        byte[] answer = new byte[in.readInt()];
        in.readFully(answer);
        return ByteBuffer.wrap(answer).getInt();
    }

    /** What the broker has recorded of clients of that name, without the first {@code before} sessions. */
    private static List<SSLSession> sessionsOf(String name, int before) {
        return KafkaBroker.Principals.SESSIONS.stream()
                .skip(before)
                .filter(session -> {
                    try {
                        return session.getPeerPrincipal().getName().equals(name);
                    } catch (SSLPeerUnverifiedException anonymous) {
                        return false;
                    }
                })
                .toList();
    }

    private static Properties config(int port) {
        Properties config =
                KafkaSnippet.overAkushu("localhost:" + port, folder.resolve("client-trust.p12"), Pki.PASSWORD);
        config.putAll(clientStores);
        config.putAll(impatient());
        return config;
    }

    /** How long clients wait before they give up. */
    private static Map<String, String> impatient() {
        return Map.of(
                "request.timeout.ms", "20000",
                "default.api.timeout.ms", "30000",
                "reconnect.backoff.ms", "10",
                "retry.backoff.ms", "10");
    }

    private static byte[] echo(Properties config, String topic, byte[] sent) throws Exception {
        TopicPartition partition = new TopicPartition(topic, 0);
        try (Producer<byte[], byte[]> producer = producer(config)) {
            send(producer, partition, sent);
        }
        try (Consumer<byte[], byte[]> consumer = consumer(config)) {
            return values(consumer, partition, 1).getFirst();
        }
    }

    private static Producer<byte[], byte[]> producer(Properties config) {
        Properties own = new Properties();
        own.putAll(config);
        own.put("max.request.size", KafkaBroker.LONGEST_MESSAGE);
        own.put("delivery.timeout.ms", 30_000);
        return new KafkaProducer<>(own, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static void send(Producer<byte[], byte[]> producer, TopicPartition to, byte[] value) throws Exception {
        producer.send(new ProducerRecord<>(to.topic(), to.partition(), null, value))
                .get(40, TimeUnit.SECONDS);
    }

    private static Consumer<byte[], byte[]> consumer(Properties config) {
        Properties own = new Properties();
        own.putAll(config);
        own.put("max.partition.fetch.bytes", KafkaBroker.LONGEST_MESSAGE);
        own.put("auto.offset.reset", "earliest");
        return new KafkaConsumer<>(own, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** The first {@code count} values of {@code partition}; fewer if they do not come. */
    private static List<byte[]> values(Consumer<byte[], byte[]> consumer, TopicPartition partition, int count) {
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        List<byte[]> values = new ArrayList<>();
        for (int poll = 0; poll < 3 && values.size() < count; poll++) {
            for (ConsumerRecord<byte[], byte[]> message : consumer.poll(Duration.ofSeconds(15))) {
                values.add(message.value());
            }
        }
        return values;
    }

    private static int nodes(Properties config) throws Exception {
        try (Admin admin = Admin.create(config)) {
            return admin.describeCluster().nodes().get(40, TimeUnit.SECONDS).size();
        }
    }

    private static byte[] tenMegabytes() {
        byte[] data = new byte[10 << 20];
        new Random(1).nextBytes(data);
        return data;
    }
}
