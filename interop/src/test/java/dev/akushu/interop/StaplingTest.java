package dev.akushu.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.akushu.interop.peer.Certificates;
import dev.akushu.interop.peer.ExternalProcess;
import dev.akushu.interop.peer.Identity;
import dev.akushu.interop.peer.KeyKind;
import dev.akushu.interop.peer.Nss;
import dev.akushu.interop.peer.Peers;
import dev.akushu.interop.peer.Ports;
import dev.akushu.tls.Bytes;
import dev.akushu.tls.CertificateCheck;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.Trust;
import dev.akushu.tls.trace.TraceEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a server sends beside its certificate, with the commands of OpenSSL, GnuTLS and NSS and with Go at either end; OurClientTest and OurServerTest have the other peers. RFC 9846 section 4.5.1.1. */
@Timeout(60)
class StaplingTest {
    /** Version 1, of a log, of November 2025, without extensions, "signed" by one byte. RFC 6962 section 3.2. */
    private static final Bytes TIMESTAMP =
            Bytes.fromHex("00" + "5d".repeat(32) + "0000019ab6c5c400" + "0000" + "0403" + "000107");

    @TempDir
    private static Path folder;

    private static Certificates certificates;
    private static Identity identity;
    private static Path good;
    private static Path revoked;

    private final List<CertificateCheck> checks = new ArrayList<>();

    @BeforeAll
    static void makeCertificates() throws IOException {
        certificates = Certificates.in(folder);
        identity = certificates.server(KeyKind.EC_P256);
        good = certificates.ocspResponse(identity, false);
        revoked = certificates.ocspResponse(identity, true);
    }

    @Test
    void ourClientChecksWhatAnOpenSslServerStaples() throws IOException {
        Peers.requireProgram("openssl");
        try (ExternalProcess server = openSslServer(good)) {
            requireChecked(openSslPort(server));
        }
        try (ExternalProcess server = openSslServer(revoked)) {
            requireRefused(openSslPort(server));
        }
    }

    @Test
    void ourClientChecksWhatAGnuTlsServerStaples() throws IOException {
        Peers.requireProgram("gnutls-serv");
        try (ExternalProcess server = gnuTlsServer(good)) {
            requireChecked(gnuTlsPort(server));
        }
        try (ExternalProcess server = gnuTlsServer(revoked)) {
            requireRefused(gnuTlsPort(server));
        }
    }

    @Test
    void anOpenSslClientReadsWhatOurServerStaples() throws IOException {
        Peers.requireProgram("openssl");
        try (OurServer ours = OurServer.start(server(good), false)) {
            List<String> command = List.of(
                    "openssl",
                    "s_client",
                    "-connect",
                    "127.0.0.1:" + ours.port(),
                    "-tls1_3",
                    "-status",
                    "-CAfile",
                    certificates.caPem().toString());
            try (ExternalProcess client = ExternalProcess.start(command)) {
                client.await("OCSP Response Status: successful");
                client.await("Cert Status: good");
                client.send("Q\n");
                assertThat(client.awaitExit()).as(client.output()).isZero();
            }
            assertThat(ours.failures()).isEmpty();
        }
    }

    @Test
    void aGnuTlsClientReadsWhatOurServerStaples() throws IOException {
        Peers.requireProgram("gnutls-cli");
        Path saved = folder.resolve("saved.ocsp");
        try (OurServer ours = OurServer.start(server(good), false)) {
            List<String> command = List.of(
                    "stdbuf",
                    "-oL",
                    "gnutls-cli",
                    "127.0.0.1",
                    "--port",
                    String.valueOf(ours.port()),
                    "--x509cafile",
                    certificates.caPem().toString(),
                    "--verify-hostname",
                    "localhost",
                    "--priority",
                    "NORMAL:-VERS-ALL:+VERS-TLS1.3",
                    "--save-ocsp",
                    saved.toString());
            try (ExternalProcess client = ExternalProcess.start(command)) {
                client.await("Simple Client Mode");
                client.endInput();
                assertThat(client.awaitExit()).as(client.output()).isZero();
                assertThat(client.output()).contains("OCSP status");
            }
            assertThat(Files.readAllBytes(saved)).isEqualTo(Files.readAllBytes(good));
            assertThat(ours.failures()).isEmpty();
        }
    }

    @Test
    void ourClientChecksWhatAGoServerStaplesAndReadsItsTimestamps() throws IOException {
        try (ExternalProcess server = goServer(good)) {
            int port = goPort(server);
            requireChecked(port);
            TlsClient asking = client().toBuilder().certificateTimestamps(true).build();
            try (TlsConnection connection = asking.connect("127.0.0.1", port)) {
                assertThat(connection.handshakeFacts().orElseThrow().timestamps())
                        .containsExactly(TIMESTAMP);
                assertThat(connection.handshakeFacts().orElseThrow().ocspResponse())
                        .isEqualTo(Bytes.wrap(Files.readAllBytes(good)));
            }
        }
        try (ExternalProcess server = goServer(revoked)) {
            requireRefused(goPort(server));
        }
    }

    @Test
    void aGoClientReadsWhatOurServerStaplesAndItsTimestamps() throws IOException {
        TlsServer both = TlsServer.builder(stapling(good).withTimestamps(() -> List.of(TIMESTAMP)))
                .build();
        try (OurServer ours = OurServer.start(both, false)) {
            String seen = ExternalProcess.run(List.of(
                    Peers.requireBuilt("peer-go"),
                    "client",
                    "--port",
                    String.valueOf(ours.port()),
                    "--ca",
                    certificates.caPem().toString()));

            assertThat(seen)
                    .contains("\"ocsp_response\":\"" + base64(Files.readAllBytes(good)) + "\"")
                    .contains("\"timestamps\":[\"" + base64(TIMESTAMP.toArray()) + "\"]");
            assertThat(ours.failures()).isEmpty();
        }
    }

    @Test
    void ourClientChecksWhatAnNssServerStaples() throws IOException {
        Peers.requireProgram("selfserv");
        try (Nss.Server server = nssServer("good")) {
            requireChecked(server.port());
        }
        try (Nss.Server server = nssServer("revoked")) {
            requireRefused(server.port());
        }
    }

    @Test
    void ourClientDoesNotTakeForGoodWhatAnNssServerSaysIsUnknown() throws IOException {
        Peers.requireProgram("selfserv");
        try (Nss.Server server = nssServer("unknown");
                TlsConnection connection = client().connect("127.0.0.1", server.port())) {
            assertThat(connection.handshakeFacts().orElseThrow().ocspResponse()).isNotNull();
            assertThat(checks)
                    .isNotEmpty()
                    .extracting(CertificateCheck::kind)
                    .doesNotContain(CertificateCheck.Kind.REVOCATION);
        }
    }

    @Test
    void anNssClientChecksWhatOurServerStaples() throws IOException {
        Peers.requireProgram("tstclnt");
        assertThat(verdictOfAnNssClient(good)).isZero();
        // By tstclnt's help: the data is fresh and valid, the status is revoked.
        assertThat(verdictOfAnNssClient(revoked)).isEqualTo(3);
    }

    private static Nss.Server nssServer(String status) throws IOException {
        return Nss.startStaplingServer(certificates, certificates.server(KeyKind.RSA), status);
    }

    /** The exit code of a client that wants to know the status, from the stapled response alone. */
    private static int verdictOfAnNssClient(Path response) throws IOException {
        try (OurServer ours = OurServer.start(server(response), false);
                ExternalProcess client = Nss.startClient(
                        certificates, null, "localhost", ours.port(), List.of("-O", "-T", "-F", "-Q"))) {
            int code = client.awaitExit();
            assertThat(client.output()).contains("Received 1 Cert Status items");
            return code;
        }
    }

    private static ExternalProcess goServer(Path response) throws IOException {
        Path timestamp = Files.write(folder.resolve("timestamp.sct"), TIMESTAMP.toArray());
        return ExternalProcess.start(List.of(
                Peers.requireBuilt("peer-go"),
                "server",
                "--cert",
                identity.certPem().toString(),
                "--key",
                identity.keyPem().toString(),
                "--ocsp",
                response.toString(),
                "--timestamps",
                timestamp.toString()));
    }

    private static int goPort(ExternalProcess server) throws IOException {
        return Integer.parseInt(server.await("\"port\":(\\d+)").group(1));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static ExternalProcess openSslServer(Path response) throws IOException {
        ExternalProcess server = ExternalProcess.start(List.of(
                "openssl",
                "s_server",
                "-accept",
                "127.0.0.1:0",
                "-tls1_3",
                "-cert",
                identity.certPem().toString(),
                "-key",
                identity.keyPem().toString(),
                "-status_file",
                response.toString(),
                "-www"));
        server.endInput();
        return server;
    }

    private static int openSslPort(ExternalProcess server) throws IOException {
        return Integer.parseInt(server.await("^ACCEPT.*:(\\d+)$").group(1));
    }

    private static ExternalProcess gnuTlsServer(Path response) throws IOException {
        ExternalProcess server = ExternalProcess.start(List.of(
                "stdbuf",
                "-oL",
                "gnutls-serv",
                "--port",
                "0",
                "--echo",
                "--x509certfile",
                identity.certPem().toString(),
                "--x509keyfile",
                identity.keyPem().toString(),
                "--ocsp-response",
                response.toString(),
                "--ignore-ocsp-response-errors",
                "--priority",
                "NORMAL:-VERS-ALL:+VERS-TLS1.3"));
        server.endInput();
        return server;
    }

    private static int gnuTlsPort(ExternalProcess server) throws IOException {
        server.await("listening on IPv4.*done");
        return Ports.listening(server.pid()).orElseThrow();
    }

    private void requireChecked(int port) throws TlsException {
        try (TlsConnection connection = client().connect("127.0.0.1", port)) {
            assertThat(connection.session()).isPresent();
            assertThat(checks)
                    .extracting(CertificateCheck::kind, CertificateCheck::detail)
                    .contains(tuple(CertificateCheck.Kind.REVOCATION, "OCSP, stapled"));
        }
    }

    private void requireRefused(int port) throws TlsException {
        TlsClient client = client();
        assertThatThrownBy(() -> client.connect("127.0.0.1", port))
                .isInstanceOfSatisfying(
                        TlsException.class,
                        failure -> assertThat(failure.problem()).isEqualTo(Problem.CERTIFICATE_REVOKED));
    }

    private TlsClient client() throws TlsException {
        return TlsClient.builder(Trust.pem(certificates.caPem()))
                .observer(event -> {
                    if (event instanceof TraceEvent.PeerChainVerified verified) {
                        checks.addAll(verified.checks());
                    }
                })
                .build();
    }

    private static TlsServer server(Path response) throws IOException {
        return TlsServer.builder(stapling(response)).build();
    }

    private static dev.akushu.tls.Identity stapling(Path response) throws IOException {
        Optional<Bytes> stapled = Optional.of(Bytes.wrap(Files.readAllBytes(response)));
        return dev.akushu.tls.Identity.pem(identity.certPem(), identity.keyPem())
                .withOcspResponse(() -> stapled);
    }
}
