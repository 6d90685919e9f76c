package dev.akushu.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.akushu.cli.console.ExitCode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code serve --ticket-keys redis://}, with a real store. */
@Timeout(120)
class ServeStoreTest extends CommandsAtStore {
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

            String reign = field("server", "run_id") + ":" + field("replication", "master_replid") + ":"
                    + field("stats", "evicted_keys");
            store.ask("set", "akushu:{shop}:since", reign + " 0 " + System.currentTimeMillis());
            // On a busy machine the store may answer later than a server waits; and what was refused has used its
            // ticket up.
            Object outcome = "";
            for (int i = 0; i < 20 && !outcome.equals("accepted"); i++) {
                connect(server.port(), authority, session);
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

    private RunningServer serve(int port, String... more) throws IOException {
        return RunningServer.startOn(
                port,
                Stream.concat(Stream.of("--ticket-keys", place, "--key-encryption-key", wrapping), Stream.of(more))
                        .toArray(String[]::new));
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
}
