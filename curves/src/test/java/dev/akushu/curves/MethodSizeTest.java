package dev.akushu.curves;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * HotSpot never compiles a method of more than 8,000 bytecodes (HugeMethodLimit): it would run interpreted, 30 times
 * slower and no longer in constant time.
 */
class MethodSizeTest {
    @Test
    void noMethodExceedsHotSpotsLimit() throws IOException, URISyntaxException {
        URI classes =
                P256.class.getProtectionDomain().getCodeSource().getLocation().toURI();
        List<String> huge = new ArrayList<>();
        int methods = 0;
        for (Path file : classFiles(Path.of(classes))) {
            ClassModel type = ClassFile.of().parse(file);
            for (MethodModel method : type.methods()) {
                if (method.code().orElse(null) instanceof CodeAttribute code) {
                    methods++;
                    String name = type.thisClass().asInternalName() + "." + method.methodName();
                    if (code.codeLength() >= 8000) {
                        huge.add(name + ": " + code.codeLength());
                    }
                }
            }
        }
        assertThat(methods).isGreaterThan(100);
        assertThat(huge).isEmpty();
    }

    private static List<Path> classFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(f -> f.toString().endsWith(".class")).toList();
        }
    }
}
