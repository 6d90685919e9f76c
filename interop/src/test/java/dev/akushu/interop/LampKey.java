package dev.akushu.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.interop.peer.Certificates;
import dev.akushu.interop.peer.ExternalProcess;
import dev.akushu.interop.peer.KeyKind;
import dev.akushu.interop.peer.Nss;
import dev.akushu.interop.peer.Peers;
import dev.akushu.interop.peer.Ports;
import dev.akushu.interop.peer.RunningServer;
import dev.akushu.tls.Bytes;
import dev.akushu.tls.ExternalPsk;
import dev.akushu.tls.Kdf;
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
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One raw pre-shared key that we have in common with the commands of OpenSSL, GnuTLS and NSS, and a handshake with each of them.
 *
 * @param policy ours
 * @param openSslOptions more options for OpenSSL
 * @param gnuTlsPriority what GnuTLS takes
 * @param check what must be so for our session
 */
record LampKey(Policy policy, List<String> openSslOptions, String gnuTlsPriority, Consumer<TlsSession> check) {
    private static final String IDENTITY = "lamp";

    static final Bytes NAME = Bytes.ofAscii(IDENTITY);

    private static final String KEY = "000102030405060708090a0b0c0d0e0f";
    private static final String NSS_KEY = "0x" + KEY + ":" + IDENTITY;
    private static final ExternalPsk LAMP =
            ExternalPsk.dangerRaw(NAME, Bytes.fromHex(KEY).toArray(), Kdf.HKDF_SHA256);

    private TlsClient client() {
        return TlsClient.pskBuilder(LAMP).policy(policy).build();
    }

    private OurServer startServer() throws IOException {
        return OurServer.start(
                TlsServer.pskBuilder(PskSource.of(List.of(LAMP))).policy(policy).build(), false);
    }

    void withTheServerOfOpenSsl() throws IOException {
        Peers.requireProgram("openssl");
        try (ExternalProcess server =
                ExternalProcess.start(openSsl("s_server", "-accept", "127.0.0.1:0", "-nocert", "-www"))) {
            server.endInput();
            int port = Integer.parseInt(server.await("^ACCEPT.*:(\\d+)$").group(1));
            try (TlsConnection connection = client().connect("127.0.0.1", port)) {
                connection.output().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                String page = new String(connection.input().readAllBytes(), StandardCharsets.US_ASCII);
                assertThat(page).contains("Reused, TLSv1.3");
                check.accept(connection.session().orElseThrow());
            }
        }
    }

    void withTheClientOfOpenSsl() throws IOException {
        Peers.requireProgram("openssl");
        try (OurServer ours = startServer()) {
            try (ExternalProcess client =
                    ExternalProcess.start(openSsl("s_client", "-connect", "127.0.0.1:" + ours.port()))) {
                client.send("hello from openssl\n");
                client.await("^hello from openssl");
                client.send("Q\n");
                assertThat(client.awaitExit()).as(client.output()).isZero();
            }
            check.accept(ours.sessions().getFirst());
            assertThat(ours.failures()).isEmpty();
        }
    }

    private List<String> openSsl(String command, String... options) {
        return Stream.of(
                        Stream.of("openssl", command, "-tls1_3", "-psk_identity", IDENTITY, "-psk", KEY),
                        Stream.of(options),
                        openSslOptions.stream())
                .flatMap(part -> part)
                .toList();
    }

    void withTheServerOfGnuTls(Path folder) throws IOException {
        Peers.requireProgram("gnutls-serv");
        Path keys = Files.writeString(folder.resolve("keys.psk"), IDENTITY + ":" + KEY + "\n");
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
                gnuTlsPriority);
        try (ExternalProcess server = ExternalProcess.start(command)) {
            server.endInput();
            server.await("listening on IPv4.*done");
            int port = Ports.listening(server.pid()).orElseThrow();
            try (TlsConnection connection = client().connect("127.0.0.1", port)) {
                connection.output().write("hello\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(connection.input().readNBytes(6)).isEqualTo("hello\n".getBytes(StandardCharsets.US_ASCII));
                check.accept(connection.session().orElseThrow());
            }
        }
    }

    void withTheClientOfGnuTls() throws IOException {
        Peers.requireProgram("gnutls-cli");
        try (OurServer ours = startServer()) {
            List<String> command = List.of(
                    "stdbuf",
                    "-oL",
                    "gnutls-cli",
                    "127.0.0.1",
                    "--port",
                    String.valueOf(ours.port()),
                    "--pskusername",
                    IDENTITY,
                    "--pskkey",
                    KEY,
                    "--priority",
                    gnuTlsPriority);
            try (ExternalProcess client = ExternalProcess.start(command)) {
                client.await("Simple Client Mode");
                client.send("hello from gnutls\n");
                client.await("^hello from gnutls");
                client.endInput();
                assertThat(client.awaitExit()).as(client.output()).isZero();
                assertThat(client.output()).contains("PSK authentication");
            }
            check.accept(ours.sessions().getFirst());
            assertThat(ours.failures()).isEmpty();
        }
    }

    /** Without -m selfserv forgets the key; it wants a certificate all the same. */
    void withTheServerOfNss(Path folder) throws IOException {
        Peers.requireProgram("selfserv");
        Certificates certificates = Certificates.in(folder);
        try (Nss.Server server = Nss.startServer(
                        certificates, certificates.server(KeyKind.EC_P256), List.of("-m", "-z", NSS_KEY));
                TlsConnection connection = client().connect("127.0.0.1", server.port())) {
            connection.output().write(RunningServer.REQUEST.getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(connection.input().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.0 200");
            check.accept(connection.session().orElseThrow());
        }
    }

    void withTheClientOfNss(Path folder) throws IOException {
        Peers.requireProgram("tstclnt");
        Certificates certificates = Certificates.in(folder);
        Path request = Files.writeString(folder.resolve("request"), RunningServer.REQUEST);
        try (OurServer ours = startServer();
                ExternalProcess client = Nss.startClient(
                        certificates,
                        null,
                        "localhost",
                        ours.port(),
                        List.of("-z", NSS_KEY, "-A", request.toString()))) {
            client.endInput();
            assertThat(client.awaitExit()).as(client.output()).isZero();
            check.accept(ours.sessions().getFirst());
            assertThat(ours.failures()).isEmpty();
        }
    }
}
