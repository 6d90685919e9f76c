package dev.akushu.cli.connect;

import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.Console;
import dev.akushu.cli.console.Words;
import dev.akushu.cli.option.OutputFile;
import dev.akushu.lab.keep.Form;
import dev.akushu.lab.keep.Report;
import dev.akushu.lab.record.Recording;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The file of {@code --report}, in which the connections of this run are kept whatever becomes of them. It is made for its owner
 * alone, before anything is sent: that it cannot be written is better known before than after.
 */
final class ReportFile implements AutoCloseable {
    private static final Set<StandardOpenOption> ANEW =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);

    private final Path path;
    private final Form form;
    private final FileChannel channel;
    private final Console console;
    private final Report report = new Report();

    private ReportFile(Path path, Form form, FileChannel channel, Console console) {
        this.path = path;
        this.form = form;
        this.channel = channel;
        this.console = console;
    }

    /** Opens {@code path}, whose name says in which form. */
    static ReportFile open(Path path, Console console) throws CommandFailure {
        Words words = console.words();
        Form form = Form.ofFile(path.toString()).orElseThrow(() -> words.misuse("report_form", path));
        try {
            ReportFile opened = new ReportFile(path, form, FileChannel.open(path, ANEW, forOwnerAlone()), console);
            if (form == Form.PCAPNG) {
                console.warn(words.text("report.secrets", path));
            }
            return opened;
        } catch (IOException failed) {
            throw OutputFile.failure(path, failed, words);
        }
    }

    /** Begins to write down the next connection. */
    Recording begin() {
        return report.begin();
    }

    /** Writes what there is. */
    @Override
    public void close() throws IOException {
        try (channel) {
            ByteBuffer content = ByteBuffer.wrap(report.as(form, console.words().locale()));
            while (content.hasRemaining()) {
                channel.write(content);
            }
        }
        console.status(console.words().text("report.written", path));
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
