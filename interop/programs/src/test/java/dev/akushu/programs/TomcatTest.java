package dev.akushu.programs;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.jsse.AkushuProvider;
import dev.akushu.jsse.AkushuSession;
import dev.akushu.programs.snippets.TomcatSnippet;
import dev.akushu.tls.TlsSession;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An embedded Tomcat over Akushu as the first provider of the JVM: both versions of HTTP, hosts by SNI, client certificates. */
@Timeout(60)
class TomcatTest {
    @TempDir
    private static Path folder;

    private static final BlockingQueue<Seen> SEEN = new LinkedBlockingQueue<>();
    private static Tomcat tomcat;
    private static Connector open;
    private static Connector strict;
    private static Connector other;

    /** What the attributes of a request told of its connection. */
    private record Seen(
            String httpVersion,
            String protocol,
            String suite,
            int keySize,
            String sessionId,
            X509Certificate @Nullable [] peer) {}

    @BeforeAll
    static void serve() throws Exception {
        String store = Pki.write(Pki.SHARED.server().keyStore("localhost"), folder.resolve("keys.p12"))
                .toString();
        tomcat = new Tomcat();
        tomcat.setBaseDir(folder.toString());
        open = TomcatSnippet.https(0, store, Pki.PASSWORD);
        defaultHost(open).setCertificateVerification("optional");
        open.addSslHostConfig(host("one.test"));
        open.addSslHostConfig(host("two.test"));
        strict = TomcatSnippet.https(0, store, Pki.PASSWORD);
        defaultHost(strict).setCertificateVerification("required");
        String othersStore = Pki.write(
                        Pki.SHARED.identity("EC", "CN=other", "other.test").keyStore("other"),
                        folder.resolve("other.p12"))
                .toString();
        other = TomcatSnippet.https(0, othersStore, Pki.PASSWORD);
        for (Connector connector : new Connector[] {open, strict, other}) {
            defaultHost(connector).setTrustStore(Pki.SHARED.trustStore());
            connector.setProperty("address", "127.0.0.1");
            tomcat.getService().addConnector(connector);
        }
        Context context = tomcat.addContext("", folder.toString());
        Tomcat.addServlet(context, "echo", new Echo()).addMapping("/*");
        tomcat.start();
    }

    private static SSLHostConfig defaultHost(Connector connector) {
        return connector.findSslHostConfigs()[0];
    }

    private static SSLHostConfig host(String name) throws Exception {
        SSLHostConfig host = new SSLHostConfig();
        host.setHostName(name);
        SSLHostConfigCertificate certificate =
                new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
        certificate.setCertificateKeystore(
                Pki.SHARED.identity("EC", "CN=" + name, name).keyStore(name));
        certificate.setCertificateKeystorePassword(Pki.PASSWORD);
        host.addCertificate(certificate);
        return host;
    }

    @BeforeEach
    void forget() {
        SEEN.clear();
    }

    @AfterAll
    static void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
        Security.removeProvider(AkushuProvider.NAME);
    }

    private static final class Echo extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            SEEN.add(new Seen(
                    request.getProtocol(),
                    (String) request.getAttribute("jakarta.servlet.request.secure_protocol"),
                    (String) request.getAttribute("jakarta.servlet.request.cipher_suite"),
                    (Integer) request.getAttribute("jakarta.servlet.request.key_size"),
                    (String) request.getAttribute("jakarta.servlet.request.ssl_session_id"),
                    (X509Certificate[]) request.getAttribute("jakarta.servlet.request.X509Certificate")));
            byte[] body = request.getMethod().equals("GET")
                    ? "hello".getBytes(US_ASCII)
                    : request.getInputStream().readAllBytes();
            if (request.getRequestURI().equals("/last")) {
                response.setHeader("Connection", "close");
            }
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void tenMegabytesAreEchoedAndTheSecondConnectionIsResumed(Version version) throws Exception {
        byte[] body = JdkClient.tenMegabytes();
        CountingTrust trust = Contexts.trust();
        SSLContext context = Contexts.akushu(null, trust);
        String firstId = "";
        for (boolean resumed : new boolean[] {false, true}) {
            HttpResponse<byte[]> response =
                    JdkClient.post(context, version, JdkClient.uri("localhost", open.getLocalPort()), body);
            assertThat(response.body()).isEqualTo(body);
            assertThat(response.version()).isEqualTo(version);
            SSLSession session = response.sslSession().orElseThrow();
            assertThat(session.getProtocol()).isEqualTo("TLSv1.3");
            TlsSession facts =
                    AkushuSession.of(session).flatMap(AkushuSession::facts).orElseThrow();
            // The JDK's client offers nothing where it wants HTTP/1.1.
            assertThat(facts.applicationProtocol()).isEqualTo(version == Version.HTTP_2 ? "h2" : null);
            assertThat(facts.resumed()).isEqualTo(resumed);
            Seen seen = SEEN.take();
            assertThat(seen.httpVersion).isEqualTo(version == Version.HTTP_2 ? "HTTP/2.0" : "HTTP/1.1");
            // Tomcat hides the session, but a resumed one has the id of the first.
            assertThat(seen.sessionId.equals(firstId)).isEqualTo(resumed);
            firstId = seen.sessionId;
        }
        assertThat(trust.asked()).isEqualTo(1);
    }

    @Test
    void theAttributesTellOfTheConnection() throws Exception {
        JdkClient.get(Contexts.client(), Version.HTTP_2, JdkClient.uri("localhost", open.getLocalPort()));
        Seen seen = SEEN.take();
        assertThat(seen.protocol).isEqualTo("TLSv1.3");
        // The client's first: Tomcat leaves the order to it unless it is told to honour its own.
        assertThat(seen.suite).isEqualTo("TLS_AES_128_GCM_SHA256");
        assertThat(seen.keySize).isEqualTo(128);
        assertThat(seen.sessionId).matches("[0-9a-f]{64}");
        assertThat(seen.peer).isNull();
    }

    @Test
    void eachHostHasItsCertificate() throws Exception {
        for (String name : new String[] {"localhost", "one.test", "two.test"}) {
            // The core checks that the certificate is for the name.
            try (WaywardClient client = new WaywardClient(name, open.getLocalPort())) {
                assertThat(client.get("/")).isEqualTo("hello");
            }
        }
    }

    @Test
    void aHostThatTheCertificateDoesNotNameIsRefused() throws Exception {
        SSLContext context = Contexts.client();
        String uri = JdkClient.uri("localhost", other.getLocalPort());
        assertThatThrownBy(() -> JdkClient.get(context, Version.HTTP_2, uri))
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContainingAll("localhost", "other.test");
    }

    @Test
    void clientsShowTheirCertificate() throws Exception {
        SSLContext context = Contexts.akushu(Pki.SHARED.client(), Contexts.trust());
        for (Connector connector : new Connector[] {open, strict, strict}) {
            JdkClient.get(context, Version.HTTP_2, JdkClient.uri("localhost", connector.getLocalPort()));
            X509Certificate[] peer = SEEN.take().peer;
            assertThat(peer).isNotNull();
            assertThat(peer[0].getSubjectX500Principal()).hasToString("CN=client");
        }
    }

    @Test
    void aClientWithoutCertificateIsRefusedWhereOneIsNeeded() throws Exception {
        try (WaywardClient client = new WaywardClient(strict.getLocalPort())) {
            assertThatThrownBy(client::awaitCloseNotify).hasMessageContaining("certificate_required");
        }
    }

    @Test
    void theServerAnswersToKeyUpdates() throws Exception {
        try (WaywardClient client = new WaywardClient(open.getLocalPort())) {
            for (int i = 1; i <= 3; i++) {
                assertThat(client.get("/")).isEqualTo("hello");
                assertThat(client.keyUpdatesOfServer()).isEqualTo(i);
            }
        }
    }

    @Test
    void theServerEndsWithCloseNotify() throws Exception {
        try (WaywardClient client = new WaywardClient(open.getLocalPort(), "http/1.1")) {
            assertThat(client.get("/last")).isEqualTo("hello");
            client.awaitCloseNotify();
            assertThat(client.session().applicationProtocol())
                    .as("Tomcat answers by ALPN only where it has more to choose than HTTP/1.1")
                    .isNull();
        }
    }

    @Test
    void theServerSurvivesAClientThatLeavesWithoutAWord() throws Exception {
        try (WaywardClient client = new WaywardClient(open.getLocalPort())) {
            client.leaveWithoutAWord();
        }
        JdkClient.get(Contexts.client(), Version.HTTP_2, JdkClient.uri("localhost", open.getLocalPort()));
        assertThat(SEEN.take().httpVersion).isEqualTo("HTTP/2.0");
    }

    @Test
    void clientsMayStayWithTheJdksProvider() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS", "SunJSSE");
        context.init(null, new TrustManager[] {Contexts.trust()}, null);
        HttpResponse<byte[]> response =
                JdkClient.get(context, Version.HTTP_2, JdkClient.uri("localhost", open.getLocalPort()));
        assertThat(response.version()).isEqualTo(Version.HTTP_2);
        assertThat(response.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
        assertThat(SEEN.take().httpVersion).isEqualTo("HTTP/2.0");
    }
}
