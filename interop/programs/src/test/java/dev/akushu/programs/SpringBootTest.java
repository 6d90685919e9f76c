package dev.akushu.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.jsse.AkushuProvider;
import dev.akushu.jsse.AkushuSession;
import dev.akushu.programs.snippets.SpringBootSnippet;
import dev.akushu.tls.Bytes;
import dev.akushu.tls.TlsSession;
import jakarta.servlet.http.HttpServletRequest;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.Security;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestClientSsl;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/** An application of Spring Boot that knows nothing of Akushu but the line that makes it the JVM's first provider. */
@Timeout(90)
class SpringBootTest {
    @TempDir
    private static Path folder;

    private static ConfigurableApplicationContext application;

    /** What the application is. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Echo.class)
    static class Application {}

    /** What it serves. */
    @RestController
    static class Echo {
        @GetMapping("/")
        String hello() {
            return "hello";
        }

        /** The connection of the request, as the servlet container tells of it. */
        @GetMapping("/connection")
        String connection(HttpServletRequest request) {
            X509Certificate[] peer =
                    (X509Certificate[]) request.getAttribute("jakarta.servlet.request.X509Certificate");
            return String.join(
                    " ",
                    request.getProtocol(),
                    (String) request.getAttribute("jakarta.servlet.request.secure_protocol"),
                    (String) request.getAttribute("jakarta.servlet.request.cipher_suite"),
                    peer == null ? "-" : peer[0].getSubjectX500Principal().getName());
        }

        @PostMapping("/")
        byte[] echo(@RequestBody byte[] body) {
            return body;
        }
    }

    @BeforeAll
    static void start() throws Exception {
        write(Pki.SHARED.server());
        Files.writeString(folder.resolve("root.pem"), Pki.SHARED.rootPem());
        Pki.Identity client = Pki.SHARED.client();
        Files.writeString(folder.resolve("client.pem"), client.chainPem());
        Files.writeString(folder.resolve("client-key.pem"), client.keyPem());
        // Its logging would be that of all tests after it.
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        application = SpringBootSnippet.start(
                Application.class,
                "--spring.main.banner-mode=off",
                "--spring.main.register-shutdown-hook=false",
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--server.http2.enabled=true",
                "--server.ssl.bundle=web",
                "--server.ssl.client-auth=want",
                "--spring.ssl.bundle.watch.file.quiet-period=100ms",
                pem("web", "reload-on-update", "true"),
                pem("web", "keystore.certificate", file("web.pem")),
                pem("web", "keystore.private-key", file("web-key.pem")),
                pem("web", "truststore.certificate", file("root.pem")),
                pem("client", "keystore.certificate", file("client.pem")),
                pem("client", "keystore.private-key", file("client-key.pem")),
                pem("client", "truststore.certificate", file("root.pem")),
                // The JDK's client speaks HTTP/1.1 alone where the parameters that it is given name no protocol.
                pem("client", "options.enabled-protocols", "TLSv1.3"),
                "--spring.http.clients.imperative.factory=jdk",
                "--management.endpoints.web.exposure.include=info",
                "--management.info.ssl.enabled=true");
    }

    @AfterAll
    static void stop() {
        application.close();
        System.clearProperty("org.springframework.boot.logging.LoggingSystem");
        Security.removeProvider(AkushuProvider.NAME);
    }

    private static String pem(String bundle, String property, String value) {
        return "--spring.ssl.bundle.pem." + bundle + "." + property + "=" + value;
    }

    private static String file(String name) {
        return "file:" + folder.resolve(name);
    }

    /** Each file at once, so that the application never reads half of one. */
    private static void write(Pki.Identity web) throws Exception {
        Path next = folder.resolve("next.pem");
        Files.writeString(next, web.keyPem());
        Files.move(next, folder.resolve("web-key.pem"), StandardCopyOption.ATOMIC_MOVE);
        Files.writeString(next, web.chainPem());
        Files.move(next, folder.resolve("web.pem"), StandardCopyOption.ATOMIC_MOVE);
    }

    private static int port() {
        return Integer.parseInt(application.getEnvironment().getRequiredProperty("local.server.port"));
    }

    private static String uri() {
        return JdkClient.uri("localhost", port());
    }

    private static RestClient restClient() {
        return application
                .getBean(RestClient.Builder.class)
                .apply(application.getBean(RestClientSsl.class).fromBundle("client"))
                .build();
    }

    @Test
    void restClientReachesTheApplicationByHttp2AndShowsItsCertificate() {
        String connection =
                restClient().get().uri(uri() + "connection").retrieve().body(String.class);
        assertThat(connection).isEqualTo("HTTP/2.0 TLSv1.3 TLS_AES_128_GCM_SHA256 CN=client");
    }

    @Test
    void restClientRefusesAHostThatTheCertificateDoesNotName() throws Exception {
        try (WaywardServer other = new WaywardServer(Pki.SHARED.identity("EC", "CN=other", "other.test"), false)) {
            RestClient.ResponseSpec request = restClient()
                    .get()
                    .uri(JdkClient.uri("localhost", other.port()))
                    .retrieve();
            assertThatThrownBy(request::toBodilessEntity)
                    .isInstanceOf(ResourceAccessException.class)
                    .hasCauseInstanceOf(SSLHandshakeException.class)
                    .hasMessageContainingAll("localhost", "other.test");
        }
    }

    @Test
    void tenMegabytesAreEchoedAndTheSecondConnectionOfABundleIsResumed() throws Exception {
        byte[] body = JdkClient.tenMegabytes();
        SSLContext context =
                application.getBean(SslBundles.class).getBundle("client").createSslContext();
        assertThat(context.getProvider().getName()).isEqualTo(AkushuProvider.NAME);
        for (boolean resumed : new boolean[] {false, true}) {
            HttpResponse<byte[]> response = JdkClient.post(context, Version.HTTP_2, uri(), body);
            assertThat(response.body()).isEqualTo(body);
            TlsSession facts = AkushuSession.of(response.sslSession().orElseThrow())
                    .flatMap(AkushuSession::facts)
                    .orElseThrow();
            assertThat(facts.applicationProtocol()).isEqualTo("h2");
            assertThat(facts.resumed()).isEqualTo(resumed);
        }
    }

    @Test
    void aNewCertificateIsServedWithoutARestart() throws Exception {
        CountingTrust trust = Contexts.trust();
        SSLContext context = Contexts.akushu(null, trust);
        JdkClient.get(context, Version.HTTP_2, uri());
        Pki.Identity next = Pki.SHARED.server();
        Bytes expected = Bytes.copyOf(next.leaf().getEncoded());
        write(next);
        boolean served = false;
        for (int attempt = 0; attempt < 200 && !served; attempt++) {
            try (WaywardClient client = new WaywardClient(port())) {
                served = client.session().peerCertificates().getFirst().equals(expected);
            }
            Thread.sleep(100);
        }
        assertThat(served).isTrue();
        // A ticket from before must not keep the old certificate alive.
        JdkClient.get(context, Version.HTTP_2, uri());
        assertThat(trust.asked()).isEqualTo(2);
    }

    @Test
    void theActuatorTellsOfTheBundle() {
        String info = restClient().get().uri(uri() + "actuator/info").retrieve().body(String.class);
        assertThat(info).contains("\"ssl\"", "CN=server", "CN=client", "VALID");
    }

    @Test
    void theApplicationAnswersToKeyUpdatesAndSurvivesACut() throws Exception {
        try (WaywardClient client = new WaywardClient(port())) {
            client.leaveWithoutAWord();
        }
        try (WaywardClient client = new WaywardClient(port())) {
            for (int i = 1; i <= 3; i++) {
                assertThat(client.get("/")).isEqualTo("hello");
                assertThat(client.keyUpdatesOfServer()).isEqualTo(i);
            }
        }
    }

    @Test
    void theApplicationEndsWithCloseNotify() throws Exception {
        try (WaywardClient client = new WaywardClient(port())) {
            client.send("no request\r\n\r\n");
            client.awaitCloseNotify();
        }
    }

    @Test
    void restClientTellsOfACutAnswer() throws Exception {
        RestClient client = restClient();
        try (WaywardServer wayward = new WaywardServer(Pki.SHARED.server(), true)) {
            RestClient.RequestHeadersSpec<?> request = client.get().uri(JdkClient.uri("localhost", wayward.port()));
            assertThat(request.retrieve().body(String.class)).isEqualTo("hello");
            assertThatThrownBy(() -> request.retrieve().body(String.class)).isInstanceOf(RestClientException.class);
            // Both were asked on one connection, so the second did meet the cut.
            assertThat(wayward.sessions()).hasSize(1);
        }
    }

    @Test
    void restClientBearsLateTicketsAndKeyUpdates() throws Exception {
        RestClient client = restClient();
        try (WaywardServer wayward = new WaywardServer(Pki.SHARED.server(), false)) {
            for (int i = 0; i < 3; i++) {
                String answer = client.get()
                        .uri(JdkClient.uri("localhost", wayward.port()))
                        .retrieve()
                        .body(String.class);
                assertThat(answer).isEqualTo("hello");
            }
            assertThat(wayward.failures()).isEmpty();
        }
    }
}
