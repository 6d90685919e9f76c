package dev.akushu.jsse;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.security.AlgorithmConstraints;
import java.security.AlgorithmParameters;
import java.security.CryptoPrimitive;
import java.security.Key;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What key and trust managers are asked, with which object at hand, and what that object tells them meanwhile. */
@Timeout(60)
class ManagerCallsTest {
    private static final AlgorithmConstraints CONSTRAINTS = new PermittingAll();

    private final Holder root = Holder.root("Root", Holder.keys("EC", 256));
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final SSLContext client = context("client");
    private final SSLContext server = context("server");

    ManagerCallsTest() throws Exception {}

    private SSLContext context(String name) throws Exception {
        KeyManager[] keys = {
            new Choosing((X509ExtendedKeyManager) root.leaf(name).showing()[0])
        };
        return Contexts.akushu(keys, new TrustManager[] {new Judging()});
    }

    private static SSLParameters of(SSLParameters parameters, boolean atServer) {
        parameters.setAlgorithmConstraints(CONSTRAINTS);
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        if (atServer) {
            parameters.setNeedClientAuth(true);
            parameters.setSNIMatchers(List.of(SNIHostName.createSNIMatcher("localhost")));
        }
        return parameters;
    }

    @Test
    void engineManagersAreGivenEnginesThatTellThemOfTheHandshake() throws Exception {
        SSLEngine connecting = client.createSSLEngine("localhost", 443);
        SSLEngine accepting = server.createSSLEngine();
        connecting.setSSLParameters(of(connecting.getSSLParameters(), false));
        accepting.setSSLParameters(of(accepting.getSSLParameters(), true));
        new EngineTalk(connecting, accepting).handshake();
        assertThat(asked)
                .containsExactly(
                        "engine server alias EC",
                        "engine judges server",
                        "engine client alias",
                        "engine judges client");
    }

    @Test
    void socketManagersAreGivenSocketsThatTellThemOfTheHandshake() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                SSLServerSocket listener = (SSLServerSocket)
                        server.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            listener.setSSLParameters(of(listener.getSSLParameters(), true));
            Future<Integer> accepted = threads.submit(() -> {
                try (Socket socket = listener.accept()) {
                    return socket.getInputStream().read();
                }
            });
            try (SSLSocket connecting =
                    (SSLSocket) client.getSocketFactory().createSocket("localhost", listener.getLocalPort())) {
                connecting.setSSLParameters(of(connecting.getSSLParameters(), false));
                connecting.getOutputStream().write(7);
                assertThat(accepted.get(30, TimeUnit.SECONDS)).isEqualTo(7);
            }
        }
        assertThat(asked)
                .containsExactly(
                        "socket server alias EC",
                        "socket judges server",
                        "socket client alias",
                        "socket judges client");
    }

    @Test
    void aResumptionAsksNoManager() throws Exception {
        for (int i = 0; i < 2; i++) {
            SSLEngine accepting = server.createSSLEngine();
            accepting.setSSLParameters(of(accepting.getSSLParameters(), true));
            SSLEngine connecting = client.createSSLEngine("localhost", 443);
            connecting.setSSLParameters(of(connecting.getSSLParameters(), false));
            new EngineTalk(connecting, accepting).handshake();
            assertThat(accepting.getSession().getPeerCertificates()).hasSize(1);
            assertThat(accepting.getSession().getLocalCertificates()).hasSize(1);
            assertThat(connecting.getSession().getPeerCertificates()).hasSize(1);
            assertThat(connecting.getSession().getLocalCertificates()).hasSize(1);
            assertThat(asked).hasSize(4);
        }
    }

    @Test
    void anAliasWithoutKeyOrChainIsPassedOver() throws Exception {
        X509ExtendedKeyManager real =
                (X509ExtendedKeyManager) root.leaf("server").showing()[0];
        SSLContext forgetful =
                Contexts.akushu(new KeyManager[] {new Forgetful(real)}, new TrustManager[] {new Judging()});
        SSLEngine engine =
                Contexts.akushu(null, new TrustManager[] {new Judging()}).createSSLEngine("localhost", 443);
        engine.setSSLParameters(of(engine.getSSLParameters(), false));
        SSLEngine accepting = forgetful.createSSLEngine();
        SSLParameters parameters = accepting.getSSLParameters();
        parameters.setSignatureSchemes(new String[] {"rsa_pss_rsae_sha256", "ecdsa_secp256r1_sha256"});
        accepting.setSSLParameters(parameters);
        new EngineTalk(engine, accepting).handshake();
        assertThat(engine.getSession().getPeerPrincipal()).hasToString("CN=server");
    }

    private static void looksAtHandshake(@Nullable SSLSession seen, SSLParameters parameters, boolean atServer) {
        assertThat(seen).isInstanceOf(ExtendedSSLSession.class);
        ExtendedSSLSession session = (ExtendedSSLSession) seen;
        assertThat(session.getProtocol()).isEqualTo("TLSv1.3");
        assertThat(session.getCipherSuite()).startsWith("TLS_");
        assertThat(session.getId()).isNotEmpty();
        assertThat(session.getLocalSupportedSignatureAlgorithms()).contains("SHA256withECDSA", "RSASSA-PSS");
        assertThat(session.getStatusResponses()).isEmpty();
        assertThat(session.getRequestedServerNames()).containsExactly(new SNIHostName("localhost"));
        assertThat(parameters.getAlgorithmConstraints()).isSameAs(CONSTRAINTS);
        assertThat(parameters.getEndpointIdentificationAlgorithm()).isEqualTo(atServer ? null : "HTTPS");
        if (atServer) {
            assertThat(session.getPeerSupportedSignatureAlgorithms()).contains("SHA256withECDSA");
            assertThat(parameters.getSNIMatchers()).hasSize(1).allMatch(SNIMatcher.class::isInstance);
        } else {
            assertThat(session.getPeerHost()).isEqualTo("localhost");
        }
    }

    private static void looksAtCertificates(SSLSession session, boolean atServer) {
        // A server has shown its own by then.
        assertThat(session.getLocalCertificates() != null).isEqualTo(atServer);
    }

    /** Accepts everybody and looks at everything. */
    private final class Judging extends X509ExtendedTrustManager {
        private void judge(boolean atServer, SSLEngine engine) {
            asked.add("engine judges " + (atServer ? "client" : "server"));
            looksAtHandshake(engine.getHandshakeSession(), engine.getSSLParameters(), atServer);
            looksAtCertificates(engine.getHandshakeSession(), atServer);
        }

        private void judge(boolean atServer, Socket socket) {
            asked.add("socket judges " + (atServer ? "client" : "server"));
            SSLSocket connected = (SSLSocket) socket;
            assertThat(connected.isConnected()).isTrue();
            looksAtHandshake(connected.getHandshakeSession(), connected.getSSLParameters(), atServer);
            looksAtCertificates(connected.getHandshakeSession(), atServer);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            assertThat(type).isEqualTo("EC");
            judge(true, engine);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            assertThat(type).isEqualTo("UNKNOWN");
            judge(false, engine);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
            assertThat(type).isEqualTo("EC");
            judge(true, socket);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
            assertThat(type).isEqualTo("UNKNOWN");
            judge(false, socket);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("neither engine nor socket");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("neither engine nor socket");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** Chooses the one key and notes who asks. */
    private class Choosing extends X509ExtendedKeyManager {
        private final X509ExtendedKeyManager keys;

        Choosing(X509ExtendedKeyManager keys) {
            this.keys = keys;
        }

        @Override
        public @Nullable String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
            asked.add("engine server alias " + keyType);
            assertThat(engine.getHandshakeSession()).isInstanceOf(ExtendedSSLSession.class);
            return keys.chooseEngineServerAlias(keyType, issuers, engine);
        }

        @Override
        public @Nullable String chooseEngineClientAlias(String[] keyTypes, Principal[] issuers, SSLEngine engine) {
            asked.add("engine client alias");
            assertThat(Arrays.asList(keyTypes)).contains("EC", "RSA", "RSASSA-PSS", "EdDSA");
            return keys.chooseEngineClientAlias(keyTypes, issuers, engine);
        }

        @Override
        public @Nullable String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
            asked.add("socket server alias " + keyType);
            assertThat(((SSLSocket) socket).getHandshakeSession()).isInstanceOf(ExtendedSSLSession.class);
            return keys.chooseServerAlias(keyType, issuers, socket);
        }

        @Override
        public @Nullable String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
            asked.add("socket client alias");
            assertThat(Arrays.asList(keyTypes)).contains("EC", "RSA", "RSASSA-PSS", "EdDSA");
            return keys.chooseClientAlias(keyTypes, issuers, socket);
        }

        @Override
        public String[] getClientAliases(String keyType, Principal[] issuers) {
            return keys.getClientAliases(keyType, issuers);
        }

        @Override
        public String[] getServerAliases(String keyType, Principal[] issuers) {
            return keys.getServerAliases(keyType, issuers);
        }

        @Override
        public X509Certificate @Nullable [] getCertificateChain(String alias) {
            return keys.getCertificateChain(alias);
        }

        @Override
        public @Nullable PrivateKey getPrivateKey(String alias) {
            return keys.getPrivateKey(alias);
        }
    }

    /** Has an alias for RSA whose key is gone. */
    private final class Forgetful extends Choosing {
        Forgetful(X509ExtendedKeyManager keys) {
            super(keys);
        }

        @Override
        public @Nullable String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
            return keyType.equals("EC") ? super.chooseEngineServerAlias(keyType, issuers, engine) : "gone";
        }

        @Override
        public X509Certificate @Nullable [] getCertificateChain(String alias) {
            return alias.equals("gone") ? null : super.getCertificateChain(alias);
        }

        @Override
        public @Nullable PrivateKey getPrivateKey(String alias) {
            return alias.equals("gone") ? null : super.getPrivateKey(alias);
        }
    }

    /** Permits everything. */
    private static final class PermittingAll implements AlgorithmConstraints {
        @Override
        public boolean permits(Set<CryptoPrimitive> primitives, String name, @Nullable AlgorithmParameters parameters) {
            return true;
        }

        @Override
        public boolean permits(Set<CryptoPrimitive> primitives, Key key) {
            return true;
        }

        @Override
        public boolean permits(
                Set<CryptoPrimitive> primitives, String name, Key key, @Nullable AlgorithmParameters parameters) {
            return true;
        }
    }
}
