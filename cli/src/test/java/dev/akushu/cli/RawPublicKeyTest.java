package dev.akushu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.cli.console.ExitCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
            assertThat(outcome.err()).contains(fingerprint(keyOf(Path.of(certificate))));

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
    void aKeyThatIsShownAfterTheHandshakeIsToldAsOne() throws IOException, GeneralSecurityException {
        TestCa authority = TestCa.in(folder);
        String own = authority.issue("server", "localhost");
        String client = authority.issue("client", "client");
        PublicKey key = keyOf(Path.of(client));
        try (RunningServer server =
                RunningServer.start("--cert", own, "--client-keys", file(key), "--client-cert-later")) {
            // Who has said all cannot answer any more: so the client says the last word once the server has told.
            List<Map<?, ?>> told = new CopyOnWriteArrayList<>();
            InputStream untilTold = new InputStream() {
                @Override
                public int read() throws IOException {
                    told.add(server.await("client_certificate"));
                    return -1;
                }

                @Override
                public int read(byte[] into, int offset, int length) throws IOException {
                    return read();
                }
            };
            Outcome outcome = Cli.plain()
                    .withInput(new SequenceInputStream(
                            new ByteArrayInputStream("hello".getBytes(StandardCharsets.UTF_8)), untilTold))
                    .run(
                            "connect",
                            server.target(),
                            "--ca",
                            authority.certificate(),
                            "--cert",
                            client,
                            "--raw-public-key",
                            "--post-handshake-auth");

            assertThat(outcome.exit()).as(outcome.err()).isEqualTo(ExitCode.DONE);
            assertThat(told).hasSize(1);
            assertThat(told.getFirst().get("raw_public_key"))
                    .isEqualTo(HexFormat.of().formatHex(key.getEncoded()));
            assertThat(told.getFirst().containsKey("certificates")).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"en, shows its public key without a certificate", "ja, 証明書のない公開鍵"})
    void theStoryTellsKeyAndSchemeOfWhoShowsAKeyAlone(String language, String words)
            throws IOException, GeneralSecurityException {
        TestCa authority = TestCa.in(folder);
        String own = authority.issue("server", "localhost");
        String client = authority.issue("client", "client");
        PublicKey key = keyOf(Path.of(client));
        try (RunningServer server = RunningServer.start("--cert", own, "--client-keys", file(key))) {
            Outcome outcome = Cli.plain()
                    .run(
                            "connect",
                            server.target(),
                            "--ca",
                            authority.certificate(),
                            "--cert",
                            client,
                            "--raw-public-key",
                            "--explain",
                            "--lang",
                            language);

            assertThat(outcome.exit()).as(outcome.err()).isEqualTo(ExitCode.DONE);
            String story = outcome.err().replaceAll("\\s+", " ");
            assertThat(story).contains(words, "ecdsa_secp256r1_sha256");
            assertThat(story.replace(" ", "")).contains(fingerprint(key).replace(" ", ""));
            assertThat(story).doesNotContain("has no certificate to show", "示せる証明書がありません");
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

    private static String fingerprint(PublicKey key) throws GeneralSecurityException {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
        return "SHA-256 " + HexFormat.of().formatHex(hash);
    }

    private String file(PublicKey key) throws IOException {
        String text = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(key.getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
        return Files.writeString(folder.resolve("key.pem"), text).toString();
    }
}
