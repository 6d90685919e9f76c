package dev.akushu.curves.machinecode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What HotSpot's C2 makes of methods: starts a JVM that compiles them, each by itself, and prints their code, and lets objdump (binutils) tell the
 * instructions. No disassembler plug-in is needed.
 */
final class MachineCode {
    static final String PACKAGE = "dev.akushu.curves.";

    private static final Pattern COMPILED =
            Pattern.compile("Compiled method \\(c2\\)\\s.*?\\s(dev\\.akushu\\.curves\\.\\S+)");
    private static final Pattern LINE = Pattern.compile("\\s*0x[0-9a-f]+:\\s*([^;]*).*");

    private MachineCode() {}

    /**
     * The instructions of every method of {@code classes} that is compiled while {@code main} runs, by the method's name such as {@code FieldP256::mul}: as often as it is
     * compiled, and methods of one name together.
     */
    static Map<String, List<List<String>>> compiled(
            String classPath, List<String> classes, String main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:-TieredCompilation",
                "-XX:-BackgroundCompilation",
                "-XX:CompileThreshold=1000",
                // What else the code depends on: barriers, the width of vectors, how references are packed.
                "-XX:+UseG1GC",
                "-XX:UseAVX=2",
                "-Xmx256m"));
        for (String type : classes) {
            // Not inlined, so that a method's jumps are its own.
            command.add("-XX:CompileCommand=print," + PACKAGE + type + "::*");
            command.add("-XX:CompileCommand=dontinline," + PACKAGE + type + "::*");
        }
        command.addAll(List.of("-cp", classPath, PACKAGE + main));
        command.addAll(List.of(arguments));
        Map<String, List<List<String>>> methods = new TreeMap<>();
        for (String part : output(command).split("=+ C2-compiled nmethod", -1)) {
            Matcher name = COMPILED.matcher(part);
            if (name.find() && part.contains("[MachCode]")) {
                methods.computeIfAbsent(name.group(1).substring(PACKAGE.length()), n -> new ArrayList<>())
                        .add(instructions(octets(part)));
            }
        }
        return methods;
    }

    /** Groups of octets in hexadecimal digits, with bars between instructions. */
    private static byte[] octets(String printed) {
        String code = printed.substring(printed.indexOf("[MachCode]"));
        code = code.substring(0, code.indexOf("[/MachCode]")).split("\\[Exception Handler\\]", 2)[0];
        StringBuilder digits = new StringBuilder();
        for (String line : code.lines().toList()) {
            Matcher octets = LINE.matcher(line);
            if (octets.matches()) {
                digits.append(octets.group(1).replaceAll("[| ]", ""));
            }
        }
        return HexFormat.of().parseHex(digits);
    }

    private static List<String> instructions(byte[] code) {
        try {
            Path file = Files.createTempFile("code", ".bin");
            try {
                Files.write(file, code);
                String listing = output(List.of(
                        "objdump",
                        "-D",
                        "-b",
                        "binary",
                        "-mi386:x86-64",
                        "-Mintel",
                        "--no-show-raw-insn",
                        file.toString()));
                return listing.lines()
                        .filter(line -> line.matches("\\s*[0-9a-f]+:\\t.*"))
                        .map(line -> line.substring(line.indexOf('\t') + 1).strip())
                        .toList();
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String output(List<String> command) {
        try {
            Path out = Files.createTempFile("out", ".txt");
            try {
                Process process = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(out.toFile())
                        .start();
                boolean ended = process.waitFor(15, TimeUnit.MINUTES);
                String text = Files.readString(out, StandardCharsets.ISO_8859_1);
                if (!ended || process.exitValue() != 0) {
                    process.destroyForcibly();
                    String end = text.substring(Math.max(0, text.length() - 2000));
                    throw new IllegalStateException(
                            command.getFirst() + (ended ? " failed: " : " did not end: ") + end);
                }
                return text;
            } finally {
                Files.delete(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
