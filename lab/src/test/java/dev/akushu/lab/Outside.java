package dev.akushu.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** Programs that are not ours. Where one is absent its tests are skipped; with {@code akushu.interop.required} they fail. */
public final class Outside {
    private Outside() {}

    public static void require(String program) {
        boolean there = List.of(System.getenv("PATH").split(File.pathSeparator)).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        boolean required = List.of("1", "true").contains(System.getProperty("akushu.interop.required", ""));
        if (required) {
            assertThat(there).as("there is a " + program + " on the PATH").isTrue();
        }
        Assumptions.assumeTrue(there, "there is no " + program + " on the PATH");
    }

    /** Runs {@code command} in {@code folder} to its end and returns what it printed; fails unless it ends well. */
    public static String run(Path folder, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        Path errors = Files.createTempFile("akushu-lab", ".err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(errors.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(output + Files.readString(errors)).isZero();
            return output;
        } finally {
            process.destroyForcibly();
            Files.delete(errors);
        }
    }
}
