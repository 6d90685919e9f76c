package dev.akushu.cli.option;

import dev.akushu.cli.console.Console;
import dev.akushu.cli.console.Failure;
import dev.akushu.tls.Identity;
import dev.akushu.tls.IdentityFiles;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.crypto.Crypto;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A certificate that this end can show, its private key, and what is shown with it. Options of one group: each {@code --cert} begins another. */
public class CertificateOptions {
    @Option(names = "--cert", paramLabel = "FILE", required = true)
    private Path certificate = Path.of("");

    @Option(names = "--key", paramLabel = "FILE")
    private @Nullable Path key;

    @Option(names = "--ocsp", paramLabel = "FILE")
    private @Nullable Path ocspResponse;

    /** Files with signed certificate timestamps to go with it. */
    List<Path> timestamps() {
        return List.of();
    }

    /**
     * The identities in the files, if any were named, and what the files hold once they were replaced.
     *
     * @param rawPublicKeys whether keys are shown without their certificates to peers that prefer that
     */
    public static Optional<IdentityFiles> files(
            List<? extends CertificateOptions> groups, Crypto crypto, boolean rawPublicKeys, Console console)
            throws TlsException {
        return read(groups, crypto, rawPublicKeys, "serve.files_unusable", console);
    }

    /** The identities in the files as they are now; the keys without the certificates if {@code rawPublicKeys}. */
    public static List<Identity> identities(
            List<? extends CertificateOptions> groups, Crypto crypto, boolean rawPublicKeys, Console console)
            throws TlsException {
        List<Identity> identities = new ArrayList<>();
        for (Identity identity : read(groups, crypto, false, "connect.response_unusable", console)
                .map(IdentityFiles::current)
                .orElse(List.of())) {
            identities.add(rawPublicKeys ? identity.withoutCertificates() : identity);
        }
        return identities;
    }

    private static Optional<IdentityFiles> read(
            List<? extends CertificateOptions> groups,
            Crypto crypto,
            boolean rawPublicKeys,
            String complaint,
            Console console)
            throws TlsException {
        if (groups.isEmpty()) {
            return Optional.empty();
        }
        IdentityFiles.Builder files = IdentityFiles.builder()
                .crypto(crypto)
                .rawPublicKeys(rawPublicKeys)
                .onFault(fault -> tell(fault, complaint, console));
        for (CertificateOptions group : groups) {
            group.addTo(files);
        }
        return Optional.of(files.build());
    }

    /** One file may hold both certificate and key. */
    private void addTo(IdentityFiles.Builder files) {
        Path privateKey = key == null ? certificate : key;
        IdentityFiles.Builder added = ocspResponse == null
                ? files.add(certificate, privateKey)
                : files.add(certificate, privateKey, ocspResponse);
        added.timestamps(timestamps());
    }

    private static void tell(TlsException fault, String complaint, Console console) {
        Failure failure = Failure.of(fault.diagnosis(), console.words());
        console.warn(console.words().text(complaint, failure.cause(), failure.remedy()));
    }
}
