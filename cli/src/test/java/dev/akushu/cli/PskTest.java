package dev.akushu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pre-shared keys on both sides. */
class PskTest {
    private static final String KEY = "000102030405060708090a0b0c0d0e0f";

    @TempDir
    private Path folder;

    private String keys = "";

    @BeforeEach
    void writeKeys() throws IOException {
        keys = file("keys.psk", "# keys of the hall\n\nlamp 7:" + KEY + "\n");
    }

    @Test
    void bothEndsNeedNothingButTheKey() throws IOException {
        try (RunningServer server = RunningServer.start("--psk", keys, "--psk-only")) {
            Outcome outcome = Cli.plain()
                    .withInput("hello")
                    .run("connect", server.target(), "--psk", keys, "--psk-only", "--explain");

            assertThat(outcome.exit()).isEqualTo(ExitCode.DONE);
            assertThat(outcome.out()).isEqualTo("hello");
            assertThat(outcome.err()).contains("lamp 7", "by the external pre-shared key");
            assertThat(server.await("connected").get("handshake").toString())
                    .contains("kind=psk", "external_psk=lamp 7");
        }
    }

    @Test
    void aRawKeyIsUsedOnlyBesideAWarning() throws IOException {
        try (RunningServer server = RunningServer.start("--danger-raw-psk", keys)) {
            Outcome outcome =
                    Cli.plain().run("connect", server.target(), "--danger-raw-psk", keys, "--psk-only", "--json");

            assertThat(outcome.exit()).isEqualTo(ExitCode.DONE);
            assertThat(outcome.out()).contains("\"external_psk\":\"lamp 7\"");
            assertThat(server.err()).contains("--danger-raw-psk");
        }
    }

    @Test
    void aKeyOfOneKindIsNoneOfTheOther() throws IOException {
        try (RunningServer server = RunningServer.start("--danger-raw-psk", keys, "--psk-only")) {
            Outcome outcome = Cli.plain().run("connect", server.target(), "--psk", keys, "--psk-only");

            assertThat(outcome.exit()).isNotEqualTo(ExitCode.DONE);
            assertThat(outcome.err()).contains("decrypt_error");
            assertThat(server.await("failed").get("failure")).isEqualTo("psk_unknown");
        }
    }

    @Test
    void aMalformedLineIsNamedAndNotShown() throws IOException {
        String bad = file("bad.psk", "lamp 7:" + KEY + "\ndoor:secret\n");
        Outcome outcome = Cli.plain().run("connect", "localhost:1", "--psk", bad);

        assertThat(outcome.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains("bad.psk", "line 2").doesNotContain("secret");
    }

    @Test
    void optionsThatContradictEachOtherAreRefused() {
        assertThat(Cli.plain().run("connect", "localhost:1", "--psk-only").exit())
                .isEqualTo(ExitCode.USAGE);
        assertThat(Cli.plain()
                        .run("serve", "--port", "0", "--psk", keys, "--client-ca", keys, "--require-client-cert")
                        .exit())
                .isEqualTo(ExitCode.USAGE);
        assertThat(Cli.plain()
                        .run("serve", "--port", "0", "--psk", keys, "--psk-only", "--ca-out", keys + ".pem")
                        .exit())
                .isEqualTo(ExitCode.USAGE);
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }
}
