package dev.akushu.fuzz;

import dev.akushu.tls.TlsException;
import dev.akushu.tls.identity.PemFile;
import dev.akushu.tls.identity.RevocationFile;
import java.nio.file.Path;

/** Files that people give: certificates, private keys and revocation lists in PEM. */
public final class PemTarget {
    private PemTarget() {}

    /** One run. */
    public static void fuzzerTestOneInput(byte[] input) {
        Path file = InputFile.of(input);
        attempt(() -> PemFile.certificates(file));
        attempt(() -> PemFile.privateKey(file));
        attempt(() -> RevocationFile.read(file));
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
}
