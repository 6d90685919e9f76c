package dev.akushu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.cli.console.ExitCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that are known by their public keys. RFC 7250. */
class RawPublicKeyTest {
    @TempDir
    private Path folder;

    @Test
    void aServerIsKnownByItsKeyAlone() throws IOException, GeneralSecurityException {
        TestCa authority = TestCa.in(folder);
        String certificate = authority.issue("server", "localhost");
        try (RunningServer server = RunningServer.start("--cert", certificate, "--raw-public-key")) {
            Outcome outcome = Cli.plain()
                    .withInput("hello")
                    .run("connect", server.target(), "--server-key", file(keyOf(Path.of(certificate))));
            assertThat(outcome.exit()).isEqualTo(ExitCode.DONE);
            assertThat(outcome.out()).isEqualTo("hello");

            PublicKey other =
                    KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic();
            Outcome refused = Cli.plain().run("connect", server.target(), "--server-key", file(other));
            assertThat(refused.exit()).isEqualTo(ExitCode.CERTIFICATE);
            assertThat(refused.err()).contains("SHA-256");
        }
    }

    @Test
    void aClientIsKnownByItsKeyAlone() throws IOException, GeneralSecurityException {
        TestCa authority = TestCa.in(folder);
        String own = authority.issue("server", "localhost");
        String client = authority.issue("client", "client");
        String known = file(keyOf(Path.of(client)));
        try (RunningServer server =
                RunningServer.start("--cert", own, "--client-keys", known, "--require-client-cert")) {
            Outcome outcome = Cli.plain()
                    .withInput("hello")
                    .run(
                            "connect",
                            server.target(),
                            "--ca",
                            authority.certificate(),
                            "--cert",
                            client,
                            "--raw-public-key");
            assertThat(outcome.exit()).as(outcome.err()).isEqualTo(ExitCode.DONE);
            assertThat(outcome.out()).isEqualTo("hello");
        }
    }

    @Test
    void thePurposeOfClientsNeedsTheirAuthorityAndAnObjectIdentifier() throws IOException {
        TestCa authority = TestCa.in(folder);
        assertThat(Cli.plain()
                        .run("serve", "--client-purpose", "1.3.6.1.5.5.7.3.4")
                        .err())
                .contains("--client-ca");
        assertThat(Cli.plain()
                        .run("serve", "--client-ca", authority.certificate(), "--client-purpose", "mail")
                        .err())
                .contains("mail", "1.3.6.1.5.5.7.3.4");
    }

    private static PublicKey keyOf(Path pem) throws IOException, GeneralSecurityException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(pem)))
                .getPublicKey();
    }

    private String file(PublicKey key) throws IOException {
        String text = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(key.getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
        return Files.writeString(folder.resolve("key.pem"), text).toString();
    }
}
