import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.ConstantPoolSharingOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Copies a jar with its classes in a newer form of class file, which an AOT cache can hold: HotSpot leaves those before Java 6 out, and reads and verifies them at every start. The instructions stay the same; what is added are the stack
 * maps (JVMS 4.7.4) that a newer class must have. Arguments: the jar, and the new one.
 */
final class NewerClassFiles {
    private final JarFile jar;
    private final ClassFile format;

    private NewerClassFiles(JarFile jar) {
        this.jar = jar;
        ClassHierarchyResolver classes = ClassHierarchyResolver.ofResourceParsing(type -> {
            String descriptor = type.descriptorString();
            return open(descriptor.substring(1, descriptor.length() - 1) + ".class");
        });
        format = ClassFile.of(
                // Only what is written anew gets stack maps, and with the old constants it would be copied.
                ConstantPoolSharingOption.NEW_POOL,
                StackMapsOption.GENERATE_STACK_MAPS,
                ClassHierarchyResolverOption.of(classes.orElse(ClassHierarchyResolver.defaultResolver())));
    }

    public static void main(String[] arguments) throws IOException {
        try (JarFile jar = new JarFile(arguments[0]);
                ZipOutputStream copy = new ZipOutputStream(Files.newOutputStream(Path.of(arguments[1])))) {
            copy.setComment("Class files older than Java 8's were given its form, for an AOT cache; else as published.");
            new NewerClassFiles(jar).copyTo(copy);
        }
    }

    private void copyTo(ZipOutputStream copy) throws IOException {
        for (ZipEntry entry : Collections.list(jar.entries())) {
            byte[] content;
            try (InputStream stream = jar.getInputStream(entry)) {
                content = stream.readAllBytes();
            }
            ZipEntry same = new ZipEntry(entry.getName());
            same.setLastModifiedTime(entry.getLastModifiedTime());
            copy.putNextEntry(same);
            copy.write(entry.getName().endsWith(".class") ? renewed(content) : content);
            copy.closeEntry();
        }
    }

    private byte[] renewed(byte[] file) {
        ClassModel old = format.parse(file);
        if (old.majorVersion() >= ClassFile.JAVA_8_VERSION) {
            return file;
        }
        ClassTransform version = (written, element) -> written.with(
                element instanceof ClassFileVersion ? ClassFileVersion.of(ClassFile.JAVA_8_VERSION, 0) : element);
        return format.transformClass(
                old, version.andThen(ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)));
    }

    private InputStream open(String name) {
        ZipEntry entry = jar.getEntry(name);
        try {
            return entry == null ? null : jar.getInputStream(entry);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
