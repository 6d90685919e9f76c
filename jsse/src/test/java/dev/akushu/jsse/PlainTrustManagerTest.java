package dev.akushu.jsse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.Problem;
import java.security.AlgorithmConstraints;
import java.security.AlgorithmParameters;
import java.security.CryptoPrimitive;
import java.security.Key;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A plain X509TrustManager sees neither engine nor socket, so the provider compares names and algorithms in its place.
 * Each test runs over the JDK's provider too: the two must decide alike.
 */
class PlainTrustManagerTest {
    private final Holder root = Holder.root("Root", Holder.keys("EC", 256));

    PlainTrustManagerTest() throws Exception {}

    /** Whose client or server has the plain trust manager. */
    enum Judge {
        AKUSHU,
        SUN;

        SSLContext context(KeyManager @Nullable [] keys, X509Certificate... anchors) throws Exception {
            TrustManager[] trust = {new Lenient(anchors)};
            return this == AKUSHU ? Contexts.akushu(keys, trust) : Contexts.sun(keys, trust);
        }
    }

    private static EngineTalk talk(SSLEngine client, KeyManager[] ofServer) throws Exception {
        return new EngineTalk(
                client, Contexts.akushu(ofServer, new TrustManager[0]).createSSLEngine());
    }

    private static SSLEngine with(SSLEngine engine, SSLParameters parameters) {
        engine.setSSLParameters(parameters);
        return engine;
    }

    private static void refused(Judge judge, EngineTalk talk, Problem problem) {
        assertThatThrownBy(talk::handshake)
                .isInstanceOf(SSLHandshakeException.class)
                .hasCauseInstanceOf(CertificateException.class)
                .satisfies(failed -> {
                    if (judge == Judge.AKUSHU) {
                        assertThat(((Diagnosed) failed).diagnosis().problem()).isEqualTo(problem);
                    }
                });
    }

    @ParameterizedTest
    @EnumSource
    void aChainWithoutFaultIsAccepted(Judge judge) throws Exception {
        Holder issuing = root.authority("Issuing", Holder.keys("RSA", 2048));
        SSLEngine client = judge.context(null).createSSLEngine("localhost", 443);
        talk(client, issuing.leaf("leaf").showing(issuing, root)).handshake();
        assertThat(client.getSession().getPeerCertificates()).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource
    void aKeyThatTheJvmHasDisabledIsRefused(Judge judge) throws Exception {
        Holder weak = root.authority("Weak", Holder.keys("RSA", 768));
        SSLEngine client = judge.context(null).createSSLEngine("localhost", 443);
        refused(judge, talk(client, weak.leaf("leaf").showing(weak)), Problem.CERTIFICATE_ALGORITHM_REFUSED);
    }

    @ParameterizedTest
    @EnumSource
    void anAnchorIsTrustedAsItIs(Judge judge) throws Exception {
        Holder weak = Holder.root("Weak", Holder.keys("RSA", 768));
        KeyManager[] keys = weak.leaf("leaf").showing(weak);
        SSLEngine client = judge.context(null, weak.certificate()).createSSLEngine("localhost", 443);
        talk(client, keys).handshake();
        assertThat(client.getSession().getPeerCertificates()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void whatTheProgramsConstraintsRefuseIsRefused(Judge judge) throws Exception {
        Holder issuing = root.authority("Issuing", Holder.keys("RSA", 2048));
        SSLEngine client = judge.context(null).createSSLEngine("localhost", 443);
        SSLParameters parameters = client.getSSLParameters();
        parameters.setAlgorithmConstraints(new NoRsaKeys());
        refused(
                judge,
                talk(with(client, parameters), issuing.leaf("leaf").showing(issuing)),
                Problem.CERTIFICATE_ALGORITHM_REFUSED);
    }

    @ParameterizedTest
    @EnumSource
    void aClientsChainIsJudgedInTheSameWay(Judge judge) throws Exception {
        Holder weak = root.authority("Weak", Holder.keys("RSA", 768));
        SSLEngine server = judge.context(root.leaf("server").showing(root)).createSSLEngine();
        server.setNeedClientAuth(true);
        SSLContext showing = Contexts.akushu(
                weak.leaf("client").showing(weak), new TrustManager[] {new Lenient(root.certificate())});
        EngineTalk talk = new EngineTalk(showing.createSSLEngine("localhost", 443), server);
        refused(judge, talk, Problem.CERTIFICATE_ALGORITHM_REFUSED);
    }

    @ParameterizedTest
    @EnumSource
    void namesAreComparedIfTheProgramAsksForIt(Judge judge) throws Exception {
        KeyManager[] keys = root.leaf("leaf").showing(root);
        for (String host : List.of("localhost", "wrong.example")) {
            for (String algorithm : new String[] {"", "HTTPS", "ldaps"}) {
                SSLEngine client = judge.context(null).createSSLEngine(host, 443);
                SSLParameters parameters = client.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm(algorithm);
                EngineTalk talk = talk(with(client, parameters), keys);
                if (host.equals("localhost") || algorithm.isEmpty()) {
                    talk.handshake();
                } else {
                    refused(judge, talk, Problem.HOST_NAME_MISMATCH);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAlgorithmThatNobodyKnowsIdentifiesNobody(Judge judge) throws Exception {
        SSLEngine client = judge.context(null).createSSLEngine("localhost", 443);
        SSLParameters parameters = client.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("BY-GUESS");
        refused(judge, talk(with(client, parameters), root.leaf("leaf").showing(root)), Problem.CERTIFICATE_REFUSED);
    }

    @ParameterizedTest
    @EnumSource
    void theHostCountsWhereTheNameThatWasAskedForDoesNot(Judge judge) throws Exception {
        SSLEngine client = judge.context(null).createSSLEngine("localhost", 443);
        SSLParameters parameters = client.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setServerNames(List.of(new SNIHostName("front.example")));
        talk(with(client, parameters), root.leaf("leaf").showing(root)).handshake();
        assertThat(client.getSession().getPeerCertificates()).hasSize(2);
    }

    @Test
    void theRefusalNamesCertificateAndAlgorithm() throws Exception {
        Holder weak = root.authority("Weak", Holder.keys("RSA", 768));
        SSLEngine client = Judge.AKUSHU.context(null).createSSLEngine("localhost", 443);
        assertThatThrownBy(talk(client, weak.leaf("leaf").showing(weak))::handshake)
                .hasMessageContainingAll("CN=Weak", "RSA", "jdk.tls.disabledAlgorithms");
    }

    /** Accepts every chain. */
    private record Lenient(X509Certificate... anchors) implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return anchors.clone();
        }
    }

    /** Permits every name. */
    private static final class NoRsaKeys implements AlgorithmConstraints {
        @Override
        public boolean permits(Set<CryptoPrimitive> primitives, String name, @Nullable AlgorithmParameters parameters) {
            return true;
        }

        @Override
        public boolean permits(Set<CryptoPrimitive> primitives, Key key) {
            return !key.getAlgorithm().equals("RSA");
        }

        @Override
        public boolean permits(
                Set<CryptoPrimitive> primitives, String name, Key key, @Nullable AlgorithmParameters parameters) {
            return permits(primitives, key);
        }
    }
}
