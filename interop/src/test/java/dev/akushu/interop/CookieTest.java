package dev.akushu.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.interop.peer.Certificates;
import dev.akushu.interop.peer.ExternalProcess;
import dev.akushu.interop.peer.Identity;
import dev.akushu.interop.peer.KeyKind;
import dev.akushu.interop.peer.Peers;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.trace.TraceEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The cookie of another stack's server, which our client brings back. OpenSSL's command sends one; those of GnuTLS and NSS have no option for it. */
@Timeout(60)
class CookieTest {
    @TempDir
    private Path folder;

    @Test
    void ourClientBringsTheCookieOfOpenSslBack() throws IOException {
        Peers.requireProgram("openssl");
        Certificates certificates = Certificates.in(folder);
        Identity identity = certificates.server(KeyKind.EC_P256);
        List<String> command = List.of(
                "openssl",
                "s_server",
                "-accept",
                "127.0.0.1:0",
                "-tls1_3",
                "-stateless",
                "-cert",
                identity.certPem().toString(),
                "-key",
                identity.keyPem().toString());
        Collection<TraceEvent> events = new ConcurrentLinkedQueue<>();
        try (ExternalProcess server = ExternalProcess.start(command)) {
            int port = Integer.parseInt(server.await("^ACCEPT.*:(\\d+)$").group(1));
            try (TlsConnection connection =
                    Ours.client(certificates).observer(events::add).build().connect("localhost", port)) {
                connection.output().write("hello\n".getBytes(StandardCharsets.US_ASCII));
                server.await("^hello");
                assertThat(connection.session().orElseThrow().retried()).isTrue();
            }
        }
        assertThat(events)
                .filteredOn(event -> event instanceof TraceEvent.Message message
                        && message.name().equals("ClientHello")
                        && message.fields().stream()
                                .anyMatch(field -> field.meaning().equals("cookie")))
                .hasSize(1);
    }
}
