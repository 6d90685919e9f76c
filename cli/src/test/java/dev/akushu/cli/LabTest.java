package dev.akushu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.cli.console.ExitCode;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import org.junit.jupiter.api.Test;

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
    void tellsAProgramItsAddressInTheFirstLine() {
        Announcement lab = Announcement.of(Cli.plain(), "lab", "--json");

        assertThat(Outcome.parse(lab.lines().getFirst()))
                .containsEntry("event", "listening")
                .containsKeys("port", "url");
        assertThat(lab.stop()).isEqualTo(ExitCode.DONE);
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
