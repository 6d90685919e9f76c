package dev.akushu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The build's own tool, run as the build runs it. */
class NewerClassFilesTest {
    /** Java 6: HotSpot archives no class that is older. */
    private static final int OLDEST_ARCHIVED = 50;

    @TempDir
    static Path folder;

    private static Path published;
    private static Path renewed;

    @BeforeAll
    static void renew() throws Exception {
        published = Path.of(CommandLine.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        renewed = folder.resolve("renewed.jar");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "src/build/NewerClassFiles.java",
                published.toString(),
                renewed.toString());
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void allIsInTheCopyAndNothingTooOldForTheCache() throws IOException {
        try (JarFile before = new JarFile(published.toFile());
                JarFile after = new JarFile(renewed.toFile())) {
            assertThat(after.stream().map(ZipEntry::getName))
                    .containsExactlyElementsOf(
                            before.stream().map(ZipEntry::getName).toList());
            assertThat(classes(before)).anyMatch(each -> version(before, each) < OLDEST_ARCHIVED);
            assertThat(classes(after)).allMatch(each -> version(after, each) >= OLDEST_ARCHIVED);
        }
    }

    /** Which needs the new stack maps to be right. */
    @Test
    void everyClassOfTheCopyIsVerified() throws Exception {
        try (JarFile jar = new JarFile(renewed.toFile());
                URLClassLoader loader =
                        new URLClassLoader(new URL[] {renewed.toUri().toURL()}, null)) {
            List<String> names = classes(jar)
                    .map(ZipEntry::getName)
                    // Support for Groovy, which is not here.
                    .filter(name -> !name.startsWith("picocli/groovy/") && !name.startsWith("META-INF/"))
                    .map(name -> name.replace('/', '.').substring(0, name.length() - ".class".length()))
                    .toList();
            assertThat(names).hasSizeGreaterThan(150);
            for (String name : names) {
                // Initialized, because a class is verified no sooner.
                assertThat(Class.forName(name, true, loader).getClassLoader()).isSameAs(loader);
            }
        }
    }

    private static Stream<? extends ZipEntry> classes(JarFile jar) {
        return jar.stream().filter(entry -> entry.getName().endsWith(".class"));
    }

    private static int version(JarFile jar, ZipEntry entry) {
        try (InputStream content = jar.getInputStream(entry)) {
            return ClassFile.of().parse(content.readAllBytes()).majorVersion();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
