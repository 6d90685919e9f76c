package dev.akushu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --revocation} and {@code --ocsp} of {@code connect} and {@code serve}. */
class RevocationOptionsTest {
    @TempDir
    private Path folder;

    private TestCa authority;
    private String certificate = "";

    @BeforeEach
    void issue() throws IOException {
        authority = TestCa.in(folder);
        certificate = authority.issue("server", "localhost");
    }

    @Test
    void aServerOnAListIsRefused() throws IOException {
        String list = authority.revocationList("server");
        try (RunningServer running = RunningServer.start("--cert", certificate)) {
            Outcome refused = connect(running, "--revocation", list);
            Outcome unasked = connect(running);

            assertThat(refused.exit()).isEqualTo(ExitCode.CERTIFICATE);
            assertThat(refused.err()).contains("revoked");
            assertThat(unasked.exit()).as(unasked.err()).isEqualTo(ExitCode.DONE);
        }
    }

    @Test
    void aServerThatIsOnNoListIsAccepted() throws IOException {
        String list = authority.revocationList();
        try (RunningServer running = RunningServer.start("--cert", certificate)) {
            assertThat(connect(running, "--revocation", list).exit()).isEqualTo(ExitCode.DONE);
        }
    }

    /** RFC 9846 section 4.5.1.1. The list says nothing of this authority, so the response alone lets the server in. */
    @Test
    void aServerShowsItsOcspResponse() throws IOException {
        String list = foreignList();
        try (RunningServer with =
                        RunningServer.start("--cert", certificate, "--ocsp", authority.ocspResponse("server"));
                RunningServer without = RunningServer.start("--cert", certificate)) {
            Outcome seen = connect(with, "--revocation", list, "--json", "--explain");

            assertThat(seen.exit()).as(seen.err()).isEqualTo(ExitCode.DONE);
            assertThat(seen.out()).contains("OCSP, stapled");
            assertThat(connect(without, "--revocation", list).exit()).isEqualTo(ExitCode.CERTIFICATE);
        }
    }

    /** RFC 9846 section 4.7.1. The response that let the server in is not kept, so that nothing speaks for it the second time. */
    @Test
    void aServerIsJudgedAgainBeforeItsTicketIsUsedIfAsked() throws IOException {
        try (RunningServer running =
                RunningServer.start("--cert", certificate, "--ocsp", authority.ocspResponse("server"))) {
            String[] once = {"--revocation", foreignList(), "--resume"};
            Outcome unasked = connect(running, once);
            Outcome refused = connect(running, with(once, "--verify-before-resuming"));
            Outcome accepted = connect(
                    running, "--revocation", authority.revocationList(), "--resume", "--verify-before-resuming");

            assertThat(unasked.exit()).as(unasked.err()).isEqualTo(ExitCode.DONE);
            assertThat(refused.exit()).isEqualTo(ExitCode.CONDITION);
            assertThat(refused.err()).contains("server_no_longer_trusted");
            assertThat(accepted.exit()).as(accepted.err()).isEqualTo(ExitCode.DONE);
        }
    }

    @Test
    void whoAcceptsAnyCertificateCannotJudgeOneAgain() {
        Outcome outcome = Cli.plain().run("connect", "localhost:1", "--insecure", "--verify-before-resuming");

        assertThat(outcome.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains("--verify-before-resuming and --insecure");
    }

    @Test
    void aClientOnAListIsRefused() throws IOException {
        authority.issue("good", "a good client");
        authority.issue("bad", "a bad client");
        try (RunningServer running = asking(authority.revocationList("bad"))) {
            Outcome good = connect(running, "--cert", file("good"));
            Outcome bad = connect(running, "--cert", file("bad"));

            assertThat(good.exit()).as(good.err()).isEqualTo(ExitCode.DONE);
            assertThat(bad.exit()).isEqualTo(ExitCode.PEER_ALERT);
            assertThat(bad.err()).contains("certificate_revoked");
        }
    }

    /** RFC 9846 section 4.5.1.1: a server may ask for a response too. */
    @Test
    void aClientShowsItsOcspResponse() throws IOException {
        authority.issue("client", "a client");
        String response = authority.ocspResponse("client");
        try (RunningServer running = asking(foreignList())) {
            Outcome with = connect(running, "--cert", file("client"), "--ocsp", response);
            Outcome without = connect(running, "--cert", file("client"));

            assertThat(with.exit()).as(with.err()).isEqualTo(ExitCode.DONE);
            assertThat(without.exit()).isEqualTo(ExitCode.PEER_ALERT);
        }
    }

    @Test
    void aClientIsToldOfAResponseThatItHadBetterNotShow() throws IOException {
        authority.issue("client", "a client");
        CertificateStatus revoked = new RevokedStatus(Date.from(Instant.now()), CRLReason.keyCompromise);
        String response = authority.ocspResponse("client", revoked);
        try (RunningServer running = RunningServer.start("--cert", certificate)) {
            Outcome outcome = connect(running, "--cert", file("client"), "--ocsp", response);

            assertThat(outcome.exit()).as(outcome.err()).isEqualTo(ExitCode.DONE);
            assertThat(outcome.err()).contains("--ocsp is not shown to the server", "revoked");
        }
    }

    @Test
    void aResponseForAnotherCertificateIsAMisuse() throws IOException {
        authority.issue("client", "a client");
        Outcome outcome = Cli.plain()
                .run("connect", "localhost:1", "--cert", file("client"), "--ocsp", authority.ocspResponse("server"));

        assertThat(outcome.exit()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void listsOfClientsNeedAnAuthorityOfClients() throws IOException {
        Outcome outcome = Cli.plain().run("serve", "--port", "0", "--revocation", authority.revocationList());

        assertThat(outcome.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains("--revocation", "--client-ca FILE");
    }

    @Test
    void responsesNeedACertificate() throws IOException {
        for (String command : new String[] {"connect localhost:1", "serve --port 0"}) {
            Outcome outcome = Cli.plain().run((command + " --ocsp none").split(" ", -1));

            assertThat(outcome.exit()).isEqualTo(ExitCode.USAGE);
            assertThat(outcome.err()).contains("--cert FILE");
        }
    }

    private RunningServer asking(String list) throws IOException {
        return RunningServer.start(
                "--cert",
                certificate,
                "--client-ca",
                authority.certificate(),
                "--require-client-cert",
                "--revocation",
                list);
    }

    /** Of an authority that has issued nothing here. */
    private String foreignList() throws IOException {
        return TestCa.in(Files.createDirectories(folder.resolve("foreign"))).revocationList();
    }

    private String file(String id) {
        return authority.file(id).toString();
    }

    private Outcome connect(RunningServer running, String... options) {
        String[] begin = {"connect", running.target(), "--ca", authority.certificate()};
        return Cli.plain().withInput("hello").run(with(begin, options));
    }

    private static String[] with(String[] some, String... more) {
        return Stream.concat(Arrays.stream(some), Arrays.stream(more)).toArray(String[]::new);
    }
}
