package dev.akushu.lab.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.lab.throwaway.KeyType;
import dev.akushu.lab.throwaway.ThrowawayCa;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.crypto.Crypto;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same gate as by http, behind Akushu's own TLS. */
class TlsSiteTest {
    private static final ThrowawayCa AUTHORITY = ThrowawayCa.create(KeyType.EC, Crypto.jdk());
    private static final TlsClient CLIENT =
            TlsClient.builder(AUTHORITY.trust("test")).build();
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d+)\r\n");
    private static Site site;

    @BeforeAll
    static void open() throws IOException {
        site = Site.openTls(0, AUTHORITY.server(List.of("localhost", "127.0.0.1")));
    }

    @AfterAll
    static void close() {
        site.close();
    }

    private static String host() {
        return "127.0.0.1:" + site.port();
    }

    private static String token() {
        return Gate.TOKEN_HEADER + ": " + site.address().getFragment();
    }

    private static String ask(String path, String host, String... headers) throws IOException {
        try (TlsConnection connection = CLIENT.connect("127.0.0.1", site.port())) {
            String request = "GET " + path + " HTTP/1.0\r\nHost: " + host + "\r\n" + String.join("\r\n", headers)
                    + (headers.length == 0 ? "\r\n" : "\r\n\r\n");
            connection.output().write(request.getBytes(StandardCharsets.US_ASCII));
            return answer(connection.input());
        }
    }

    /** As far as Content-Length says: the JDK's server ends a connection without close_notify. */
    private static String answer(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            assertThat(next).as("all of the head in " + head).isNotNegative();
            head.append((char) next);
        }
        Matcher length = LENGTH.matcher(head);
        assertThat(length.find()).as(head.toString()).isTrue();
        return head + new String(in.readNBytes(Integer.parseInt(length.group(1))), StandardCharsets.UTF_8);
    }

    private static int status(String answer) {
        return Integer.parseInt(answer.split(" ", -1)[1]);
    }

    @Test
    void servesThePageOverItsOwnTls() throws IOException {
        assertThat(ask("/", host())).startsWith("HTTP/1.1 200 ").contains("<title>");
        try (TlsConnection connection = CLIENT.connect("127.0.0.1", site.port())) {
            // SunJSSE, which would be the JDK's choice, has no hybrid groups in JDK 25.
            assertThat(connection.session().orElseThrow().group()).isEqualTo(NamedGroup.X25519_MLKEM768);
        }
    }

    @Test
    void addressIsHttps() {
        assertThat(site.address().getScheme()).isEqualTo("https");
        assertThat(site.addressForOnce().getScheme()).isEqualTo("https");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "127.0.0.1", "127.0.0.1:1"})
    void refusesAnotherHost(String host) throws IOException {
        assertThat(status(ask("/api/choices", host, token()))).isEqualTo(403);
    }

    @Test
    void refusesAnotherOriginAndItsOwnByHttp() throws IOException {
        assertThat(status(ask("/api/choices", host(), token(), "Origin: https://evil.example")))
                .isEqualTo(403);
        assertThat(status(ask("/api/choices", host(), token(), "Origin: http://" + host())))
                .isEqualTo(403);
        assertThat(status(ask("/api/choices", host(), token(), "Origin: https://" + host())))
                .isEqualTo(200);
    }

    @Test
    void refusesWhoDoesNotKnowTheToken() throws IOException {
        assertThat(status(ask("/api/choices", host()))).isEqualTo(401);
    }

    @Test
    void answersNothingWithoutTls() throws IOException {
        try (Socket socket = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), site.port())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(("GET / HTTP/1.0\r\nHost: " + host() + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            out.flush();
            byte[] answer = read(socket);
            assertThat(new String(answer, StandardCharsets.UTF_8)).doesNotContain("200", "<title>");
        }
    }

    /** To the end, which the server may say by a reset. */
    private static byte[] read(Socket socket) throws IOException {
        try {
            return socket.getInputStream().readAllBytes();
        } catch (SocketTimeoutException silent) {
            throw silent;
        } catch (IOException reset) {
            return new byte[0];
        }
    }

    @Test
    void clientThatDoesNotTrustTheAuthorityStays() {
        ThrowawayCa other = ThrowawayCa.create("Some other CA", KeyType.EC, Crypto.jdk());
        TlsClient stranger = TlsClient.builder(other.trust("test")).build();

        assertThatThrownBy(() -> stranger.connect("127.0.0.1", site.port()).close())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Akushu throwaway CA");
    }
}
