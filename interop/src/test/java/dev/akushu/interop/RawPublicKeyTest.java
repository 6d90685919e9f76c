package dev.akushu.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.interop.peer.ExternalProcess;
import dev.akushu.interop.peer.Peers;
import dev.akushu.interop.peer.Ports;
import dev.akushu.tls.Bytes;
import dev.akushu.tls.Identity;
import dev.akushu.tls.RawKeyTrust;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.crypto.Crypto;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Public keys without certificates (RFC 7250), with the stacks that have them. */
class RawPublicKeyTest {
    private static final String PRIORITY = "NORMAL:-VERS-ALL:+VERS-TLS1.3:-CTYPE-ALL:+CTYPE-SRV-RAWPK:+CTYPE-CLI-X509";

    @TempDir
    private Path folder;

    private KeyPair keys;

    @BeforeEach
    void makeKeys() throws NoSuchAlgorithmException {
        keys = generate();
    }

    private static KeyPair generate() throws NoSuchAlgorithmException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    @Test
    void ourClientAndTheServerOfGnuTls() throws IOException {
        Peers.requireProgram("gnutls-serv");
        List<String> command = List.of(
                "stdbuf",
                "-oL",
                "gnutls-serv",
                "--port",
                "0",
                "--echo",
                "--disable-client-cert",
                "--rawpkfile",
                pem("PUBLIC KEY", keys.getPublic().getEncoded()),
                "--rawpkkeyfile",
                pem("PRIVATE KEY", keys.getPrivate().getEncoded()),
                "--priority",
                PRIORITY);
        try (ExternalProcess server = ExternalProcess.start(command)) {
            server.endInput();
            server.await("listening on IPv4.*done");
            requireKeyShown(Ports.listening(server.pid()).orElseThrow(), keys.getPublic());
        }
    }

    @Test
    void ourServerAndTheClientOfGnuTls() throws IOException {
        Peers.requireProgram("gnutls-cli");
        try (OurServer ours = OurServer.start(server(), false)) {
            List<String> command = List.of(
                    "stdbuf",
                    "-oL",
                    "gnutls-cli",
                    "127.0.0.1",
                    "--port",
                    String.valueOf(ours.port()),
                    "--insecure",
                    "--priority",
                    PRIORITY);
            try (ExternalProcess client = ExternalProcess.start(command)) {
                client.await("Simple Client Mode");
                client.send("hello from gnutls\n");
                client.await("^hello from gnutls");
                client.endInput();
                assertThat(client.awaitExit()).as(client.output()).isZero();
            }
            assertThat(ours.failures()).isEmpty();
            assertThat(ours.sessions().getFirst().localCertificates()).isEmpty();
        }
    }

    @Test
    void ourClientAndTheServerOfRustls() throws IOException, NoSuchAlgorithmException {
        List<String> command = List.of(
                Peers.requireBuilt("peer-rustls"),
                "server",
                "--raw-public-key",
                "--key",
                pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
        try (ExternalProcess server = ExternalProcess.start(command)) {
            int port = Integer.parseInt(server.await("\"port\":(\\d+)").group(1));
            requireKeyShown(port, keys.getPublic());

            PublicKey another = generate().getPublic();
            TlsClient stranger = TlsClient.rawKeyBuilder(RawKeyTrust.pinned(List.of(another)))
                    .build();
            assertThatThrownBy(() -> stranger.connect("127.0.0.1", port)).isInstanceOf(TlsException.class);
        }
    }

    @Test
    void ourServerAndTheClientOfRustls() throws IOException {
        try (OurServer ours = OurServer.start(server(), false)) {
            String known = pem("PUBLIC KEY", keys.getPublic().getEncoded());
            String seen = ExternalProcess.run(List.of(
                    Peers.requireBuilt("peer-rustls"),
                    "client",
                    "--port",
                    String.valueOf(ours.port()),
                    "--server-key",
                    known));

            assertThat(seen).contains("\"bytes\":18", "\"server_cert_subject\":null", "\"error\":null");
            assertThat(ours.failures()).isEmpty();
            assertThat(ours.sessions().getFirst().localCertificates()).isEmpty();
        }
    }

    private static void requireKeyShown(int port, PublicKey key) throws IOException {
        TlsClient client =
                TlsClient.rawKeyBuilder(RawKeyTrust.pinned(List.of(key))).build();
        try (TlsConnection connection = client.connect("127.0.0.1", port)) {
            byte[] hello = "hello\n".getBytes(StandardCharsets.US_ASCII);
            connection.output().write(hello);
            assertThat(connection.input().readNBytes(hello.length)).isEqualTo(hello);
            assertThat(connection.session().orElseThrow().rawPublicKey()).isEqualTo(Bytes.wrap(key.getEncoded()));
        }
    }

    private TlsServer server() throws TlsException {
        return TlsServer.builder(Identity.ofRawKey(keys.getPublic(), keys.getPrivate(), Crypto.jdk()))
                .build();
    }

    private String pem(String label, byte[] content) throws IOException {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        String text = "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
        return Files.writeString(folder.resolve(label.replace(' ', '-') + ".pem"), text)
                .toString();
    }
}
