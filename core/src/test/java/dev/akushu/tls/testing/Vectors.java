package dev.akushu.tls.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** The large vectors of others, which are no part of this repository. */
public final class Vectors {
    private Vectors() {}

    /**
     * The file or folder {@code name} among them. Without it the calling test is skipped and says so, or fails where the system property
     * {@code akushu.vectors.required} is 1 or true.
     */
    public static Path find(String name) {
        return Stream.of(System.getProperty("akushu.vectors", ""), System.getenv("AKUSHU_VECTORS"))
                .filter(place -> place != null && !place.isEmpty())
                .map(place -> Path.of(place, name))
                .filter(Files::isReadable)
                .findFirst()
                .orElseGet(() -> absent(
                        "No test vectors: neither akushu.vectors nor AKUSHU_VECTORS names a folder with " + name));
    }

    private static Path absent(String message) {
        if (List.of("1", "true").contains(System.getProperty("akushu.vectors.required", ""))) {
            return Assertions.fail(message);
        }
        return Assumptions.abort(message);
    }
}
