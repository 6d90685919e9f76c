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
import dev.akushu.tls.ClientAuthentication;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsListener;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.trace.Flow;
import dev.akushu.tls.trace.Protection;
import dev.akushu.tls.trace.TraceEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates that are asked for after the handshake, with the stacks that do that. */
class PostHandshakeAuthenticationTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private static Path folder;

    private static Certificates certificates;

    @BeforeAll
    static void makeCertificates() throws IOException {
        certificates = Certificates.in(folder);
    }

    @Test
    void openSslAsksOurClient() throws IOException {
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
                "-verify_return_error");
        try (ExternalProcess server = ExternalProcess.start(command)) {
            int port = Integer.parseInt(server.await("^ACCEPT.*:(\\d+)$").group(1));
            try (TlsConnection connection = client().connect("localhost", port)) {
                connection.readTimeout(PATIENCE);
                say(connection, "one\n");
                server.await("^one");
                // A read answers the request; the server shows whom it verified, without buffering that.
                CompletableFuture<byte[]> two = CompletableFuture.supplyAsync(() -> readFour(connection));
                // Its command for this. What stands behind it is lost if the server reads both at once.
                server.send("c\n");
                server.await("depth=0 .*CN ?= ?client");
                server.send("two\n");
                assertThat(two.join()).isEqualTo(bytes("two\n"));
                say(connection, "three\n");
                server.await("^three");
            }
        }
    }

    @Test
    void gnuTlsAsksOurClient() throws IOException {
        Peers.requireProgram("gnutls-serv");
        List<String> command = List.of(
                "stdbuf",
                "-oL",
                "gnutls-serv",
                "--port",
                "0",
                "--echo",
                "--x509cafile",
                certificates.caPem().toString(),
                "--x509certfile",
                certificates.server(KeyKind.EC_P256).certPem().toString(),
                "--x509keyfile",
                certificates.server(KeyKind.EC_P256).keyPem().toString(),
                "--verify-client-cert",
                "--priority",
                "NORMAL:-VERS-ALL:+VERS-TLS1.3");
        Collection<TraceEvent> events = new ConcurrentLinkedQueue<>();
        try (ExternalProcess server = ExternalProcess.start(command)) {
            server.endInput();
            server.await("listening on IPv4.*done");
            int port = Ports.listening(server.pid()).orElseThrow();
            TlsClient client = client().toBuilder().observer(events::add).build();
            try (TlsConnection connection = client.connect("localhost", port)) {
                connection.readTimeout(PATIENCE);
                say(connection, "one\n");
                assertThat(readFour(connection)).isEqualTo(bytes("one\n"));
                // Its word for this, in a line of the client's: it asks, and answers once it has verified what it got.
                say(connection, "**REAUTH**\n");
                assertThat(connection.input().readNBytes(12)).isEqualTo(bytes("Successfully"));
            }
        }
        // It asks in the handshake, too.
        assertThat(certificatesSent(events, Protection.HANDSHAKE)).isOne();
        assertThat(certificatesSent(events, Protection.APPLICATION)).isOne();
    }

    private static long certificatesSent(Collection<TraceEvent> events, Protection protection) {
        return events.stream()
                .filter(event -> event instanceof TraceEvent.Message message
                        && message.flow() == Flow.SENT
                        && message.name().equals("CertificateVerify")
                        && message.protection() == protection)
                .count();
    }

    @Test
    void nssAsksOurClient() throws IOException {
        Peers.requireProgram("selfserv");
        // Four times -r: it asks once the request has come, and insists.
        try (Nss.Server server =
                Nss.startServer(certificates, certificates.server(KeyKind.EC_P256), List.of("-E", "-rrrr"))) {
            try (TlsConnection connection = client().connect("localhost", server.port())) {
                connection.readTimeout(PATIENCE);
                say(connection, RunningServer.REQUEST);
                assertThat(new String(connection.input().readAllBytes(), StandardCharsets.US_ASCII))
                        .startsWith("HTTP/1.0 200");
            }
            server.process().await("Subject: CN=client");
            server.process().await("Certificate Validated");
        }
    }

    @Test
    void ourServerAsksNss() throws IOException {
        Peers.requireProgram("tstclnt");
        // It does not end by itself: when the server has closed, it still waits for its input.
        try (TlsListener listener = listen();
                ExternalProcess client = Nss.startClient(
                        certificates,
                        certificates.client(),
                        "localhost",
                        listener.localAddress().getPort(),
                        List.of("-E", "-n", "client"))) {
            assertThat(asked(listener, () -> client.send("hello\n"))).hasSize(1);
        }
    }

    @Test
    void ourServerAsksOpenSsl() throws IOException {
        Peers.requireProgram("openssl");
        try (TlsListener listener = listen()) {
            List<String> command = List.of(
                    "openssl",
                    "s_client",
                    "-connect",
                    "127.0.0.1:" + listener.localAddress().getPort(),
                    "-tls1_3",
                    "-enable_pha",
                    "-cert",
                    certificates.client().certPem().toString(),
                    "-key",
                    certificates.client().keyPem().toString());
            try (ExternalProcess client = ExternalProcess.start(command)) {
                assertThat(asked(listener, () -> client.send("hello\n"))).hasSize(1);
                // It ends by itself, for our server has closed the connection.
                assertThat(client.awaitExit()).as(client.output()).isZero();
            }
        }
    }

    @Test
    void ourServerAsksGnuTls() throws IOException {
        Peers.requireProgram("gnutls-cli");
        try (TlsListener listener = listen()) {
            List<String> command = List.of(
                    "stdbuf",
                    "-oL",
                    "gnutls-cli",
                    "127.0.0.1",
                    "--port",
                    String.valueOf(listener.localAddress().getPort()),
                    "--insecure",
                    "--post-handshake-auth",
                    "--x509certfile",
                    certificates.client().certPem().toString(),
                    "--x509keyfile",
                    certificates.client().keyPem().toString(),
                    "--priority",
                    "NORMAL:-VERS-ALL:+VERS-TLS1.3");
            try (ExternalProcess client = ExternalProcess.start(command)) {
                assertThat(asked(listener, () -> client.send("hello\n"))).isNotEmpty();
                client.endInput();
                assertThat(client.awaitExit()).as(client.output()).isZero();
            }
        }
    }

    /** What the next client shows when it is asked, while it says a line. */
    private static List<Bytes> asked(TlsListener listener, Speaking speaking) throws IOException {
        try (TlsConnection connection = listener.accept().orElseThrow()) {
            connection.readTimeout(PATIENCE);
            connection.handshake();
            CompletableFuture<List<Bytes>> answer =
                    connection.requestClientCertificate().toCompletableFuture();
            // A client may look at its input only once it has something to read or to send.
            connection.output().write(bytes("who are you?\n"));
            speaking.speak();
            assertThat(connection.input().readNBytes(6)).isEqualTo(bytes("hello\n"));
            if (!answer.isDone()) {
                speaking.speak();
                connection.input().readNBytes(6);
            }
            return answer.join();
        }
    }

    private static TlsClient client() throws IOException {
        return Ours.client(certificates)
                .identity(Ours.identity(certificates.client()))
                .postHandshakeAuthentication(true)
                .build();
    }

    private static TlsListener listen() throws IOException {
        TlsServer server = Ours.server(certificates.server(KeyKind.EC_P256))
                .clientAuthentication(ClientAuthentication.NONE, Ours.trust(certificates))
                .build();
        return server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private static byte[] readFour(TlsConnection connection) {
        try {
            return connection.input().readNBytes(4);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void say(TlsConnection connection, String text) throws IOException {
        connection.output().write(bytes(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @FunctionalInterface
    private interface Speaking {
        void speak() throws IOException;
    }
}
