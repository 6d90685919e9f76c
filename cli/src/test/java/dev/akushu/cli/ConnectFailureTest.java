package dev.akushu.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.akushu.cli.console.ExitCode;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way in which {@code akushu connect} can fail has its exit code, its cause and its remedy, and shows no stack trace. */
class ConnectFailureTest {
    @TempDir
    private static Path folder;

    private static TestCa authority;
    private static RunningServer server;

    @BeforeAll
    static void startServer() throws IOException {
        authority = TestCa.in(folder);
        server = RunningServer.start("--cert", authority.issue("server", "localhost"), "--alpn", "h2");
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    private static Outcome connect(String target, String... options) {
        return Cli.plain()
                .run(Stream.concat(Stream.of("connect", target), Stream.of(options))
                        .toArray(String[]::new));
    }

    private static void assertFailure(Outcome outcome, ExitCode exit, String... parts) {
        assertThat(outcome.exit()).isEqualTo(exit);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains(parts).contains("What to do:").doesNotContain("\tat ");
    }

    @Test
    void unknownHostIsAFailureOfTheNetwork() {
        assertFailure(connect("no-such-host.invalid"), ExitCode.NETWORK, "no-such-host.invalid");
    }

    @Test
    void closedPortIsAFailureOfTheNetwork() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }

        assertFailure(connect("127.0.0.1:" + port), ExitCode.NETWORK, "127.0.0.1", Integer.toString(port));
    }

    @Test
    void serverThatClosesAtOnceIsAFailureOfTheNetwork() throws IOException {
        try (RawServer server =
                RawServer.doing(client -> client.getInputStream().read(new byte[2000]))) {
            assertFailure(connect(server.target()), ExitCode.NETWORK, "ClientHello");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_10.0\r\n",
                "HTTP/1.1 400 Bad Request\r\n",
                "220 mail.example ESMTP\r\n",
            })
    void otherProtocolIsShownByItsFirstBytes(String greeting) throws IOException {
        String hex = HexFormat.of().formatHex(greeting.getBytes(StandardCharsets.US_ASCII));
        try (RawServer other = RawServer.answering(hex)) {
            assertFailure(connect(other.target()), ExitCode.PROTOCOL, hex.substring(0, 8));
        }
    }

    @Test
    void serverThatOnlySpeaksTls12IsAFailureOfTheProtocol() throws Exception {
        try (SSLServerSocket old = (SSLServerSocket) SSLContext.getDefault()
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            old.setEnabledProtocols(new String[] {"TLSv1.2"});
            Thread.ofVirtual().start(() -> {
                try {
                    old.accept().getInputStream().read();
                } catch (IOException refused) {
                    // The test looks at the client.
                }
            });

            Outcome outcome = connect("127.0.0.1:" + old.getLocalPort());

            assertFailure(outcome, ExitCode.PEER_ALERT, "protocol_version");
        }
    }

    @Test
    void recordThatIsTooLongIsAFailureOfTheProtocol() throws IOException {
        try (RawServer server = RawServer.answering("160303ffff")) {
            assertFailure(connect(server.target()), ExitCode.PROTOCOL, "65535");
        }
    }

    @Test
    void endlessHandshakeMessageIsAFailureOfTheProtocol() throws IOException {
        try (RawServer server = RawServer.answering("160303000402ffffff")) {
            assertFailure(connect(server.target()), ExitCode.PROTOCOL, "16777215");
        }
    }

    @Test
    void floodOfEmptyRecordsIsAFailureOfTheProtocol() throws IOException {
        try (RawServer server = RawServer.answering("1603030000".repeat(2000))) {
            assertThat(connect(server.target()).exit()).isEqualTo(ExitCode.PROTOCOL);
        }
    }

    @Test
    void fatalAlertHasItsOwnCode() throws IOException {
        try (RawServer server = RawServer.answering("15030300020228")) {
            assertFailure(connect(server.target()), ExitCode.PEER_ALERT, "handshake_failure");
        }
    }

    @Test
    void silentServerIsATimeout() throws IOException {
        try (RawServer server =
                RawServer.doing(client -> client.getInputStream().transferTo(OutputStream.nullOutputStream()))) {
            Outcome outcome = connect(server.target(), "--timeout", "0.3");
            assertFailure(outcome, ExitCode.TIMEOUT, "300 ms");
            assertThat(outcome.err()).contains("--timeout SECONDS", " with " + server.target() + " ");
        }
    }

    @Test
    void serverOfAnUnknownAuthorityIsACertificateFailure() {
        assertFailure(connect(server.target()), ExitCode.CERTIFICATE, "CN=Test CA");
    }

    @Test
    void expiredCertificateIsACertificateFailure() throws IOException {
        try (RunningServer expired = RunningServer.start("--cert", authority.issueExpired("expired", "localhost"))) {
            assertFailure(
                    connect(expired.target(), "--ca", authority.certificate()), ExitCode.CERTIFICATE, "CN=localhost");
        }
    }

    @Test
    void certificateForAnotherHostHasItsOwnCode() {
        assertFailure(
                connect(server.target(), "--ca", authority.certificate(), "--servername", "other.example"),
                ExitCode.HOST_NAME,
                "other.example",
                "localhost");
    }

    @Test
    void serverThatRefusesAllProtocolsSendsAnAlert() {
        assertFailure(
                connect(server.target(), "--ca", authority.certificate(), "--alpn", "imap"),
                ExitCode.PEER_ALERT,
                "no_application_protocol");
    }

    @Test
    void protocolThatWasExpectedAndNotAgreedOnIsAConditionNotMet() {
        assertFailure(
                connect(server.target(), "--ca", authority.certificate(), "--expect-alpn", "h2"),
                ExitCode.CONDITION,
                "h2");
        assertFailure(
                connect(server.target(), "--ca", authority.certificate(), "--alpn", "h2", "--expect-alpn", "h3"),
                ExitCode.CONDITION,
                "h3");
    }

    @Test
    void resumptionThatWasExpectedAndDidNotHappenIsAConditionNotMet() throws IOException {
        assertFailure(
                connect(server.target(), "--ca", authority.certificate(), "--expect-resumed"),
                ExitCode.CONDITION,
                "no_ticket");
        try (RunningServer stateless = RunningServer.start("--tickets", "0")) {
            assertFailure(
                    connect(stateless.target(), "--ca", stateless.authority(), "--resume"),
                    ExitCode.CONDITION,
                    "no_ticket");
        }
    }

    @Test
    void failureIsTheLastLineOfJson() {
        Outcome outcome = connect(server.target(), "--json");

        assertThat(outcome.exit()).isEqualTo(ExitCode.CERTIFICATE);
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.summary())
                .contains(entry("event", "summary"), entry("ok", false), entry("exit", 5))
                .containsEntry("failure", "unknown_issuer")
                .containsKeys("cause", "remedy", "handshakes");
    }

    @Test
    void anUnknownAuthorityNamesTheOptionThatHelps() {
        assertThat(connect(server.target()).err()).contains("--ca FILE");
        assertThat(connect(server.target(), "--explain").err()).contains("--ca FILE");
        assertThat(connect(server.target(), "--json").summary().get("hint").toString())
                .contains("--ca FILE");
    }

    @Test
    void failureIsToldInJapanese() {
        Outcome outcome = connect(server.target(), "--lang", "ja");

        assertThat(outcome.exit()).isEqualTo(ExitCode.CERTIFICATE);
        assertThat(outcome.err()).contains("対処:", "クライアント");
    }

    @Test
    void storyEndsWithTheFailureAndItIsToldOnce() {
        Outcome outcome = connect(server.target(), "--explain");

        assertThat(outcome.exit()).isEqualTo(ExitCode.CERTIFICATE);
        assertThat(outcome.err()).containsSubsequence("ClientHello", "Certificate", "unknown_ca");
        assertThat(outcome.err().split("unknown_ca \\(48\\) tells", -1)).hasSize(2);
    }

    @Test
    void debugAddsTheStackTrace() {
        assertThat(connect(server.target(), "--debug").err()).contains("\tat ");
    }

    @Test
    void fileThatIsNoPemIsAMisuse() throws IOException {
        Path text = Files.writeString(folder.resolve("text.pem"), "just text");

        assertFailure(connect(server.target(), "--ca", text.toString()), ExitCode.USAGE, text.toString());
        assertFailure(connect(server.target(), "--cert", text.toString()), ExitCode.USAGE, text.toString());
    }

    @Test
    void fileThatIsMissingIsAMisuse() {
        String missing = folder.resolve("missing.pem").toString();

        assertFailure(connect(server.target(), "--ca", missing), ExitCode.USAGE, missing);
    }

    @Test
    void keyOfAnotherCertificateIsAMisuse() throws IOException {
        String one = authority.issue("one", "one");
        String two = authority.issue("two", "two");

        assertFailure(connect(server.target(), "--cert", one, "--key", two), ExitCode.USAGE, "CN=one");
    }

    @Test
    void keyWithoutCertificateIsAMisuse() throws IOException {
        assertFailure(connect(server.target(), "--key", authority.issue("key", "key")), ExitCode.USAGE, "--cert");
    }

    @Test
    void keyLogThatCannotBeWrittenIsAMisuse() {
        String impossible = folder.resolve("no-such-folder/keys.log").toString();

        assertFailure(connect(server.target(), "--keylog", impossible), ExitCode.USAGE, impossible);
    }

    @Test
    void sessionFileOfAnotherKindIsAMisuse() throws IOException {
        Path text = Files.writeString(folder.resolve("session"), "just text");

        assertFailure(connect(server.target(), "--session", text.toString()), ExitCode.USAGE, text.toString());
    }

    @Test
    void answerThatIsCutShortIsAFailureOfTheNetwork() throws IOException {
        byte[] firstBytes = HexFormat.of().parseHex("16030300");
        try (RawServer cut = RawServer.doing(client -> {
            client.getInputStream().read(new byte[5]);
            client.getOutputStream().write(firstBytes);
        })) {
            assertFailure(connect(cut.target()), ExitCode.NETWORK, "ClientHello");
        }
    }
}
