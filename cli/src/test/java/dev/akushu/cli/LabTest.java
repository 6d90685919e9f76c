package dev.akushu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.cli.console.ExitCode;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.Trust;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabTest {
    private static int status(URI address) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        try {
            return connection.getResponseCode();
        } finally {
            connection.disconnect();
        }
    }

    @Test
    void servesThePageUntilItIsStopped() throws Exception {
        Announcement lab = Announcement.of(Cli.plain(), "lab");
        String first = lab.lines().getFirst();
        URI address = URI.create(first.substring(first.indexOf("http://")));

        assertThat(status(address)).isEqualTo(200);
        assertThat(address.getFragment()).isNotEmpty();
        assertThat(lab.stop()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void pageSpeaksTheLanguageThatWasAskedFor() {
        assertThat(url("lab", "--lang", "ja", "--json")).hasQuery("lang=ja");
        assertThat(url("lab", "--json")).as("the browser's language").hasNoQuery();
    }

    private static URI url(String... arguments) {
        Announcement lab = Announcement.of(Cli.plain(), arguments);
        assertThat(lab.stop()).isEqualTo(ExitCode.DONE);
        return URI.create(String.valueOf(Outcome.parse(lab.lines().getFirst()).get("url")));
    }

    @Test
    void tellsAProgramItsAddressInTheFirstLine() {
        Announcement lab = Announcement.of(Cli.plain(), "lab", "--json");

        assertThat(Outcome.parse(lab.lines().getFirst()))
                .containsEntry("event", "listening")
                .containsKeys("port", "url");
        assertThat(lab.stop()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void servesThePageOverItsOwnTlsWithTheThrowawayAuthority(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("ca.pem");
        Announcement lab = Announcement.of(Cli.plain(), "lab", "--tls", "--ca-out", file.toString());
        String first = lab.lines().getFirst();
        URI address = URI.create(first.substring(first.indexOf("https://")));

        assertThat(lab.lines()).anyMatch(line -> line.contains(file.toString()));
        try (TlsConnection connection =
                TlsClient.builder(Trust.pem(file)).build().connect("127.0.0.1", address.getPort())) {
            connection.handshake();
            assertThat(connection.session().orElseThrow().peerCertificates()).hasSize(1);
        }
        assertThat(lab.stop()).isEqualTo(ExitCode.DONE);
        assertThat(file).as("a file that was asked for stays").exists();
    }

    @Test
    void takesTheTemporaryAuthorityAway() {
        Announcement lab = Announcement.of(Cli.plain(), "lab", "--tls", "--json");
        Path file = Path.of(String.valueOf(Outcome.parse(lab.lines().getFirst()).get("ca")));

        assertThat(file).exists();
        assertThat(lab.stop()).isEqualTo(ExitCode.DONE);
        assertThat(file).doesNotExist();
    }

    @Test
    void fileForTheAuthorityNeedsTls() {
        Outcome outcome = Cli.plain().run("lab", "--ca-out", "ca.pem");

        assertThat(outcome.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains("--ca-out needs --tls");
    }

    @Test
    void saysThatThePortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            Outcome outcome = Cli.plain().run("lab", "--port", Integer.toString(taken.getLocalPort()));

            assertThat(outcome.exit()).isEqualTo(ExitCode.NETWORK);
            assertThat(outcome.err()).contains(Integer.toString(taken.getLocalPort()));
        }
    }
}
