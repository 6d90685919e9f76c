package dev.akushu.interop.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.EarlyData;
import dev.akushu.tls.EarlyDataReport;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.TlsSession;
import dev.akushu.tls.Trust;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Early data with the peers that have it over TCP, both ways: OpenSSL, GnuTLS, rustls and NSS. RFC 9846 section 2.3. Go has it for
 * QUIC only, SunJSSE not at all; BoringSSL has it, but neither netty-tcnative nor Conscrypt lets a program use it (the BoringSSL
 * runner in conformance does), and browsers keep it for requests of their own choice.
 */
@Timeout(120)
class EarlyDataTest {
    private static final String EARLY = "hello early\n";
    private static final int LIMIT = 1000;
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
    void anOpenSslClientSendsItToUs() throws Exception {
        Peers.requireProgram("openssl");
        try (EchoServer server = new EchoServer()) {
            String session = folder.resolve("openssl.session").toString();
            talk(server.openSslClient(certificates, "-sess_out", session), "one", "one");
            assertThat(server.next().resumed()).isFalse();
            String output = talk(
                    server.openSslClient(certificates, "-sess_in", session, "-early_data", earlyFile()), "two", "two");

            assertThat(output).contains("Early data was accepted", EARLY.strip());
            requireAccepted(server.next(), EARLY.length());
        }
    }

    @Test
    void anOpenSslClientWhoseDataIsRefusedGoesOn() throws Exception {
        Peers.requireProgram("openssl");
        try (EchoServer server = new EchoServer()) {
            String session = folder.resolve("stale.session").toString();
            talk(server.openSslClient(certificates, "-sess_out", session), "one", "one");
            server.next();
            server.refuse();
            String output = talk(
                    server.openSslClient(certificates, "-sess_in", session, "-early_data", earlyFile()), "two", "two");

            assertThat(output).contains("Early data was rejected");
            TlsSession refused = server.next();
            assertThat(refused.resumed()).isTrue();
            assertThat(refused.earlyData().accepted()).isFalse();
        }
    }

    @Test
    void anOpenSslServerTakesOurs() throws Exception {
        Peers.requireProgram("openssl");
        List<String> command = List.of(
                "openssl",
                "s_server",
                "-accept",
                "127.0.0.1:0",
                "-tls1_3",
                "-cert",
                identity.certPem().toString(),
                "-key",
                identity.keyPem().toString(),
                "-early_data",
                "-max_early_data",
                Integer.toString(LIMIT));
        try (ExternalProcess process = ExternalProcess.start(command)) {
            int port = Integer.parseInt(process.await("^ACCEPT.*:(\\d+)$").group(1));
            TlsClient client = client();
            try (TlsConnection first = client.connect("localhost", port)) {
                process.send("one\n");
                assertThat(read(first, 4)).isEqualTo("one\n");
            }
            try (TlsConnection second = client.connect("localhost", port, early())) {
                requireAccepted(second.session().orElseThrow(), EARLY.length());
                process.await("Early data received:");
                // It writes the data past its own buffer, so in front of that.
                process.await(EARLY.strip());
                process.send("two\n");
                assertThat(read(second, 4)).isEqualTo("two\n");
            }
        }
    }

    @Test
    void aGnuTlsClientSendsItToUs() throws Exception {
        Peers.requireProgram("gnutls-cli");
        try (EchoServer server = new EchoServer()) {
            ExternalProcess process = ExternalProcess.start(List.of(
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
                    ONLY_TLS13,
                    "--resume",
                    "--waitresumption",
                    "--earlydata",
                    earlyFile()));
            try (process) {
                process.await("^" + EARLY.strip());
                process.endInput();
            }
            assertThat(server.next().resumed()).isFalse();
            requireAccepted(server.next(), EARLY.length());
        }
    }

    @Test
    void aGnuTlsServerTakesOurs() throws Exception {
        Peers.requireProgram("gnutls-serv");
        ExternalProcess process = ExternalProcess.start(List.of(
                "stdbuf",
                "-oL",
                "gnutls-serv",
                "--port",
                "0",
                "--echo",
                "--disable-client-cert",
                "--x509certfile",
                identity.certPem().toString(),
                "--x509keyfile",
                identity.keyPem().toString(),
                "--priority",
                ONLY_TLS13,
                "--earlydata",
                "--maxearlydata",
                Integer.toString(LIMIT)));
        try (process) {
            process.endInput();
            process.await("listening on IPv4.*done");
            int port = Ports.listening(process.pid()).orElseThrow();
            TlsClient client = client();
            echoed(client.connect("localhost", port), "one\n");
            TlsConnection second = client.connect("localhost", port, early());
            requireAccepted(second.session().orElseThrow(), EARLY.length());
            echoed(second, "two\n");
        }
    }

    @Test
    void aRustlsClientSendsItToUs() throws Exception {
        try (EchoServer server = new EchoServer()) {
            String output = ExternalProcess.run(List.of(
                    Peers.requireBuilt("peer-rustls"),
                    "client",
                    "--port",
                    Integer.toString(server.port()),
                    "--ca",
                    certificates.caPem().toString(),
                    "--connections",
                    "2",
                    "--early-data",
                    Integer.toString(LIMIT)));

            assertThat(output).contains("\"early_bytes\":0", "\"early_bytes\":18");
            assertThat(server.next().resumed()).isFalse();
            requireAccepted(server.next(), 18);
        }
    }

    @Test
    void aRustlsServerTakesOurs() throws Exception {
        List<String> command = List.of(
                Peers.requireBuilt("peer-rustls"),
                "server",
                "--cert",
                identity.certPem().toString(),
                "--key",
                identity.keyPem().toString(),
                "--early-data",
                Integer.toString(LIMIT));
        try (ExternalProcess process = ExternalProcess.start(command)) {
            int port = Integer.parseInt(process.await("\"port\":(\\d+)").group(1));
            TlsClient client = client();
            echoed(client.connect("localhost", port), "one\n");
            try (TlsConnection second = client.connect("localhost", port, early())) {
                requireAccepted(second.session().orElseThrow(), EARLY.length());
                assertThat(read(second, EARLY.length())).isEqualTo(EARLY);
                second.closeOutput();
                assertThat(second.input().read()).isEqualTo(-1);
            }
            process.await("\"early_bytes\":" + EARLY.length());
        }
    }

    @Test
    void anNssClientSendsItToUs() throws Exception {
        Peers.requireProgram("tstclnt");
        try (EchoServer server = new EchoServer(true);
                ExternalProcess client = Nss.startClient(
                        certificates,
                        null,
                        "localhost",
                        server.port(),
                        List.of("-u", "-Z", "-L", "50", "-A", earlyFile()))) {
            client.endInput();
            assertThat(server.next().resumed()).isFalse();
            // Where our answer is there first, it sends what is in the file after its Finished.
            TlsSession session = server.next();
            while (session.earlyData().bytes() == 0) {
                session = server.next();
            }
            requireAccepted(session, EARLY.length());
            assertThat(client.awaitExit()).as(client.output()).isZero();
        }
    }

    @Test
    void anNssServerTakesOurs() throws Exception {
        Peers.requireProgram("selfserv");
        try (Nss.Server server = Nss.startServer(certificates, identity, List.of("-u", "-Z"))) {
            int port = server.port();
            // It answers and closes as soon as it has all of a request, so the end of it waits for the handshake.
            String early = RunningServer.REQUEST.substring(0, RunningServer.REQUEST.length() - 2);
            String rest = RunningServer.REQUEST.substring(early.length());
            TlsClient client = client();
            answered(client.connect("localhost", port), RunningServer.REQUEST);
            // It refuses all until it has watched for copies through a window of ten seconds.
            while (true) {
                TlsConnection next =
                        client.connect("localhost", port, EarlyData.of(early.getBytes(StandardCharsets.US_ASCII)));
                TlsSession session = next.session().orElseThrow();
                if (session.earlyData().accepted()) {
                    requireAccepted(session, early.length());
                    answered(next, rest);
                    return;
                }
                assertThat(session.resumed()).isTrue();
                answered(next, RunningServer.REQUEST);
            }
        }
    }

    /** Says the last of a request, and takes the page. */
    private static void answered(TlsConnection connection, String last) throws IOException {
        try (connection) {
            connection.output().write(last.getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(connection.input().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.0 200");
        }
    }

    private static void requireAccepted(TlsSession session, int bytes) {
        assertThat(session.resumed()).isTrue();
        assertThat(session.earlyData().accepted()).as("%s", session.earlyData()).isTrue();
        assertThat(session.earlyData())
                .isEqualTo(new EarlyDataReport(session.earlyData().outcome(), bytes, false));
    }

    private static TlsClient client() throws IOException {
        return TlsClient.builder(Trust.pem(certificates.caPem())).build();
    }

    private static EarlyData early() {
        return EarlyData.of(EARLY.getBytes(StandardCharsets.US_ASCII));
    }

    private static String earlyFile() throws IOException {
        return Files.writeString(folder.resolve("early"), EARLY).toString();
    }

    private static void echoed(TlsConnection connection, String line) throws IOException {
        try (connection) {
            connection.output().write(line.getBytes(StandardCharsets.US_ASCII));
            assertThat(read(connection, line.length())).isEqualTo(line);
        }
    }

    private static String read(TlsConnection connection, int length) throws IOException {
        return new String(connection.input().readNBytes(length), StandardCharsets.US_ASCII);
    }

    /** Says a line, waits for its echo, and ends; returns all that the program printed. */
    private static String talk(ExternalProcess process, String line, String echo) throws IOException {
        try (process) {
            process.send(line + "\n");
            process.await("^" + echo);
            process.send("Q\n");
            process.endInput();
            assertThat(process.awaitExit()).isZero();
            return process.output();
        }
    }

    /** Echoes: early data before the handshake is done, and then the rest; or once, and then it closes. */
    private static final class EchoServer extends OpenServer {
        private final boolean once;
        private volatile TlsServer config;

        EchoServer() throws IOException {
            this(false);
        }

        /** Closes each connection behind what it echoed first, if {@code once}, for a client that waits for that. */
        EchoServer(boolean once) throws IOException {
            this.once = once;
            config = TlsServer.builder(dev.akushu.tls.Identity.pem(identity.certPem(), identity.keyPem()))
                    .earlyData(LIMIT)
                    .build();
            open();
        }

        /** Takes no early data from here on. */
        void refuse() {
            config = config.toBuilder().earlyData(0).build();
        }

        @Override
        TlsServer config() {
            return config;
        }

        @Override
        void begin(TlsConnection connection) throws IOException {
            byte[] buffer = new byte[LIMIT];
            InputStream early = connection.earlyInput();
            for (int count = early.read(buffer); count >= 0; count = early.read(buffer)) {
                connection.halfRttOutput().write(buffer, 0, count);
            }
        }

        @Override
        void goOn(TlsConnection connection, TlsSession session) throws IOException {
            if (once) {
                int left = EARLY.length() - (int) session.earlyData().bytes();
                connection.output().write(connection.input().readNBytes(left));
                return;
            }
            super.goOn(connection, session);
        }
    }
}
