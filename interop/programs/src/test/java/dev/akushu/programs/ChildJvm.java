package dev.akushu.programs;

import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import java.security.Security;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Another JVM of this JDK, with Akushu as its first provider by an overlay of {@code java.security}. */
final class ChildJvm {
    private static final String PASSWORD = "changeit";

    private final Path overlay;
    private final Path trustStore;

    /** Writes the overlay and a store that trusts {@code trusted} to {@code folder}. */
    ChildJvm(Path folder, Pki trusted) throws Exception {
        overlay = Files.writeString(folder.resolve("akushu-first.security"), overlay());
        trustStore = folder.resolve("trust.p12");
        try (var out = Files.newOutputStream(trustStore)) {
            trusted.trustStore().store(out, PASSWORD.toCharArray());
        }
    }

    /** Akushu and then all that this JVM has, since a number can only be given anew. */
    private static String overlay() {
        StringBuilder lines = new StringBuilder("security.provider.1=Akushu\n");
        int number = 2;
        for (Provider provider : Security.getProviders()) {
            lines.append("security.provider." + number++ + "=" + provider.getName() + "\n");
        }
        return lines.toString();
    }

    /** What puts Akushu first. */
    String overlayOption() {
        return "-Djava.security.properties=" + overlay;
    }

    /** What makes the root of the tests the only one that is trusted. */
    List<String> trustOptions() {
        return List.of(
                "-Djavax.net.ssl.trustStore=" + trustStore,
                "-Djavax.net.ssl.trustStoreType=PKCS12",
                "-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
    }

    /** What adds Akushu to a program as modules, whatever its class path is. */
    static List<String> moduleOptions() {
        Path[] ours = classPath().map(Path::of).filter(ChildJvm::isOurs).toArray(Path[]::new);
        List<String> path = ModuleFinder.of(ours).findAll().stream()
                .map(module -> Path.of(module.location().orElseThrow()).toString())
                .toList();
        return List.of("--module-path=" + String.join(File.pathSeparator, path), "--add-modules=dev.akushu.jsse");
    }

    /** The command that runs {@code main} of this class path with the options of this JVM and {@code more}. */
    static List<String> command(List<String> options, String classPath, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-classpath", classPath, main.getName()));
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    /** The tests' class path: all folders, Akushu, and the jars whose names begin as one of {@code jars}. */
    static String classPath(String... jars) {
        return String.join(
                File.pathSeparator,
                classPath()
                        .filter(entry ->
                                isOurs(Path.of(entry)) || Stream.of(jars).anyMatch(name(entry)::startsWith))
                        .toList());
    }

    private static Stream<String> classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1));
    }

    private static boolean isOurs(Path entry) {
        return Files.isDirectory(entry) || name(entry.toString()).startsWith("akushu-");
    }

    private static String name(String entry) {
        Path file = Path.of(entry).getFileName();
        return file == null ? "" : file.toString();
    }

    /** Runs a command to its end and returns the lines that it printed; {@code environment} holds name=value. */
    static List<String> run(List<String> command, Path folder, List<String> environment)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        // What the Maven that runs this test tells its children is not meant for another one.
        builder.environment().keySet().removeIf(name -> name.startsWith("MAVEN_") && !name.equals("MAVEN_USER_HOME"));
        for (String variable : environment) {
            int equals = variable.indexOf('=');
            builder.environment().put(variable.substring(0, equals), variable.substring(equals + 1));
        }
        Process process = builder.start();
        List<String> printed = new ArrayList<>();
        try (var out = process.inputReader()) {
            printed.addAll(out.readAllLines());
        }
        printed.add("exit " + process.waitFor());
        return printed;
    }
}
