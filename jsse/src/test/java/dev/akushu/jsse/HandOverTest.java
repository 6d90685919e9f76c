package dev.akushu.jsse;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.akushu.tls.Identity;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.crypto.Crypto;
import java.nio.ByteBuffer;
import java.security.KeyManagementException;
import java.security.PrivateKey;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.X509KeyManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Engines that hand clients without TLS 1.3 over to the JDK's own engine. */
class HandOverTest {
    private static final String HOST = "www.example.org";
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SSLContext client;
    private final SSLContext server;

    HandOverTest() throws Exception {
        client = Contexts.sunWithTls12Only();
        server = Contexts.handingOver();
    }

    @AfterEach
    void unset() {
        System.clearProperty(OlderClients.PROPERTY);
        Security.setProperty(OlderClients.PROPERTY, "");
    }

    private SSLEngine clientEngine() {
        SSLEngine engine = client.createSSLEngine(HOST, 443);
        // Engines of the JDK begin as servers, which have other protocols.
        engine.setUseClientMode(true);
        return engine;
    }

    private static void echo(EngineTalk talk) throws Exception {
        talk.client().send(talk.server(), "hello".getBytes(US_ASCII));
        talk.server().send(talk.client(), "world".getBytes(US_ASCII));
        talk.settle();
        assertThat(talk.server().received()).asString().isEqualTo("hello");
        assertThat(talk.client().received()).asString().isEqualTo("world");
    }

    private static SSLEngine with(SSLEngine engine, java.util.function.Consumer<SSLParameters> change) {
        SSLParameters parameters = engine.getSSLParameters();
        change.accept(parameters);
        engine.setSSLParameters(parameters);
        return engine;
    }

    /** RFC 9846 E.5, RFC 8996. The JDK's own server still has them all, for who takes them out of jdk.tls.disabledAlgorithms. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.1", "TLSv1", "SSLv3", "SSLv2Hello"})
    void nobodyIsHandedOverToAnythingBelowTls12(String obsolete) throws Exception {
        assertThat(Contexts.sun().createSSLEngine().getSupportedProtocols()).contains(obsolete);
        SSLEngine engine = server.createSSLEngine();
        engine.setUseClientMode(false);
        engine.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2", obsolete});

        assertThat(engine.getSupportedProtocols()).containsExactly("TLSv1.3", "TLSv1.2");
        assertThat(engine.getEnabledProtocols()).containsExactly("TLSv1.3", "TLSv1.2");
    }

    private void assertRefused(SSLEngine refusing) {
        EngineTalk talk = new EngineTalk(clientEngine(), refusing);
        assertThatThrownBy(talk::handshake)
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContainingAll("TLS 1.2", "TLS 1.3 only")
                .asInstanceOf(type(Diagnosed.class))
                .satisfies(failed -> assertThat(failed.diagnosis().problem()).isEqualTo(Problem.CLIENT_TOO_OLD));
        assertThatThrownBy(talk::settle).hasMessageContaining("protocol_version");
    }

    @Test
    void nobodyIsHandedOverUnlessItIsAskedFor() throws Exception {
        assertRefused(Contexts.akushu().createSSLEngine());
    }

    @Test
    void aClientOfTls12IsServedAndOneOfTls13StaysHere() throws Exception {
        EngineTalk older = new EngineTalk(clientEngine(), server.createSSLEngine()).handshake();
        echo(older);
        SSLSession session = older.server().engine().getSession();
        assertThat(session.getProtocol()).isEqualTo("TLSv1.2");
        assertThat(AkushuSession.of(session)).isEmpty();
        assertThat(older.server().finishedCount()).isEqualTo(1);

        EngineTalk current =
                new EngineTalk(Contexts.sun().createSSLEngine(HOST, 443), server.createSSLEngine()).handshake();
        echo(current);
        assertThat(current.server().engine().getSession().getProtocol()).isEqualTo("TLSv1.3");
        assertThat(AkushuSession.of(current.server().engine().getSession())).isPresent();
        assertThat(current.server().finishedCount()).isEqualTo(1);
    }

    @Test
    void buffersMayHaveAnySize() throws Exception {
        long seeds = new Random().nextLong();
        for (long seed = seeds; seed < seeds + 25; seed++) {
            try {
                echo(new EngineTalk(clientEngine(), server.createSSLEngine(), new Random(seed)).handshake());
            } catch (Exception | AssertionError failed) {
                throw new AssertionError("with seed " + seed, failed);
            }
        }
    }

    /** RFC 9846 5.1: a ClientHello may span records, and a record may come in pieces. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 5, 50, 200})
    void theClientHelloMayBeFragmented(int fragment) throws Exception {
        SSLEngine from = clientEngine();
        SSLEngine to = server.createSSLEngine();
        EngineTalk talk = new EngineTalk(from, to);
        ByteBuffer hello = ByteBuffer.allocate(20_000);
        from.wrap(NOTHING, hello);
        byte[] message = Arrays.copyOfRange(hello.array(), 5, hello.position());
        ByteBuffer records = ByteBuffer.allocate(20_000);
        for (int at = 0; at < message.length; at += fragment) {
            int length = Math.min(fragment, message.length - at);
            records.put(new byte[] {22, 3, 1, (byte) (length >> 8), (byte) length});
            records.put(message, at, length);
        }
        talk.server().add(records.flip());
        talk.handshake();
        echo(talk);
        assertThat(to.getSession().getProtocol()).isEqualTo("TLSv1.2");
    }

    @Test
    void nothingIsSentBeforeTheClientIsHandedOver() throws Exception {
        SSLEngine to = server.createSSLEngine();
        EngineTalk talk = new EngineTalk(clientEngine(), to);
        talk.client().wrap(talk.server(), NOTHING);
        ByteBuffer hello = talk.server().incoming();
        int length = hello.remaining();
        var result = to.unwrap(hello, NOTHING);
        assertThat(result.getStatus()).isEqualTo(Status.OK);
        assertThat(result.getHandshakeStatus()).isEqualTo(HandshakeStatus.NEED_TASK);
        assertThat(result.bytesConsumed()).isEqualTo(length);
        assertThat(result.bytesProduced()).isZero();
        talk.handshake();
        echo(talk);
    }

    /** RFC 9846 4.2.3: a server that has TLS 1.3 and negotiates TLS 1.2 says so, against downgrades. */
    @Test
    void theServerRandomShowsThatTls13WasThere() throws Exception {
        SSLEngine to = server.createSSLEngine();
        EngineTalk talk = new EngineTalk(clientEngine(), to);
        talk.client().wrap(talk.server(), NOTHING);
        to.unwrap(talk.server().incoming(), NOTHING);
        for (Runnable task = to.getDelegatedTask(); task != null; task = to.getDelegatedTask()) {
            task.run();
        }
        ByteBuffer flight = ByteBuffer.allocate(20_000);
        to.wrap(NOTHING, flight);
        // Record header 5, handshake header 4, version 2, random 32.
        assertThat(HexFormat.of().formatHex(flight.array(), 11 + 24, 11 + 32)).isEqualTo("444f574e47524401");
    }

    @Test
    void clientsAreAuthenticated() throws Exception {
        SSLEngine needing = server.createSSLEngine();
        needing.setNeedClientAuth(true);
        new EngineTalk(clientEngine(), needing).handshake();
        assertThat(needing.getSession().getPeerCertificates()).hasSize(2);
        assertThat(needing.getNeedClientAuth()).isTrue();

        SSLEngine refusing = server.createSSLEngine();
        refusing.setNeedClientAuth(true);
        SSLContext nobody = Contexts.sunWithTls12Only(null, Contexts.shared().trustManagers());
        EngineTalk anonymous = new EngineTalk(nobody.createSSLEngine(HOST, 443), refusing);
        assertThatThrownBy(anonymous::handshake).isInstanceOf(SSLHandshakeException.class);
        assertThat(refusing.getHandshakeStatus()).isEqualTo(HandshakeStatus.NEED_WRAP);
    }

    @Test
    void applicationProtocolsAreAgreedByListAndBySelector() throws Exception {
        SSLEngine listing = with(server.createSSLEngine(), all -> all.setApplicationProtocols(new String[] {"h2"}));
        SSLEngine from = with(clientEngine(), all -> all.setApplicationProtocols(new String[] {"http/1.1", "h2"}));
        new EngineTalk(from, listing).handshake();
        assertThat(listing.getApplicationProtocol()).isEqualTo("h2");
        assertThat(listing.getSession().getProtocol()).isEqualTo("TLSv1.2");

        SSLEngine selecting = server.createSSLEngine();
        AtomicReference<SSLEngine> asked = new AtomicReference<>();
        selecting.setHandshakeApplicationProtocolSelector((engine, offered) -> {
            asked.set(engine);
            assertThat(engine.getHandshakeSession().getProtocol()).isEqualTo("TLSv1.2");
            return offered.getLast();
        });
        SSLEngine other = with(clientEngine(), all -> all.setApplicationProtocols(new String[] {"one", "two"}));
        new EngineTalk(other, selecting).handshake();
        assertThat(other.getApplicationProtocol()).isEqualTo("two");
        assertThat(asked).as("the engine that the program knows").hasValue(selecting);
    }

    @Test
    void theServerNameIsSeenAndMatched() throws Exception {
        SSLEngine to = server.createSSLEngine();
        new EngineTalk(clientEngine(), to).handshake();
        assertThat(((ExtendedSSLSession) to.getSession()).getRequestedServerNames())
                .containsExactly(new SNIHostName(HOST));

        SSLEngine refusing = with(
                server.createSSLEngine(),
                all -> all.setSNIMatchers(List.<SNIMatcher>of(SNIHostName.createSNIMatcher("other\\.example"))));
        EngineTalk refused = new EngineTalk(clientEngine(), refusing);
        assertThatThrownBy(refused::handshake).isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void theSecondConnectionIsResumedAndFoundByItsId() throws Exception {
        SSLEngine first = clientEngine();
        new EngineTalk(first, server.createSSLEngine()).handshake();
        SSLEngine second = clientEngine();
        EngineTalk talk = new EngineTalk(second, server.createSSLEngine()).handshake();
        assertThat(second.getSession().getCreationTime())
                .isEqualTo(first.getSession().getCreationTime());
        assertThat(second.getSession().getId()).isEqualTo(first.getSession().getId());
        assertThat(talk.server().engine().getSession().getSessionContext()).isNotNull();
        new EngineTalk(Contexts.sun().createSSLEngine(HOST, 443), server.createSSLEngine()).handshake();
        SSLSessionContext sessions = server.getServerSessionContext();
        List<byte[]> ids = Collections.list(sessions.getIds());
        // A session that nobody holds any more may be gone between the two calls.
        assertThat(ids.stream()
                        .map(sessions::getSession)
                        .filter(Objects::nonNull)
                        .map(SSLSession::getProtocol))
                .contains("TLSv1.3");
        // It is held until here.
        assertThat(talk.server().engine().getSession().getId()).isNotEmpty();
        sessions.setSessionTimeout(77);
        sessions.setSessionCacheSize(5);
        assertThat(((JoinedSessions) sessions).older().getSessionTimeout()).isEqualTo(77);
        assertThat(((JoinedSessions) sessions).older().getSessionCacheSize()).isEqualTo(5);
        assertThat(sessions.getSessionTimeout()).isEqualTo(77);
        assertThat(sessions.getSessionCacheSize()).isEqualTo(5);
    }

    @Test
    void aServerThatEnablesTls13AloneHandsNobodyOver() throws Exception {
        SSLEngine byProtocol = server.createSSLEngine();
        byProtocol.setEnabledProtocols(new String[] {"TLSv1.3"});
        assertRefused(byProtocol);
        SSLEngine bySuite = server.createSSLEngine();
        bySuite.setEnabledCipherSuites(new String[] {"TLS_AES_128_GCM_SHA256"});
        assertRefused(bySuite);
    }

    @Test
    void theSuitesThatAreEnabledAreTheOnesThatAreServed() throws Exception {
        String suite = "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384";
        SSLEngine to = server.createSSLEngine();
        to.setEnabledCipherSuites(new String[] {"TLS_AES_128_GCM_SHA256", suite, "TLS_OF_TOMORROW"});
        assertThat(to.getEnabledCipherSuites()).containsExactly("TLS_AES_128_GCM_SHA256", suite);
        new EngineTalk(clientEngine(), to).handshake();
        assertThat(to.getSession().getCipherSuite()).isEqualTo(suite);

        SSLEngine other = server.createSSLEngine();
        other.setEnabledCipherSuites(new String[] {"TLS_AES_128_GCM_SHA256", suite});
        SSLEngine from = clientEngine();
        from.setEnabledCipherSuites(new String[] {"TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"});
        EngineTalk talk = new EngineTalk(from, other);
        assertThatThrownBy(talk::handshake).isInstanceOf(SSLHandshakeException.class);
        assertThat(talk.server().wrap(talk.client(), NOTHING).bytesProduced())
                .as("the alert")
                .isPositive();
        assertThat(talk.server().wrap(talk.client(), NOTHING).getStatus()).isEqualTo(Status.CLOSED);
    }

    @Test
    void serversListOlderProtocolsAndSuitesAndClientsDoNot() throws Exception {
        SSLEngine engine = server.createSSLEngine(HOST, 443);
        engine.setUseClientMode(false);
        assertThat(engine.getEnabledProtocols()).containsExactly("TLSv1.3", "TLSv1.2");
        assertThat(engine.getSupportedProtocols()).contains("TLSv1.3", "TLSv1.2");
        assertThat(engine.getSSLParameters().getCipherSuites())
                .contains("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384")
                .doesNotHaveDuplicates();
        assertThat(server.getSupportedSSLParameters().getProtocols()).contains("TLSv1.2");
        engine.setUseClientMode(true);
        assertThat(engine.getEnabledProtocols()).containsExactly("TLSv1.3");
        assertThat(engine.getSSLParameters().getProtocols()).containsExactly("TLSv1.3");
        assertThat(engine.getSSLParameters().getCipherSuites())
                .doesNotContain("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
        new EngineTalk(engine, server.createSSLEngine()).handshake();
        assertThat(engine.getSession().getProtocol()).isEqualTo("TLSv1.3");
    }

    @Test
    void aPropertyDoesTheSameForProgramsThatCannotBeChanged() throws Exception {
        System.setProperty(OlderClients.PROPERTY, "SunJSSE");
        SSLEngine bySystem = Contexts.akushu().createSSLEngine();
        new EngineTalk(clientEngine(), bySystem).handshake();
        assertThat(bySystem.getSession().getProtocol()).isEqualTo("TLSv1.2");
        System.clearProperty(OlderClients.PROPERTY);
        Security.setProperty(OlderClients.PROPERTY, "SunJSSE");
        SSLEngine bySecurity = Contexts.akushu().createSSLEngine();
        new EngineTalk(clientEngine(), bySecurity).handshake();
        assertThat(bySecurity.getSession().getProtocol()).isEqualTo("TLSv1.2");
    }

    @Test
    void aPropertyThatNamesNoUsableProviderIsRefusedWithItsName() {
        System.setProperty(OlderClients.PROPERTY, "SunJsee");
        assertThatThrownBy(Contexts::akushu)
                .isInstanceOf(KeyManagementException.class)
                .hasMessageContainingAll(OlderClients.PROPERTY, "SunJsee", "SunJSSE");
        Security.addProvider(new AkushuProvider());
        try {
            System.setProperty(OlderClients.PROPERTY, AkushuProvider.NAME);
            assertThatThrownBy(Contexts::akushu)
                    .isInstanceOf(KeyManagementException.class)
                    .hasMessageContainingAll(OlderClients.PROPERTY, "another provider");
        } finally {
            Security.removeProvider(AkushuProvider.NAME);
        }
    }

    @Test
    void aContextOfTls13AloneCannotServeOlderClients() throws Exception {
        SSLContext current = SSLContext.getInstance("TLS", "SunJSSE");
        current.init(null, null, null);
        // A default that the JVM can be given by jdk.tls.server.protocols.
        assertThat(new OlderClients(current).protocols()).containsExactly("TLSv1.2");
        assertThatThrownBy(() -> AkushuContext.builder().olderClients(Contexts.akushu()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SunJSSE");
    }

    @Test
    void aConfigurationOfTheCoreHandsOverToTheContextThatItIsGiven() throws Exception {
        X509KeyManager keys = (X509KeyManager) Contexts.shared().keyManagers(Contexts.EC, HOST)[0];
        String alias = keys.getServerAliases("EC", null)[0];
        X509Certificate[] chain = keys.getCertificateChain(alias);
        PrivateKey key = keys.getPrivateKey(alias);
        SSLContext context = AkushuContext.builder()
                .server(TlsServer.builder(Identity.of(List.of(chain), key, Crypto.jdk()))
                        .build())
                .olderClients(Contexts.sun("TLS"))
                .build();
        SSLEngine older = context.createSSLEngine();
        new EngineTalk(clientEngine(), older).handshake();
        assertThat(older.getSession().getProtocol()).isEqualTo("TLSv1.2");
        SSLEngine current = context.createSSLEngine();
        new EngineTalk(Contexts.akushu().createSSLEngine(HOST, 443), current).handshake();
        assertThat(current.getSession().getLocalCertificates()).isEqualTo(chain);
    }

    @Test
    void closingWorksBeforeAndAfterTheHandOver() throws Exception {
        SSLEngine unused = server.createSSLEngine();
        unused.setUseClientMode(false);
        unused.closeOutbound();
        assertThat(unused.isOutboundDone()).isTrue();
        EngineTalk talk = new EngineTalk(clientEngine(), server.createSSLEngine()).handshake();
        talk.server().engine().closeOutbound();
        assertThat(talk.server().wrap(talk.client(), NOTHING).getStatus()).isEqualTo(Status.CLOSED);
        assertThat(talk.server().engine().isOutboundDone()).isTrue();
        assertThat(talk.client()
                        .engine()
                        .unwrap(talk.client().incoming(), ByteBuffer.allocate(20_000))
                        .getStatus())
                .isEqualTo(Status.CLOSED);
    }
}
