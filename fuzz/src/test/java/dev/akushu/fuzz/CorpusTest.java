package dev.akushu.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every input that a fuzzer found worth keeping, the crashes of former days among them, goes well. */
class CorpusTest {
    private static final Path CORPUS = Path.of("corpus");

    @TestFactory
    List<DynamicContainer> whatWasKeptGoesWell() throws IOException {
        return all(CORPUS);
    }

    @TestFactory
    List<DynamicContainer> honestInputGoesWell(@TempDir Path folder) throws Exception {
        Seeds.main(new String[] {folder.toString()});
        return all(folder);
    }

    @Test
    void everyTargetHasACorpus() throws IOException {
        try (Stream<Path> sources = Files.list(Path.of("src/main/java/dev/akushu/fuzz"))) {
            List<String> targets = sources.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith("Target.java"))
                    .map(name -> name.substring(0, name.length() - "Target.java".length()))
                    .toList();
            assertThat(targets)
                    .hasSizeGreaterThan(5)
                    .allSatisfy(target -> assertThat(CORPUS.resolve(target)).isNotEmptyDirectory());
        }
    }

    private static List<DynamicContainer> all(Path corpus) throws IOException {
        return children(corpus).stream()
                .map(folder -> DynamicContainer.dynamicContainer(
                        folder.getFileName().toString(),
                        inputs(folder, target(folder.getFileName().toString())).stream()))
                .toList();
    }

    private static List<DynamicTest> inputs(Path folder, MethodHandle target) {
        return children(folder).stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                    target.invokeExact(Files.readAllBytes(file));
                }))
                .toList();
    }

    private static List<Path> children(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted().toList();
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    private static MethodHandle target(String name) {
        try {
            return MethodHandles.lookup()
                    .findStatic(
                            Class.forName("dev.akushu.fuzz." + name + "Target"),
                            "fuzzerTestOneInput",
                            MethodType.methodType(void.class, byte[].class));
        } catch (ReflectiveOperationException missing) {
            throw new IllegalStateException("a corpus without a target: " + name, missing);
        }
    }
}
