package dev.akushu.jsse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsServer;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509KeyManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;

/** What programs set, and what becomes of what TLS 1.3 does not have. */
class ParametersTest {
    private static SSLEngine engine() throws Exception {
        return Contexts.akushu().createSSLEngine("localhost", 443);
    }

    private static EngineTalk talk(SSLEngine client, SSLEngine server) {
        return new EngineTalk(client, server);
    }

    @Test
    void olderProtocolsBesideTls13AreLeftOut() throws Exception {
        SSLEngine engine = engine();
        engine.setEnabledProtocols(new String[] {"TLSv1.2", "TLSv1.3"});
        assertThat(engine.getEnabledProtocols()).containsExactly("TLSv1.3");
        assertThat(engine.getSupportedProtocols()).containsExactly("TLSv1.3");
    }

    @Test
    void onlyOlderProtocolsAreRefusedWithAnExplanation() throws Exception {
        SSLEngine engine = engine();
        assertThatThrownBy(() -> engine.setEnabledProtocols(new String[] {"TLSv1.2", "TLSv1.1"}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("TLSv1.3 only", "SunJSSE");
    }

    @Test
    void unknownProtocolsAndNullAreRefused() throws Exception {
        SSLEngine engine = engine();
        assertThatThrownBy(() -> engine.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv9"}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> engine.setEnabledProtocols(null)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void olderSuitesBesideThoseOfTls13AreLeftOut() throws Exception {
        SSLEngine engine = engine();
        engine.setEnabledCipherSuites(new String[] {"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384"});
        assertThat(engine.getEnabledCipherSuites()).containsExactly("TLS_AES_256_GCM_SHA384");
        assertThatThrownBy(() -> engine.setEnabledCipherSuites(new String[] {"TLS_RSA_WITH_AES_128_CBC_SHA"}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("TLSv1.3 only");
    }

    @Test
    void theSuiteThatIsEnabledIsTheOneInUse() throws Exception {
        SSLEngine client = engine();
        client.setEnabledCipherSuites(new String[] {"TLS_CHACHA20_POLY1305_SHA256"});
        talk(client, Contexts.akushu().createSSLEngine()).handshake();
        assertThat(client.getSession().getCipherSuite()).isEqualTo("TLS_CHACHA20_POLY1305_SHA256");
    }

    @Test
    void theClientsOrderOfSuitesDecidesWhereTheServerLetsIt() throws Exception {
        for (boolean ownOrder : new boolean[] {true, false}) {
            SSLEngine client = engine();
            client.setEnabledCipherSuites(new String[] {"TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_128_GCM_SHA256"});
            SSLEngine server = Contexts.akushu().createSSLEngine();
            SSLParameters parameters = server.getSSLParameters();
            parameters.setUseCipherSuitesOrder(ownOrder);
            server.setSSLParameters(parameters);
            talk(client, server).handshake();
            assertThat(server.getSSLParameters().getUseCipherSuitesOrder()).isEqualTo(ownOrder);
            assertThat(client.getSession().getCipherSuite())
                    .isEqualTo(ownOrder ? "TLS_AES_128_GCM_SHA256" : "TLS_CHACHA20_POLY1305_SHA256");
        }
    }

    @Test
    void nullInParametersLeavesThingsAsTheyAre() throws Exception {
        SSLEngine engine = engine();
        SSLParameters all = engine.getSSLParameters();
        all.setApplicationProtocols(new String[] {"h2"});
        all.setServerNames(List.of(new SNIHostName("other.example")));
        all.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(all);
        SSLParameters sparse = new SSLParameters();
        // The one that is not null at first.
        sparse.setApplicationProtocols(new String[] {"h2"});
        engine.setSSLParameters(sparse);
        SSLParameters after = engine.getSSLParameters();
        assertThat(after.getApplicationProtocols()).containsExactly("h2");
        assertThat(after.getServerNames()).containsExactly(new SNIHostName("other.example"));
        assertThat(after.getEndpointIdentificationAlgorithm()).isEqualTo("HTTPS");
        assertThat(after.getCipherSuites()).contains("TLS_AES_128_GCM_SHA256");
    }

    @Test
    void theHostBecomesTheServerNameAndAnAddressDoesNot() throws Exception {
        SSLContext context = Contexts.akushu();
        assertThat(context.createSSLEngine("www.example", 443)
                        .getSSLParameters()
                        .getServerNames())
                .containsExactly(new SNIHostName("www.example"));
        assertThat(context.createSSLEngine("127.0.0.1", 443).getSSLParameters().getServerNames())
                .isNull();
        assertThat(context.createSSLEngine("::1", 443).getSSLParameters().getServerNames())
                .isNull();
    }

    @Test
    void theServerSeesTheNameThatTheClientAsksFor() throws Exception {
        SSLEngine server = Contexts.akushu().createSSLEngine();
        talk(engine(), server).handshake();
        assertThat(((javax.net.ssl.ExtendedSSLSession) server.getSession()).getRequestedServerNames())
                .containsExactly(new SNIHostName("localhost"));
    }

    @Test
    void aNameThatNoMatcherAcceptsIsRefused() throws Exception {
        SSLEngine server = Contexts.akushu().createSSLEngine();
        SSLParameters parameters = server.getSSLParameters();
        parameters.setSNIMatchers(List.<SNIMatcher>of(SNIHostName.createSNIMatcher("www\\.example\\.org")));
        server.setSSLParameters(parameters);
        EngineTalk talk = talk(engine(), server);
        assertThatThrownBy(talk::handshake)
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining("localhost");
    }

    @Test
    void unknownNamesOfGroupsAreIgnoredAndKnownOnesObeyed() throws Exception {
        SSLEngine client = engine();
        SSLParameters parameters = client.getSSLParameters();
        parameters.setNamedGroups(new String[] {"curve-of-tomorrow", "secp384r1"});
        parameters.setSignatureSchemes(new String[] {"ecdsa_secp256r1_sha256"});
        client.setSSLParameters(parameters);
        talk(client, Contexts.akushu().createSSLEngine()).handshake();
        var facts = ((AkushuSession) client.getSession()).facts().orElseThrow();
        assertThat(facts.group()).hasToString("secp384r1");
        assertThat(facts.signatureScheme()).hasToString("ecdsa_secp256r1_sha256");
    }

    @Test
    void groupsOfWhichNoneIsKnownFailTheHandshakeWithAText() throws Exception {
        SSLEngine client = engine();
        SSLParameters parameters = client.getSSLParameters();
        parameters.setNamedGroups(new String[] {"curve-of-tomorrow"});
        client.setSSLParameters(parameters);
        client.setUseClientMode(true);
        assertThatThrownBy(client::beginHandshake)
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining("curve-of-tomorrow");
    }

    @Test
    void theFirstCommonApplicationProtocolOfTheServerIsAgreed() throws Exception {
        SSLEngine client = withProtocols(engine(), "http/1.1", "h2");
        SSLEngine server = withProtocols(Contexts.akushu().createSSLEngine(), "h2", "http/1.1");
        talk(client, server).handshake();
        assertThat(client.getApplicationProtocol()).isEqualTo("h2");
        assertThat(server.getApplicationProtocol()).isEqualTo("h2");
    }

    @Test
    void withoutAlpnTheProtocolIsEmptyAndNotNull() throws Exception {
        SSLEngine client = engine();
        talk(client, Contexts.akushu().createSSLEngine()).handshake();
        assertThat(client.getApplicationProtocol()).isEmpty();
    }

    @Test
    void aSelectorChoosesWhileTheHandshakeSessionIsThere() throws Exception {
        SSLEngine client = withProtocols(engine(), "one", "two");
        SSLEngine server = Contexts.akushu().createSSLEngine();
        server.setHandshakeApplicationProtocolSelector((engine, offered) -> {
            assertThat(engine.getHandshakeSession().getProtocol()).isEqualTo("TLSv1.3");
            engine.getHandshakeSession().putValue("seen", offered);
            return offered.getLast();
        });
        talk(client, server).handshake();
        assertThat(client.getApplicationProtocol()).isEqualTo("two");
        assertThat(server.getSession().getValue("seen")).isEqualTo(List.of("one", "two"));
    }

    @Test
    void aSelectorThatChoosesNothingRefusesAndAnEmptyTextDoesWithout() throws Exception {
        SSLEngine client = withProtocols(engine(), "one");
        SSLEngine refusing = Contexts.akushu().createSSLEngine();
        refusing.setHandshakeApplicationProtocolSelector((engine, offered) -> null);
        EngineTalk refused = talk(client, refusing);
        assertThatThrownBy(refused::handshake).isInstanceOf(SSLHandshakeException.class);

        SSLEngine other = withProtocols(engine(), "one");
        SSLEngine without = Contexts.akushu().createSSLEngine();
        without.setHandshakeApplicationProtocolSelector((engine, offered) -> "");
        talk(other, without).handshake();
        assertThat(other.getApplicationProtocol()).isEmpty();
    }

    @Test
    void theSwitchMakesServersNameASuiteOfTls12ThatTheyDoNotSpeak() throws Exception {
        String suite = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";
        System.setProperty(AkushuProvider.LIST_HTTP2_SUITE, "true");
        SSLContext context;
        try {
            context = Contexts.akushu();
        } finally {
            System.clearProperty(AkushuProvider.LIST_HTTP2_SUITE);
        }
        SSLEngine server = context.createSSLEngine();
        server.setUseClientMode(false);
        assertThat(server.getEnabledCipherSuites()).contains(suite);
        server.setEnabledCipherSuites(server.getEnabledCipherSuites());
        assertThat(server.getEnabledCipherSuites()).contains(suite);
        talk(engine(), server).handshake();
        assertThat(server.getSession().getCipherSuite()).isEqualTo("TLS_AES_128_GCM_SHA256");

        SSLEngine client = context.createSSLEngine();
        client.setUseClientMode(true);
        assertThat(client.getEnabledCipherSuites()).doesNotContain(suite);
        SSLEngine other = Contexts.akushu().createSSLEngine();
        other.setUseClientMode(false);
        assertThat(other.getEnabledCipherSuites()).doesNotContain(suite);
    }

    @Test
    void theMaximumPacketSizeIsKept() throws Exception {
        SSLEngine client = engine();
        SSLParameters parameters = client.getSSLParameters();
        parameters.setMaximumPacketSize(1200);
        client.setSSLParameters(parameters);
        EngineTalk talk = talk(client, Contexts.akushu().createSSLEngine()).handshake();
        assertThat(talk.client().wrap(talk.server(), ByteBuffer.allocate(5000)).bytesProduced())
                .isEqualTo(1200);
    }

    @Test
    void aPacketSizeThatLeavesNoRoomForContentIsRaised() throws Exception {
        for (int tooSmall : new int[] {1, 10, 22, 23}) {
            SSLEngine client = engine();
            SSLParameters parameters = client.getSSLParameters();
            parameters.setMaximumPacketSize(tooSmall);
            client.setSSLParameters(parameters);
            EngineTalk talk = talk(client, Contexts.akushu().createSSLEngine()).handshake();
            talk.client().send(talk.server(), new byte[200]);
            talk.settle();
            assertThat(talk.server().received()).hasSize(200);
        }
    }

    /** What is set limits what this end sends; the peer does not know it and sends packets of any size. */
    @Test
    void theSizeOfPacketBuffersDoesNotFollowAMaximumThatThePeerDoesNotKnow() throws Exception {
        SSLEngine client = engine();
        SSLParameters parameters = client.getSSLParameters();
        parameters.setMaximumPacketSize(1200);
        client.setSSLParameters(parameters);
        EngineTalk talk = talk(client, Contexts.akushu().createSSLEngine()).handshake();
        int size = client.getSession().getPacketBufferSize();
        assertThat(size).isEqualTo(AkushuEngine.PACKET_SIZE);
        talk.server().wrap(talk.client(), ByteBuffer.allocate(16_384));
        ByteBuffer packet = ByteBuffer.allocate(size);
        packet.put(talk.client().incoming()).flip();
        ByteBuffer data = ByteBuffer.allocate(client.getSession().getApplicationBufferSize());
        assertThat(client.unwrap(packet, data).bytesProduced()).isEqualTo(16_384);
    }

    @Test
    void aServerComparesNoNamesWhateverIsSet() throws Exception {
        SSLEngine server = Contexts.akushu().createSSLEngine("not.the.client", 1);
        SSLParameters parameters = server.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setNeedClientAuth(true);
        server.setSSLParameters(parameters);
        talk(engine(), server).handshake();
        assertThat(server.getSession().getPeerCertificates()).isNotEmpty();
        assertThat(server.getSSLParameters().getEndpointIdentificationAlgorithm())
                .isNull();
    }

    @Test
    void theFirstManagerOfTheKindWinsAndNullIsNone() throws Exception {
        Holder root = Holder.root("Root", Holder.keys("EC", 256));
        KeyManager plain = new Plain((X509KeyManager) root.leaf("plain").showing()[0]);
        KeyManager extended = root.leaf("extended").showing()[0];
        for (KeyManager[] keys : new KeyManager[][] {{plain, extended}, {extended, plain}, {null, plain, extended}}) {
            SSLEngine server = Contexts.akushu(keys, new TrustManager[] {null, NobodyTrusted.INSTANCE})
                    .createSSLEngine();
            SSLEngine client = Contexts.akushu(null, new TrustManager[] {null, new Trusting(), NobodyTrusted.INSTANCE})
                    .createSSLEngine("localhost", 443);
            talk(client, server).handshake();
            assertThat(client.getSession().getPeerPrincipal().getName())
                    .isEqualTo(keys[0] == extended ? "CN=extended" : "CN=plain");
        }
    }

    @Test
    void withoutSessionCreationOnlyResumptionIsLeft() throws Exception {
        TlsServer server = TlsServer.builder(Contexts.identity()).build();
        SSLContext configured =
                AkushuContext.of(TlsClient.builder(Contexts.trust()).build(), server);
        for (SSLContext context : List.of(Contexts.akushu(), configured)) {
            for (boolean atClient : new boolean[] {true, false}) {
                SSLEngine client = context.createSSLEngine("localhost", atClient ? 1 : 2);
                SSLEngine refusing = context.createSSLEngine();
                (atClient ? client : refusing).setEnableSessionCreation(false);
                EngineTalk refused = talk(client, refusing);
                assertThatThrownBy(refused::handshake).isInstanceOf(SSLException.class);
                talk(context.createSSLEngine("localhost", atClient ? 1 : 2), context.createSSLEngine())
                        .handshake();
                SSLEngine resuming = context.createSSLEngine("localhost", atClient ? 1 : 2);
                SSLEngine resumed = context.createSSLEngine();
                (atClient ? resuming : resumed).setEnableSessionCreation(false);
                talk(resuming, resumed).handshake();
                assertThat(((AkushuSession) resumed.getSession()).resumed()).isTrue();
            }
        }
    }

    /** Trusts everybody. */
    private static final class Trusting implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** A key manager without the methods for engines. */
    private record Plain(X509KeyManager keys) implements X509KeyManager {
        @Override
        public String[] getClientAliases(String keyType, Principal[] issuers) {
            return keys.getClientAliases(keyType, issuers);
        }

        @Override
        public String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
            return keys.chooseClientAlias(keyType, issuers, socket);
        }

        @Override
        public String[] getServerAliases(String keyType, Principal[] issuers) {
            return keys.getServerAliases(keyType, issuers);
        }

        @Override
        public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
            return keys.chooseServerAlias(keyType, issuers, socket);
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return keys.getCertificateChain(alias);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return keys.getPrivateKey(alias);
        }
    }

    private static SSLEngine withProtocols(SSLEngine engine, String... protocols) {
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setApplicationProtocols(protocols);
        engine.setSSLParameters(parameters);
        return engine;
    }
}
