package dev.akushu.curves.machinecode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The machine-code gate, for HotSpot 25 on x86-64: no method that handles secrets has a conditional jump, a conditional move, a condition made a number or a division beyond those
 * that were looked at. Elsewhere it is skipped: what is allowed is what that compiler makes there.
 */
class MachineCodeTest {
    private static final Path SOURCES = Path.of("src", "main", "java", "dev", "akushu", "curves");

    /** A decision on a secret in each of some classes, as somebody might write it. */
    private static final Map<String, String[]> PLANTED = Map.of(
            "FieldP256", new String[] {"l0 = (l0 ^ mask) - mask;", "l0 = mask == 0 ? l0 : -l0;"},
            "Field25519", new String[] {"long t0 = (a.l0 ^ b.l0) & mask;", "long t0 = mask != 0 ? a.l0 ^ b.l0 : 0;"},
            "SecretMultiplyP384",
                    new String[] {"((int) bits & 63 | 1) - 32", "((int) bits & 31 | 1) - ((bits & 32) == 0 ? 32 : 0)"},
            "ModularInverse", new String[] {"long odd = -(g0 & 1);", "long odd = (g0 & 1) == 1 ? -1 : 0;"},
            "ScalarField", new String[] {"long keep = t[limbs - 1] >> 63;", "long keep = t[limbs - 1] < 0 ? -1 : 0;"});

    @TempDir
    private Path folder;

    @BeforeEach
    void needsTheCompilerThatWasLookedAt() {
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "only on x86-64");
        assumeTrue(
                Runtime.version().feature() == 25
                        && System.getProperty("java.vm.name").startsWith("OpenJDK 64-Bit Server"),
                "only with HotSpot 25, of which allowed.txt was made");
        if (!List.of("1", "true").contains(System.getProperty("akushu.interop.required", ""))) {
            assumeTrue(hasObjdump(), "objdump is not installed; it is in the package binutils");
        }
    }

    private static boolean hasObjdump() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "objdump")));
    }

    @Test
    void methodsThatHandleSecretsDecideNothingButWhatIsAllowed() {
        assertThat(Gate.violations(System.getProperty("java.class.path"))).isEmpty();
    }

    @Test
    void aPlantedDecisionOnASecretIsFound() throws IOException {
        List<String> files = new ArrayList<>();
        for (Map.Entry<String, String[]> planted : PLANTED.entrySet()) {
            String text = Files.readString(SOURCES.resolve(planted.getKey() + ".java"));
            assertThat(text).contains(planted.getValue()[0]);
            Path file = folder.resolve(planted.getKey() + ".java");
            Files.writeString(file, text.replace(planted.getValue()[0], planted.getValue()[1]));
            files.add(file.toString());
        }
        String classPath = System.getProperty("java.class.path");
        List<String> options =
                new ArrayList<>(List.of("-nowarn", "-proc:none", "-cp", classPath, "-d", folder.toString()));
        options.addAll(files);
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, options.toArray(String[]::new)))
                .isZero();

        List<String> violations = Gate.violations(folder + File.pathSeparator + classPath);
        assertThat(violations)
                .anyMatch(v -> v.startsWith("FieldP256::cneg has"))
                .anyMatch(v -> v.startsWith("Field25519::cswap has"))
                .anyMatch(v -> v.startsWith("SecretMultiplyP384::digit has"))
                .anyMatch(v -> v.startsWith("ModularInverse$State::steps has"))
                .anyMatch(v -> v.startsWith("ScalarField::subtractOrder has"))
                .allMatch(v -> v.contains(" has "));
    }
}
