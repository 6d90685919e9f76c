package dev.akushu.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.interop.peer.Certificates;
import dev.akushu.interop.peer.ExternalProcess;
import dev.akushu.interop.peer.KeyKind;
import dev.akushu.interop.peer.Peers;
import dev.akushu.interop.peer.Ports;
import dev.akushu.tls.ClientAuthentication;
import dev.akushu.tls.IdentitySource;
import dev.akushu.tls.OidFilter;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.trace.Field;
import dev.akushu.tls.trace.TraceEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a request for a client's certificate says of authorities and of the certificate, RFC 9846 sections 4.3.4 and 4.3.5, and what a client says of authorities itself. No tool of the other stacks asks by oid_filters, and
 * their clients pass over ours, so that our server's check of the certificate is what counts.
 */
@Timeout(60)
class CertificateRequestTest {
    @TempDir
    private static Path folder;

    private static Certificates certificates;

    @BeforeAll
    static void makeCertificates() throws IOException {
        certificates = Certificates.in(folder);
    }

    @Test
    void openSslReadsOurAuthoritiesAndPassesOverFiltersThatItsCertificateMatches() throws IOException {
        Peers.requireProgram("openssl");
        try (OurServer ours = OurServer.start(asking(OidFilter.keyUsage("digitalSignature")), false);
                ExternalProcess client = openSsl(ours.port())) {
            client.send("hello\n");
            client.await("^hello");
            client.send("Q\n");
            assertThat(client.awaitExit()).as(client.output()).isZero();
            assertThat(client.output()).containsPattern("Acceptable client certificate CA names\nCN ?= ?Interop CA");
            assertThat(ours.sessions().getFirst().peerCertificates()).isNotEmpty();
        }
    }

    @Test
    void ourServerRefusesACertificateOfOpenSslThatDoesNotMatch() throws IOException {
        Peers.requireProgram("openssl");
        try (OurServer ours = OurServer.start(asking(OidFilter.extendedKeyUsage("1.2.3.4")), false)) {
            try (ExternalProcess client = openSsl(ours.port())) {
                assertThat(client.awaitExit()).as(client.output()).isNotZero();
                assertThat(client.output()).contains("alert");
            }
            requireRefused(ours);
        }
    }

    @Test
    void gnuTlsReadsOurAuthoritiesAndPassesOverFiltersThatItsCertificateMatches() throws IOException {
        Peers.requireProgram("gnutls-cli");
        try (OurServer ours = OurServer.start(asking(OidFilter.keyUsage("digitalSignature")), false);
                ExternalProcess client = gnuTls(ours.port())) {
            client.await("Simple Client Mode");
            client.send("hello\n");
            client.await("Received\\[6\\]: hello");
            client.endInput();
            assertThat(client.awaitExit()).as(client.output()).isZero();
            assertThat(client.output()).contains("CN=Interop CA");
            assertThat(ours.sessions().getFirst().peerCertificates()).isNotEmpty();
        }
    }

    @Test
    void ourServerRefusesACertificateOfGnuTlsThatDoesNotMatch() throws IOException {
        Peers.requireProgram("gnutls-cli");
        try (OurServer ours = OurServer.start(asking(OidFilter.extendedKeyUsage("1.2.3.4")), false)) {
            try (ExternalProcess client = gnuTls(ours.port())) {
                client.endInput();
                client.awaitExit();
            }
            requireRefused(ours);
        }
    }

    @Test
    void ourClientReadsTheAuthoritiesOfOpenSsl() throws IOException {
        Peers.requireProgram("openssl");
        List<String> command = List.of(
                "openssl",
                "s_server",
                "-accept",
                "127.0.0.1:0",
                "-tls1_3",
                "-cert",
                certificates.server(KeyKind.EC_P256).certPem().toString(),
                "-key",
                certificates.server(KeyKind.EC_P256).keyPem().toString(),
                "-CAfile",
                certificates.caPem().toString(),
                "-Verify",
                "2");
        try (ExternalProcess server = ExternalProcess.start(command)) {
            requireAuthorities(
                    Integer.parseInt(server.await("^ACCEPT.*:(\\d+)$").group(1)));
            server.await("depth=0 .*CN ?= ?client");
        }
    }

    @Test
    void ourClientReadsTheAuthoritiesOfGnuTls() throws IOException {
        Peers.requireProgram("gnutls-serv");
        List<String> command = List.of(
                "stdbuf",
                "-oL",
                "gnutls-serv",
                "--port",
                "0",
                "--echo",
                "--require-client-cert",
                "--verify-client-cert",
                "--x509cafile",
                certificates.caPem().toString(),
                "--x509certfile",
                certificates.server(KeyKind.EC_P256).certPem().toString(),
                "--x509keyfile",
                certificates.server(KeyKind.EC_P256).keyPem().toString(),
                "--priority",
                "NORMAL:-VERS-ALL:+VERS-TLS1.3");
        try (ExternalProcess server = ExternalProcess.start(command)) {
            server.endInput();
            server.await("listening on IPv4.*done");
            requireAuthorities(Ports.listening(server.pid()).orElseThrow());
            server.await("Subject: CN=client");
        }
    }

    @Test
    void ourServerChoosesByTheAuthoritiesOfAnOpenSslClient() throws IOException {
        Peers.requireProgram("openssl");
        Certificates others = Certificates.in(Files.createDirectory(folder.resolve("others")), "CN=Other CA");
        requireChosen(certificates, certificates, others);
        requireChosen(others, certificates, others);
    }

    /** The client names one of both authorities, and takes no other. */
    private static void requireChosen(Certificates wanted, Certificates first, Certificates second) throws IOException {
        IdentitySource both = IdentitySource.among(
                List.of(Ours.identity(first.server(KeyKind.EC_P256)), Ours.identity(second.server(KeyKind.EC_P256))));
        String authority = wanted.caPem().toString();
        try (OurServer ours = OurServer.start(TlsServer.builder(both).build(), false);
                ExternalProcess client = ExternalProcess.start(List.of(
                        "openssl",
                        "s_client",
                        "-connect",
                        "127.0.0.1:" + ours.port(),
                        "-tls1_3",
                        "-verify_return_error",
                        "-CAfile",
                        authority,
                        "-requestCAfile",
                        authority))) {
            client.await("Verify return code: 0 \\(ok\\)");
            client.send("Q\n");
            assertThat(client.awaitExit()).as(client.output()).isZero();
            assertThat(ours.sessions().getFirst().localCertificates())
                    .isEqualTo(Ours.identity(wanted.server(KeyKind.EC_P256)).chain());
        }
    }

    private static void requireAuthorities(int port) throws IOException {
        Collection<TraceEvent> events = new ConcurrentLinkedQueue<>();
        try (TlsConnection connection = Ours.client(certificates)
                .identity(Ours.identity(certificates.client()))
                .observer(events::add)
                .build()
                .connect("localhost", port)) {
            connection.closeOutput();
            assertThat(connection.session().orElseThrow().localCertificates()).isNotEmpty();
        }
        assertThat(events)
                .anyMatch(event -> event instanceof TraceEvent.Message message
                        && message.name().equals("CertificateRequest")
                        && message.fields().stream().map(Field::meaning).anyMatch("certificate_authorities"::equals));
    }

    private static void requireRefused(OurServer ours) {
        // The client may end before the server has told.
        assertThat(ours.awaitFailure())
                .isInstanceOfSatisfying(
                        TlsException.class,
                        refused -> assertThat(refused.problem()).isEqualTo(Problem.CERTIFICATE_USAGE));
    }

    private static TlsServer asking(OidFilter filter) throws IOException {
        return Ours.server(certificates.server(KeyKind.EC_P256))
                .clientAuthentication(ClientAuthentication.REQUIRED, Ours.trust(certificates))
                .clientCertificateFilters(filter)
                // OpenSSL's client prints them, and the echo into the middle of that.
                .ticketsPerHandshake(0)
                .build();
    }

    private static ExternalProcess openSsl(int port) throws IOException {
        return ExternalProcess.start(List.of(
                "openssl",
                "s_client",
                "-connect",
                "127.0.0.1:" + port,
                "-tls1_3",
                "-cert",
                certificates.client().certPem().toString(),
                "-key",
                certificates.client().keyPem().toString()));
    }

    private static ExternalProcess gnuTls(int port) throws IOException {
        return ExternalProcess.start(List.of(
                "stdbuf",
                "-oL",
                "gnutls-cli",
                "127.0.0.1",
                "--port",
                String.valueOf(port),
                "--insecure",
                "--verbose",
                "--x509certfile",
                certificates.client().certPem().toString(),
                "--x509keyfile",
                certificates.client().keyPem().toString(),
                "--priority",
                "NORMAL:-VERS-ALL:+VERS-TLS1.3"));
    }
}
