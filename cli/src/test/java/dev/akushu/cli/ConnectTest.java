package dev.akushu.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.akushu.cli.console.ExitCode;
import dev.akushu.cli.console.Terminals;
import dev.akushu.tls.Identity;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsListener;
import dev.akushu.tls.TlsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    void whatWasCheckedOfTheServerIsSaid() {
        assertThat(connect(Cli.plain()).err())
                .contains("accepts the chain of CN=localhost; checked: signature, validity period, usage,")
                .doesNotContain("UNCHECKED");
        assertThat(Cli.plain().run("connect", server.target(), "--insecure").err())
                .contains("accepts the chain UNCHECKED");
    }

    @Test
    void valuesThatMeanNothingAreSentUnlessSwitchedOff() {
        // Behind message header, version, random and session id are the suites with their length.
        assertThat(clientHello()).matches("[0-9a-f]{142}....([0-9a-f]a)\\1.*");
        // The three suites alone, no compression, and the extensions, as the code lists them: server_name first.
        assertThat(clientHello("--no-grease", "--fixed-order"))
                .matches("[0-9a-f]{142}0006130[123]{1}.{8}0100....0000.*");
    }

    @Test
    void asManyTicketsComeAsWereAskedFor() {
        assertThat(connect(Cli.plain(), "--request-tickets", "5").err()).contains("Tickets received: 5");
        assertThat(connect(Cli.plain(), "--request-tickets", "0,3", "--explain").err())
                .contains("learns how many tickets follow: 0; it would like 0");
        assertThat(connect(Cli.plain(), "--request-tickets", "32,32").err()).contains("Tickets received: 8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"33", "-1", "1,256", "1,2,3", "many", "1,"})
    void whatIsNoNumberOfTicketsIsRefused(String text) {
        Outcome outcome = connect(Cli.plain(), "--request-tickets=" + text);

        assertThat(outcome.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains("'" + text + "'", "0 to 32");
    }

    @Test
    void recordsAreAsLongAsWasAskedFor() {
        List<Map<String, Object>> records = connect(
                        Cli.plain().withInput("data"),
                        "--json",
                        "--explain",
                        "--padding",
                        "multiple:1000",
                        "--handshake-padding",
                        "constant:5",
                        "--record-size-limit",
                        "500")
                .events()
                .stream()
                .filter(event -> "record".equals(event.get("event")))
                .toList();

        assertThat(records)
                .anyMatch(record -> "sent".equals(record.get("flow"))
                        && "application_data".equals(record.get("content_type"))
                        && Integer.valueOf(1022).equals(record.get("length"))
                        && Integer.valueOf(996).equals(record.get("padding")))
                .anyMatch(record -> "handshake".equals(record.get("protection"))
                        && "sent".equals(record.get("flow"))
                        && Integer.valueOf(5).equals(record.get("padding")))
                .filteredOn(
                        record -> "received".equals(record.get("flow")) && !"clear".equals(record.get("protection")))
                .allMatch(record -> (Integer) record.get("length") <= 500 + 21);
    }

    /** 1,300 bytes more each time; header, type and tag are 22. */
    @Test
    void recordsGrowIfAskedFor() {
        assertThat(lengthsOfData("--growing-records").subList(0, 4)).isEqualTo(List.of(1322, 2622, 3922, 5222));
        assertThat(lengthsOfData().getFirst()).isEqualTo((1 << 14) + 22);
    }

    /** What each record that was sent has of a long input. */
    private static List<Integer> lengthsOfData(String... options) {
        String[] explained = Stream.concat(Stream.of("--json", "--explain"), Stream.of(options))
                .toArray(String[]::new);
        return connect(Cli.plain().withInput("x".repeat(100_000)), explained).events().stream()
                .filter(event -> "record".equals(event.get("event"))
                        && "sent".equals(event.get("flow"))
                        && "application_data".equals(event.get("content_type")))
                .map(event -> (Integer) event.get("length"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--padding=multiple:0",
                "--padding=much",
                "--padding=random:99999",
                "--handshake-padding=constant:",
                "--record-size-limit=63",
                "--record-size-limit=16386"
            })
    void whatNoRecordCanBeIsRefused(String option) {
        Outcome outcome = connect(Cli.plain(), option);

        assertThat(outcome.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains(option.substring(0, option.indexOf('=')));
    }

    private String clientHello(String... options) {
        List<String> arguments = new ArrayList<>(List.of("--json", "--explain"));
        arguments.addAll(List.of(options));
        return connect(Cli.plain(), arguments.toArray(String[]::new)).events().stream()
                .filter(event -> "ClientHello".equals(event.get("name")))
                .map(event -> String.valueOf(event.get("hex")))
                .findFirst()
                .orElseThrow();
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
    void addressesInACertificateAreShownInTheirShortForm() {
        Outcome outcome = connect(Cli.plain());

        assertThat(outcome.err()).contains("for localhost, 127.0.0.1, ::1");
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
    void allThatAServerSaysByItselfComesToStdout() throws IOException {
        TestCa authority = TestCa.in(folder);
        Path both = Path.of(authority.issue("talkative", "localhost"));
        // Without a ticket it is listened to for most of a second, so that it may be slow.
        TlsServer config = TlsServer.builder(Identity.pem(both, both))
                .ticketsPerHandshake(0)
                .build();
        String line = "More than a thousand of these, a record each.\n";
        int count = 3_000;
        try (RawServer talkative = RawServer.doing(client -> {
            try (TlsConnection connection = TlsConnection.overSocket(config, client)) {
                for (int i = 0; i < count; i++) {
                    connection.output().write(line.getBytes(StandardCharsets.US_ASCII));
                }
            }
        })) {
            Outcome outcome = Cli.plain().run("connect", talkative.target(), "--insecure");

            assertThat(outcome.exit()).isEqualTo(ExitCode.DONE);
            assertThat(outcome.out()).isEqualTo(line.repeat(count));
        }
    }

    @Test
    void whoFetchesATicketDoesNotListenToAServerThatTalksOnAndOn() throws IOException {
        TestCa authority = TestCa.in(folder);
        Path both = Path.of(authority.issue("talkative", "localhost"));
        TlsServer config = TlsServer.builder(Identity.pem(both, both)).build();
        try (TlsListener listener = config.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            Thread.ofVirtual().start(() -> talkToTheFirst(listener));
            Outcome outcome = Cli.plain()
                    .run(
                            "connect",
                            "localhost:" + listener.localAddress().getPort(),
                            "--ca",
                            authority.certificate(),
                            "--resume");

            assertThat(outcome.exit()).isEqualTo(ExitCode.DONE);
        }
    }

    private static void talkToTheFirst(TlsListener listener) {
        try (TlsConnection first = listener.accept().orElseThrow()) {
            while (true) {
                first.output().write(new byte[100]);
            }
        } catch (IOException hasItsTicket) {
            greetTheSecond(listener);
        }
    }

    private static void greetTheSecond(TlsListener listener) {
        try (TlsConnection second = listener.accept().orElseThrow()) {
            second.handshake();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
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
