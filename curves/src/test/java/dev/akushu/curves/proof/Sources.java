package dev.akushu.curves.proof;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** The classes of this module as syntax trees, read from the very files that the compiler compiles. */
final class Sources {
    private static final Path FOLDER = Path.of("src", "main", "java", "dev", "akushu", "curves");

    private final Map<String, ClassTree> classes = new HashMap<>();
    private final Map<String, String> outer = new HashMap<>();

    /** The classes of the given files, named without {@code .java}, as they are. */
    static Sources of(String... names) {
        Sources sources = new Sources();
        for (String name : names) {
            sources.parse(name, text(name));
        }
        return sources;
    }

    /** One class with the given text in place of the file's: a mutant. */
    static Sources mutant(String name, String text) {
        Sources sources = new Sources();
        sources.parse(name, text);
        return sources;
    }

    /** These classes with the given text in place of one file's. */
    Sources with(String name, String text) {
        Sources changed = new Sources();
        changed.classes.putAll(classes);
        changed.outer.putAll(outer);
        changed.parse(name, text);
        return changed;
    }

    static String text(String name) {
        try {
            return Files.readString(FOLDER.resolve(name + ".java"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void parse(String name, String text) {
        JavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return text;
                    }
                };
        JavacTask task = (JavacTask) ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, d -> {}, List.of("-proc:none"), null, List.of(file));
        try {
            for (CompilationUnitTree unit : task.parse()) {
                unit.getTypeDecls().forEach(type -> add((ClassTree) type));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(ClassTree type) {
        String name = type.getSimpleName().toString();
        classes.put(name, type);
        type.getMembers().stream().filter(ClassTree.class::isInstance).forEach(member -> {
            ClassTree inner = (ClassTree) member;
            outer.put(inner.getSimpleName().toString(), name);
            add(inner);
        });
    }

    /** The class around {@code type}, if there is one: its members are known inside by their names. */
    Optional<String> outer(String type) {
        return Optional.ofNullable(outer.get(type));
    }

    boolean has(String type) {
        return classes.containsKey(type);
    }

    /** The method {@code name} of {@code type} with that many parameters; {@code <init>} is the constructor. */
    MethodTree method(String type, String name, int parameters) {
        return members(type, MethodTree.class)
                .filter(m ->
                        m.getName().contentEquals(name) && m.getParameters().size() == parameters)
                .findFirst()
                .or(() -> outer(type).map(around -> method(around, name, parameters)))
                .orElseThrow(() -> new ProofFailure("no method " + type + "." + name + "/" + parameters));
    }

    Optional<VariableTree> staticField(String type, String name) {
        return fields(type, true)
                .filter(f -> f.getName().contentEquals(name))
                .findFirst()
                .or(() -> outer(type).flatMap(around -> staticField(around, name)));
    }

    Stream<VariableTree> instanceFields(String type) {
        return fields(type, false);
    }

    private Stream<VariableTree> fields(String type, boolean isStatic) {
        return members(type, VariableTree.class)
                .filter(f -> f.getModifiers().getFlags().contains(Modifier.STATIC) == isStatic);
    }

    private <T extends Tree> Stream<T> members(String type, Class<T> kind) {
        ClassTree tree = classes.get(type);
        if (tree == null) {
            throw new ProofFailure("no class " + type);
        }
        return tree.getMembers().stream().filter(kind::isInstance).map(kind::cast);
    }
}
