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
import java.io.OutputStream;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code serve --ticket-keys redis://} and {@code keys ... redis://}, with a real store. */
@Timeout(120)
class StoreTest {
    @TempDir
    private Path folder;

    private RedisProcess store;
    private String place = "";
    private String wrapping = "";

    @BeforeEach
    void start() throws IOException {
        store = RedisProcess.start(folder);
        place = store.address("shop");
        wrapping = "file:" + secret("kek", Base64.getEncoder().encodeToString(new byte[32]));
    }

    @AfterEach
    void stop() {
        if (store != null) {
            store.close();
        }
    }

    private Path secret(String name, String content) throws IOException {
        Path file = Files.writeString(folder.resolve(name), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        return file;
    }

    private Outcome keys(String command, String... more) {
        return Cli.plain()
                .run(Stream.concat(
                                Stream.of("keys", command, place, "--key-encryption-key", wrapping, "--json"),
                                Stream.of(more))
                        .toArray(String[]::new));
    }

    private RunningServer serve(int port, String... more) throws IOException {
        return RunningServer.startOn(
                port,
                Stream.concat(Stream.of("--ticket-keys", place, "--key-encryption-key", wrapping), Stream.of(more))
                        .toArray(String[]::new));
    }

    private static List<Object> column(Outcome outcome, String field) {
        return outcome.events().stream()
                .filter(event -> event.get("event").equals("ticket_key"))
                .map(event -> event.get(field))
                .toList();
    }

    private static Map<String, Object> connect(int port, TestCa authority, String session, String... more) {
        String[] arguments = Stream.concat(
                        Stream.of(
                                "connect",
                                "localhost:" + port,
                                "--ca",
                                authority.certificate(),
                                "--session",
                                session,
                                "--json"),
                        Stream.of(more))
                .toArray(String[]::new);
        return Cli.plain().run(arguments).handshakes().getLast();
    }

    @Test
    void ticketOfOneServerResumesAtAnotherUntilItsKeyIsRetired() throws Exception {
        TestCa authority = TestCa.in(folder);
        String identity = authority.issue("server", "localhost");
        String session = folder.resolve("session").toString();
        int port;
        try (RunningServer first = serve(0, "--cert", identity)) {
            assertThat(first.await("ticket_keys")).contains(entry("shared", true));
            port = first.port();
            assertThat(connect(port, authority, session)).contains(entry("kind", "full"));
        }
        try (RunningServer second = serve(port, "--cert", identity)) {
            second.await("ticket_keys");
            assertThat(connect(port, authority, session)).contains(entry("kind", "resumed"));

            keys("retire", String.valueOf(column(keys("list"), "name").getFirst()));
            awaitFull(port, authority, session);
        }
    }

    /** The server hears of it a moment later: maybe within a connection that still resumed, whose new ticket is of the next key. So each attempt has the old ticket. */
    private static void awaitFull(int port, TestCa authority, String session) throws Exception {
        byte[] ticket = Files.readAllBytes(Path.of(session));
        for (int attempt = 0; attempt < 100; attempt++) {
            Files.write(Path.of(session), ticket);
            if (connect(port, authority, session).get("kind").equals("full")) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new AssertionError("the ticket of a retired key still resumes");
    }

    @Test
    void earlyDataIsRememberedInTheStoreForAllServers() throws Exception {
        TestCa authority = TestCa.in(folder);
        String identity = authority.issue("server", "localhost");
        String session = folder.resolve("session").toString();
        try (RunningServer server = serve(0, "--cert", identity, "--early-data", "1000", "--echo")) {
            server.await("ticket_keys");
            assertThat(connect(server.port(), authority, session)).contains(entry("kind", "full"));
            assertThat(connect(server.port(), authority, session, "--early-data", "hello"))
                    .as("a store that is new may have forgotten")
                    .contains(entry("early_data", "refused_by_server"));
            assertThat(hellos()).hasSize(1);

            String reign = field("server", "run_id") + ":" + field("replication", "master_replid");
            store.ask("set", "akushu:{shop}:since", reign + " 0 0");
            // On a busy machine the store may answer later than a server waits.
            Object outcome = "";
            for (int i = 0; i < 20 && !outcome.equals("accepted"); i++) {
                outcome = connect(server.port(), authority, session, "--early-data", "hello")
                        .get("early_data");
            }
            assertThat(outcome).as("one that has been there since 1970 has not").isEqualTo("accepted");
            assertThat(hellos()).hasSizeGreaterThanOrEqualTo(2);
        }
    }

    private String field(String section, String name) throws Exception {
        Matcher field = Pattern.compile(name + ":(\\w+)").matcher(store.ask("info", section));
        assertThat(field.find()).isTrue();
        return field.group(1);
    }

    private List<String> hellos() throws Exception {
        return store.ask("keys", "akushu:{shop}:hello:*")
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }

    @Test
    void storeThatIsAwayAtStartIsJoinedLater() throws Exception {
        store.kill();
        TestCa authority = TestCa.in(folder);
        String identity = authority.issue("server", "localhost");
        String session = folder.resolve("session").toString();
        try (RunningServer server = serve(0, "--cert", identity)) {
            assertThat(server.await("ticket_keys")).contains(entry("shared", false));
            assertThat(server.err()).contains("WARNING", "127.0.0.1", "refuse early data", "try again");
            assertThat(connect(server.port(), authority, session)).contains(entry("kind", "full"));

            store.start();
            assertThat(server.await("ticket_keys")).contains(entry("shared", true));
            assertThat(connect(server.port(), authority, session))
                    .as("what its own key sealed still opens here")
                    .contains(entry("kind", "resumed"));
        }
    }

    @Test
    void serverThatJoinsWhileItSaysThatItIsAloneSaysThatTooBehindIt() throws Exception {
        store.kill();
        CountDownLatch over = new CountDownLatch(1);
        CompletableFuture<Runnable> stop = new CompletableFuture<>();
        List<String> told = new CopyOnWriteArrayList<>();
        OutputStream lines = new OutputStream() {
            @Override
            public void write(int octet) {
                // Lines come whole.
            }

            @Override
            public void write(byte[] source, int offset, int length) {
                String text = new String(source, offset, length, StandardCharsets.UTF_8);
                if (text.contains("\"ticket_keys\"")) {
                    told.add(text);
                    if (told.size() == 1) {
                        startStoreAndAwaitAKey();
                    }
                }
            }
        };
        Thread server = Thread.ofPlatform().start(() -> {
            Cli.plain()
                    .run(
                            lines,
                            OutputStream.nullOutputStream(),
                            stop::complete,
                            "serve",
                            "--port",
                            "0",
                            "--json",
                            "--ticket-keys",
                            place,
                            "--key-encryption-key",
                            wrapping);
            over.countDown();
        });
        try {
            for (int attempt = 0; attempt < 100 && told.size() < 2; attempt++) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
            assertThat(told).hasSize(2);
            assertThat(told.getFirst()).contains("\"shared\":false");
            assertThat(told.getLast()).contains("\"shared\":true");
        } finally {
            stop.get(30, TimeUnit.SECONDS).run();
            assertThat(over.await(30, TimeUnit.SECONDS)).isTrue();
            server.join();
        }
    }

    /** And for as long as the server takes from there to telling of it. */
    private void startStoreAndAwaitAKey() {
        try {
            store.start();
            for (int attempt = 0; attempt < 200; attempt++) {
                if (store.ask("exists", "akushu:{shop}:keys").contains("1")) {
                    break;
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
            TimeUnit.MILLISECONDS.sleep(500);
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Test
    void serverWhoseStoreAnswersAndHasNoKeySaysThatItWaitsForOne() throws Exception {
        // Another server holds the lease, and makes none.
        store.ask("set", "akushu:{shop}:lease", "another", "px", "8000");
        Path out = folder.resolve("out");
        CompletableFuture<Runnable> stop = new CompletableFuture<>();
        try (OutputStream stream = Files.newOutputStream(out)) {
            Thread server = Thread.ofPlatform()
                    .start(() -> Cli.plain()
                            .run(
                                    stream,
                                    OutputStream.nullOutputStream(),
                                    stop::complete,
                                    "serve",
                                    "--port",
                                    "0",
                                    "--ticket-keys",
                                    place,
                                    "--key-encryption-key",
                                    wrapping));
            try {
                awaitLine(out, "Tickets open at every server of the fleet.");
            } finally {
                stop.get(30, TimeUnit.SECONDS).run();
                server.join();
            }
        }
        assertThat(out)
                .content()
                .contains("until a key of the fleet's seals here")
                .doesNotContain("until the store");
    }

    private static void awaitLine(Path file, String line) throws Exception {
        for (int attempt = 0; attempt < 400; attempt++) {
            if (Files.readString(file).contains(line)) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        throw new AssertionError("missing: " + line + "\n" + Files.readString(file));
    }

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

    private String otherWrapping() throws IOException {
        byte[] other = new byte[32];
        other[0] = 1;
        return "file:" + secret("other", Base64.getEncoder().encodeToString(other));
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
    void serverWithAnotherKeyEncryptionKeySaysThatItSharesWithNobodyAndMakesNoKey() throws Exception {
        keys("rotate");
        String before = store.ask("hgetall", "akushu:{shop}:keys");
        String right = wrapping;
        wrapping = otherWrapping();
        TestCa authority = TestCa.in(folder);
        String session = folder.resolve("session").toString();
        try (RunningServer server = serve(0, "--cert", authority.issue("server", "localhost"))) {
            assertThat(server.await("ticket_keys")).contains(entry("shared", false));
            assertThat(server.err()).contains("WARNING", "do not open here", "key-encryption key");
            assertThat(connect(server.port(), authority, session)).contains(entry("kind", "full"));
            assertThat(connect(server.port(), authority, session))
                    .as("by a key of its own")
                    .contains(entry("kind", "resumed"));
            assertThat(store.ask("hgetall", "akushu:{shop}:keys")).isEqualTo(before);
            assertThat(keys("rotate").exit()).isEqualTo(ExitCode.USAGE);

            wrapping = right;
            assertThat(keys("rotate").exit()).isEqualTo(ExitCode.DONE);
            store.ask("del", "akushu:{shop}:keys");
            assertThat(server.await("ticket_keys"))
                    .as("nobody else is there any more")
                    .contains(entry("shared", true));
        }
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
