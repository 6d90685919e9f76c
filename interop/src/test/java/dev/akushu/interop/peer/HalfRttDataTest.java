package dev.akushu.interop.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.Policy;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Half-RTT data of our server: clients of others take what stands behind its Finished. RFC 9846 section 4.5.3. */
@Timeout(120)
class HalfRttDataTest {
    private static final String GREETING = "220 ready when you are\n";
    private static final String ONLY_TLS13 = "NORMAL:-VERS-ALL:+VERS-TLS1.3";

    @TempDir
    private static Path folder;

    private static Certificates certificates;
    private static Identity identity;

    @BeforeAll
    static void makeCertificates() throws IOException {
        certificates = Certificates.in(folder);
        identity = certificates.server(KeyKind.EC_P256);
    }

    @Test
    void anOpenSslClientTakesItInFullAndResumedHandshakes() throws Exception {
        Peers.requireProgram("openssl");
        try (GreetingServer server = new GreetingServer()) {
            String session = folder.resolve("openssl.session").toString();
            talk(server.openSslClient(certificates, "-sess_out", session));
            assertThat(server.next().resumed()).isFalse();
            talk(server.openSslClient(certificates, "-sess_in", session));
            assertThat(server.next().resumed()).isTrue();
        }
    }

    @Test
    void anOpenSslClientTakesItAfterARetry() throws Exception {
        Peers.requireProgram("openssl");
        try (GreetingServer server = new GreetingServer()) {
            // Its share is for the first, which our server does not take.
            talk(server.openSslClient(certificates, "-groups", "P-256:X25519"));
            assertThat(server.next().retried()).isTrue();
        }
    }

    @Test
    void aGnuTlsClientTakesIt() throws Exception {
        Peers.requireProgram("gnutls-cli");
        try (GreetingServer server = new GreetingServer()) {
            talk(ExternalProcess.start(List.of(
                    "stdbuf",
                    "-oL",
                    "gnutls-cli",
                    "127.0.0.1",
                    "--port",
                    Integer.toString(server.port()),
                    "--x509cafile",
                    certificates.caPem().toString(),
                    "--sni-hostname",
                    "localhost",
                    "--verify-hostname",
                    "localhost",
                    "--priority",
                    ONLY_TLS13)));
            assertThat(server.next().resumed()).isFalse();
        }
    }

    /** Waits for the greeting, says a line, waits for its echo, and ends. */
    private static void talk(ExternalProcess process) throws IOException {
        try (process) {
            process.await("^" + GREETING.strip());
            process.send("hello\n");
            process.await("^hello");
            process.endInput();
            process.awaitExit();
        }
    }

    /** Greets each client before it has answered, and then echoes. */
    private static final class GreetingServer extends OpenServer {
        private final TlsServer config;

        GreetingServer() throws IOException {
            config = TlsServer.builder(dev.akushu.tls.Identity.pem(identity.certPem(), identity.keyPem()))
                    .policy(Policy.MODERN_2026_11.withGroups(List.of(NamedGroup.X25519)))
                    .halfRttData(true)
                    .build();
            open();
        }

        @Override
        TlsServer config() {
            return config;
        }

        @Override
        void begin(TlsConnection connection) throws IOException {
            connection.halfRttOutput().write(GREETING.getBytes(StandardCharsets.US_ASCII));
            if (connection.session().isPresent()) {
                // Then no session is told, and the test fails.
                throw new IOException("the greeting waited for the client");
            }
        }
    }
}
