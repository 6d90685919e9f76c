package dev.akushu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
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
    void aKeyDoesWithoutAKeyExchangeOnlyBesideAWarning() throws IOException {
        try (RunningServer server =
                RunningServer.start("--psk", keys, "--psk-only", "--danger-psk-ke", "--groups", "secp256r1")) {
            String[] connect = {
                "connect", server.target(), "--psk", keys, "--psk-only", "--groups", "x25519", "--explain"
            };
            Outcome refused = Cli.plain().run(connect);
            Outcome outcome = Cli.plain()
                    .run(Stream.concat(Stream.of(connect), Stream.of("--danger-psk-ke"))
                            .toArray(String[]::new));

            assertThat(refused.exit()).isNotEqualTo(ExitCode.DONE);
            assertThat(outcome.exit()).isEqualTo(ExitCode.DONE);
            assertThat(outcome.err())
                    .contains("WARNING: --danger-psk-ke")
                    .contains("leaves the key exchange out (psk_ke)")
                    .contains("no key exchange (psk_ke), so no forward secrecy");
            assertThat(server.err()).contains("WARNING: --danger-psk-ke");
            assertThat(server.await("connected").get("handshake").toString())
                    .contains("kind=psk")
                    .doesNotContain("group=");
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
    void aFileThatOthersCanReadIsNotUsed() throws IOException {
        for (String permissions : List.of("rw-r--r--", "rw-rw----", "rw-----w-")) {
            Files.setPosixFilePermissions(Path.of(keys), PosixFilePermissions.fromString(permissions));
            for (String option : List.of("--psk", "--danger-raw-psk")) {
                Outcome outcome = Cli.plain().run("connect", "localhost:1", option, keys);

                assertThat(outcome.exit()).as(permissions).isEqualTo(ExitCode.USAGE);
                assertThat(outcome.err())
                        .contains("keys.psk", permissions, "chmod 600")
                        .doesNotContain(KEY);
            }
        }
        Files.setPosixFilePermissions(Path.of(keys), PosixFilePermissions.fromString("rw-r-----"));
        try (RunningServer server = RunningServer.start("--psk", keys, "--psk-only")) {
            assertThat(Cli.plain()
                            .run("connect", server.target(), "--psk", keys, "--psk-only")
                            .exit())
                    .isEqualTo(ExitCode.DONE);
        }
    }

    @Test
    void earlyDataComesWithAKeyInTheSpanThatBothEndsWereTold() throws IOException {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        // All is as agreed, but the server began only after the span, so it cannot tell what came before.
        requireEarly("100," + now.minusSeconds(60) + "/" + now.plusSeconds(600), "refused_by_server", "replay_unknown");
        requireEarly("100," + now.plusSeconds(600) + "/" + now.plusSeconds(900), "outside_key_terms", "not_offered");
    }

    private void requireEarly(String span, String atClient, String atServer) throws IOException {
        String[] both = {"--psk", keys, "--psk-only", "--alpn", "h2", "--psk-early-data", span};
        try (RunningServer server = RunningServer.start(with(both, "--early-data", "100"))) {
            Outcome outcome = Cli.plain()
                    .run(with(
                            with(new String[] {"connect", server.target()}, both), "--early-data", "hello", "--json"));

            assertThat(outcome.out()).contains("\"early_data\":\"" + atClient + "\"");
            assertThat(server.await("connected").get("handshake").toString()).contains("early_data=" + atServer);
        }
    }

    private static String[] with(String[] some, String... more) {
        return Stream.concat(Arrays.stream(some), Arrays.stream(more)).toArray(String[]::new);
    }

    @Test
    void earlyDataWithKeysIsRefusedWhereNobodyAgreedOnIt() {
        assertThat(Cli.plain()
                        .run("connect", "localhost:1", "--psk-early-data", "1,2/3")
                        .err())
                .contains("--psk FILE");
        assertThat(Cli.plain()
                        .run("connect", "localhost:1", "--psk", keys, "--psk-early-data", "1,2/3")
                        .err())
                .contains("1,2/3", "--psk-early-data 1000,");
        String span = "100,2026-11-29T06:00:00Z/2026-11-29T07:00:00Z";
        assertThat(Cli.plain()
                        .run("serve", "--port", "0", "--psk", keys, "--psk-early-data", span)
                        .err())
                .contains("--early-data 100");
    }

    @Test
    void rawKeysWhichAreTheSameInEachSpanComeWithoutEarlyData() {
        String span = "100,2026-11-29T06:00:00Z/2026-11-29T07:00:00Z";
        for (String[] files : List.of(
                new String[] {"--danger-raw-psk", keys}, new String[] {"--psk", keys, "--danger-raw-psk", keys})) {
            Outcome outcome = Cli.plain()
                    .run(with(with(new String[] {"connect", "localhost:1"}, files), "--psk-early-data", span));

            assertThat(outcome.exit()).isEqualTo(ExitCode.USAGE);
            assertThat(outcome.err()).contains("--psk-early-data and --danger-raw-psk cannot be used together");
        }
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
        Path file = Files.createFile(
                folder.resolve(name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, content).toString();
    }
}
