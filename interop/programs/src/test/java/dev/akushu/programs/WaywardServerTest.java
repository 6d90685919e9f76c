package dev.akushu.programs;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.jsse.AkushuSession;
import dev.akushu.tls.TlsSession;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** HttpsURLConnection keeps its connection through late tickets and new keys, and tells of a cut. */
@Timeout(60)
class WaywardServerTest {
    @Test
    void lateTicketsAndKeyUpdatesDoNotDisturbAndTheTicketsAreUsed() throws Exception {
        CountingTrust trust = Contexts.trust();
        SSLSocketFactory factory = Contexts.akushu(null, trust).getSocketFactory();
        try (WaywardServer server = new WaywardServer(Pki.SHARED.server(), false)) {
            for (int connection = 1; connection <= 2; connection++) {
                for (String wish : List.of("keep-alive", "keep-alive", "close")) {
                    assertThat(get(factory, server.port(), wish)).isEqualTo("hello");
                }
                assertThat(server.awaitEnd()).isEqualTo("close_notify");
            }
            assertThat(server.sessions()).extracting(TlsSession::resumed).containsExactly(false, true);
            assertThat(trust.asked()).isEqualTo(1);
            assertThat(server.failures()).isEmpty();
        }
    }

    @Test
    void aCutStreamIsNotTakenForItsEnd() throws Exception {
        SSLSocketFactory factory = Contexts.client().getSocketFactory();
        try (WaywardServer server = new WaywardServer(Pki.SHARED.server(), true)) {
            assertThat(get(factory, server.port(), "keep-alive")).isEqualTo("hello");
            assertThatThrownBy(() -> get(factory, server.port(), "keep-alive")).hasMessageContaining("close_notify");
        }
    }

    private static String get(SSLSocketFactory factory, int port, String wish) throws Exception {
        HttpsURLConnection connection = (HttpsURLConnection)
                URI.create("https://localhost:" + port + "/").toURL().openConnection();
        connection.setSSLSocketFactory(factory);
        connection.setRequestProperty("Connection", wish);
        try (InputStream in = connection.getInputStream()) {
            assertThat(AkushuSession.of(connection.getSSLSession().orElseThrow()))
                    .isPresent();
            return new String(in.readAllBytes(), US_ASCII);
        }
    }
}
