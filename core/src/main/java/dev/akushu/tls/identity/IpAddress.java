package dev.akushu.tls.identity;

import dev.akushu.tls.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The textual forms of IP addresses, recognized without any name service: dotted decimal, and RFC 4291 section 2.2 for
 * version 6, also in the brackets of a URI. Zones are refused, because no certificate can name one.
 */
final class IpAddress {
    private IpAddress() {}

    /** The 4 or 16 bytes of the address that {@code literal} is; empty if it is something else. */
    static Optional<Bytes> parse(String literal) {
        if (literal.startsWith("[") && literal.endsWith("]")) {
            return parse6(literal.substring(1, literal.length() - 1));
        }
        return literal.indexOf(':') >= 0 ? parse6(literal) : parse4(literal);
    }

    /** The text of an address of 4 or 16 bytes, version 6 in the form of RFC 5952. */
    static String text(Bytes address) {
        if (address.length() == 4) {
            return address.at(0) + "." + address.at(1) + "." + address.at(2) + "." + address.at(3);
        }
        String groups = IntStream.range(0, 8)
                .mapToObj(i -> Integer.toHexString(address.at(2 * i) << 8 | address.at(2 * i + 1)))
                .collect(Collectors.joining(":"));
        // RFC 5952 4.2: the longest run of two or more zero groups becomes "::", the first of several that are as long.
        for (String zeros = "0:0:0:0:0:0:0:0"; zeros.length() > 1; zeros = zeros.substring(2)) {
            Matcher run = Pattern.compile("(^|:)" + zeros + "(:|$)").matcher(groups);
            if (run.find()) {
                return run.replaceFirst("::");
            }
        }
        return groups;
    }

    private static Optional<Bytes> parse4(String literal) {
        // Most literals are names, which need no further look.
        if (literal.isEmpty() || literal.charAt(0) < '0' || literal.charAt(0) > '9') {
            return Optional.empty();
        }
        String[] parts = literal.split("\\.", -1);
        if (parts.length != 4) {
            return Optional.empty();
        }
        byte[] address = new byte[4];
        for (int i = 0; i < 4; i++) {
            int value = number(parts[i], 10, 3);
            // A leading zero means octal to some parsers: refused, so that nobody reads another address than we do.
            if (value < 0 || value > 255 || (parts[i].length() > 1 && parts[i].charAt(0) == '0')) {
                return Optional.empty();
            }
            address[i] = (byte) value;
        }
        return Optional.of(Bytes.wrap(address));
    }

    private static Optional<Bytes> parse6(String literal) {
        int gap = literal.indexOf("::");
        Optional<List<Integer>> head = groups(gap < 0 ? literal : literal.substring(0, gap), gap < 0);
        Optional<List<Integer>> tail = gap < 0 ? Optional.of(List.of()) : groups(literal.substring(gap + 2), true);
        if (head.isEmpty() || tail.isEmpty()) {
            return Optional.empty();
        }
        int count = head.get().size() + tail.get().size();
        // RFC 4291 2.2: "::" stands for one or more groups of zeros.
        if (gap < 0 ? count != 8 : count > 7) {
            return Optional.empty();
        }
        byte[] address = new byte[16];
        write(head.get(), address, 0);
        write(tail.get(), address, 16 - 2 * tail.get().size());
        return Optional.of(Bytes.wrap(address));
    }

    /** The 16-bit groups between single colons; only the last may be an address of version 4. */
    private static Optional<List<Integer>> groups(String text, boolean mayEndInVersion4) {
        List<Integer> groups = new ArrayList<>();
        String[] parts = text.isEmpty() ? new String[0] : text.split(":", 9);
        for (int i = 0; i < parts.length; i++) {
            if (mayEndInVersion4 && i == parts.length - 1 && parts[i].indexOf('.') >= 0) {
                Optional<Bytes> last = parse4(parts[i]);
                if (last.isEmpty()) {
                    return Optional.empty();
                }
                groups.add(last.get().at(0) << 8 | last.get().at(1));
                groups.add(last.get().at(2) << 8 | last.get().at(3));
                continue;
            }
            int value = number(parts[i], 16, 4);
            if (value < 0) {
                return Optional.empty();
            }
            groups.add(value);
        }
        return Optional.of(groups);
    }

    private static void write(List<Integer> groups, byte[] address, int offset) {
        for (int i = 0; i < groups.size(); i++) {
            address[offset + 2 * i] = (byte) (groups.get(i) >> 8);
            address[offset + 2 * i + 1] = (byte) (int) groups.get(i);
        }
    }

    /** The number that one to {@code longest} ASCII digits write, or -1. */
    private static int number(String digits, int radix, int longest) {
        if (digits.isEmpty() || digits.length() > longest) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            int digit = c < 0x80 ? Character.digit(c, radix) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value;
    }
}
