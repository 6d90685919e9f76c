package dev.akushu.tls.wire;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** The messages of RFC 8448's traces, from the resource {@code rfc8448-messages.txt}. */
final class Rfc8448 {
    private Rfc8448() {}

    /** The message with this name, header included. */
    static byte[] message(String name) throws IOException {
        byte[] message = messages().get(name);
        if (message == null) {
            throw new IllegalArgumentException("no message " + name);
        }
        return message;
    }

    /** All messages by name, in the order of the resource. */
    static Map<String, byte[]> messages() throws IOException {
        Map<String, StringBuilder> hex = new LinkedHashMap<>();
        StringBuilder current = new StringBuilder();
        for (String line : lines()) {
            if (line.startsWith("[")) {
                current = new StringBuilder();
                hex.put(line.substring(1, line.length() - 1), current);
            } else if (!line.startsWith("#")) {
                current.append(line);
            }
        }
        Map<String, byte[]> messages = new LinkedHashMap<>();
        hex.forEach((name, digits) -> messages.put(name, HexFormat.of().parseHex(digits)));
        return messages;
    }

    private static Iterable<String> lines() throws IOException {
        try (InputStream in = Rfc8448.class.getResourceAsStream("rfc8448-messages.txt")) {
            if (in == null) {
                throw new IOException("resource rfc8448-messages.txt is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
