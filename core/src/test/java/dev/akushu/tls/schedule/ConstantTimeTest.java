package dev.akushu.tls.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.Bytes;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What an attacker guesses at is compared in constant time: binders and Finished by {@link VerifyData}, tags of tickets
 * and records by the AEAD. Read from the compiled classes, so that no comparison elsewhere goes by unseen.
 */
class ConstantTimeTest {
    private static final String IN_CONSTANT_TIME = "java.security.MessageDigest.isEqual";

    /** Comparisons that end at the first difference, all of them of what is no secret. */
    private static final Map<String, String> PUBLIC = Map.of(
            "dev.akushu.tls.Bytes.equals", "octets from the wire; the rules below keep secrets away from it",
            "dev.akushu.tls.ZstdCompression.decompress", "the magic number of a compressed certificate",
            "dev.akushu.tls.crypto.SpkiFormat.encode", "the constant front of a public key",
            "dev.akushu.tls.identity.PemBlock.startsWith", "the marks of PEM",
            "dev.akushu.tls.resume.TicketFileCodec.decode", "the first line of a file",
            "dev.akushu.tls.resume.TicketKeyCodec.decode", "the first line of a file");

    /** The calls in each method of core. */
    private static final Map<String, Set<String>> CALLS = new TreeMap<>();

    private static final Map<String, MethodModel> METHODS = new TreeMap<>();

    @BeforeAll
    static void readClasses() throws IOException, URISyntaxException {
        Path classes = Path.of(
                Bytes.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".class")).toList()) {
                ClassModel model = ClassFile.of().parse(file);
                for (MethodModel method : model.methods()) {
                    String name = name(
                            model.thisClass().asInternalName(),
                            method.methodName().stringValue());
                    METHODS.put(name, method);
                    CALLS.computeIfAbsent(name, _ -> new TreeSet<>()).addAll(calls(method));
                }
            }
        }
        assertThat(CALLS).hasSizeGreaterThan(1000);
    }

    @Test
    void bindersAndFinishedAreComparedInConstantTime() {
        String comparison = "dev.akushu.tls.schedule.VerifyData.equalInConstantTime";
        assertThat(CALLS.get(comparison)).contains(IN_CONSTANT_TIME);
        assertThat(CALLS.get("dev.akushu.tls.schedule.EarlySecret.isBinder")).contains(comparison);
        assertThat(CALLS.get("dev.akushu.tls.schedule.TrafficSecret.isFinished"))
                .contains(comparison);
        assertThat(elements(METHODS.get(comparison)))
                .as("it looks at no octet itself")
                .noneMatch(element -> element instanceof ArrayLoadInstruction || element instanceof BranchInstruction);
    }

    @Test
    void secretsThatAreHeldAreComparedInConstantTime() {
        assertThat(CALLS.get("dev.akushu.tls.resume.HeldSecret.equalsSecret")).contains(IN_CONSTANT_TIME);
    }

    @Test
    void otherComparisonsAreOfWhatIsNoSecret() {
        assertThat(callers("java.util.Arrays.equals", "java.util.Arrays.mismatch", "java.util.Arrays.compare"))
                .containsExactlyInAnyOrderElementsOf(PUBLIC.keySet());
    }

    @Test
    void whoeverHoldsWhatAPeerClaimsComparesNothingElsewhere() {
        Set<String> holders = new TreeSet<>(
                callers("dev.akushu.tls.wire.Finished.verifyData", "dev.akushu.tls.wire.OfferedPsks.binders"));
        holders.removeIf(name -> name.startsWith("dev.akushu.tls.wire."));
        assertThat(holders)
                .isNotEmpty()
                .allSatisfy(name -> assertThat(CALLS.get(name))
                        .as(name)
                        .doesNotContain(
                                "dev.akushu.tls.Bytes.equals", "java.util.Objects.equals", "java.lang.Object.equals"));
    }

    @Test
    void theKeyScheduleComparesNothingElse() {
        assertThat(callers("dev.akushu.tls.Bytes.equals", "dev.akushu.tls.Bytes.at"))
                .noneMatch(name -> name.startsWith("dev.akushu.tls.schedule."));
    }

    private static Collection<String> callers(String... called) {
        return CALLS.entrySet().stream()
                .filter(entry -> entry.getValue().stream().anyMatch(List.of(called)::contains))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Set<String> calls(MethodModel method) {
        return elements(method).stream()
                .filter(InvokeInstruction.class::isInstance)
                .map(InvokeInstruction.class::cast)
                .map(call -> name(call.owner().asInternalName(), call.name().stringValue()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<CodeElement> elements(MethodModel method) {
        return method.code().map(code -> code.elementList()).orElse(List.of());
    }

    private static String name(String internalName, String method) {
        return internalName.replace('/', '.') + "." + method;
    }
}
