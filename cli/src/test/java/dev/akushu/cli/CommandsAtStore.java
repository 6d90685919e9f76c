package dev.akushu.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What tests of commands that are given a store have in common: a real one, which is empty before each of them, and a key-encryption key. */
abstract class CommandsAtStore {
    @TempDir
    Path folder;

    RedisProcess store;

    /** As the commands take it. */
    String place = "";

    /** The key-encryption key, as the commands take it. */
    String wrapping = "";

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

    final Path secret(String name, String content) throws IOException {
        Path file = Files.writeString(folder.resolve(name), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        return file;
    }

    final String otherWrapping() throws IOException {
        byte[] other = new byte[32];
        other[0] = 1;
        return "file:" + secret("other", Base64.getEncoder().encodeToString(other));
    }

    final Outcome keys(String command, String... more) {
        return Cli.plain()
                .run(Stream.concat(
                                Stream.of("keys", command, place, "--key-encryption-key", wrapping, "--json"),
                                Stream.of(more))
                        .toArray(String[]::new));
    }

    static List<Object> column(Outcome outcome, String field) {
        return outcome.events().stream()
                .filter(event -> event.get("event").equals("ticket_key"))
                .map(event -> event.get(field))
                .toList();
    }
}
