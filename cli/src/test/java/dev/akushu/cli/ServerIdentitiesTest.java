package dev.akushu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several certificates: {@code --cert} more than once. */
class ServerIdentitiesTest {
    @TempDir
    private Path folder;

    private TestCa authority;

    @BeforeEach
    void issue() throws IOException {
        authority = TestCa.in(folder);
        authority.issue("shop", "shop.test");
        authority.issue("post", "post.test");
    }

    @Test
    void theNameThatIsAskedForChooses() throws IOException {
        try (RunningServer server = RunningServer.start("--cert", file("shop"), "--cert", file("post"))) {
            assertThat(connect(server, "--servername", "shop.test").exit()).isEqualTo(ExitCode.DONE);
            assertThat(connect(server, "--servername", "post.test").exit()).isEqualTo(ExitCode.DONE);
            assertThat(connect(server, "--servername", "other.test").err()).contains("shop.test");
        }
    }

    @Test
    void eachIsAnnounced() throws IOException {
        try (RunningServer server = RunningServer.start("--cert", file("shop"), "--cert", file("post"))) {
            assertThat(server.await("identity").get("subject")).isEqualTo("CN=post.test");
            assertThat(server.seen()).extracting(event -> event.get("subject")).contains("CN=shop.test");
        }
    }

    @Test
    void theSchemesOfTheClientChoose() throws IOException {
        Path own = folder.resolve("rsa");
        TestCa other = TestCa.in(Files.createDirectories(own));
        other.issueRsa("shop", "shop.test");
        try (RunningServer server = RunningServer.start(
                "--cert", file("shop"), "--cert", other.file("shop").toString())) {
            Outcome rsa = connect(server, other, "--servername", "shop.test", "--schemes", "rsa_pss_rsae_sha256");
            Outcome ecdsa =
                    connect(server, authority, "--servername", "shop.test", "--schemes", "ecdsa_secp256r1_sha256");

            assertThat(rsa.exit()).as(rsa.err()).isEqualTo(ExitCode.DONE);
            assertThat(ecdsa.exit()).as(ecdsa.err()).isEqualTo(ExitCode.DONE);
        }
    }

    @Test
    void keysAndResponsesBelongToTheCertificateBeforeThem() throws IOException {
        authority.split("shop");
        authority.split("post");
        try (RunningServer server = RunningServer.start(
                "--key", file("shop.key"), "--cert", file("shop"), "--cert", file("post"), "--key", file("post.key"))) {
            assertThat(connect(server, "--servername", "shop.test").exit()).isEqualTo(ExitCode.DONE);
            assertThat(connect(server, "--servername", "post.test").exit()).isEqualTo(ExitCode.DONE);
        }
        Outcome crossed = Cli.plain()
                .run(
                        "serve",
                        "--port",
                        "0",
                        "--cert",
                        file("shop"),
                        "--key",
                        file("post.key"),
                        "--cert",
                        file("post"),
                        "--key",
                        file("shop.key"));
        assertThat(crossed.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(crossed.err()).contains("CN=shop.test");
    }

    @Test
    void twoKeysOfOneCertificateAreAMisuse() {
        Outcome outcome = Cli.plain()
                .run("serve", "--port", "0", "--cert", file("shop"), "--key", file("shop"), "--key", file("post"));

        assertThat(outcome.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains("--key");
    }

    @Test
    void aRenewedOneIsShownWithoutARestart() throws IOException {
        try (RunningServer server = RunningServer.start("--cert", file("shop"), "--cert", file("post"))) {
            assertThat(connect(server, "--servername", "new.test").exit()).isEqualTo(ExitCode.HOST_NAME);
            authority.issue("renewed", "new.test");
            Files.move(authority.file("renewed"), authority.file("post"), StandardCopyOption.ATOMIC_MOVE);
            awaitDone(server, "new.test");
            assertThat(connect(server, "--servername", "shop.test").exit()).isEqualTo(ExitCode.DONE);

            assertThat(server.await("renewed"))
                    .containsEntry("subject", "CN=new.test")
                    .containsEntry("names", List.of("new.test"))
                    .containsKey("not_after");
            server.stop();
            assertThat(server.seen())
                    .filteredOn(event -> event.get("event").equals("renewed"))
                    .hasSize(1);
        }
    }

    @Test
    void oneThatEndsWhileTheServerRunsIsToldOfOnce() throws IOException, InterruptedException {
        Instant end = Instant.now().plusSeconds(4);
        authority.issueUntil(end, "brief", "brief.test");
        try (RunningServer server = RunningServer.start("--cert", file("shop"), "--cert", file("brief"))) {
            Thread.sleep(Duration.between(Instant.now(), end.plusSeconds(2)));
            assertThat(connect(server, "--servername", "shop.test").exit()).isEqualTo(ExitCode.DONE);
            assertThat(connect(server, "--servername", "shop.test").exit()).isEqualTo(ExitCode.DONE);
            server.stop();
            assertThat(server.err()).containsOnlyOnce("the certificate CN=brief.test was valid until");
        }
    }

    /** A server looks at its files every five seconds at most. */
    private void awaitDone(RunningServer server, String name) {
        long deadline = System.nanoTime() + 60_000_000_000L;
        ExitCode exit = connect(server, "--servername", name).exit();
        while (exit != ExitCode.DONE && System.nanoTime() < deadline) {
            exit = connect(server, "--servername", name).exit();
        }
        assertThat(exit).isEqualTo(ExitCode.DONE);
    }

    @Test
    void theAuthoritiesThatAServerNamesChooseTheOneOfAClient() throws IOException {
        TestCa other = TestCa.in(Files.createDirectories(folder.resolve("other")), "Other CA");
        other.issue("client", "the right client");
        authority.issue("client", "the wrong client");
        try (RunningServer server = RunningServer.start("--client-ca", other.certificate(), "--require-client-cert")) {
            Outcome outcome = Cli.plain()
                    .withInput("hello")
                    .run(
                            "connect",
                            server.target(),
                            "--ca",
                            server.authority(),
                            "--cert",
                            file("client"),
                            "--cert",
                            other.file("client").toString());

            assertThat(outcome.exit()).as(outcome.err()).isEqualTo(ExitCode.DONE);
            assertThat(outcome.out()).isEqualTo("hello");
        }
    }

    private String file(String id) {
        return authority.file(id).toString();
    }

    private Outcome connect(RunningServer server, String... options) {
        return connect(server, authority, options);
    }

    private static Outcome connect(RunningServer server, TestCa trusted, String... options) {
        String[] begin = {"connect", server.target(), "--ca", trusted.certificate()};
        return Cli.plain()
                .run(Stream.concat(Arrays.stream(begin), Arrays.stream(options)).toArray(String[]::new));
    }
}
