package dev.akushu.cli.option;

import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.ExitCode;
import dev.akushu.cli.console.Words;
import dev.akushu.tls.file.SecretFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Pattern;

/** Files that the user names to be written. */
public final class OutputFile {
    private static final Pattern CERTIFICATE =
            Pattern.compile("-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\\s]*-----END CERTIFICATE-----");

    /** In octets. */
    private static final int A_FEW_CERTIFICATES = 1 << 16;

    private OutputFile() {}

    /** Why {@code path} could not be written. */
    public static CommandFailure failure(Path path, IOException failed, Words words) {
        return new CommandFailure(
                words.failure(ExitCode.USAGE, "cannot_write", path, SecretFile.reason(failed))
                        .failure(),
                failed);
    }

    /**
     * Writes certificates in PEM to {@code path}, which may hold a few others before, or nothing; but a name that was mistaken must not cost a private key.
     *
     * @throws CommandFailure if it holds anything else, or cannot be written
     */
    public static void writeCertificates(Path path, String pem, Words words) throws CommandFailure {
        try {
            if (!Files.exists(path)) {
                Files.writeString(path, pem, StandardOpenOption.CREATE_NEW);
                return;
            }
            if (Files.isRegularFile(path) && !holdsCertificatesAlone(path)) {
                throw words.misuse("other_content", path);
            }
            Files.writeString(path, pem);
        } catch (IOException failed) {
            throw failure(path, failed, words);
        }
    }

    private static boolean holdsCertificatesAlone(Path path) throws IOException {
        return Files.size(path) <= A_FEW_CERTIFICATES
                && CERTIFICATE
                        .matcher(Files.readString(path, StandardCharsets.ISO_8859_1))
                        .replaceAll("")
                        .isBlank();
    }
}
