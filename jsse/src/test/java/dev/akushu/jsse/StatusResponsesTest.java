package dev.akushu.jsse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.Diagnosis;
import dev.akushu.tls.Identity;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.crypto.Crypto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.KeyStore;
import java.security.cert.CertPathBuilder;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.PKIXRevocationChecker.Option;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** OCSP responses that a server staples, as programs and the JDK's trust managers get them. */
class StatusResponsesTest {
    private final Holder root = Holder.root("Root", Holder.keys("EC", 256));
    private final Holder leaf = root.leaf("leaf");
    private final byte[] good = root.vouchingFor(leaf);
    private final List<byte[]> seenByManager = new ArrayList<>();

    StatusResponsesTest() throws Exception {}

    @Test
    void theManagerAndTheProgramGetTheResponse() throws Exception {
        EngineTalk talk = talk(Contexts.akushu(null, new TrustManager[] {new Curious()}), good);
        talk.handshake();

        assertThat(seenByManager).containsExactly(good);
        assertThat(responses(talk.client().engine())).containsExactly(good);
    }

    @Test
    void aSocketsSessionHasItToo() throws Exception {
        try (ServerSocket listening = AkushuContext.of(server(good))
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> served =
                    CompletableFuture.runAsync(() -> serveOne(listening), Thread::startVirtualThread);
            SSLContext client = Contexts.akushu(null, new TrustManager[] {new Curious()});
            try (SSLSocket socket =
                    (SSLSocket) client.getSocketFactory().createSocket("localhost", listening.getLocalPort())) {
                socket.startHandshake();
                assertThat(((ExtendedSSLSession) socket.getSession()).getStatusResponses())
                        .containsExactly(good);
            }
            served.get(30, TimeUnit.SECONDS);
        }
        assertThat(seenByManager).containsExactly(good);
    }

    @Test
    void aResumptionKeepsTheResponseOfTheFullHandshake() throws Exception {
        SSLContext client = Contexts.akushu(null, new TrustManager[] {new Curious()});
        SSLContext server = AkushuContext.of(server(good));
        for (boolean resumed : new boolean[] {false, true}) {
            EngineTalk talk = new EngineTalk(client.createSSLEngine("localhost", 443), server.createSSLEngine());
            talk.handshake();
            SSLEngine engine = talk.client().engine();
            assertThat(AkushuSession.of(engine.getSession()).orElseThrow().resumed())
                    .isEqualTo(resumed);
            assertThat(responses(engine)).containsExactly(good);
        }
        assertThat(seenByManager).as("nobody is asked in a resumption").hasSize(1);
    }

    @Test
    void withoutAResponseThereIsAnEmptyList() throws Exception {
        EngineTalk talk = talk(Contexts.akushu(null, new TrustManager[] {new Curious()}), null);
        talk.handshake();

        assertThat(seenByManager).isEmpty();
        assertThat(responses(talk.client().engine())).isEmpty();
    }

    /** It asks nobody else: neither the leaf nor its issuer names a responder or a list. */
    @Test
    void aRevocationCheckerOfTheProgramsIsSatisfiedByAGoodResponse() throws Exception {
        EngineTalk talk = talk(Contexts.akushu(null, checking()), good);
        talk.handshake();

        assertThat(talk.client().engine().getSession().getPeerCertificates()).hasSize(1);
    }

    @Test
    void aRevocationCheckerOfTheProgramsRefusesWhatTheResponseSaysIsRevoked() throws Exception {
        Instant when =
                Instant.ofEpochSecond(Holder.NOW.minus(Duration.ofDays(3)).getEpochSecond());

        Diagnosis refused = refused(root.denouncing(leaf, when));
        assertThat(refused.problem()).isEqualTo(Problem.CERTIFICATE_REVOKED);
        assertThat(refused.cause(Locale.ENGLISH)).contains("CN=leaf", when.toString(), "KEY_COMPROMISE");
    }

    @Test
    void aRevocationCheckerOfTheProgramsRefusesWhatNoResponseVouchesFor() throws Exception {
        byte[] forAnother = root.vouchingFor(root.leaf("another"));

        refusedWith(null, "does not specify OCSP responder");
        refusedWith(forAnother, "does not include a response for a certificate");
    }

    private void refusedWith(byte @Nullable [] response, String reason) throws Exception {
        Diagnosis refused = refused(response);
        assertThat(refused.problem()).isEqualTo(Problem.CERTIFICATE_PATH_INVALID);
        assertThat(refused.cause(Locale.ENGLISH)).contains("CN=leaf", reason);
    }

    private Diagnosis refused(byte @Nullable [] response) throws Exception {
        EngineTalk talk = talk(Contexts.akushu(null, checking()), response);
        assertThatThrownBy(talk::handshake).isInstanceOf(SSLHandshakeException.class);
        return AkushuSession.of(talk.client().engine().getSession())
                .flatMap(AkushuSession::failure)
                .orElseThrow();
    }

    private static List<byte[]> responses(SSLEngine engine) {
        return ((ExtendedSSLSession) engine.getSession()).getStatusResponses();
    }

    private EngineTalk talk(SSLContext client, byte @Nullable [] response) throws Exception {
        return new EngineTalk(
                client.createSSLEngine("localhost", 443),
                AkushuContext.of(server(response)).createSSLEngine());
    }

    private TlsServer server(byte @Nullable [] response) throws Exception {
        Optional<Bytes> stapled = Optional.ofNullable(response).map(Bytes::copyOf);
        Identity own = Identity.of(List.of(leaf.certificate()), leaf.keys().getPrivate(), Crypto.jdk());
        return TlsServer.builder(own.withOcspResponse(() -> stapled)).build();
    }

    private static void serveOne(ServerSocket listening) {
        try (SSLSocket accepted = (SSLSocket) listening.accept()) {
            accepted.startHandshake();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The JDK's trust managers with a checker of the program's own. */
    private TrustManager[] checking() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("root", root.certificate());
        PKIXRevocationChecker checker =
                (PKIXRevocationChecker) CertPathBuilder.getInstance("PKIX").getRevocationChecker();
        checker.setOptions(EnumSet.of(Option.ONLY_END_ENTITY));
        PKIXBuilderParameters parameters = new PKIXBuilderParameters(store, new X509CertSelector());
        parameters.addCertPathChecker(checker);
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(new CertPathTrustManagerParameters(parameters));
        return factory.getTrustManagers();
    }

    /** Accepts every server, and keeps what it staples. */
    private final class Curious extends X509ExtendedTrustManager {
        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            seenByManager.addAll(((ExtendedSSLSession) engine.getHandshakeSession()).getStatusResponses());
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
            SSLSocket connecting = (SSLSocket) socket;
            seenByManager.addAll(((ExtendedSSLSession) connecting.getHandshakeSession()).getStatusResponses());
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            throw new AssertionError("an engine or a socket is there to be given");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            throw new AssertionError("no client is asked");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
            throw new AssertionError("no client is asked");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            throw new AssertionError("no client is asked");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
