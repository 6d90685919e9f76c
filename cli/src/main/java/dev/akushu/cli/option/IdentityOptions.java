package dev.akushu.cli.option;

import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.Words;
import dev.akushu.tls.Identity;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.crypto.Crypto;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who this end is: a certificate and its private key. */
public final class IdentityOptions {
    @Option(names = "--cert", paramLabel = "FILE")
    private @Nullable Path certificate;

    @Option(names = "--key", paramLabel = "FILE")
    private @Nullable Path key;

    /** The identity in the files, if any were named. One file may hold both. */
    public Optional<Identity> identity(Crypto crypto, Words words) throws CommandFailure, TlsException {
        if (certificate == null && key == null) {
            return Optional.empty();
        }
        if (certificate == null) {
            throw words.misuse("key_without_certificate");
        }
        return Optional.of(Identity.pem(certificate, key == null ? certificate : key, crypto));
    }
}
