package dev.akushu.jsse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A JVM of its own, for what a JVM reads once. */
final class AnotherJvmWith {
    private AnotherJvmWith() {}

    /** What {@code program} prints where {@code algorithms} are what {@code jdk.tls.disabledAlgorithms} says. */
    static String disabled(String algorithms, Path folder, Class<?> program) throws Exception {
        Path security =
                Files.writeString(folder.resolve("disabled.security"), "jdk.tls.disabledAlgorithms=" + algorithms);
        Path tests = location(AkushuContext.class).resolveSibling("test-classes");
        // Whatever these tests were started with, as modules or not.
        String classPath = String.join(
                File.pathSeparator,
                tests.toString(),
                System.getProperty("jdk.module.path", ""),
                System.getProperty("java.class.path"));
        Process jvm = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.security.properties=" + security,
                        "-classpath",
                        classPath,
                        program.getName()))
                .redirectErrorStream(true)
                .start();
        String said = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(jvm.waitFor()).as(said).isZero();
        return said.strip();
    }

    private static Path location(Class<?> one) throws URISyntaxException {
        return Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
