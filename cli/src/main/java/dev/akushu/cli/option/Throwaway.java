package dev.akushu.cli.option;

import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.Words;
import dev.akushu.lab.throwaway.KeyType;
import dev.akushu.lab.throwaway.ThrowawayCa;
import dev.akushu.tls.Identity;
import dev.akushu.tls.crypto.Crypto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A server's fresh certificate, by an authority that nobody keeps.
 *
 * @param identity certificate and key
 * @param authorityFile where the authority's certificate is, so that clients can trust it
 * @param temporary whether that file goes with the server
 */
public record Throwaway(Identity identity, Path authorityFile, boolean temporary) implements AutoCloseable {
    /**
     * Makes one.
     *
     * @param names that the certificate is for
     * @param file where to write the authority's certificate; null for a new file among the temporary ones
     */
    public static Throwaway create(List<String> names, @Nullable Path file, Words words)
            throws CommandFailure, IOException {
        ThrowawayCa authority = ThrowawayCa.create(KeyType.EC, Crypto.ownCurves());
        Identity identity = authority.server(names);
        Path written = file == null ? Files.createTempFile("akushu-ca-", ".pem") : file;
        OutputFile.writeCertificates(written, authority.pem(), words);
        return new Throwaway(identity, written, file == null);
    }

    /** Takes the temporary file away: without the server its authority is good for nothing. */
    @Override
    public void close() throws IOException {
        if (temporary) {
            Files.deleteIfExists(authorityFile);
        }
    }
}
