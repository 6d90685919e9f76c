package dev.akushu.programs;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.jsse.AkushuSession;
import java.io.InputStream;
import java.net.URI;
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
            for (int i = 0; i < 3; i++) {
                assertThat(get(factory, server.port())).isEqualTo("hello");
            }
            assertThat(server.sessions()).hasSize(1);
            assertThat(trust.asked()).isEqualTo(1);
            assertThat(server.failures()).isEmpty();
        }
    }

    @Test
    void aCutStreamIsNotTakenForItsEnd() throws Exception {
        SSLSocketFactory factory = Contexts.client().getSocketFactory();
        try (WaywardServer server = new WaywardServer(Pki.SHARED.server(), true)) {
            assertThat(get(factory, server.port())).isEqualTo("hello");
            assertThatThrownBy(() -> get(factory, server.port())).hasMessageContaining("close_notify");
        }
    }

    private static String get(SSLSocketFactory factory, int port) throws Exception {
        HttpsURLConnection connection = (HttpsURLConnection)
                URI.create("https://localhost:" + port + "/").toURL().openConnection();
        connection.setSSLSocketFactory(factory);
        try (InputStream in = connection.getInputStream()) {
            assertThat(AkushuSession.of(connection.getSSLSession().orElseThrow()))
                    .isPresent();
            return new String(in.readAllBytes(), US_ASCII);
        }
    }
}
