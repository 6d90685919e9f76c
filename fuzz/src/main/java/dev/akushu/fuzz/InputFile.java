package dev.akushu.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file for what reads nothing else. It is its owner's alone, as files with secrets have to be. */
final class InputFile {
    /** Where Linux has it: what writes files with secrets waits for the disk each time. */
    private static final Path IN_MEMORY = Path.of("/dev/shm");

    private static final Path FILE = create();

    private InputFile() {}

    /** The file, which holds {@code input} until the next one is asked for. */
    static Path of(byte[] input) {
        try {
            return Files.write(FILE, input);
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    private static Path create() {
        try {
            Path file = Files.isWritable(IN_MEMORY)
                    ? Files.createTempFile(IN_MEMORY, "akushu-fuzz", "")
                    : Files.createTempFile("akushu-fuzz", "");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }
}
