package dev.akushu.fuzz;

import dev.akushu.tls.TlsException;
import dev.akushu.tls.identity.PemFile;
import dev.akushu.tls.identity.RevocationFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that people give: certificates, private keys and revocation lists in PEM. */
public final class PemTarget {
    private static final Path FILE = file();

    private PemTarget() {}

    /** One run. */
    public static void fuzzerTestOneInput(byte[] input) {
        try {
            Files.write(FILE, input);
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
        attempt(() -> PemFile.certificates(FILE));
        attempt(() -> PemFile.privateKey(FILE));
        attempt(() -> RevocationFile.read(FILE));
    }

    private interface Attempt {
        void orThrow() throws TlsException;
    }

    private static void attempt(Attempt attempt) {
        try {
            attempt.orThrow();
        } catch (TlsException refused) {
            Faults.requireFaultOfThePeer(refused);
        }
    }

    private static Path file() {
        try {
            Path file = Files.createTempFile("akushu-fuzz", ".pem");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }
}
