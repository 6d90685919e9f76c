package dev.akushu.curves.generator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** All generated code of this module. Its main method writes it into the sources, from the module's folder. */
public final class Generated {
    private static final Path SOURCES = Path.of("src", "main", "java", "dev", "akushu", "curves");

    private Generated() {}

    /** Every file with a generated part. */
    public static List<GeneratedRegion> regions() {
        return List.of(region("Field25519", Field25519Generator.generate()));
    }

    private static GeneratedRegion region(String type, String code) {
        return new GeneratedRegion(SOURCES.resolve(type + ".java"), code);
    }

    /** Brings the sources up to date. */
    public static void main(String[] arguments) throws IOException {
        for (GeneratedRegion region : regions()) {
            Files.writeString(region.file(), region.expected());
        }
    }
}
