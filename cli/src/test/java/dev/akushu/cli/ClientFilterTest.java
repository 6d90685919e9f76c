package dev.akushu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a server wants to see in a client's certificate: {@code --client-purpose} and {@code --client-key-usage}. RFC 9846 section 4.3.5. */
class ClientFilterTest {
    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    private static final String EMAIL = "1.3.6.1.5.5.7.3.4";

    @TempDir
    private Path folder;

    private TestCa authority;

    @BeforeEach
    void issue() throws IOException {
        authority = TestCa.in(folder);
        authority.issue("plain", "a plain client", purposes(KeyPurposeId.id_kp_clientAuth), usage(0));
        authority.issue(
                "mail",
                "a mail client",
                purposes(KeyPurposeId.id_kp_clientAuth, KeyPurposeId.id_kp_emailProtection),
                usage(0));
        authority.issue(
                "agreeing",
                "an agreeing client",
                purposes(KeyPurposeId.id_kp_clientAuth),
                usage(KeyUsage.keyAgreement));
    }

    @Test
    void aCertificateWithThePurposeIsAcceptedAndOneWithoutItIsNot() throws IOException {
        try (RunningServer server = asking("--client-purpose", EMAIL, "--client-purpose", CLIENT_AUTH)) {
            requireAccepted(connect(server, "mail"));
            requireRefused(connect(server, "plain"));
        }
    }

    @Test
    void aCertificateWithTheKeyUsageIsAcceptedAndOneWithoutItIsNot() throws IOException {
        try (RunningServer server = asking("--client-key-usage", "keyAgreement")) {
            requireAccepted(connect(server, "agreeing"));
            requireRefused(connect(server, "plain"));
        }
    }

    @Test
    void whoHasTheRightOneAmongSeveralShowsIt() throws IOException {
        try (RunningServer server = asking("--client-purpose", EMAIL)) {
            Outcome outcome = Cli.plain()
                    .withInput("hello")
                    .run(
                            "connect",
                            server.target(),
                            "--ca",
                            server.authority(),
                            "--cert",
                            authority.file("plain").toString(),
                            "--cert",
                            authority.file("mail").toString());
            requireAccepted(outcome);
        }
    }

    @ParameterizedTest
    @CsvSource({"--client-purpose, email", "--client-purpose, 2.5.29.37.0", "--client-key-usage, digital_signature"})
    void whatIsNoneIsAMisuse(String option, String value) {
        Outcome outcome =
                Cli.plain().run("serve", "--port", "0", "--client-ca", authority.certificate(), option, value);

        assertThat(outcome.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains(option, value);
    }

    @ParameterizedTest
    @CsvSource({"--client-purpose, 1.3.6.1.5.5.7.3.4", "--client-key-usage, digitalSignature"})
    void whoIsNotAskedCannotBeHeldAgainstIt(String option, String value) {
        Outcome outcome = Cli.plain().run("serve", "--port", "0", option, value);

        assertThat(outcome.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains(option, "--client-ca FILE");
    }

    private RunningServer asking(String... filters) throws IOException {
        String[] options = new String[filters.length + 3];
        options[0] = "--client-ca";
        options[1] = authority.certificate();
        options[2] = "--require-client-cert";
        System.arraycopy(filters, 0, options, 3, filters.length);
        return RunningServer.start(options);
    }

    private Outcome connect(RunningServer server, String id) {
        return Cli.plain()
                .withInput("hello")
                .run(
                        "connect",
                        server.target(),
                        "--ca",
                        server.authority(),
                        "--cert",
                        authority.file(id).toString());
    }

    private static void requireAccepted(Outcome outcome) {
        assertThat(outcome.exit()).as(outcome.err()).isEqualTo(ExitCode.DONE);
        assertThat(outcome.out()).isEqualTo("hello");
    }

    private static void requireRefused(Outcome outcome) {
        assertThat(outcome.exit()).as(outcome.err()).isEqualTo(ExitCode.PEER_ALERT);
        assertThat(outcome.out()).isEmpty();
    }

    private static Extension purposes(KeyPurposeId... purposes) throws IOException {
        return Extension.create(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
    }

    /** The bit without which a certificate is good for nothing here, and these. */
    private static Extension usage(int more) throws IOException {
        return Extension.create(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature | more));
    }
}
