package dev.akushu.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.interop.peer.Certificates;
import dev.akushu.interop.peer.ExternalProcess;
import dev.akushu.interop.peer.KeyKind;
import dev.akushu.interop.peer.Peers;
import dev.akushu.interop.peer.RunningServer;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.trace.Flow;
import dev.akushu.tls.trace.TraceEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Records that the peer has padded, RFC 9846 section 5.4. Of the stacks here OpenSSL alone can be told to; OurClientTest and OurServerTest have records that we pad. */
@Timeout(60)
class ReceivedPaddingTest {
    private static final String MULTIPLE = "500";

    @TempDir
    private static Path folder;

    private static Certificates certificates;

    private final Collection<TraceEvent> events = new ConcurrentLinkedQueue<>();

    @BeforeAll
    static void makeCertificates() throws IOException {
        certificates = Certificates.in(folder);
    }

    @Test
    void ourServerReadsWhatAnOpenSslClientPads() throws IOException {
        Peers.requireProgram("openssl");
        TlsServer config = Ours.server(certificates.server(KeyKind.EC_P256))
                .observer(events::add)
                // s_client prints them, and the echo into the middle of that.
                .ticketsPerHandshake(0)
                .build();
        try (OurServer ours = OurServer.start(config, false);
                ExternalProcess client = ExternalProcess.start(List.of(
                        "openssl",
                        "s_client",
                        "-connect",
                        "127.0.0.1:" + ours.port(),
                        "-tls1_3",
                        "-record_padding",
                        MULTIPLE))) {
            client.send("hello\n");
            client.await("^hello");
            client.send("Q\n");
            assertThat(client.awaitExit()).as(client.output()).isZero();
        }
        Ours.requirePadded(events, Flow.RECEIVED);
    }

    @Test
    void ourClientReadsWhatAnOpenSslServerPads() throws IOException {
        Peers.requireProgram("openssl");
        List<String> command = List.of(
                "openssl",
                "s_server",
                "-accept",
                "127.0.0.1:0",
                "-tls1_3",
                "-www",
                "-cert",
                certificates.server(KeyKind.EC_P256).certPem().toString(),
                "-key",
                certificates.server(KeyKind.EC_P256).keyPem().toString(),
                "-record_padding",
                MULTIPLE);
        try (ExternalProcess server = ExternalProcess.start(command)) {
            server.endInput();
            int port = Integer.parseInt(server.await("^ACCEPT.*:(\\d+)$").group(1));
            try (TlsConnection connection =
                    Ours.client(certificates).observer(events::add).build().connect("localhost", port)) {
                connection.output().write(RunningServer.REQUEST.getBytes(StandardCharsets.US_ASCII));
                assertThat(new String(connection.input().readAllBytes(), StandardCharsets.US_ASCII))
                        .startsWith("HTTP/1.0 200")
                        .contains("</HTML>");
            }
        }
        Ours.requirePadded(events, Flow.RECEIVED);
    }
}
