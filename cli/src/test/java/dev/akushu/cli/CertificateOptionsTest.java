package dev.akushu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How certificates are shown, and what beside them. */
class CertificateOptionsTest {
    private static final String LOG = "5d".repeat(32);

    /** Version 1, of a log, made now, without extensions, "signed" by one byte. */
    private static final String TIMESTAMP =
            "00" + LOG + "%016x".formatted(System.currentTimeMillis()) + "0000" + "0403" + "000107";

    @TempDir
    private Path folder;

    private TestCa authority;
    private String certificate = "";

    @BeforeEach
    void issue() throws IOException {
        authority = TestCa.in(folder);
        certificate = authority.issue("server", "localhost");
    }

    @ParameterizedTest
    @CsvSource({"'zlib', 'zlib', zlib", "'brotli,zlib', 'zlib,BROTLI', brotli", "'zstd', 'brotli,zstd', zstd"})
    void certificatesAreCompressedInTheFirstWayThatBothKnow(String server, String client, String chosen)
            throws IOException {
        try (RunningServer running = RunningServer.start("--cert", certificate, "--compress-certificates", server)) {
            Outcome outcome = connect(running, "--compress-certificates", client, "--explain");

            assertThat(outcome.exit()).as(outcome.err()).isEqualTo(ExitCode.DONE);
            assertThat(outcome.err().replaceAll("\\s+", " ")).contains("unpacks the certificate message by " + chosen);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lzma", "zlib,zlib"})
    void waysThatDoNotExistOrAreNamedTwiceAreRefused(String list) {
        Outcome outcome = Cli.plain().run("connect", "localhost:1", "--compress-certificates", list);

        assertThat(outcome.exit()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void timestampsAreShownToWhoAsksForThem() throws IOException {
        String file = file(TIMESTAMP);
        try (RunningServer running = RunningServer.start("--cert", certificate, "--timestamps", file)) {
            Outcome asking = connect(running, "--timestamps");
            Outcome silent = connect(running);

            assertThat(asking.exit()).as(asking.err()).isEqualTo(ExitCode.DONE);
            assertThat(asking.err()).contains("by the log " + LOG).contains("not verified");
            assertThat(silent.err()).doesNotContain(LOG);
        }
    }

    @ParameterizedTest
    @CsvSource({"en, signed certificate timestamps", "ja, 署名付き証明書タイムスタンプ"})
    void theStoryTellsOfTimestampsAndAuthorities(String language, String words) throws IOException {
        try (RunningServer running = RunningServer.start("--cert", certificate, "--timestamps", file(TIMESTAMP))) {
            Outcome outcome = connect(
                    running, "--timestamps", "--certificate-authorities", "--lang", language, "--explain", "--verbose");

            assertThat(outcome.exit()).as(outcome.err()).isEqualTo(ExitCode.DONE);
            String story = outcome.err().replaceAll("\\s+", language.equals("ja") ? "" : " ");
            assertThat(story).contains(words).contains("certificate_authorities");
            assertThat(story).contains(language.equals("ja") ? "信頼する認証局" : "which authorities it trusts");
        }
    }

    @Test
    void aFileWithoutATimestampIsRefusedBeforeAnybodyComes() throws IOException {
        Outcome malformed = Cli.plain().run("serve", "--cert", certificate, "--timestamps", file("01" + TIMESTAMP));
        Outcome absent = Cli.plain()
                .run(
                        "serve",
                        "--cert",
                        certificate,
                        "--timestamps",
                        folder.resolve("none").toString());
        Outcome alone = Cli.plain().run("serve", "--timestamps", file(TIMESTAMP));

        assertThat(malformed.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(malformed.err()).contains("sct_version");
        assertThat(absent.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(alone.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(alone.err()).contains("--cert FILE");
    }

    private Outcome connect(RunningServer running, String... options) {
        String[] begin = {"connect", running.target(), "--ca", authority.certificate()};
        return Cli.plain()
                .run(Stream.concat(Arrays.stream(begin), Arrays.stream(options)).toArray(String[]::new));
    }

    private String file(String hex) throws IOException {
        return Files.write(folder.resolve("timestamp.sct"), HexFormat.of().parseHex(hex))
                .toString();
    }
}
