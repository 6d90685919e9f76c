package dev.akushu.explain;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.HandshakeType;
import dev.akushu.tls.trace.Flow;
import dev.akushu.tls.trace.Protection;
import dev.akushu.tls.trace.TraceEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Messages of RFC 8448 by section and name, such as {@code 3 ClientHello}. */
final class Rfc8448 {
    private static final Map<String, Bytes> MESSAGES = read();

    private Rfc8448() {}

    static Bytes bytes(String name) {
        return Objects.requireNonNull(MESSAGES.get(name), name);
    }

    /** The message as an end sends it; its name is the last word of {@code name}. */
    static TraceEvent.Message sent(String name, Protection protection) {
        Bytes bytes = bytes(name);
        HandshakeType type = Objects.requireNonNull(HandshakeType.find(bytes.at(0)));
        return new TraceEvent.Message(Flow.SENT, type, name.substring(name.lastIndexOf(' ') + 1), protection, bytes);
    }

    private static Map<String, Bytes> read() {
        Map<String, StringBuilder> messages = new HashMap<>();
        StringBuilder hex = new StringBuilder();
        for (String line : text().lines()
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList()) {
            if (line.startsWith("[")) {
                hex = messages.computeIfAbsent(line.substring(1, line.length() - 1), _ -> new StringBuilder());
            } else {
                hex.append(line);
            }
        }
        Map<String, Bytes> bytes = new HashMap<>();
        messages.forEach((name, digits) -> bytes.put(name, Bytes.fromHex(digits.toString())));
        return bytes;
    }

    private static String text() {
        try (InputStream in = Objects.requireNonNull(Rfc8448.class.getResourceAsStream("rfc8448-messages.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
