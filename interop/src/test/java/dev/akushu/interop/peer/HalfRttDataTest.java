package dev.akushu.interop.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.Policy;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsEngine;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.Trust;
import dev.akushu.tls.Work;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Half-RTT data: clients of others take what stands behind our server's Finished, and ours what a server of others sends so. RFC 9846 section 4.5.3. */
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

    @Test
    void ourClientTakesItFromARustlsServer() throws IOException {
        List<String> command = List.of(
                Peers.requireBuilt("peer-rustls"),
                "server",
                "--cert",
                identity.certPem().toString(),
                "--key",
                identity.keyPem().toString(),
                "--half-rtt",
                GREETING);
        try (ExternalProcess server = ExternalProcess.start(command)) {
            int port = Integer.parseInt(server.await("\"port\":(\\d+)").group(1));
            TlsEngine engine =
                    TlsClient.builder(Trust.pem(certificates.caPem())).build().engine("localhost", port);
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout((int) ExternalProcess.TIMEOUT.toMillis());
                // The ClientHello, and nothing more before the greeting is there.
                sendAll(engine, socket);
                assertThat(receive(engine, socket, GREETING.length())).isEqualTo(GREETING);
                sendAll(engine, socket);
                engine.closeOutput();
                sendAll(engine, socket);
                server.await("\"error\":null");
            }
        }
    }

    private static void sendAll(TlsEngine engine, Socket socket) throws IOException {
        byte[] records = new byte[TlsEngine.NETWORK_BUFFER_SIZE];
        while (engine.hasOutput()) {
            ByteBuffer out = ByteBuffer.wrap(records);
            engine.send(ByteBuffer.allocate(0), out);
            socket.getOutputStream().write(records, 0, out.position());
        }
    }

    /** Receives so much data, and sends nothing. */
    private static String receive(TlsEngine engine, Socket socket, int length) throws IOException {
        ByteBuffer in = ByteBuffer.allocate(TlsEngine.NETWORK_BUFFER_SIZE).flip();
        ByteBuffer data = ByteBuffer.allocate(TlsEngine.APPLICATION_BUFFER_SIZE);
        while (data.position() < length) {
            switch (engine.receive(in, data)) {
                case NEED_INPUT -> read(socket, in);
                case NEED_WORK -> {
                    engine.work().ifPresent(Work::run);
                    engine.resume();
                }
                case OK -> {}
                case NEED_SPACE, CLOSED -> throw new IOException("no greeting");
            }
        }
        return new String(data.array(), 0, data.position(), StandardCharsets.US_ASCII);
    }

    private static void read(Socket socket, ByteBuffer in) throws IOException {
        in.compact();
        int count = socket.getInputStream().read(in.array(), in.position(), in.remaining());
        if (count < 0) {
            throw new EOFException("closed before the greeting");
        }
        in.position(in.position() + count).flip();
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
