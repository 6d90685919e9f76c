package dev.akushu.jsse;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The JDK's HTTP clients against the JDK's HTTP server, both over Akushu. */
@Timeout(120)
class JdkHttpTest {
    /** Another address of the loopback interface, which no certificate here names. */
    private static final String OTHER_LOOPBACK = "127.0.0.2";

    private static final List<SSLSession> SERVER_SESSIONS = new CopyOnWriteArrayList<>();
    private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();

    private static HttpsServer server;

    @BeforeAll
    static void serve() throws Exception {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("0.0.0.0"), 0), 10);
        server.setHttpsConfigurator(new HttpsConfigurator(Contexts.akushu()) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters wanted = getSSLContext().getDefaultSSLParameters();
                wanted.setWantClientAuth(true);
                parameters.setSSLParameters(wanted);
            }
        });
        server.createContext("/", JdkHttpTest::echo);
        server.setExecutor(THREADS);
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
        THREADS.shutdownNow();
    }

    private static void echo(HttpExchange exchange) throws IOException {
        try (exchange) {
            SERVER_SESSIONS.add(((HttpsExchange) exchange).getSSLSession());
            byte[] body = exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    private static URI uri(String host) {
        return URI.create("https://" + host + ":" + server.getAddress().getPort() + "/");
    }

    private static boolean resumed(SSLSession session) {
        return AkushuSession.of(session).orElseThrow().resumed();
    }

    @Test
    void httpClientEchoesTenMegabytesAndResumes() throws Exception {
        SSLContext context = Contexts.akushu();
        byte[] body = new byte[10 << 20];
        new Random(1).nextBytes(body);
        for (boolean expected : new boolean[] {false, true}) {
            try (HttpClient client = HttpClient.newBuilder().sslContext(context).build()) {
                HttpRequest request = HttpRequest.newBuilder(uri("localhost"))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build();
                HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
                assertThat(response.body()).isEqualTo(body);
                SSLSession session = response.sslSession().orElseThrow();
                assertThat(session.getProtocol()).isEqualTo("TLSv1.3");
                assertThat(session.getPeerCertificates()).isInstanceOf(X509Certificate[].class);
                assertThat(resumed(session)).isEqualTo(expected);
                assertThat(resumed(SERVER_SESSIONS.getLast())).isEqualTo(expected);
                assertThat(SERVER_SESSIONS.getLast().getPeerPrincipal().getName())
                        .isEqualTo("CN=EC leaf");
            }
        }
    }

    @Test
    void httpClientReachesAnAddress() throws Exception {
        try (HttpClient client =
                HttpClient.newBuilder().sslContext(Contexts.akushu()).build()) {
            HttpResponse<Void> response = client.send(
                    HttpRequest.newBuilder(uri("127.0.0.1")).build(), HttpResponse.BodyHandlers.discarding());
            assertThat(response.statusCode()).isEqualTo(200);
        }
    }

    @Test
    void httpClientRefusesAHostThatTheCertificateDoesNotName() throws Exception {
        try (HttpClient client =
                HttpClient.newBuilder().sslContext(Contexts.akushu()).build()) {
            HttpRequest request = HttpRequest.newBuilder(uri(OTHER_LOOPBACK)).build();
            assertThatThrownBy(() -> client.send(request, HttpResponse.BodyHandlers.discarding()))
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasMessageContainingAll(OTHER_LOOPBACK, "localhost");
        }
    }

    @Test
    void httpsUrlConnectionEchoesAndTellsOfTheSession() throws Exception {
        SSLContext context = Contexts.akushu();
        for (int i = 0; i < 2; i++) {
            HttpsURLConnection connection =
                    (HttpsURLConnection) uri("localhost").toURL().openConnection();
            connection.setSSLSocketFactory(context.getSocketFactory());
            connection.setRequestProperty("Connection", "close");
            connection.setDoOutput(true);
            try (OutputStream out = connection.getOutputStream()) {
                out.write("hello".getBytes(US_ASCII));
            }
            try (InputStream in = connection.getInputStream()) {
                assertThat(connection.getCipherSuite()).isEqualTo("TLS_AES_128_GCM_SHA256");
                assertThat(connection.getServerCertificates()).isInstanceOf(X509Certificate[].class);
                assertThat(in.readAllBytes()).asString(US_ASCII).isEqualTo("hello");
            }
            assertThat(resumed(SERVER_SESSIONS.getLast())).isEqualTo(i == 1);
        }
    }

    @Test
    void httpsUrlConnectionRefusesAHostThatTheCertificateDoesNotName() throws Exception {
        HttpsURLConnection connection =
                (HttpsURLConnection) uri(OTHER_LOOPBACK).toURL().openConnection();
        connection.setSSLSocketFactory(Contexts.akushu().getSocketFactory());
        assertThatThrownBy(connection::getResponseCode).isInstanceOf(IOException.class);
        connection.disconnect();
    }
}
