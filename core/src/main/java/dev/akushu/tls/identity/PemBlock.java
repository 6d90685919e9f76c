package dev.akushu.tls.identity;

import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * One block of a PEM file. Works on bytes, never on strings, because it may hold a private key and a string cannot be
 * wiped. The content of the file stays the caller's, to be wiped after the block was decoded.
 */
final class PemBlock {
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";

    private final Path file;
    private final String label;
    private final byte[] content;
    private final int from;
    private final int to;

    private PemBlock(Path file, String label, byte[] content, int from, int to) {
        this.file = file;
        this.label = label;
        this.content = content;
        this.from = from;
        this.to = to;
    }

    /** All blocks in their order; throws {@link Problem#PEM_MALFORMED} where one does not end. */
    static List<PemBlock> scan(Path file, byte[] content) throws TlsException {
        List<PemBlock> blocks = new ArrayList<>();
        int position = 0;
        while (position < content.length) {
            int next = endOfLine(content, position);
            String label = marker(BEGIN, content, position, next);
            if (!label.isEmpty()) {
                PemBlock block = new PemBlock(file, label, content, next, end(file, label, content, next));
                blocks.add(block);
                next = endOfLine(content, block.to);
            }
            position = next;
        }
        return blocks;
    }

    /** What the first line says the block is, such as {@code CERTIFICATE}. */
    String label() {
        return label;
    }

    /** Whether it is encrypted, in the form of PKCS#8 or in the older one of RFC 1421. */
    boolean isEncrypted() {
        return label.equals("ENCRYPTED PRIVATE KEY") || startsWith("Proc-Type: 4,ENCRYPTED", content, from, to);
    }

    /** The bytes in the block, the caller's to wipe. */
    byte[] decode() throws TlsException {
        byte[] base64 = new byte[to - from];
        int length = 0;
        for (int i = from; i < to; i++) {
            if (!isWhitespace(content[i])) {
                base64[length++] = content[i];
            }
        }
        byte[] exact = Arrays.copyOf(base64, length);
        try {
            return Base64.getDecoder().decode(exact);
        } catch (IllegalArgumentException e) {
            throw Problem.PEM_MALFORMED.causedBy(e, file.toString(), label, "not Base64");
        } finally {
            Arrays.fill(base64, (byte) 0);
            Arrays.fill(exact, (byte) 0);
        }
    }

    /** Where the line stands that ends the block. */
    private static int end(Path file, String label, byte[] content, int from) throws TlsException {
        for (int position = from; position < content.length; position = endOfLine(content, position)) {
            int next = endOfLine(content, position);
            if (marker(END, content, position, next).equals(label)) {
                return position;
            }
            if (startsWith(DASHES, content, position, next)) {
                break;
            }
        }
        throw Problem.PEM_MALFORMED.with(file.toString(), label, "its line " + END + label + DASHES + " is missing");
    }

    /** The label in a line such as {@code -----BEGIN label-----}; empty if it is another line. */
    private static String marker(String start, byte[] content, int from, int to) {
        int begin =
                from == 0 && startsWith("\u00ef\u00bb\u00bf", content, from, to) ? 3 : from; // UTF-8's byte order mark
        if (!startsWith(start, content, begin, to)) {
            return "";
        }
        String line = new String(content, begin, to - begin, StandardCharsets.ISO_8859_1).strip();
        boolean closed = line.length() > start.length() + DASHES.length() && line.endsWith(DASHES);
        return closed ? line.substring(start.length(), line.length() - DASHES.length()) : "";
    }

    private static boolean startsWith(String prefix, byte[] content, int from, int to) {
        byte[] expected = prefix.getBytes(StandardCharsets.ISO_8859_1);
        return to - from >= expected.length
                && Arrays.equals(content, from, from + expected.length, expected, 0, expected.length);
    }

    /** Behind the line that begins at {@code position}, its line feed or carriage return included. */
    private static int endOfLine(byte[] content, int position) {
        int end = position;
        while (end < content.length && content[end] != '\n' && content[end] != '\r') {
            end++;
        }
        return Math.min(end + 1, content.length);
    }

    private static boolean isWhitespace(byte octet) {
        return octet == ' ' || octet == '\t' || octet == '\n' || octet == '\r';
    }
}
