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
        return List.of(
                region("Field25519", Field25519Generator.generate()),
                region("FieldP256", MontgomeryGenerator.P256.generate()),
                region("FieldP384", MontgomeryGenerator.P384.generate()));
    }

    private static GeneratedRegion region(String type, String code) {
        return new GeneratedRegion(SOURCES.resolve(type + ".java"), code);
    }

    /**
     * The classes of P-384 that are those of P-256 with another name: the field and the constants make the difference.
     */
    public static List<String> copies() {
        return List.of(
                "PointP256",
                "CompleteP256",
                "OddMultiplesP256",
                "SecretMultiplyP256",
                "PublicMultiplyP256",
                "P256",
                "P256Verifier");
    }

    /** The file of a copy. */
    public static Path copyOf(String type) {
        return SOURCES.resolve(type.replace("P256", "P384") + ".java");
    }

    /** What the copy of {@code type} has to be. */
    public static String expectedCopyOf(String type) throws IOException {
        return renamed(Files.readString(SOURCES.resolve(type + ".java")));
    }

    /** The text of a class of P-256 for P-384. */
    public static String renamed(String text) {
        return text.replace("P256", "P384").replace("P-256", "P-384").replace("p256", "p384");
    }

    /** Brings the sources up to date. */
    public static void main(String[] arguments) throws IOException {
        for (GeneratedRegion region : regions()) {
            Files.writeString(region.file(), region.expected());
        }
        for (String type : copies()) {
            Files.writeString(copyOf(type), expectedCopyOf(type));
        }
    }
}
