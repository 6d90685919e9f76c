package dev.akushu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.Trust;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The real process and real signals. */
@DisabledOnOs(OS.WINDOWS)
class SignalTest {
    private static Process start(String... arguments) throws IOException {
        String classes = String.join(
                File.pathSeparator,
                System.getProperty("jdk.module.path", ""),
                System.getProperty("java.class.path", ""));
        String[] command = new String[arguments.length + 4];
        command[0] = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        command[1] = "-cp";
        command[2] = classes;
        command[3] = Main.class.getName();
        System.arraycopy(arguments, 0, command, 4, arguments.length);
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    @Test
    void sigtermClosesEachConnectionInOrderAndExitsWithZero() throws Exception {
        Process server = start("serve", "--port", "0", "--json");
        try (BufferedReader lines = server.inputReader(StandardCharsets.UTF_8)) {
            int port = ((Number) Outcome.parse(lines.readLine()).get("port")).intValue();
            Map<String, Object> identity = Outcome.parse(lines.readLine());
            Path authority = Path.of(String.valueOf(identity.get("ca")));
            TlsClient client = TlsClient.builder(Trust.pem(authority)).build();
            try (TlsConnection connection = client.connect("localhost", port)) {
                connection.output().write(new byte[] {1});
                assertThat(connection.input().read()).isEqualTo(1);

                server.toHandle().destroy();

                // An end in order: a cut stream would throw.
                assertThat(connection.input().read()).isEqualTo(-1);
            }
            assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(server.exitValue()).isZero();
            assertThat(lines.lines().reduce((_, last) -> last).orElseThrow())
                    .startsWith("{\"event\":\"summary\",\"ok\":true");
            assertThat(authority).doesNotExist();
        } finally {
            server.destroyForcibly();
        }
    }

    @Test
    void exitCodeOfTheProgramIsThatOfTheProcess() throws Exception {
        Process misuse = start("connect");

        assertThat(misuse.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(misuse.exitValue()).isEqualTo(2);
    }
}
