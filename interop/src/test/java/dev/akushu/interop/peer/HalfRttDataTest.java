package dev.akushu.interop.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.Policy;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.TlsSession;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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
            talk(openSslClient(server, "-sess_out", session));
            assertThat(server.next().resumed()).isFalse();
            talk(openSslClient(server, "-sess_in", session));
            assertThat(server.next().resumed()).isTrue();
        }
    }

    @Test
    void anOpenSslClientTakesItAfterARetry() throws Exception {
        Peers.requireProgram("openssl");
        try (GreetingServer server = new GreetingServer()) {
            // Its share is for the first, which our server does not take.
            talk(openSslClient(server, "-groups", "P-256:X25519"));
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

    private static ExternalProcess openSslClient(GreetingServer server, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "openssl",
                "s_client",
                "-connect",
                "127.0.0.1:" + server.port(),
                "-tls1_3",
                "-servername",
                "localhost",
                "-verify_return_error",
                "-CAfile",
                certificates.caPem().toString()));
        command.addAll(List.of(more));
        return ExternalProcess.start(command);
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

    /** Our server, which greets each client before it has answered, and then echoes. */
    private static final class GreetingServer implements AutoCloseable {
        private final BlockingQueue<TlsSession> sessions = new LinkedBlockingQueue<>();
        private final ServerSocket door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        private final TlsServer config;

        GreetingServer() throws IOException {
            config = TlsServer.builder(dev.akushu.tls.Identity.pem(identity.certPem(), identity.keyPem()))
                    .policy(Policy.MODERN_2026_11.withGroups(List.of(NamedGroup.X25519)))
                    .halfRttData(true)
                    .build();
            Thread.ofVirtual().start(this::acceptAll);
        }

        int port() {
            return door.getLocalPort();
        }

        /** Waits for the next handshake. */
        TlsSession next() throws InterruptedException {
            TlsSession session = sessions.poll(ExternalProcess.TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            assertThat(session).as("a handshake").isNotNull();
            return session;
        }

        @Override
        public void close() throws IOException {
            door.close();
        }

        private void acceptAll() {
            try {
                while (true) {
                    Socket socket = door.accept();
                    Thread.ofVirtual().start(() -> serve(socket));
                }
            } catch (IOException closed) {
                // The test is over.
                return;
            }
        }

        private void serve(Socket socket) {
            try (socket;
                    TlsConnection connection = TlsConnection.overSocket(config, socket)) {
                connection.readTimeout(ExternalProcess.TIMEOUT);
                connection.halfRttOutput().write(GREETING.getBytes(StandardCharsets.US_ASCII));
                if (connection.session().isPresent()) {
                    // Then no session is told, and the test fails.
                    throw new IOException("the greeting waited for the client");
                }
                connection.handshake();
                sessions.add(connection.session().orElseThrow());
                connection.input().transferTo(connection.output());
            } catch (IOException failed) {
                System.getLogger("interop").log(System.Logger.Level.INFO, "a connection of a peer failed", failed);
            }
        }
    }
}
