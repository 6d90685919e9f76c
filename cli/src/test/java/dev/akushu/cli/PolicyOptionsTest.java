package dev.akushu.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.akushu.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code --policy}, {@code --schemes} and {@code --certificate-schemes}. */
class PolicyOptionsTest {
    @TempDir
    private Path folder;

    @Test
    void cnsa2RefusesWhatHasNoMlKem() throws IOException {
        try (RunningServer server = RunningServer.start("--groups", "x25519,secp384r1")) {
            Outcome refused = connect(server, server.authority(), "--policy", "cnsa2");

            assertThat(refused.exit()).isEqualTo(ExitCode.PEER_ALERT);
            assertThat(refused.err()).contains("handshake_failure");
            assertThat(connect(server, server.authority(), "--policy", "nist").exit())
                    .isEqualTo(ExitCode.DONE);
        }
    }

    @Test
    void aServerSaysWhichOfItsCertificatesItsPolicyRefuses() throws IOException {
        String certificate = TestCa.in(folder).issue("server", "localhost");
        try (RunningServer server = RunningServer.start("--cert", certificate, "--policy", "CNSA2_2026_11")) {
            assertThat(server.err()).contains("WARNING", "CNSA2_2026_11", "CN=localhost", "no full handshake");
            assertThat(connect(server, TestCa.in(folder).certificate()).exit()).isEqualTo(ExitCode.PEER_ALERT);
        }
    }

    @ParameterizedTest
    @CsvSource({"en, WARNING", "ja, 警告"})
    void aClientIsToldWhichOfItsCertificatesItsPolicyRefuses(String language, String warning) throws IOException {
        TestCa authority = TestCa.in(folder);
        String own = authority.issue("client", "a client");
        try (RunningServer server = RunningServer.start()) {
            Outcome outcome = connect(
                    server, server.authority(), "--cert", own, "--schemes", "rsa_pss_rsae_sha256", "--lang", language);

            assertThat(outcome.err()).contains(warning, "MODERN_2026_11", "CN=a client");
            assertThat(connect(server, server.authority(), "--cert", own).err()).doesNotContain(warning);
        }
    }

    @Test
    void schemesAreOfferedAsAskedFor() throws IOException {
        TestCa authority = TestCa.in(folder);
        try (RunningServer server = RunningServer.start("--cert", authority.issue("server", "localhost"))) {
            Outcome taken =
                    connect(server, authority.certificate(), "--schemes", "ED25519,ecdsa_secp256r1_sha256", "--json");
            Outcome refused = connect(server, authority.certificate(), "--schemes", "ed25519");

            assertThat(taken.exit()).as(taken.err()).isEqualTo(ExitCode.DONE);
            assertThat(taken.handshakes().getFirst()).contains(entry("signature", "ecdsa_secp256r1_sha256"));
            assertThat(refused.exit()).isEqualTo(ExitCode.PEER_ALERT);
        }
    }

    @Test
    void aServerTakesTheSchemesThatItWasTold() throws IOException {
        try (RunningServer server = RunningServer.start("--schemes", "rsa_pss_rsae_sha256")) {
            assertThat(connect(server, server.authority()).exit()).isEqualTo(ExitCode.PEER_ALERT);
        }
    }

    /** RFC 9846 section 4.3.3: signature_algorithms_cert. */
    @Test
    void schemesInsideCertificatesAreAskedForAsWished() throws IOException {
        try (RunningServer server = RunningServer.start()) {
            String[] explained = {"--explain", "--json", "--verbose"};
            Outcome asking = connect(
                    server,
                    server.authority(),
                    Stream.concat(
                                    Stream.of("--certificate-schemes", "ecdsa_sha1,ecdsa_secp256r1_sha256"),
                                    Arrays.stream(explained))
                            .toArray(String[]::new));

            assertThat(asking.exit()).as(asking.err()).isEqualTo(ExitCode.DONE);
            // Two bytes for the length, then the two schemes; that by SHA-1 comes last.
            assertThat(asking.out()).contains("0004" + "0403" + "0203");
            assertThat(connect(server, server.authority(), explained).out()).doesNotContain("000404030203");
        }
    }

    @Test
    void aServerSaysThatItsPeersMayNotAcceptItsChain() throws IOException {
        String certificate = TestCa.in(folder).issue("server", "localhost");
        try (RunningServer server =
                RunningServer.start("--cert", certificate, "--certificate-schemes", "rsa_pkcs1_sha256")) {
            assertThat(server.err()).contains("CN=localhost are signed by a scheme that the policy");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--schemes, sha256",
        "--schemes, 'ed25519,ed25519'",
        "--schemes, rsa_pkcs1_sha256",
        "--certificate-schemes, rsa_md5",
        "--policy, POSTMODERN"
    })
    void whatIsNoneIsAMisuse(String option, String value) {
        Outcome outcome = Cli.plain().run("connect", "localhost:1", option, value);

        assertThat(outcome.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains("What to do:");
    }

    private static Outcome connect(RunningServer server, String authority, String... options) {
        String[] begin = {"connect", server.target(), "--ca", authority};
        return Cli.plain()
                .run(Stream.concat(Arrays.stream(begin), Arrays.stream(options)).toArray(String[]::new));
    }
}
