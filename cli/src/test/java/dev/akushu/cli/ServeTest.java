package dev.akushu.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.akushu.cli.console.ExitCode;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.Trust;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code akushu serve}: what it offers, whom it lets in, and how it takes what clients do to it. */
class ServeTest {
    @TempDir
    private Path folder;

    private static TlsClient client(RunningServer server) throws TlsException {
        return TlsClient.builder(Trust.pem(Path.of(server.authority()))).build();
    }

    private static String echo(RunningServer server, String text) throws IOException {
        try (TlsConnection connection = client(server).connect("localhost", server.port())) {
            return echo(connection, text);
        }
    }

    private static String echo(TlsConnection connection, String text) throws IOException {
        byte[] sent = text.getBytes(StandardCharsets.UTF_8);
        connection.output().write(sent);
        return new String(connection.input().readNBytes(sent.length), StandardCharsets.UTF_8);
    }

    @Test
    void firstLineOfJsonTellsThePort() throws IOException {
        try (RunningServer server = RunningServer.start()) {
            assertThat(server.seen().getFirst())
                    .containsExactly(entry("event", "listening"), entry("port", server.port()));
            assertThat(server.port()).isBetween(1, 65_535);
        }
    }

    @Test
    void everyClientComesTwiceIfTheServerKeepsNothing() throws IOException {
        try (RunningServer server = RunningServer.start("--stateless-retry", "--explain")) {
            try (TlsConnection connection = client(server).connect("localhost", server.port())) {
                assertThat(echo(connection, "hello")).isEqualTo("hello");
                assertThat(connection.session().orElseThrow().retried()).isTrue();
            }
        }
    }

    @Test
    void throwawayCertificateIsForAllNamesOfLoopback() throws IOException {
        try (RunningServer server = RunningServer.start()) {
            assertThat(server.seen().get(1)).containsEntry("names", List.of("localhost", "127.0.0.1", "::1"));
            assertThat(echo(server, "hello")).isEqualTo("hello");
        }
    }

    @Test
    void temporaryFileOfTheAuthorityGoesWithTheServer() throws IOException {
        RunningServer server = RunningServer.start();
        Path authority = Path.of(server.authority());

        assertThat(authority).exists();
        server.stop();
        assertThat(authority).doesNotExist();
    }

    @Test
    void fileOfTheAuthorityStaysWhereItWasAskedFor() throws IOException {
        Path authority = folder.resolve("ca.pem");

        try (RunningServer server = RunningServer.start("--ca-out", authority.toString())) {
            assertThat(server.authority()).isEqualTo(authority.toString());
        }

        assertThat(authority).content().startsWith("-----BEGIN CERTIFICATE-----\n");
    }

    /** A name that was mistaken costs nothing: what is no certificate stays. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n-----BEGIN EC PRIVATE KEY-----\n",
                "notes",
                "remote vpn.example\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
            })
    void fileWithSomethingElseIsNotOverwritten(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("taken"), content);
        for (String command : List.of("serve", "lab --tls")) {
            Outcome outcome = Cli.plain().run((command + " --port 0 --ca-out " + file).split(" ", -1));

            assertThat(outcome.exit()).as(command).isEqualTo(ExitCode.USAGE);
            assertThat(outcome.err()).contains(file.toString(), "It was not overwritten");
            assertThat(file).hasContent(content);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-----BEGIN CERTIFICATE-----\nbefore\n-----END CERTIFICATE-----\n"})
    void fileWithCertificatesAloneIsWrittenAnew(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("ca.pem"), content);
        try (RunningServer server = RunningServer.start("--ca-out", file.toString())) {
            Outcome outcome = Cli.plain().run("connect", server.target(), "--ca", file.toString());

            assertThat(outcome.exit()).as(outcome.err()).isEqualTo(ExitCode.DONE);
        }
    }

    /** Who can renew it hears of it here, and not first from clients. */
    @Test
    void certificateThatClientsRefuseForItsTimesIsToldOfAtTheStart() throws IOException {
        TestCa authority = TestCa.in(folder);
        try (RunningServer server = RunningServer.start("--cert", authority.issueExpired("old", "localhost"))) {
            server.stop();
            assertThat(server.err()).contains("WARNING", "was valid until", "Renew it");
        }
        try (RunningServer server = RunningServer.start("--cert", authority.issueEarly("early", "localhost"))) {
            server.stop();
            assertThat(server.err()).contains("WARNING", "is valid from");
        }
        try (RunningServer server = RunningServer.start("--cert", authority.issue("own", "localhost"))) {
            server.stop();
            assertThat(server.err()).doesNotContain("valid until", "is valid from");
        }
    }

    @Test
    void ownCertificateIsUsed() throws IOException {
        TestCa authority = TestCa.in(folder);
        try (RunningServer server = RunningServer.start("--cert", authority.issue("own", "localhost"))) {
            Outcome outcome = Cli.plain().run("connect", server.target(), "--ca", authority.certificate(), "--json");

            assertThat(outcome.exit()).isEqualTo(ExitCode.DONE);
        }
    }

    @Test
    void eachConnectionIsToldOf() throws IOException {
        try (RunningServer server = RunningServer.start()) {
            echo(server, "hello");

            Map<String, Object> connected = server.await("connected");
            Map<String, Object> closed = server.await("closed");
            assertThat(connected).containsEntry("connection", 1).containsKey("peer");
            assertThat(closed).contains(entry("connection", 1), entry("received", 5), entry("sent", 5));
        }
    }

    @Test
    void nobodyGetsMoreTicketsThanAreAllowed() throws IOException {
        try (RunningServer server = RunningServer.start("--max-tickets", "3")) {
            for (String[] wish : new String[][] {{"5", "3"}, {"2", "2"}}) {
                Outcome outcome = Cli.plain()
                        .run("connect", server.target(), "--ca", server.authority(), "--request-tickets", wish[0]);
                assertThat(outcome.err()).contains("Tickets received: " + wish[1]);
            }
        }
    }

    @Test
    void clientWithoutCertificateIsLetInIfItIsOnlyWanted() throws IOException {
        TestCa authority = TestCa.in(folder);
        try (RunningServer server = RunningServer.start("--client-ca", authority.certificate())) {
            assertThat(echo(server, "hello")).isEqualTo("hello");
        }
    }

    @Test
    void clientShowsItsCertificateAfterTheHandshakeIfItIsAskedThen() throws IOException {
        TestCa authority = TestCa.in(folder);
        try (RunningServer server =
                RunningServer.start("--client-ca", authority.certificate(), "--client-cert-later")) {
            // Who has said all cannot answer any more: so the client says the last word once the server has told.
            List<String> told = new CopyOnWriteArrayList<>();
            InputStream untilTold = new InputStream() {
                @Override
                public int read() throws IOException {
                    told.add(String.valueOf(server.await("client_certificate").get("certificates")));
                    return -1;
                }

                @Override
                public int read(byte[] into, int offset, int length) throws IOException {
                    return read();
                }
            };
            Outcome asked = Cli.plain()
                    .withInput(new SequenceInputStream(
                            new ByteArrayInputStream("hello".getBytes(StandardCharsets.UTF_8)), untilTold))
                    .run(
                            "connect",
                            server.target(),
                            "--ca",
                            server.authority(),
                            "--post-handshake-auth",
                            "--cert",
                            authority.issue("client", "a client"));
            assertThat(asked.out()).isEqualTo("hello");
            assertThat(told).hasSize(1).first().asString().contains("CN=a client");

            Outcome unasked =
                    Cli.plain().withInput("hello").run("connect", server.target(), "--ca", server.authority());
            assertThat(unasked.out()).isEqualTo("hello");
            assertThat(server.await("client_certificate").get("certificates")).isNull();
        }
    }

    @Test
    void clientWithoutCertificateIsRefusedIfItIsRequired() throws IOException {
        TestCa authority = TestCa.in(folder);
        try (RunningServer server =
                RunningServer.start("--client-ca", authority.certificate(), "--require-client-cert")) {
            Outcome without =
                    Cli.plain().withInput("hello").run("connect", server.target(), "--ca", server.authority());
            assertThat(without.exit()).isEqualTo(ExitCode.PEER_ALERT);
            assertThat(without.err()).contains("certificate_required");

            Outcome with = Cli.plain()
                    .withInput("hello")
                    .run(
                            "connect",
                            server.target(),
                            "--ca",
                            server.authority(),
                            "--cert",
                            authority.issue("client", "a client"));
            assertThat(with.exit()).isEqualTo(ExitCode.DONE);
            assertThat(with.out()).isEqualTo("hello");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "474554202f20485454502f312e310d0a0d0a", // GET / HTTP/1.1
                "160301ffff", // a record of 65,535 bytes
                "160301000401ffffff", // a ClientHello of 16 MiB
                "16030100020101", // half a header
                "00000000000000000000",
            })
    void hostileClientIsToldOfAndHarmsNobodyElse(String hex) throws IOException {
        try (RunningServer server = RunningServer.start();
                TlsConnection friend = client(server).connect("localhost", server.port())) {
            assertThat(server.await("connected")).containsEntry("connection", 1);
            try (Socket hostile = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                hostile.getOutputStream().write(HexFormat.of().parseHex(hex));
                hostile.shutdownOutput();
                Map<String, Object> failed = server.await("failed");

                assertThat(failed).containsEntry("connection", 2).containsKeys("failure", "cause", "remedy");
                assertThat(echo(friend, "still here")).isEqualTo("still here");
                assertThat(echo(server, "come in")).isEqualTo("come in");
            }
        }
    }

    @Test
    void silentClientIsNotWaitedForLongerThanTheTimeLimit() throws IOException {
        try (RunningServer server = RunningServer.start("--timeout", "0.2");
                Socket silent = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            assertThat(server.await("failed")).containsEntry("failure", "timed_out");
            assertThat(silent.getInputStream().readAllBytes())
                    .as("at most an alert")
                    .hasSizeLessThan(20);
        }
    }

    @Test
    void idleClientIsSaidGoodbyeTo() throws IOException {
        try (RunningServer server = RunningServer.start("--idle", "0.2");
                TlsConnection idle = client(server).connect("localhost", server.port())) {
            // An end in order: a cut stream would throw.
            assertThat(idle.input().read()).isEqualTo(-1);
            assertThat(server.await("closed")).containsEntry("reason", "idle");
        }
    }

    @Test
    void clientThatLeavesWithoutCloseNotifyIsNoFailure() throws IOException {
        try (RunningServer server = RunningServer.start();
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
                TlsConnection rude = TlsConnection.overSocket(client(server), socket, "localhost", server.port())) {
            assertThat(echo(rude, "hello")).isEqualTo("hello");
            socket.shutdownOutput();

            assertThat(server.await("closed")).contains(entry("reason", "truncated"), entry("received", 5));
        }
    }

    @Test
    void clientThatTakesNothingIsPutOut() throws IOException {
        try (RunningServer server = RunningServer.start("--idle", "1");
                TlsConnection greedy = client(server).connect("localhost", server.port())) {
            byte[] much = new byte[16_384];
            // Sends until both directions are full and the server cannot go on; then the server has to end it.
            assertThatThrownBy(() -> {
                        while (true) {
                            greedy.output().write(much);
                        }
                    })
                    .isInstanceOf(TlsException.class);
            assertThat(server.await("failed")).containsEntry("failure", "transport_failed");
        }
    }

    @Test
    void clientsBeyondTheLimitWaitUntilOneLeaves() throws IOException {
        try (RunningServer server = RunningServer.start("--max-connections", "1")) {
            TlsConnection first = client(server).connect("localhost", server.port());
            try (Socket waiting = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                waiting.getOutputStream().write(HexFormat.of().parseHex("474554202f2048545450"));
                assertThat(echo(first, "alone")).isEqualTo("alone");
                first.close();

                assertThat(server.await("failed")).containsEntry("connection", 2);
            }
            assertThat(server.seen())
                    .extracting(event -> event.get("event"))
                    .containsSubsequence("connected", "closed", "failed");
        }
    }

    @Test
    void stopSaysGoodbyeToEveryClientAndExitsWithZero() throws IOException {
        RunningServer server = RunningServer.start();
        List<TlsConnection> clients = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            clients.add(client(server).connect("localhost", server.port()));
            assertThat(echo(clients.getLast(), "hello")).isEqualTo("hello");
        }

        assertThat(server.stop()).isEqualTo(ExitCode.DONE);

        for (TlsConnection connection : clients) {
            assertThat(connection.input().read()).isEqualTo(-1);
            connection.close();
        }
        assertThat(server.await("summary")).contains(entry("ok", true), entry("connections", 3), entry("failures", 0));
    }

    @Test
    void stoppedServerListensNoMore() throws IOException {
        RunningServer server = RunningServer.start();
        TlsClient client = client(server);

        server.stop();

        assertThatThrownBy(() -> client.connect("localhost", server.port()))
                .isInstanceOfSatisfying(
                        TlsException.class,
                        failed -> assertThat(failed.problem()).isEqualTo(Problem.CONNECT_FAILED));
    }

    @Test
    void browserGetsAPageAboutItsConnection() throws IOException {
        try (RunningServer server = RunningServer.start()) {
            Outcome outcome = Cli.plain()
                    .withInput("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    .run("connect", server.target(), "--ca", server.authority());

            assertThat(outcome.out())
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .contains(
                            "Content-Security-Policy: default-src 'none'", "TLS_AES_128_GCM_SHA256", "X25519MLKEM768");
        }
    }

    @Test
    void echoEchoesEvenWhatLooksLikeHttp() throws IOException {
        try (RunningServer server = RunningServer.start("--echo")) {
            assertThat(echo(server, "GET / HTTP/1.1\r\n")).isEqualTo("GET / HTTP/1.1\r\n");
        }
    }

    @Test
    void storiesOfSeveralClientsAreToldApart() throws IOException {
        try (RunningServer server = RunningServer.start("--explain")) {
            echo(server, "one");
            echo(server, "two");
            server.await("closed");
            server.await("closed");

            assertThat(server.seen())
                    .filteredOn(event -> event.get("event").equals("handshake_done"))
                    .extracting(event -> event.get("connection"))
                    .containsExactly(1, 2);
        }
    }

    @Test
    void keysOfTicketsStayTheSameForAllConnections() throws IOException {
        try (RunningServer server = RunningServer.start()) {
            TlsClient client = client(server);
            for (boolean resumed : new boolean[] {false, true, true}) {
                try (TlsConnection connection = client.connect("localhost", server.port())) {
                    echo(connection, "takes the ticket along");
                    assertThat(connection.session().orElseThrow().resumed()).isEqualTo(resumed);
                }
            }
        }
    }

    @Test
    void portInUseIsAFailureOfTheNetwork() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Outcome outcome = Cli.plain().run("serve", "--port", Integer.toString(taken.getLocalPort()));

            assertThat(outcome.exit()).isEqualTo(ExitCode.NETWORK);
            assertThat(outcome.err()).contains(Integer.toString(taken.getLocalPort()), "What to do:");
        }
    }

    @Test
    void keyThatDoesNotMatchIsAMisuse() throws IOException {
        TestCa authority = TestCa.in(folder);
        String one = authority.issue("one", "one");
        String two = authority.issue("two", "two");

        Outcome outcome = Cli.plain().run("serve", "--port", "0", "--cert", one, "--key", two);

        assertThat(outcome.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains("CN=one");
    }

    @Test
    void peopleAreToldHowToTryIt() throws IOException {
        Announcement announcement = Announcement.of(Cli.plain(), "serve", "--port", "0");

        assertThat(announcement.lines())
                .anyMatch(line -> line.matches(".*\\./akushu connect localhost:\\d+ --ca .+\\.pem"));
        assertThat(announcement.stop()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void largeAnswersReachSlowReadersWhole() throws IOException {
        try (RunningServer server = RunningServer.start();
                TlsConnection connection = client(server).connect("localhost", server.port())) {
            byte[] sent = new byte[300_000];
            sent[299_999] = 42;
            Thread writer = Thread.ofVirtual().start(() -> write(connection, sent));
            InputStream input = connection.input();
            byte[] received = input.readNBytes(sent.length);

            assertThat(received).isEqualTo(sent);
            writer.interrupt();
        }
    }

    private static void write(TlsConnection connection, byte[] data) {
        try {
            connection.output().write(data);
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
