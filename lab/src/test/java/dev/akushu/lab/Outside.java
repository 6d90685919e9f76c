package dev.akushu.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Programs that are not ours. Where one is absent its tests are skipped; with {@code akushu.interop.required} they fail. */
public final class Outside {
    private static final long PATIENCE_SECONDS = 120;

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

    /** Runs it to its end and returns what it printed; fails unless it ends well. */
    public static String run(String program, List<String> first, String... more)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(first);
        command.addAll(List.of(more));
        Path errors = Files.createTempFile("akushu-lab", ".err");
        Process process = new ProcessBuilder(command)
                .redirectError(errors.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue())
                    .as(output + Files.readString(errors))
                    .isZero();
            return output;
        } finally {
            process.destroyForcibly();
            Files.delete(errors);
        }
    }
}
