package dev.akushu.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.interop.peer.ExternalProcess;
import dev.akushu.interop.peer.Ports;
import dev.akushu.tls.Bytes;
import dev.akushu.tls.ExternalPsk;
import dev.akushu.tls.Kdf;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.Policy;
import dev.akushu.tls.PskSource;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.TlsSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pre-shared keys without a key exchange. OpenSSL takes them so where there is no common group; GnuTLS can be told to take nothing else. */
class PskKeTest {
    private static final String KEY = "000102030405060708090a0b0c0d0e0f";
    private static final ExternalPsk LAMP =
            ExternalPsk.dangerRaw(Bytes.ofAscii("lamp"), Bytes.fromHex(KEY).toArray(), Kdf.HKDF_SHA256);
    private static final Policy X25519 =
            Policy.MODERN_2026_11.withGroups(List.of(NamedGroup.X25519)).dangerWithPskKe();
    private static final String GNUTLS_PRIORITY = "NORMAL:-VERS-ALL:+VERS-TLS1.3:-KX-ALL:+PSK";

    @TempDir
    private Path folder;

    @Test
    void ourClientAndTheServerOfOpenSsl() throws IOException {
        require("openssl");
        List<String> command = List.of(
                "openssl",
                "s_server",
                "-accept",
                "127.0.0.1:0",
                "-tls1_3",
                "-nocert",
                "-psk_identity",
                "lamp",
                "-psk",
                KEY,
                "-allow_no_dhe_kex",
                "-groups",
                "P-256",
                "-www");
        try (ExternalProcess server = ExternalProcess.start(command)) {
            server.endInput();
            int port = Integer.parseInt(server.await("^ACCEPT.*:(\\d+)$").group(1));
            try (TlsConnection connection = client().connect("127.0.0.1", port)) {
                connection.output().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                String page = new String(connection.input().readAllBytes(), StandardCharsets.US_ASCII);
                assertThat(page).contains("Reused, TLSv1.3");
                requireByKeyAlone(connection.session().orElseThrow());
            }
        }
    }

    @Test
    void ourServerAndTheClientOfOpenSsl() throws IOException {
        require("openssl");
        try (OurServer ours = OurServer.start(server(), false)) {
            List<String> command = List.of(
                    "openssl",
                    "s_client",
                    "-connect",
                    "127.0.0.1:" + ours.port(),
                    "-tls1_3",
                    "-psk_identity",
                    "lamp",
                    "-psk",
                    KEY,
                    "-allow_no_dhe_kex",
                    "-groups",
                    "P-256");
            try (ExternalProcess client = ExternalProcess.start(command)) {
                client.send("hello from openssl\n");
                client.await("^hello from openssl");
                client.send("Q\n");
                assertThat(client.awaitExit()).as(client.output()).isZero();
            }
            requireByKeyAlone(ours.sessions().getFirst());
            assertThat(ours.failures()).isEmpty();
        }
    }

    @Test
    void ourClientAndTheServerOfGnuTls() throws IOException {
        require("gnutls-serv");
        Path keys = Files.writeString(folder.resolve("keys.psk"), "lamp:" + KEY + "\n");
        List<String> command = List.of(
                "stdbuf",
                "-oL",
                "gnutls-serv",
                "--port",
                "0",
                "--echo",
                "--pskpasswd",
                keys.toString(),
                "--priority",
                GNUTLS_PRIORITY);
        try (ExternalProcess server = ExternalProcess.start(command)) {
            server.endInput();
            server.await("listening on IPv4.*done");
            int port = Ports.listening(server.pid()).orElseThrow();
            try (TlsConnection connection = client().connect("127.0.0.1", port)) {
                connection.output().write("hello\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(connection.input().readNBytes(6)).isEqualTo("hello\n".getBytes(StandardCharsets.US_ASCII));
                requireByKeyAlone(connection.session().orElseThrow());
            }
        }
    }

    @Test
    void ourServerAndTheClientOfGnuTls() throws IOException {
        require("gnutls-cli");
        try (OurServer ours = OurServer.start(server(), false)) {
            List<String> command = List.of(
                    "stdbuf",
                    "-oL",
                    "gnutls-cli",
                    "127.0.0.1",
                    "--port",
                    String.valueOf(ours.port()),
                    "--pskusername",
                    "lamp",
                    "--pskkey",
                    KEY,
                    "--priority",
                    GNUTLS_PRIORITY);
            try (ExternalProcess client = ExternalProcess.start(command)) {
                client.await("Simple Client Mode");
                client.send("hello from gnutls\n");
                client.await("^hello from gnutls");
                client.endInput();
                assertThat(client.awaitExit()).as(client.output()).isZero();
            }
            requireByKeyAlone(ours.sessions().getFirst());
            assertThat(ours.failures()).isEmpty();
        }
    }

    private static TlsClient client() {
        return TlsClient.pskBuilder(LAMP).policy(X25519).build();
    }

    private static TlsServer server() {
        return TlsServer.pskBuilder(PskSource.of(List.of(LAMP))).policy(X25519).build();
    }

    private static void requireByKeyAlone(TlsSession session) {
        assertThat(session.externalPsk()).isEqualTo(Bytes.ofAscii("lamp"));
        assertThat(session.group()).isNull();
    }

    private static void require(String program) {
        Assumptions.assumeTrue(ExternalProcess.find(program).isPresent(), "there is no " + program + " on the PATH");
    }
}
