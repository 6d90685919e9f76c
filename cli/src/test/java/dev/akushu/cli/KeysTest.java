package dev.akushu.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.akushu.cli.console.ExitCode;
import dev.akushu.tls.TicketKey;
import dev.akushu.tls.TicketKeyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code akushu keys}, and servers that share what it writes. */
class KeysTest {
    @TempDir
    private Path folder;

    private Path file = Path.of("");
    private String place = "";

    @BeforeEach
    void namePlace() {
        file = folder.resolve("keys");
        place = "file:" + file;
    }

    @Test
    void ticketOfOneServerResumesAtTheNext() throws IOException {
        TestCa authority = TestCa.in(folder);
        String identity = authority.issue("server", "localhost");
        keys("rotate");
        String session = folder.resolve("session").toString();

        int port;
        try (RunningServer first = RunningServer.start("--cert", identity, "--ticket-keys", place)) {
            port = first.port();
            assertThat(connect(first.port(), authority, session).handshakes().getFirst())
                    .contains(entry("kind", "full"));
        }
        keys("rotate");
        try (RunningServer second = RunningServer.startOn(port, "--cert", identity, "--ticket-keys", place)) {
            assertThat(connect(second.port(), authority, session).handshakes().getFirst())
                    .contains(entry("kind", "resumed"));
        }
        String only = String.valueOf(keys("list").events().get(1).get("name"));
        keys("retire", only);
        try (RunningServer third = RunningServer.startOn(port, "--cert", identity, "--ticket-keys", place)) {
            assertThat(connect(third.port(), authority, session).handshakes().getFirst())
                    .contains(entry("kind", "full"));
        }
    }

    @Test
    void keyIsPublishedBeforeItSeals() {
        assertThat(states(keys("rotate"))).containsExactly("seals");
        assertThat(states(keys("rotate"))).containsExactly("ready", "seals");
        assertThat(states(keys("rotate", "--ahead", "0.001"))).contains("ready").hasSize(3);
        assertThat(states(keys("list"))).hasSize(3).doesNotContain("expired");
    }

    @Test
    void retiredKeyIsGoneAndTheOthersStay() {
        keys("rotate");
        Outcome two = keys("rotate");
        String first = String.valueOf(two.events().get(0).get("name"));
        String second = String.valueOf(two.events().get(1).get("name"));

        Outcome retired = keys("retire", second.toUpperCase(Locale.ROOT));

        assertThat(retired.exit()).isEqualTo(ExitCode.DONE);
        assertThat(retired.events().getFirst()).contains(entry("name", first));
        assertThat(retired.err()).as("the one that is left does not seal yet").contains("WARNING");
        assertThat(states(keys("list"))).hasSize(1);
    }

    @Test
    void secretsAreNeverShown() throws IOException {
        keys("rotate");
        TicketKey key = TicketKeyFiles.read(file).keys().getFirst();
        byte[] secret = Objects.requireNonNull(key.copySecret());
        String base64 = Base64.getEncoder().encodeToString(secret);
        assertThat(Files.readString(file)).contains(base64);

        for (Outcome outcome : List.of(keys("list"), run("list"), keys("rotate"), run("rotate"))) {
            assertThat(outcome.out() + outcome.err()).doesNotContain(base64);
        }
    }

    @Test
    void personSeesATable() {
        run("rotate");
        Outcome english = run("list");
        Outcome japanese = Cli.plain().run("keys", "list", place, "--lang", "ja");

        assertThat(english.out().lines()).hasSize(2);
        assertThat(english.out()).contains("seals from", "opens until", "Z");
        assertThat(japanese.out()).contains("封じる", "開けられる期限");
    }

    @ParameterizedTest
    @CsvSource({
        "list keys, file:PATH",
        "list redis:x, redis://HOST:PORT/NAME",
        "list file:, file:PATH",
        "list file:/no/such/file, no such file",
        "rotate file:/no/such/folder/keys, /no/such/folder/keys",
        "retire file:/no/such/file 00, no such file",
        "rotate, file:PATH",
    })
    void misuseIsNamedAndExitsWithTwo(String line, String told) {
        Outcome outcome = Cli.plain().run(("keys " + line).split(" ", -1));

        assertThat(outcome.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains(told, "What to do:").doesNotContain("Exception");
    }

    @Test
    void keyThatIsNotThereCannotBeRetired() {
        keys("rotate");

        Outcome outcome = run("retire", "00112233445566778899aabbccddeeff");

        assertThat(outcome.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains("00112233445566778899aabbccddeeff", file.toString());
    }

    @Test
    void keysOfNginxAreListedButNotChanged() throws IOException {
        byte[] ofNginx = new byte[48];
        new SecureRandom().nextBytes(ofNginx);
        Files.write(file, ofNginx);
        if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }

        assertThat(states(keys("list"))).containsExactly("seals");
        assertThat(run("list").out()).doesNotContain("1000000000");
        assertThat(run("rotate").err()).contains("nginx");
        assertThat(Files.readAllBytes(file)).isEqualTo(ofNginx);
    }

    @Test
    void serverNamesTheFileThatItCannotRead() {
        Outcome outcome = Cli.plain().run("serve", "--port", "0", "--ticket-keys", place);

        assertThat(outcome.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains(file.toString(), "akushu keys rotate");
    }

    private Outcome keys(String command, String... more) {
        String[] all = Arrays.copyOf(more, more.length + 1);
        all[more.length] = "--json";
        return run(command, all);
    }

    private Outcome run(String command, String... more) {
        String[] arguments = new String[more.length + 3];
        arguments[0] = "keys";
        arguments[1] = command;
        arguments[2] = place;
        System.arraycopy(more, 0, arguments, 3, more.length);
        return Cli.plain().run(arguments);
    }

    private static List<Object> states(Outcome outcome) {
        return outcome.events().stream()
                .filter(event -> event.get("event").equals("ticket_key"))
                .map(event -> event.get("state"))
                .toList();
    }

    private static Outcome connect(int port, TestCa authority, String session) {
        return Cli.plain()
                .run("connect", "localhost:" + port, "--ca", authority.certificate(), "--session", session, "--json");
    }
}
