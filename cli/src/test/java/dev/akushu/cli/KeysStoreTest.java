package dev.akushu.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.akushu.cli.console.ExitCode;
import dev.akushu.fleet.FleetOperator;
import dev.akushu.fleet.KeyEncryptionKey;
import dev.akushu.fleet.RollOut;
import dev.akushu.fleet.StoreAccess;
import dev.akushu.tls.TicketKey;
import dev.akushu.tls.TlsException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code keys ... redis://}, with a real store. */
@Timeout(120)
class KeysStoreTest extends CommandsAtStore {
    @Test
    void operatorSeesKeysAndMakesTheNext() {
        assertThat(column(keys("list"), "state")).isEmpty();
        assertThat(column(keys("rotate"), "state")).containsExactly("seals");
        assertThat(column(keys("rotate"), "state")).containsExactly("ready", "seals");
        assertThat(column(keys("list"), "state")).containsExactly("ready", "seals");
        String second = String.valueOf(column(keys("list"), "name").getLast());
        assertThat(column(keys("retire", second), "name")).hasSize(1).doesNotContain(second);

        Outcome absent = keys("retire", "00112233445566778899aabbccddeeff");
        assertThat(absent.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(absent.summary()).contains(entry("failure", "no_such_ticket_key"));
    }

    private FleetOperator operator(RollOut rollOut) throws TlsException {
        return FleetOperator.connect(
                place,
                KeyEncryptionKey.file(Path.of(wrapping.substring("file:".length()))),
                StoreAccess.DEFAULT,
                rollOut);
    }

    private static Duration between(Outcome outcome, String from, String until) {
        return Duration.between(
                Instant.parse(String.valueOf(column(outcome, from).getFirst())),
                Instant.parse(String.valueOf(column(outcome, until).getFirst())));
    }

    @Test
    void keyForAFleetWithOtherTimesIsMadeByThemOrNotAtAll() throws Exception {
        Duration every = Duration.ofHours(1);
        Duration life = Duration.ofHours(6);
        try (FleetOperator operator =
                operator(new RollOut(every, Duration.ofSeconds(30), life, Duration.ofSeconds(5)))) {
            var _ = operator.rotate();
        }
        String before = store.ask("hgetall", "akushu:{shop}:keys");

        Outcome refused = keys("rotate");
        assertThat(refused.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.summary()).contains(entry("failure", "other_key_times"));
        assertThat(refused.out()).contains("7200 s", "21610 s", "86400 s", "86410 s", "--ahead");
        assertThat(store.ask("hgetall", "akushu:{shop}:keys")).isEqualTo(before);

        Instant begin = Instant.now();
        Outcome made = keys("rotate", "--ahead", "30");
        assertThat(column(made, "state")).containsExactly("ready", "seals");
        assertThat(between(made, "not_before", "seal_until")).isEqualTo(every.multipliedBy(2));
        assertThat(between(made, "seal_until", "open_until")).isEqualTo(life.plusSeconds(10));
        assertThat(Instant.parse(String.valueOf(column(made, "not_before").getFirst())))
                .isBetween(begin.plusSeconds(29), Instant.now().plusSeconds(30));
    }

    @Test
    void secretsAreNeverShown() throws Exception {
        byte[] kek = new byte[32];
        new SecureRandom().nextBytes(kek);
        wrapping = "file:" + secret("random", Base64.getEncoder().encodeToString(kek));
        keys("rotate");
        List<String> secrets = new ArrayList<>(List.of(Base64.getEncoder().encodeToString(kek)));
        String name;
        try (FleetOperator operator = operator(RollOut.DEFAULT)) {
            TicketKey key = operator.keys().keys().getFirst();
            name = key.name().hex();
            byte[] secret = Objects.requireNonNull(key.copySecret());
            secrets.add(Base64.getEncoder().encodeToString(secret));
            secrets.add(HexFormat.of().formatHex(secret));
            secrets.add(HexFormat.of().withUpperCase().formatHex(secret));
        }
        String entry = store.ask("hget", "akushu:{shop}:keys", name);
        secrets.add(entry.strip().replaceFirst(".* ", ""));

        for (List<String> command : List.of(List.of("list"), List.of("rotate"), List.of("retire", name))) {
            for (List<String> manner : List.of(List.of("--json"), List.<String>of())) {
                Outcome outcome = Cli.plain()
                        .run(Stream.of(
                                        List.of("keys", command.getFirst(), place, "--key-encryption-key", wrapping),
                                        command.subList(1, command.size()),
                                        manner)
                                .flatMap(List::stream)
                                .toArray(String[]::new));
                assertThat(outcome.out() + outcome.err())
                        .as("%s", command)
                        .isNotBlank()
                        .doesNotContain(secrets);
            }
        }
    }

    @Test
    void wrongKeyEncryptionKeyIsSaidAndChangesNothing() throws Exception {
        keys("rotate");
        String before = store.ask("hgetall", "akushu:{shop}:keys");
        wrapping = otherWrapping();

        for (Outcome outcome : List.of(keys("list"), keys("rotate"), keys("retire", "00"))) {
            assertThat(outcome.exit()).isEqualTo(ExitCode.USAGE);
            assertThat(outcome.summary()).contains(entry("failure", "store_keys_foreign"));
        }
        assertThat(store.ask("hgetall", "akushu:{shop}:keys")).isEqualTo(before);
    }

    @Test
    void entriesThatAreNoKeysAreToldOfAndKeepNoKeyFromBeingMade() throws Exception {
        String entries = "akushu:{shop}:keys";
        store.ask("hset", entries, "x", "y");
        store.ask("hset", entries, "0".repeat(32), "1 live 1 2 99999999999999 AAAA");
        store.ask("hset", entries, "1".repeat(32), "2 live");

        Outcome outcome = keys("rotate");

        assertThat(outcome.exit()).isEqualTo(ExitCode.DONE);
        assertThat(column(outcome, "name")).hasSize(1);
        assertThat(outcome.err())
                .contains("0".repeat(32), "forged", "1".repeat(32), "has not the form of one", "one by one: 1.");
        Outcome japanese = Cli.plain().run("keys", "list", place, "--key-encryption-key", wrapping, "--lang", "ja");
        assertThat(japanese.err()).contains("偽造", "項目の形式ではない", "1 件").doesNotContain("forged", "has not", "not used");
    }

    @Test
    void reasonsAreInTheLanguageOfTheSentence() throws Exception {
        keys("rotate");
        Map<String, String> told = Map.of(
                otherWrapping(),
                "ここでは開けず",
                "file:" + secret("empty", ""),
                "鍵暗号化鍵がありません",
                "file:" + secret("short", "AAAA"),
                "3 バイト",
                "env:NONE",
                "環境変数 NONE がありません");
        told.forEach((kek, text) -> {
            Outcome outcome = Cli.plain().run("keys", "list", place, "--key-encryption-key", kek, "--lang", "ja");
            assertThat(outcome.exit()).isEqualTo(ExitCode.USAGE);
            assertThat(outcome.err()).contains(text).doesNotContainPattern("[a-z]+ (is|not|has) [a-z]+");
        });
    }

    @Test
    void whoRetiresTheKeyThatSealsIsToldThatServersMakeOne() {
        keys("rotate");
        keys("rotate");
        String sealing = String.valueOf(column(keys("list"), "name").getLast());

        Outcome outcome = keys("retire", sealing);

        assertThat(column(outcome, "state")).containsExactly("ready");
        assertThat(outcome.err()).contains("A server of the fleet makes one").doesNotContain("WARNING", "rotate");
    }

    @Test
    void fileOfTheStoresCertificatesThatIsNotThereIsNamed() throws Exception {
        Path absent = folder.resolve("absent.pem");
        Path garbage = Files.writeString(folder.resolve("garbage.pem"), "garbage");
        for (Path file : List.of(absent, garbage)) {
            Outcome outcome = Cli.plain()
                    .run(
                            "keys",
                            "list",
                            place.replace("redis://", "rediss://"),
                            "--key-encryption-key",
                            wrapping,
                            "--store-ca",
                            file.toString());
            assertThat(outcome.exit()).isEqualTo(ExitCode.USAGE);
            assertThat(outcome.err()).contains(file.toString());
        }
    }

    @Test
    void userWithoutRightsAndWrongPasswordAreNamed() throws Exception {
        store.ask("acl", "setuser", "app", "on", ">word", "resetkeys", "resetchannels", "-@all", "+hello", "+info");
        Path password = secret("password", "word\n");
        Outcome noRight = keys("list", "--store-user", "app", "--store-password", "file:" + password);
        assertThat(noRight.exit()).isEqualTo(ExitCode.NETWORK);
        assertThat(noRight.summary()).contains(entry("failure", "store_right_missing"));
        assertThat(noRight.out()).contains("NOPERM", "docs/fleet.md");

        Outcome wrong = Cli.plain()
                .withEnvironment(Map.of("STORE_PASSWORD", "guessed"))
                .run(
                        "keys",
                        "list",
                        place,
                        "--key-encryption-key",
                        wrapping,
                        "--store-user",
                        "app",
                        "--store-password",
                        "env:STORE_PASSWORD");
        assertThat(wrong.exit()).isEqualTo(ExitCode.NETWORK);
        assertThat(wrong.err()).contains("WRONGPASS", "password").doesNotContain("guessed");
    }

    @Test
    void keyEncryptionKeyComesFromTheEnvironmentToo() {
        keys("rotate");
        Outcome outcome = Cli.plain()
                .withEnvironment(Map.of("KEK", Base64.getEncoder().encodeToString(new byte[32])))
                .run("keys", "list", place, "--key-encryption-key", "env:KEK", "--json");

        assertThat(column(outcome, "state")).containsExactly("seals");
    }

    @Test
    void storeThatIsDownIsNamed() {
        store.kill();
        Outcome english = keys("list");
        Outcome japanese = Cli.plain().run("keys", "list", place, "--key-encryption-key", wrapping, "--lang", "ja");

        assertThat(english.exit()).isEqualTo(ExitCode.NETWORK);
        assertThat(english.summary()).contains(entry("failure", "store_unreachable"));
        assertThat(japanese.err()).contains("接続できません", "対処").doesNotContain("Exception");
    }

    @Test
    void misuseIsNamedAndNoSecretIsShown() throws IOException {
        Path open = secret("open", Base64.getEncoder().encodeToString(new byte[32]));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        String secret = "c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2U=";
        Map<List<String>, String> told = Map.of(
                List.of("keys", "list", place), "--key-encryption-key",
                List.of("keys", "list", place, "--key-encryption-key", secret), "env:NAME",
                List.of("keys", "list", place, "--key-encryption-key", "file:" + open), "rw-r--r--",
                List.of("keys", "list", place, "--key-encryption-key", "env:NONE"), "environment variable",
                List.of("keys", "list", place, "--key-encryption-key", wrapping, "--store-user", "x"),
                        "--store-password",
                List.of("keys", "rotate", place, "--key-encryption-key", wrapping, "--ahead", "0"), "--ahead",
                List.of("keys", "list", "file:x", "--store-user", "x"), "redis://HOST:PORT/NAME",
                List.of("serve", "--port", "0", "--key-encryption-key", wrapping), "redis://HOST:PORT/NAME",
                List.of("serve", "--ticket-keys", "redis-sentinel://a:1,b:2/shop", "--key-encryption-key", wrapping),
                        "#MASTER",
                List.of("keys", "list", "redis://u:" + secret + "@h:1/a/b", "--key-encryption-key", wrapping),
                        "WARNING");
        told.forEach((arguments, text) -> {
            Outcome outcome = Cli.plain().run(arguments.toArray(String[]::new));
            assertThat(outcome.exit()).as("%s", arguments).isEqualTo(ExitCode.USAGE);
            assertThat(outcome.err()).contains(text, "What to do:").doesNotContain(secret, "Exception");
        });
    }

    @Test
    void passwordInAnAddressOfAnyFormIsWarnedOfAndNotShown() {
        for (String address : List.of(
                "redis://app:SEC/RET@127.0.0.1:1/shop",
                "redis://app:SEC#RET@127.0.0.1:1/shop",
                "redis://SECRET@127.0.0.1:1/a b",
                "redis://app:SECRET@127.0.0.1:1/shop")) {
            Outcome outcome = Cli.plain().run("keys", "list", address, "--key-encryption-key", wrapping);
            assertThat(outcome.err())
                    .as(address)
                    .contains("WARNING", "127.0.0.1")
                    .doesNotContain("SEC", "RET");
        }
        for (String address : List.of(
                "valkey://app:SEC,RET@127.0.0.1:1/shop",
                "REDIS://app:SECRET@127.0.0.1:1/shop",
                "redis:/app:SECRET@127.0.0.1:1/shop")) {
            for (List<String> command : List.of(List.of("keys", "list"), List.of("serve", "--ticket-keys"))) {
                Outcome outcome = Cli.plain()
                        .run(Stream.concat(command.stream(), Stream.of(address)).toArray(String[]::new));
                assertThat(outcome.err()).as(address).contains("127.0.0.1").doesNotContain("SEC", "RET");
            }
        }
    }

    /** As the launcher starts it: a store's libraries are modules that are only there if they are asked for. */
    @Test
    void programAsModulesNeedsTheStoresOnesOnlyForAStore() throws Exception {
        Outcome with = process("--add-modules", "dev.akushu.fleet");
        assertThat(with.exit()).as(with.err()).isEqualTo(ExitCode.DONE);
        assertThat(with.out()).contains("seals");
        assertThat(with.err()).isEmpty();

        Outcome without = process();
        assertThat(without.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(without.err()).contains("--add-modules dev.akushu.fleet");
    }

    private Outcome process(String... options) throws Exception {
        String path = Stream.of(System.getProperty("jdk.module.path", ""), System.getProperty("java.class.path"))
                .flatMap(all -> Stream.of(all.split(File.pathSeparator)))
                .filter(entry -> !entry.contains("test-classes") && !entry.isEmpty())
                .distinct()
                .reduce((all, entry) -> all + File.pathSeparator + entry)
                .orElseThrow();
        List<String> command = Stream.of(
                        Stream.of(Path.of(System.getProperty("java.home"), "bin", "java")
                                .toString()),
                        Stream.of(options),
                        Stream.of("-p", path, "-m", "dev.akushu.cli/" + Main.class.getName()),
                        Stream.of("keys", "rotate", place, "--key-encryption-key", wrapping, "--lang", "en"))
                .flatMap(each -> each)
                .toList();
        Path err = folder.resolve("err");
        Process process =
                new ProcessBuilder(command).redirectError(err.toFile()).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Outcome(ExitCode.numbered(process.exitValue()), out, Files.readString(err));
    }
}
