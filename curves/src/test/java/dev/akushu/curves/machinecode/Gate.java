package dev.akushu.curves.machinecode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Holds C2's code of the methods that handle secrets to what was looked at: no more decisions of any kind than {@code allowed.txt} has. {@link #main} writes that file anew.
 */
final class Gate {
    /** Whoever adds a method to one of these classes must decide whether it handles secrets. */
    private static final List<String> CLASSES = List.of(
            "X25519",
            "X25519$Ladder",
            "Ed25519",
            "Edwards25519",
            "Field25519",
            "P256",
            "SecretMultiplyP256",
            "PointP256",
            "FieldP256",
            "CompleteP256",
            "P384",
            "SecretMultiplyP384",
            "PointP384",
            "FieldP384",
            "CompleteP384",
            "HedgedNonces",
            "Hmac",
            "ModularInverse",
            "ModularInverse$State",
            "OddMultiplesP256",
            "OddMultiplesP384",
            "Pool",
            "ScalarField",
            "ScalarField$Room",
            "Words");

    /** Methods that see nothing secret, or nothing but whether to go on, as text of the pattern for a whole name. */
    private static final String PUBLIC = String.join(
            "|",
            // Lengths alone.
            ".*::checkLength",
            "Ed25519::sha512",
            // Whose objects are kept for whom.
            "Pool::.*",
            // Public keys, points and signatures.
            "OddMultiplesP...::.*",
            "Ed25519::(verify|isPublicKey|isBelowOrder)",
            "Edwards25519::(decode|recoverX|negate|field|dbl)",
            "Field25519::(powForRoot|pow250|sqrN|isZero)",
            "FieldP...::(load|store)",
            "PointP...::(decode|decodeCoordinate|isOnCurve|field|base|setAffine|normalize|encode)",
            // Constants, once.
            "FieldP...::dbl",
            "Words::(of|table)");

    private static final Path ALLOWED =
            Path.of("src", "test", "resources", "dev", "akushu", "curves", "machinecode", "allowed.txt");

    private Gate() {}

    /** Writes what is allowed anew: what is found, in several runs. To be read before it is committed. */
    public static void main(String[] arguments) throws IOException {
        Map<String, Map<String, Integer>> all = new TreeMap<>();
        for (int i = 0; i < 3; i++) {
            found(System.getProperty("java.class.path")).forEach((method, kinds) -> merge(all, method, kinds));
        }
        Files.createDirectories(ALLOWED.getParent());
        Files.write(
                ALLOWED,
                all.entrySet().stream()
                        .map(m -> m.getKey() + ": " + line(m.getValue()))
                        .toList());
    }

    private static void merge(Map<String, Map<String, Integer>> all, String method, Map<String, Integer> kinds) {
        Map<String, Integer> most = all.computeIfAbsent(method, m -> new TreeMap<>());
        kinds.forEach((kind, count) -> most.merge(kind, count, Math::max));
    }

    private static String line(Map<String, Integer> kinds) {
        return kinds.entrySet().stream()
                .map(k -> k.getValue() + " x " + k.getKey())
                .collect(Collectors.joining("; "));
    }

    /** What is in the code of the classes on {@code classPath} and is not allowed, or should be there and is not. */
    static List<String> violations(String classPath) {
        Map<String, Map<String, Integer>> allowed = allowed();
        Map<String, Map<String, Integer>> found = found(classPath);
        List<String> violations = new ArrayList<>();
        for (String method : secretMethods()) {
            Map<String, Integer> limits = allowed.get(method);
            Map<String, Integer> kinds = found.get(method);
            if (limits == null) {
                violations.add(method + " is new: is it to be in allowed.txt, or public?");
            } else if (kinds == null) {
                violations.add(method + " was not compiled");
            } else {
                kinds.forEach((kind, count) -> {
                    int limit = limits.getOrDefault(kind, 0);
                    if (count > limit) {
                        violations.add(method + " has " + count + " x " + kind + ", allowed are " + limit);
                    }
                });
            }
        }
        return violations;
    }

    private static Map<String, Map<String, Integer>> found(String classPath) {
        Map<String, Map<String, Integer>> found = new TreeMap<>();
        Set<String> methods = secretMethods();
        MachineCode.compiled(classPath, CLASSES, "SecretWork", "1500").forEach((method, codes) -> {
            if (methods.contains(method)) {
                codes.forEach(code -> merge(found, method, Decisions.of(code)));
            }
        });
        return found;
    }

    private static Map<String, Map<String, Integer>> allowed() {
        Map<String, Map<String, Integer>> allowed = new TreeMap<>();
        try {
            for (String line : Files.readAllLines(ALLOWED)) {
                String[] parts = line.split(": ", 2);
                Map<String, Integer> kinds = new TreeMap<>();
                for (String part : parts[1].split("; ", -1)) {
                    String[] counted = part.split(" x ", 2);
                    kinds.put(counted[1], Integer.valueOf(counted[0]));
                }
                allowed.put(parts[0], kinds);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return allowed;
    }

    private static Set<String> secretMethods() {
        Set<String> methods = new TreeSet<>();
        for (String type : CLASSES) {
            try {
                Class<?> loaded = Class.forName(MachineCode.PACKAGE + type);
                Arrays.stream(loaded.getDeclaredMethods())
                        .filter(method -> !method.isSynthetic())
                        .map(Method::getName)
                        .map(name -> type + "::" + name)
                        .filter(name -> !name.matches(PUBLIC))
                        .forEach(methods::add);
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException(e);
            }
        }
        return methods;
    }
}
