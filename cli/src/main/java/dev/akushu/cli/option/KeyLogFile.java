package dev.akushu.cli.option;

import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.Console;
import dev.akushu.cli.console.ExitCode;
import dev.akushu.tls.KeyLog;
import dev.akushu.tls.file.SecretFile;
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

/**
 * A key log in a file, in the format of RFC 9850. Lines are appended, so that several programs can share the file, each by one write; the
 * file is made for its owner alone.
 */
public final class KeyLogFile implements KeyLog, AutoCloseable {
    private static final Set<StandardOpenOption> APPEND =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);

    private final Path path;
    private final FileChannel channel;
    private final Console console;
    private final AtomicBoolean complained = new AtomicBoolean();

    private KeyLogFile(Path path, FileChannel channel, Console console) {
        this.path = path;
        this.channel = channel;
        this.console = console;
    }

    /** Opens {@code path}, which need not exist yet. */
    static KeyLogFile open(Path path, Console console) throws CommandFailure {
        try {
            return new KeyLogFile(path, FileChannel.open(path, APPEND, forOwnerAlone()), console);
        } catch (IOException failed) {
            throw new CommandFailure(
                    console.words()
                            .failure(ExitCode.USAGE, "keylog", path, SecretFile.reason(failed))
                            .failure(),
                    failed);
        }
    }

    /** Appends the line; if that fails the connection goes on, and the first failure is told. */
    @Override
    public void line(String line) {
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.US_ASCII));
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException failed) {
            if (!complained.getAndSet(true)) {
                console.warn(console.words().text("keylog.failed", path, SecretFile.reason(failed)));
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
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
