package dev.akushu.tls.identity;

import dev.akushu.tls.Bytes;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A distinguished name as text for people, {@code CN=example.org, O=Example, C=JP}: the order of RFC 4514, the most
 * specific first. The text is never for comparison; whatever a peer put into it is safe to print.
 */
final class DistinguishedName {
    private static final int LONGEST_TEXT = 300;

    private static final Map<String, String> ATTRIBUTES = Map.ofEntries(
            Map.entry("2.5.4.3", "CN"),
            Map.entry("2.5.4.5", "serialNumber"),
            Map.entry("2.5.4.6", "C"),
            Map.entry("2.5.4.7", "L"),
            Map.entry("2.5.4.8", "ST"),
            Map.entry("2.5.4.9", "street"),
            Map.entry("2.5.4.10", "O"),
            Map.entry("2.5.4.11", "OU"),
            Map.entry("2.5.4.97", "organizationIdentifier"),
            Map.entry("0.9.2342.19200300.100.1.1", "UID"),
            Map.entry("0.9.2342.19200300.100.1.25", "DC"),
            Map.entry("1.2.840.113549.1.9.1", "emailAddress"));

    private DistinguishedName() {}

    /** The text of {@code name} in DER; its hexadecimal digits if it is no name at all; empty for the empty name. */
    static String text(Bytes name) {
        String text;
        try {
            text = String.join(", ", parts(name).reversed());
        } catch (DerException _) {
            // This is only a text for people: that the name is broken is the parser's to report.
            text = "#" + name.hex();
        }
        return text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) + "..." : text;
    }

    /** Whether a common name is in it; false too if {@code name} is malformed. */
    static boolean hasCommonName(Bytes name) {
        try {
            return parts(name).stream().anyMatch(part -> part.startsWith("CN=") || part.contains("+CN="));
        } catch (DerException _) {
            return false;
        }
    }

    /** The RelativeDistinguishedNames of {@code name}, each in DER, the least specific first. */
    static List<Bytes> relativeNames(Bytes name) throws DerException {
        DerReader sequence = DerReader.of(name.toArray()).enter(DerReader.SEQUENCE, "name");
        List<Bytes> relativeNames = new ArrayList<>();
        while (sequence.hasMore()) {
            relativeNames.add(sequence.element("relative distinguished name"));
        }
        return relativeNames;
    }

    private static List<String> parts(Bytes name) throws DerException {
        DerReader relativeNames = DerReader.of(name.toArray()).enter(DerReader.SEQUENCE, "name");
        List<String> parts = new ArrayList<>();
        while (relativeNames.hasMore()) {
            DerReader attributes = relativeNames.enter(DerReader.SET, "relative distinguished name");
            List<String> values = new ArrayList<>();
            while (attributes.hasMore()) {
                values.add(attribute(attributes.enter(DerReader.SEQUENCE, "attribute")));
            }
            parts.add(String.join("+", values));
        }
        return parts;
    }

    private static String attribute(DerReader in) throws DerException {
        String type = in.objectIdentifier("attribute type");
        int tag = in.peekTag("attribute value");
        Bytes value = in.enterNext("attribute value").rest();
        return ATTRIBUTES.getOrDefault(type, type) + "=" + value(tag, value);
    }

    private static String value(int tag, Bytes value) {
        return switch (tag) {
            case 0x0c -> printable(value, StandardCharsets.UTF_8); // UTF8String
            case 0x12, 0x13, 0x16, 0x1a ->
                printable(value, StandardCharsets.US_ASCII); // Numeric, Printable, IA5, Visible
            case 0x14 -> printable(value, StandardCharsets.ISO_8859_1); // TeletexString, as everybody uses it
            case 0x1c -> printable(value, StandardCharsets.UTF_32BE); // UniversalString
            case 0x1e -> printable(value, StandardCharsets.UTF_16BE); // BMPString
            default -> "#" + value.hex();
        };
    }

    private static String printable(Bytes value, Charset charset) {
        String decoded = new String(value.toArray(), charset);
        StringBuilder text = new StringBuilder(decoded.length());
        int codePoint;
        for (int i = 0; i < decoded.length(); i += Character.charCount(codePoint)) {
            codePoint = decoded.codePointAt(i);
            if (isSafe(codePoint)) {
                // A comma within a value must not look like the next part of the name.
                text.append(codePoint == ',' || codePoint == '+' || codePoint == '\\' ? "\\" : "");
                text.appendCodePoint(codePoint);
            } else {
                text.append(String.format("\\u%04x", codePoint));
            }
        }
        return text.toString();
    }

    /**
     * Neither moves the cursor nor turns the direction of what follows: a name must not be able to forge the line
     * around it.
     */
    private static boolean isSafe(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
