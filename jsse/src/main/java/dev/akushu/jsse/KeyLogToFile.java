package dev.akushu.jsse;

import dev.akushu.tls.KeyLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of every connection in a file, for Wireshark to read a program's traffic with (RFC 9850). The file is opened
 * for each line: that is slow, but leaves nothing open that no context can close.
 */
final class KeyLogToFile implements KeyLog {
    /** A system property that names the file. Whoever reads it can read all connections. */
    static final String PROPERTY = "dev.akushu.jsse.dangerKeyLogFile";

    private static final System.Logger LOG = System.getLogger("dev.akushu.jsse");
    private static final Set<StandardOpenOption> APPEND =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);

    private final Path file;
    private final AtomicBoolean complained = new AtomicBoolean();

    private KeyLogToFile(Path file) {
        this.file = file;
    }

    /** By the property; null if it is not set. */
    static @Nullable KeyLogToFile ofProperty() {
        String file = System.getProperty(PROPERTY, "");
        if (file.isBlank()) {
            return null;
        }
        LOG.log(
                System.Logger.Level.WARNING,
                "the secrets of all connections are written to {0}, as the property {1} says: whoever reads it can read"
                        + " the connections",
                file,
                PROPERTY);
        return new KeyLogToFile(Path.of(file));
    }

    /** Appends the line; if that fails the connection goes on, and the first failure is told. */
    @Override
    public void line(String line) {
        // In one write, so that lines of two connections do not mix.
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.US_ASCII));
        try (FileChannel channel = FileChannel.open(file, APPEND, forOwnerAlone())) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException failed) {
            if (!complained.getAndSet(true)) {
                LOG.log(System.Logger.Level.WARNING, "secrets could not be written to {0}: {1}", file, failed);
            }
        }
    }

    private static FileAttribute<?>[] forOwnerAlone() {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
