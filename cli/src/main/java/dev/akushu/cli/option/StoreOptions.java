package dev.akushu.cli.option;

import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.Words;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to get into a store of Ticket Keys, and at the keys in it. Secrets come from files or the environment: what stands on a command line can be seen by everybody on the machine. */
public final class StoreOptions {
    private static final String KEY_ENCRYPTION_KEY = "--key-encryption-key";
    private static final String AUTHORITIES = "--store-ca";

    @Option(names = KEY_ENCRYPTION_KEY, paramLabel = "file:PATH|env:NAME", descriptionKey = "store.kek")
    private @Nullable String keyEncryptionKey;

    @Option(names = "--store-user", paramLabel = "NAME", descriptionKey = "store.user")
    private @Nullable String user;

    @Option(names = "--store-password", paramLabel = "file:PATH|env:NAME", descriptionKey = "store.password")
    private @Nullable String password;

    @Option(names = AUTHORITIES, paramLabel = "FILE", descriptionKey = "store.ca")
    private @Nullable Path authorities;

    @Option(names = "--store-cert", paramLabel = "FILE", descriptionKey = "store.cert")
    private @Nullable Path certificate;

    @Option(names = "--store-key", paramLabel = "FILE", descriptionKey = "store.key")
    private @Nullable Path key;

    /** Fails if any is given: there is no store. */
    public void requireNone(Words words) throws CommandFailure {
        Optional<String> given = Stream.of(
                        given(KEY_ENCRYPTION_KEY, keyEncryptionKey),
                        given("--store-user", user),
                        given("--store-password", password),
                        given(AUTHORITIES, authorities),
                        given("--store-cert", certificate),
                        given("--store-key", key))
                .flatMap(Optional::stream)
                .findFirst();
        if (given.isPresent()) {
            throw words.misuse("needs", given.get(), "redis://HOST:PORT/NAME");
        }
    }

    private static Optional<String> given(String name, @Nullable Object value) {
        return value == null ? Optional.empty() : Optional.of(name);
    }

    /** Where the key-encryption key is; a store cannot do without. */
    public SecretPlace keyEncryptionKey(Words words) throws CommandFailure {
        if (keyEncryptionKey == null) {
            throw words.misuse("needs", "redis://", KEY_ENCRYPTION_KEY + " file:PATH");
        }
        return SecretPlace.of(keyEncryptionKey, KEY_ENCRYPTION_KEY, words);
    }

    /** The user's name; empty for the default user. */
    public Optional<String> user(Words words) throws CommandFailure {
        if (user != null && password == null) {
            throw words.misuse("needs", "--store-user", "--store-password file:PATH");
        }
        return Optional.ofNullable(user);
    }

    /** Where the user's password is. */
    public Optional<SecretPlace> password(Words words) throws CommandFailure {
        return password == null ? Optional.empty() : Optional.of(SecretPlace.of(password, "--store-password", words));
    }

    /** Who certifies the store. */
    public Optional<Path> authorities() {
        return Optional.ofNullable(authorities);
    }

    /** The certificate to show to the store. */
    public Optional<Path> certificate(Words words) throws CommandFailure {
        if (certificate == null && key != null) {
            throw words.misuse("needs", "--store-key", "--store-cert FILE");
        }
        return Optional.ofNullable(certificate);
    }

    /** Its private key. */
    public Optional<Path> key(Words words) throws CommandFailure {
        if (certificate != null && key == null) {
            throw words.misuse("needs", "--store-cert", "--store-key FILE");
        }
        return Optional.ofNullable(key);
    }
}
