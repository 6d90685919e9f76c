package dev.akushu.jsse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CertificateCheck;
import dev.akushu.tls.ClientAuthentication;
import dev.akushu.tls.Identity;
import dev.akushu.tls.Problem;
import dev.akushu.tls.RawKeyTrust;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.TlsSession;
import dev.akushu.tls.crypto.Crypto;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.Test;

/** Contexts whose ends prove themselves by public keys without certificates (RFC 7250), which JSSE knows nothing of. */
class RawPublicKeyTest {
    private final KeyPair ofServer = fresh();
    private final KeyPair ofClient = fresh();

    @Test
    void aSessionHasAKeyInThePlaceOfCertificatesAndKeepsItInResumptions() throws Exception {
        SSLContext context = AkushuContext.of(client(ofServer), server(ClientAuthentication.REQUIRED));
        for (boolean resumes : new boolean[] {false, true}) {
            SSLEngine client = context.createSSLEngine("localhost", 443);
            SSLEngine server = serverEngine(context);
            new EngineTalk(client, server).handshake();

            assertThat(((AkushuSession) client.getSession()).resumed()).isEqualTo(resumes);
            assertThat(facts(client).rawPublicKey()).isEqualTo(info(ofServer));
            assertThat(facts(server).rawPublicKey()).isEqualTo(info(ofClient));
            assertThatThrownBy(() -> client.getSession().getPeerCertificates())
                    .isInstanceOf(SSLPeerUnverifiedException.class);
            assertThatThrownBy(() -> client.getSession().getPeerPrincipal())
                    .isInstanceOf(SSLPeerUnverifiedException.class);
            assertThat(server.getSession().getLocalCertificates()).isNull();
            assertThat(server.getSession().getLocalPrincipal()).isNull();
        }
    }

    @Test
    void aProgramMayDemandTheKeyOfAClientThatIsOnlyWanted() throws Exception {
        SSLContext context = AkushuContext.of(server(ClientAuthentication.WANTED));
        SSLEngine server = serverEngine(context);
        server.setNeedClientAuth(true);
        SSLEngine keyless = AkushuContext.of(
                        TlsClient.rawKeyBuilder(pinned(ofServer)).build())
                .createSSLEngine("localhost", 443);

        assertThatThrownBy(() -> new EngineTalk(keyless, server).handshake()).isInstanceOf(SSLException.class);
        assertThat(problem(server)).isEqualTo(Problem.NO_COMMON_CERTIFICATE_TYPE);
    }

    @Test
    void aKeyMakesNoSessionWhereNoneMayBeMade() throws Exception {
        SSLContext context = AkushuContext.of(client(ofServer), server(ClientAuthentication.NONE));
        SSLEngine refusing = context.createSSLEngine("localhost", 443);
        refusing.setEnableSessionCreation(false);

        assertThatThrownBy(() -> new EngineTalk(refusing, serverEngine(context)).handshake())
                .isInstanceOf(SSLHandshakeException.class);
        assertThat(problem(refusing)).isEqualTo(Problem.NO_NEW_SESSIONS);
    }

    @Test
    void aKeyIsResumedWhereNoSessionMayBeMade() throws Exception {
        SSLContext context = AkushuContext.of(client(ofServer), server(ClientAuthentication.NONE));
        new EngineTalk(context.createSSLEngine("localhost", 443), serverEngine(context)).handshake();
        SSLEngine resuming = context.createSSLEngine("localhost", 443);
        resuming.setEnableSessionCreation(false);
        new EngineTalk(resuming, serverEngine(context)).handshake();

        assertThat(((AkushuSession) resuming.getSession()).resumed()).isTrue();
    }

    @Test
    void anUnknownKeyIsRefused() throws Exception {
        SSLContext context = AkushuContext.of(client(ofClient), server(ClientAuthentication.NONE));
        SSLEngine client = context.createSSLEngine("localhost", 443);

        assertThatThrownBy(() -> new EngineTalk(client, serverEngine(context)).handshake())
                .isInstanceOf(SSLHandshakeException.class);
        assertThat(problem(client)).isEqualTo(Problem.RAW_KEY_UNKNOWN);
    }

    @Test
    void aKnownKeyNeedsNoHost() throws Exception {
        SSLContext context = AkushuContext.of(client(ofServer), server(ClientAuthentication.NONE));
        SSLEngine hostless = context.createSSLEngine();
        hostless.setUseClientMode(true);
        new EngineTalk(hostless, serverEngine(context)).handshake();

        assertThat(facts(hostless).rawPublicKey()).isEqualTo(info(ofServer));
    }

    @Test
    void clientsOfATrustWithoutAScopeResume() throws Exception {
        RawKeyTrust unscoped = new Unscoped(pinned(ofClient));
        TlsServer server = TlsServer.builder(raw(ofServer))
                .rawClientAuthentication(ClientAuthentication.REQUIRED, unscoped)
                .build();
        SSLContext context = AkushuContext.of(client(ofServer), server);
        for (boolean resumes : new boolean[] {false, true}) {
            SSLEngine client = context.createSSLEngine("localhost", 443);
            SSLEngine asking = serverEngine(context);
            asking.setNeedClientAuth(true);
            new EngineTalk(client, asking).handshake();
            assertThat(((AkushuSession) client.getSession()).resumed()).isEqualTo(resumes);
        }
    }

    /** Decides as another does, and says nothing of what it depends on. */
    private record Unscoped(RawKeyTrust trust) implements RawKeyTrust {
        @Override
        public CertificateCheck verify(RawKey peer) throws TlsException {
            return trust.verify(peer);
        }
    }

    private TlsClient client(KeyPair known) throws TlsException {
        return TlsClient.rawKeyBuilder(pinned(known)).identity(raw(ofClient)).build();
    }

    private TlsServer server(ClientAuthentication asked) throws TlsException {
        return TlsServer.builder(raw(ofServer))
                .rawClientAuthentication(asked, pinned(ofClient))
                .build();
    }

    private static SSLEngine serverEngine(SSLContext context) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        return engine;
    }

    private static TlsSession facts(SSLEngine engine) {
        return ((AkushuSession) engine.getSession()).facts().orElseThrow();
    }

    private static Problem problem(SSLEngine engine) {
        return ((AkushuSession) engine.getSession()).failure().orElseThrow().problem();
    }

    private static Identity raw(KeyPair pair) throws TlsException {
        return Identity.ofRawKey(pair.getPublic(), pair.getPrivate(), Crypto.jdk());
    }

    private static RawKeyTrust pinned(KeyPair pair) {
        return RawKeyTrust.pinned(List.of(pair.getPublic()));
    }

    private static Bytes info(KeyPair pair) {
        return Bytes.wrap(pair.getPublic().getEncoded());
    }

    private static KeyPair fresh() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has Ed25519", impossible);
        }
    }
}
