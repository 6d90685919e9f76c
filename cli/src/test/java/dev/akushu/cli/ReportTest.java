package dev.akushu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code connect --report}. */
class ReportTest {
    private static RunningServer server;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startServer() throws IOException {
        server = RunningServer.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    private Outcome connect(Path report, String... more) {
        String[] arguments = new String[4 + more.length];
        arguments[0] = "connect";
        arguments[1] = server.target();
        arguments[2] = "--report";
        arguments[3] = report.toString();
        System.arraycopy(more, 0, arguments, 4, more.length);
        return Cli.plain().run(arguments);
    }

    @ParameterizedTest
    @CsvSource({
        "html, \"name\":\"ClientHello\"",
        "json, \"type\":\"wire\"",
        "mmd, C-->>S: ClientHello",
    })
    void reportHoldsTheHandshake(String form, String held) throws IOException {
        Path report = folder.resolve("report." + form);

        Outcome outcome = connect(report, "--ca", server.authority());

        assertThat(outcome.exit()).as(outcome.err()).isEqualTo(ExitCode.DONE);
        assertThat(Files.readString(report)).contains(held);
        assertThat(outcome.err()).contains(report.toString());
    }

    @Test
    void captureIsForItsOwnerAloneAndSaidToHoldSecrets() throws IOException {
        Path report = folder.resolve("report.pcapng");

        Outcome outcome = connect(report, "--ca", server.authority());

        assertThat(Files.readAllBytes(report)).startsWith(0x0a, 0x0d, 0x0d, 0x0a);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(report)))
                .isEqualTo("rw-------");
        assertThat(outcome.err()).contains("WARNING");
    }

    @Test
    void bothConnectionsOfAResumptionAreKept() throws IOException {
        Path report = folder.resolve("report.json");

        connect(report, "--ca", server.authority(), "--resume");

        assertThat(Files.readString(report))
                .contains("{\"type\":\"connection\",\"connection\":1", "{\"type\":\"connection\",\"connection\":2")
                .contains("\"event\":\"resumption_offered\"");
    }

    @Test
    void failureIsKeptToo() throws IOException {
        Path report = folder.resolve("report.json");

        Outcome outcome = connect(report);

        assertThat(outcome.exit()).isEqualTo(ExitCode.CERTIFICATE);
        assertThat(Files.readString(report)).contains("\"event\":\"failure\"", "\"problem\":\"unknown_issuer\"");
    }

    @Test
    void nameMustTellTheForm() {
        Outcome outcome = connect(folder.resolve("report.txt"), "--ca", server.authority());

        assertThat(outcome.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains("report.txt", ".pcapng");
        assertThat(folder.resolve("report.txt")).doesNotExist();
    }
}
