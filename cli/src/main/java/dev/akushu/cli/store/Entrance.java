package dev.akushu.cli.store;

import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.Console;
import dev.akushu.cli.console.Words;
import dev.akushu.cli.option.SecretPlace;
import dev.akushu.cli.option.StoreOptions;
import dev.akushu.fleet.KeyEncryptionKey;
import dev.akushu.fleet.KeyWrapping;
import dev.akushu.fleet.StoreAccess;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.file.SecretFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * The way into a store, as it was typed.
 *
 * @param address of the store, with the fleet's name
 * @param wrapping unwraps the keys that are there
 * @param access proves who this is
 */
record Entrance(String address, KeyWrapping wrapping, StoreAccess access) {
    private static final int LONGEST_PASSWORD = 1024;

    /** What they have to say, the console says in the user's language. Kept, because a logger that nobody holds forgets its level. */
    private static final Logger[] SILENT = Stream.of("dev.akushu.fleet", "io.lettuce", "io.netty")
            .map(Logger::getLogger)
            .toArray(Logger[]::new);

    /** Reads the secrets; nothing is connected yet. */
    static Entrance of(String address, StoreOptions options, Console console) throws CommandFailure, TlsException {
        Words words = console.words();
        for (Logger logger : SILENT) {
            logger.setLevel(Level.OFF);
        }
        // Whatever stands before an @ may be one, also without a user.
        if (address.contains("@")) {
            console.warn(words.text("store.password_seen"));
        }
        Map<String, String> environment = console.surroundings().environment();
        KeyWrapping wrapping = switch (options.keyEncryptionKey(words)) {
            case SecretPlace.InFile(Path file) -> KeyEncryptionKey.file(file);
            case SecretPlace.InEnvironment(String name) -> KeyEncryptionKey.environment(name, environment);
        };
        return new Entrance(address, wrapping, access(options, words, environment));
    }

    private static StoreAccess access(StoreOptions options, Words words, Map<String, String> environment)
            throws CommandFailure, TlsException {
        Optional<String> user = options.user(words);
        Optional<SecretPlace> password = options.password(words);
        Optional<Path> key = options.key(words);
        StoreAccess access = StoreAccess.DEFAULT;
        if (password.isPresent()) {
            Supplier<char[]> source = password(password.get(), environment);
            access = access.user(new StoreAccess.User(user.orElse(null), source));
        }
        if (options.authorities().isPresent()) {
            access = access.authorities(options.authorities().get());
        }
        Optional<Path> certificate = options.certificate(words);
        if (certificate.isPresent() && key.isPresent()) {
            access = access.identity(new StoreAccess.Identity(certificate.get(), key.get()));
        }
        return access;
    }

    /** Looks it up once, so that a mistake is known now, and again at each connection, when a file may hold another. */
    private static Supplier<char[]> password(SecretPlace place, Map<String, String> environment) throws TlsException {
        return switch (place) {
            case SecretPlace.InEnvironment(String name) -> {
                String value = environment.get(name);
                if (value == null) {
                    throw Problem.SECRET_VARIABLE_ABSENT.with(name);
                }
                yield value::toCharArray;
            }
            case SecretPlace.InFile(Path file) -> {
                Arrays.fill(read(file), '\0');
                yield () -> {
                    try {
                        return read(file);
                    } catch (TlsException gone) {
                        throw new IllegalStateException(gone.getMessage(), gone);
                    }
                };
            }
        };
    }

    /** The first line. */
    private static char[] read(Path file) throws TlsException {
        byte[] content = new byte[0];
        try {
            content = SecretFile.at(file, SecretFile.Sharing.GROUP_READS).read(LONGEST_PASSWORD);
            int end = 0;
            while (end < content.length && content[end] != '\n' && content[end] != '\r') {
                end++;
            }
            CharBuffer decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(content, 0, end));
            char[] password = new char[decoded.remaining()];
            decoded.get(password);
            Arrays.fill(decoded.array(), '\0');
            return password;
        } catch (IOException unreadable) {
            throw Problem.SECRET_FILE_UNUSABLE.causedBy(unreadable, file, SecretFile.reason(unreadable));
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }
}
