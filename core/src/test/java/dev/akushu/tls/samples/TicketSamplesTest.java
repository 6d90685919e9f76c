package dev.akushu.tls.samples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.EarlyDataOutcome;
import dev.akushu.tls.EarlyDataReport;
import dev.akushu.tls.NotResumed;
import dev.akushu.tls.TicketKeyFiles;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.testing.Issued;
import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.testing.TestPki;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The samples that have to do with tickets do what the page says. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TicketSamplesTest {
    private final TestPki pki = TestPki.create();
    private final Issued leaf = pki.leaf(TestKey.P256, "localhost");

    @TempDir
    private Path folder;

    private Path ca = Path.of("");

    @BeforeEach
    void writeAuthority() {
        ca = pki.root().writeAuthority(folder);
    }

    @Test
    void oneClientResumesFromItsSecondConnectionOn() throws Exception {
        TlsClient client = newClient();
        try (Loopback<Void> server = Loopback.echo(newServer())) {
            assertThat(ResumptionSample.ask(client, "localhost", server.port())).isEqualTo("not resumed: NO_TICKET");
            assertThat(ResumptionSample.ask(client, "localhost", server.port())).isEqualTo("resumed");
            assertThat(ResumptionSample.ask(newClient(), "localhost", server.port()))
                    .as("another client")
                    .isEqualTo("not resumed: NO_TICKET");
        }
    }

    @Test
    void ticketsInTheFileOutlastTheProgram() throws Exception {
        Path tickets = folder.resolve("tickets");
        try (Loopback<Void> server = Loopback.echo(newServer())) {
            assertThat(ResumptionSample.ask(ResumptionSample.client(ca, tickets), "localhost", server.port()))
                    .isEqualTo("not resumed: NO_TICKET");
            assertThat(ResumptionSample.ask(ResumptionSample.client(ca, tickets), "localhost", server.port()))
                    .isEqualTo("resumed");
        }
    }

    @Test
    void theServerKnowsWhyATicketDidNotOpen() throws Exception {
        TlsClient client = newClient();
        try (Loopback<NotResumed> first = telling(newServer());
                Loopback<NotResumed> restarted = telling(newServer())) {
            assertThat(whyNotResumed(client, first)).isEqualTo(NotResumed.NO_TICKET);
            assertThat(whyNotResumed(client, restarted)).isEqualTo(NotResumed.REFUSED_BY_SERVER);
            first.outcome();
            assertThat(restarted.outcome()).isEqualTo(NotResumed.UNKNOWN_TICKET_KEY);
        }
    }

    @Test
    void aTicketOfOneServerOpensAtAnother() throws Exception {
        Path keys = folder.resolve("keys");
        SharedTicketKeysSample.rotate(keys);
        TlsClient client = newClient();
        try (Loopback<NotResumed> first = telling(SharedTicketKeysSample.server(leaf.identity(), keys));
                Loopback<NotResumed> second = telling(SharedTicketKeysSample.server(leaf.identity(), keys))) {
            assertThat(whyNotResumed(client, first)).isEqualTo(NotResumed.NO_TICKET);
            assertThat(whyNotResumed(client, second)).isNull();
            SharedTicketKeysSample.rotate(keys);
            assertThat(TicketKeyFiles.read(keys).keys()).hasSize(2);
            try (Loopback<NotResumed> later = telling(SharedTicketKeysSample.server(leaf.identity(), keys))) {
                assertThat(whyNotResumed(client, later)).as("by the key before").isNull();
            }
        }
    }

    @Test
    void earlyDataIsTakenFromTheSecondConnectionOn() throws Exception {
        TlsClient client = newClient();
        byte[] question = "question".getBytes(UTF_8);
        try (Loopback<EarlyDataReport> server =
                new Loopback<>(EarlyDataSample.server(leaf.identity()), EarlyDataSample::serve)) {
            assertThat(EarlyDataSample.ask(client, "localhost", server.port(), question))
                    .isEqualTo(question);
            assertThat(server.outcome().outcome()).isEqualTo(EarlyDataOutcome.NOT_OFFERED);

            assertThat(EarlyDataSample.ask(client, "localhost", server.port(), question))
                    .isEqualTo(question);
            assertThat(server.outcome())
                    .isEqualTo(new EarlyDataReport(EarlyDataOutcome.ACCEPTED, question.length, false));
        }
    }

    /** A client that holds {@code server} for the same as all others behind one balancer. */
    private static NotResumed whyNotResumed(TlsClient client, Loopback<NotResumed> server) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        try (TlsConnection connection = TlsConnection.overSocket(client, socket, "localhost", 443)) {
            connection.handshake();
            connection.closeOutput();
            connection.input().readAllBytes();
            return connection.session().orElseThrow().notResumed();
        }
    }

    private static Loopback<NotResumed> telling(TlsServer server) throws IOException {
        return new Loopback<>(server, client -> {
            try (client) {
                client.input().transferTo(client.output());
                return client.session().orElseThrow().notResumed();
            }
        });
    }

    private TlsServer newServer() {
        return TlsServer.builder(leaf.identity()).build();
    }

    private TlsClient newClient() {
        return TlsClient.builder(pki.trust()).build();
    }
}
