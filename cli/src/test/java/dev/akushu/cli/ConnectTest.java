package dev.akushu.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.akushu.cli.console.ExitCode;
import dev.akushu.cli.console.Terminals;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code akushu connect} to {@code akushu serve}, when all is well. */
class ConnectTest {
    private static final Terminals PERSON = new Terminals(true, true, true);

    private static RunningServer server;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startServer() throws IOException {
        server = RunningServer.start("--alpn", "h2,http/1.1");
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    private static Outcome connect(Cli cli, String... options) {
        return cli.run(
                Stream.concat(Stream.of("connect", server.target(), "--ca", server.authority()), Stream.of(options))
                        .toArray(String[]::new));
    }

    @Test
    void inputGoesToTheServerAndItsAnswerToStdout() {
        Outcome outcome = connect(Cli.plain().withInput("Hello, 握手!\n"));

        assertThat(outcome.exit()).isEqualTo(ExitCode.DONE);
        assertThat(outcome.out()).isEqualTo("Hello, 握手!\n");
    }

    @Test
    void muchInputComesBackWhole() {
        String much = "0123456789abcdef".repeat(40_000);

        assertThat(connect(Cli.plain().withInput(much)).out()).isEqualTo(much);
    }

    @Test
    void factsOfTheConnectionAreOnStderr() {
        Outcome outcome = connect(Cli.plain(), "--alpn", "http/1.1");

        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err())
                .contains(
                        server.target(),
                        "TLS_AES_128_GCM_SHA256",
                        "X25519MLKEM768",
                        "ecdsa_secp256r1_sha256",
                        "http/1.1",
                        "CN=localhost",
                        "CN=Akushu throwaway CA")
                .containsPattern("Tickets received: [12]");
    }

    @Test
    void quietSaysNothingWhenAllIsWell() {
        Outcome outcome = connect(Cli.plain(), "-q");

        assertThat(outcome.exit()).isEqualTo(ExitCode.DONE);
        assertThat(outcome.out() + outcome.err()).isEmpty();
    }

    @Test
    void stdinOfATerminalIsNotWaitedFor() {
        OpenInput someoneWhoNeverTypes = new OpenInput();

        Outcome outcome = connect(Cli.plain().withInput(someoneWhoNeverTypes).withTerminals(PERSON));

        assertThat(outcome.exit()).isEqualTo(ExitCode.DONE);
        assertThat(someoneWhoNeverTypes.wasRead()).isFalse();
    }

    @Test
    void stdinOfATerminalIsReadIfAskedFor() {
        Outcome outcome = connect(Cli.plain().withInput("typed").withTerminals(PERSON), "--stdin");

        assertThat(outcome.out()).isEqualTo("typed");
    }

    @Test
    void serverThatClosesFirstEndsItAlthoughStdinIsOpen() throws IOException {
        try (RunningServer impatient = RunningServer.start("--idle", "0.2");
                OpenInput open = new OpenInput()) {
            Outcome outcome =
                    Cli.plain().withInput(open).run("connect", impatient.target(), "--ca", impatient.authority());

            assertThat(outcome.exit()).isEqualTo(ExitCode.DONE);
            assertThat(outcome.err()).contains("The server closed before all of the input was sent.");
        }
    }

    @Test
    void resumeConnectsTwiceAndProvesTheResumption() {
        Outcome outcome = connect(Cli.plain(), "--resume", "--json");

        assertThat(outcome.exit()).isEqualTo(ExitCode.DONE);
        assertThat(outcome.handshakes())
                .extracting(handshake -> handshake.get("kind"))
                .containsExactly("full", "resumed");
    }

    @Test
    void sessionFileCarriesATicketToTheNextRun() throws IOException {
        Path tickets = folder.resolve("tickets");

        Outcome first = connect(Cli.plain(), "--session", tickets.toString(), "--json");
        Outcome second = connect(Cli.plain(), "--session", tickets.toString(), "--expect-resumed", "--json");

        assertThat(first.handshakes().getFirst()).contains(entry("kind", "full"));
        assertThat(second.exit()).isEqualTo(ExitCode.DONE);
        assertThat(second.handshakes().getFirst()).contains(entry("kind", "resumed"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(tickets)))
                .isEqualTo("rw-------");
    }

    @Test
    void ticketOfAnotherTrustIsNotUsed() {
        Path tickets = folder.resolve("tickets");

        Outcome unverified =
                Cli.plain().run("connect", server.target(), "--insecure", "--session", tickets.toString(), "--json");
        Outcome verified = connect(Cli.plain(), "--session", tickets.toString(), "--json");

        assertThat(unverified.exit()).isEqualTo(ExitCode.DONE);
        assertThat(verified.handshakes().getFirst()).contains(entry("kind", "full"));
    }

    @Test
    void groupsSuitesAndProtocolsAreOfferedAsAskedFor() {
        Outcome outcome = connect(
                Cli.plain(),
                "--groups",
                "secp384r1,X25519",
                "--suites",
                "TLS_CHACHA20_POLY1305_SHA256",
                "--alpn",
                "h2",
                "--expect-alpn",
                "h2",
                "--json");

        assertThat(outcome.exit()).isEqualTo(ExitCode.DONE);
        assertThat(outcome.handshakes().getFirst())
                .contains(
                        entry("group", "secp384r1"),
                        entry("suite", "TLS_CHACHA20_POLY1305_SHA256"),
                        entry("alpn", "h2"));
    }

    @Test
    void addressIsCheckedAgainstTheCertificateAndNotSentAsAName() {
        Outcome outcome =
                Cli.plain().run("connect", "127.0.0.1:" + server.port(), "--ca", server.authority(), "--json");

        assertThat(outcome.exit()).isEqualTo(ExitCode.DONE);
        assertThat(outcome.handshakes().getFirst()).doesNotContainKey("server_name");
    }

    @Test
    void storyIsToldOnStderr() {
        Outcome outcome = connect(Cli.plain().withInput("data"), "--explain");

        assertThat(outcome.out()).isEqualTo("data");
        assertThat(outcome.err()).containsSubsequence("ClientHello", "ServerHello", "CertificateVerify", "Finished");
    }

    @Test
    void storyIsToldInJapanese() {
        assertThat(connect(Cli.plain(), "--explain", "--lang", "ja").err()).contains("クライアント", "受け取ったチケット");
    }

    @Test
    void jsonHasDataAsEvents() {
        Outcome outcome = connect(Cli.plain().withInput("data"), "--json");

        assertThat(outcome.err()).isEmpty();
        StringBuilder text = new StringBuilder();
        for (Map<String, Object> event : outcome.events()) {
            if (event.get("event").equals("data")) {
                byte[] bytes = Base64.getDecoder().decode(String.valueOf(event.get("base64")));
                text.append(new String(bytes, StandardCharsets.UTF_8));
            }
        }
        assertThat(text.toString()).isEqualTo("data");
    }

    @Test
    void jsonWithExplainHasEveryEvent() {
        List<Map<String, Object>> events =
                connect(Cli.plain(), "--json", "--explain").events();

        assertThat(events)
                .extracting(event -> event.get("event"))
                .contains("message", "suite_chosen", "peer_chain_verified", "connected")
                .endsWith("summary");
    }

    @Test
    void keyLogIsAppendedToAFileForItsOwnerAlone() throws IOException {
        Path keys = folder.resolve("keys.log");

        Outcome byOption = connect(Cli.plain(), "--keylog", keys.toString());
        Outcome byEnvironment = connect(Cli.plain().withEnvironment(Map.of("SSLKEYLOGFILE", keys.toString())));

        assertThat(byOption.err()).contains("WARNING", keys.toString(), "--keylog");
        assertThat(byEnvironment.err()).contains("WARNING", keys.toString(), "SSLKEYLOGFILE");
        assertThat(Files.readAllLines(keys))
                .hasSize(10)
                .allMatch(line -> line.matches("[A-Z_0-9]+ [0-9a-f]{64} [0-9a-f]{64,96}"))
                .anyMatch(line -> line.startsWith("CLIENT_HANDSHAKE_TRAFFIC_SECRET "));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys)))
                .isEqualTo("rw-------");
    }

    @Test
    void noKeyLogIsWrittenUnlessAskedFor() {
        assertThat(connect(Cli.plain()).err()).doesNotContain("WARNING");
    }

    @Test
    void longWaitIsShownOnATerminal() throws IOException {
        try (RawServer silent =
                RawServer.doing(client -> client.getInputStream().transferTo(OutputStream.nullOutputStream()))) {
            Outcome outcome = Cli.plain().withTerminals(PERSON).run("connect", silent.target(), "--timeout", "3");

            assertThat(outcome.exit()).isEqualTo(ExitCode.TIMEOUT);
            assertThat(outcome.err()).contains("Waiting for " + silent.target() + " (1 s)", "\r\u001b[K✗");
        }
    }

    @Test
    void nothingIsWrittenOverWhereNobodyLooks() throws IOException {
        try (RawServer silent =
                RawServer.doing(client -> client.getInputStream().transferTo(OutputStream.nullOutputStream()))) {
            assertThat(Cli.plain()
                            .run("connect", silent.target(), "--timeout", "1.2")
                            .err())
                    .doesNotContain("Waiting", "\u001b");
        }
    }

    @Test
    void nobodyReadingTheOutputIsNoFailure() {
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("Broken pipe");
            }
        };

        ExitCode exit = Cli.plain()
                .withInput("hello")
                .run(
                        closed,
                        OutputStream.nullOutputStream(),
                        stop -> {},
                        "connect",
                        server.target(),
                        "--ca",
                        server.authority());

        assertThat(exit).isEqualTo(ExitCode.DONE);
    }

    @Test
    void insecureSaysLoudlyWhatItMeans() {
        Outcome outcome = Cli.plain().run("connect", server.target(), "--insecure", "-q");

        assertThat(outcome.exit()).isEqualTo(ExitCode.DONE);
        assertThat(outcome.err()).contains("WARNING", "not checked");
    }
}
