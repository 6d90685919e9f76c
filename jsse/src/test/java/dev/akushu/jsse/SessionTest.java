package dev.akushu.jsse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.akushu.tls.Problem;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;

/** Sessions: what they tell, and that they are resumed. */
class SessionTest {
    private final SSLContext client;
    private final SSLContext server;

    SessionTest() throws Exception {
        client = Contexts.akushu();
        server = Contexts.akushu();
    }

    private EngineTalk connect() throws Exception {
        return new EngineTalk(client.createSSLEngine("localhost", 443), server.createSSLEngine()).handshake();
    }

    private static boolean resumed(EngineTalk.End end) {
        return ((AkushuSession) end.engine().getSession()).resumed();
    }

    @Test
    void theSecondConnectionIsResumedAtBothEnds() throws Exception {
        EngineTalk first = connect();
        EngineTalk second = connect();
        assertThat(resumed(first.client())).isFalse();
        assertThat(resumed(second.client())).isTrue();
        assertThat(resumed(second.server())).isTrue();
    }

    @Test
    void resumptionWorksWithTheJdkInBothRoles() throws Exception {
        SSLContext sun = Contexts.sun();
        new EngineTalk(client.createSSLEngine("localhost", 1), sun.createSSLEngine()).handshake();
        EngineTalk ofClient = new EngineTalk(client.createSSLEngine("localhost", 1), sun.createSSLEngine()).handshake();
        assertThat(resumed(ofClient.client())).isTrue();
        new EngineTalk(sun.createSSLEngine("localhost", 2), server.createSSLEngine()).handshake();
        EngineTalk ofServer = new EngineTalk(sun.createSSLEngine("localhost", 2), server.createSSLEngine()).handshake();
        assertThat(resumed(ofServer.server())).isTrue();
    }

    @Test
    void aResumptionKeepsCertificatesCreationTimeIdAndValuesOfTheClient() throws Exception {
        EngineTalk first = connect();
        var original = first.client().engine().getSession();
        original.putValue("key", "value");
        EngineTalk second = connect();
        var resumed = second.client().engine().getSession();
        assertThat(resumed.getPeerCertificates()).isEqualTo(original.getPeerCertificates());
        assertThat(resumed.getPeerCertificates()).isInstanceOf(X509Certificate[].class);
        assertThat(resumed.getId()).isEqualTo(original.getId()).isNotEmpty();
        assertThat(resumed).isEqualTo(original).hasSameHashCodeAs(original);
        assertThat(resumed.getValue("key")).isEqualTo("value");
        assertThat(resumed.getCreationTime()).isEqualTo(original.getCreationTime());
    }

    @Test
    void aResumptionKeepsCertificateIdAndValuesOfTheServer() throws Exception {
        var original = connect().server().engine().getSession();
        original.putValue("key", "value");
        for (int i = 0; i < 2; i++) {
            EngineTalk next = connect();
            assertThat(resumed(next.server())).isTrue();
            var resumed = next.server().engine().getSession();
            assertThat(resumed.getLocalCertificates())
                    .isInstanceOf(X509Certificate[].class)
                    .isEqualTo(original.getLocalCertificates());
            assertThat(resumed.getId()).isEqualTo(original.getId());
            assertThat(resumed.getValue("key")).isEqualTo("value");
        }
    }

    @Test
    void aServerThatHasForgottenTheSessionStillKnowsWhatItShowed() throws Exception {
        var original = connect().server().engine().getSession();
        original.putValue("key", "value");
        server.getServerSessionContext().setSessionCacheSize(1);
        new EngineTalk(Contexts.akushu().createSSLEngine("localhost", 443), server.createSSLEngine()).handshake();
        EngineTalk second = connect();
        assertThat(resumed(second.server())).isTrue();
        var resumed = second.server().engine().getSession();
        assertThat(resumed.getValue("key")).as("forgotten").isNull();
        assertThat(resumed.getLocalCertificates()).isEqualTo(original.getLocalCertificates());
        assertThat(resumed.getId()).isEqualTo(original.getId());
    }

    @Test
    void theTrustManagerIsNotCalledForAResumption() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        SSLContext counting = Contexts.akushu(null, new TrustManager[] {new Counting(calls)});
        for (int i = 0; i < 3; i++) {
            new EngineTalk(counting.createSSLEngine("localhost", 443), server.createSSLEngine()).handshake();
        }
        assertThat(calls).hasValue(1);
    }

    @Test
    void eachTicketIsUsedOnce() throws Exception {
        connect();
        List<EngineTalk> begun = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            SSLEngine engine = client.createSSLEngine("localhost", 443);
            EngineTalk talk = new EngineTalk(engine, server.createSSLEngine());
            // Its ClientHello, with a ticket if there is one left.
            engine.beginHandshake();
            begun.add(talk);
        }
        List<Boolean> resumed = new ArrayList<>();
        for (EngineTalk talk : begun) {
            resumed.add(resumed(talk.handshake().client()));
        }
        assertThat(resumed).as("a server gives two tickets").containsExactly(true, true, false);
    }

    @Test
    void anInvalidatedSessionIsNotResumed() throws Exception {
        connect().client().engine().getSession().invalidate();
        EngineTalk second = connect();
        assertThat(resumed(second.client())).isFalse();
    }

    /** RFC 9846 section 6. */
    @Test
    void aConnectionThatFailsLeavesNothingToResume() throws Exception {
        SSLEngine failing = connect().client().engine();
        ByteBuffer forged = ByteBuffer.wrap(HexFormat.of().parseHex("1703030019" + "00".repeat(25)));
        assertThatThrownBy(() -> failing.unwrap(forged, ByteBuffer.allocate(AkushuEngine.PACKET_SIZE)))
                .isInstanceOf(SSLException.class);

        assertThat(resumed(connect().client())).isFalse();
        assertThat(resumed(connect().client())).isTrue();
    }

    @Test
    void aSessionIsForOneHostPortAndNameCheck() throws Exception {
        connect();
        EngineTalk otherPort =
                new EngineTalk(client.createSSLEngine("localhost", 444), server.createSSLEngine()).handshake();
        assertThat(resumed(otherPort.client())).isFalse();
        SSLEngine checking = client.createSSLEngine("localhost", 443);
        SSLParameters parameters = checking.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        checking.setSSLParameters(parameters);
        EngineTalk checked = new EngineTalk(checking, server.createSSLEngine()).handshake();
        assertThat(resumed(checked.client()))
                .as("accepted without a check of the name")
                .isFalse();
    }

    @Test
    void aTimeoutOrACacheWithoutRoomEndsResumption() throws Exception {
        connect();
        assertThat(Collections.list(client.getClientSessionContext().getIds())).hasSize(1);
        new EngineTalk(client.createSSLEngine("localhost", 7), server.createSSLEngine()).handshake();
        client.getClientSessionContext().setSessionCacheSize(1);
        assertThat(Collections.list(client.getClientSessionContext().getIds())).hasSize(1);
        assertThat(resumed(connect().client())).as("the older one had to go").isFalse();
    }

    @Test
    void contextsHaveSizeAndTimeoutBeforeTheFirstHandshake() {
        var sessions = client.getServerSessionContext();
        assertThat(sessions.getSessionTimeout()).isEqualTo(86_400);
        sessions.setSessionTimeout(100);
        sessions.setSessionCacheSize(5);
        assertThat(sessions.getSessionTimeout()).isEqualTo(100);
        assertThat(sessions.getSessionCacheSize()).isEqualTo(5);
        assertThatThrownBy(() -> sessions.setSessionTimeout(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void bothEndsExportTheSameKeyingMaterial() throws Exception {
        EngineTalk talk = connect();
        var one = (ExtendedSSLSession) talk.client().engine().getSession();
        var other = (ExtendedSSLSession) talk.server().engine().getSession();
        byte[] material = one.exportKeyingMaterialData("EXPERIMENTAL test", null, 32);
        assertThat(material)
                .hasSize(32)
                .isEqualTo(other.exportKeyingMaterialData("EXPERIMENTAL test", new byte[0], 32));
        assertThat(one.exportKeyingMaterialKey("AES", "EXPERIMENTAL test", null, 32)
                        .getEncoded())
                .isEqualTo(material);
    }

    @Test
    void clientsAreAuthenticatedIfTheServerNeedsIt() throws Exception {
        SSLEngine needing = server.createSSLEngine();
        needing.setNeedClientAuth(true);
        EngineTalk talk = new EngineTalk(client.createSSLEngine("localhost", 443), needing).handshake();
        assertThat(talk.server().engine().getSession().getPeerCertificates()).hasSize(2);
        assertThat(talk.client().engine().getSession().getLocalCertificates()).hasSize(2);

        SSLEngine again = server.createSSLEngine();
        again.setNeedClientAuth(true);
        SSLContext nobody = Contexts.akushu(null, Contexts.shared().trustManagers());
        EngineTalk anonymous = new EngineTalk(nobody.createSSLEngine("localhost", 443), again);
        assertThatThrownBy(anonymous::handshake)
                .asInstanceOf(type(Diagnosed.class))
                .satisfies(failed ->
                        assertThat(failed.diagnosis().problem()).isEqualTo(Problem.CLIENT_CERTIFICATE_REQUIRED));
    }

    @Test
    void theKeyOfTheTypeThatTheClientAcceptsIsChosen() throws Exception {
        SSLContext both = Contexts.akushu(
                Contexts.shared().keyManagers(new String[] {"RSA", "EC"}, "localhost"),
                Contexts.shared().trustManagers());
        for (String scheme : List.of("rsa_pss_rsae_sha256", "ecdsa_secp256r1_sha256")) {
            SSLEngine engine = Contexts.akushu().createSSLEngine("localhost", 443);
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setSignatureSchemes(new String[] {scheme});
            engine.setSSLParameters(parameters);
            new EngineTalk(engine, both.createSSLEngine()).handshake();
            assertThat(((AkushuSession) engine.getSession())
                            .facts()
                            .orElseThrow()
                            .signatureScheme())
                    .hasToString(scheme);
        }
    }

    @Test
    void aMissingIntermediateIsNamedWithTheStoreThatWasSearched() throws Exception {
        SSLContext incomplete = Contexts.akushu(Contexts.shared().keyManagers(false, Contexts.EC, "localhost"), null);
        EngineTalk talk = new EngineTalk(client.createSSLEngine("localhost", 443), incomplete.createSSLEngine());
        assertThatThrownBy(talk::handshake)
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContainingAll("CN=Shared Issuing", "CN=EC leaf", "1")
                .hasCauseInstanceOf(CertificateException.class)
                .asInstanceOf(type(Diagnosed.class))
                .satisfies(failed -> assertThat(failed.diagnosis().problem()).isEqualTo(Problem.UNKNOWN_ISSUER));
    }

    @Test
    void aWrongHostIsRefusedWithTheNamesInTheCertificate() throws Exception {
        SSLEngine engine = client.createSSLEngine("wrong.example", 443);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
        EngineTalk talk = new EngineTalk(engine, server.createSSLEngine());
        assertThatThrownBy(talk::handshake)
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContainingAll("wrong.example", "localhost")
                .asInstanceOf(type(Diagnosed.class))
                .satisfies(failed -> assertThat(failed.diagnosis().problem()).isEqualTo(Problem.HOST_NAME_MISMATCH));
    }

    /** Accepts all and counts. */
    private static final class Counting extends X509ExtendedTrustManager {
        private final AtomicInteger calls;

        Counting(AtomicInteger calls) {
            this.calls = calls;
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
            throw new AssertionError("an engine was given");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
            throw new AssertionError("an engine was given");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            throw new AssertionError("servers do not ask");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            ExtendedSSLSession session = (ExtendedSSLSession) engine.getHandshakeSession();
            assertThat(session.getProtocol()).isEqualTo("TLSv1.3");
            assertThat(session.getPeerHost()).isEqualTo("localhost");
            assertThat(session.getLocalSupportedSignatureAlgorithms()).contains("SHA256withECDSA", "RSASSA-PSS");
            assertThat(session.getStatusResponses()).isEmpty();
            assertThat(type).isNotEmpty();
            calls.incrementAndGet();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            throw new AssertionError("an engine is there to be given");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            throw new AssertionError("an engine is there to be given");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
