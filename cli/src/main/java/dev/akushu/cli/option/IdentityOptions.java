package dev.akushu.cli.option;

import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.Console;
import dev.akushu.cli.console.Failure;
import dev.akushu.cli.console.Words;
import dev.akushu.tls.Identity;
import dev.akushu.tls.IdentityFiles;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.crypto.Crypto;
import java.nio.file.Path;
import java.util.List;
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

    /**
     * The identity in the files, if any were named, and what they hold once they were replaced.
     *
     * @param ocspResponse a file with an OCSP response to go with it, or null
     * @param timestamps files with signed certificate timestamps to go with it
     * @param rawPublicKey whether the key is shown without the certificate to peers that prefer that
     */
    public Optional<IdentityFiles> files(
            Crypto crypto, @Nullable Path ocspResponse, List<Path> timestamps, boolean rawPublicKey, Console console)
            throws CommandFailure, TlsException {
        if (certificate == null) {
            if (key != null) {
                throw console.words().misuse("key_without_certificate");
            }
            return Optional.empty();
        }
        Path privateKey = key == null ? certificate : key;
        IdentityFiles.Builder files = IdentityFiles.builder().crypto(crypto).onFault(fault -> tell(fault, console));
        files.rawPublicKeys(rawPublicKey);
        IdentityFiles.Builder added = ocspResponse == null
                ? files.add(certificate, privateKey)
                : files.add(certificate, privateKey, ocspResponse);
        return Optional.of(added.timestamps(timestamps).build());
    }

    private static void tell(TlsException fault, Console console) {
        Failure failure = Failure.of(fault.diagnosis(), console.words());
        console.warn(console.words().text("serve.files_unusable", failure.cause(), failure.remedy()));
    }
}
