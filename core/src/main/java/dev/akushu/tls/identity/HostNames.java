package dev.akushu.tls.identity;

import dev.akushu.tls.Bytes;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whether a certificate is for a host: RFC 9525, section 6. */
public final class HostNames {
    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_LABEL = 63;

    private HostNames() {}

    /**
     * The address that {@code hostName} writes, 4 or 16 bytes: {@code 192.0.2.1}, {@code 2001:db8::1} or
     * {@code [2001:db8::1]}; empty if it is a name. No name service is asked. Such a host is not sent in server_name
     * (RFC 6066 section 3).
     */
    public static Optional<Bytes> ipAddress(String hostName) {
        return IpAddress.parse(hostName);
    }

    /**
     * The name or address in {@code presented} that stands for {@code hostName}, safe to print; empty if none does. An
     * address is matched with addresses only, a name with DNS names only; internationalized names are compared as
     * A-labels, into which the caller has turned them.
     */
    public static Optional<String> match(String hostName, SubjectAltNames presented) {
        Optional<Bytes> address = ipAddress(hostName);
        if (address.isPresent()) {
            return address.filter(presented.ipAddresses()::contains).map(IpAddress::text);
        }
        // The dot at the end says that a name is absolute, which the names in certificates are always.
        String name = hostName.endsWith(".") ? hostName.substring(0, hostName.length() - 1) : hostName;
        List<String> labels = labels(name);
        if (!labels.stream().allMatch(HostNames::isLabel)) {
            return Optional.empty();
        }
        return presented.dnsNames().stream()
                .filter(candidate -> matches(labels, labels(candidate)))
                .findFirst();
    }

    /** Whether {@code name} has the form of a DNS name, without wildcard or final dot. */
    static boolean isName(String name) {
        List<String> labels = labels(name);
        return !labels.isEmpty() && labels.stream().allMatch(HostNames::isLabel);
    }

    private static boolean matches(List<String> reference, List<String> presented) {
        if (presented.isEmpty() || reference.size() != presented.size()) {
            return false;
        }
        List<String> parents = presented.subList(1, presented.size());
        if (!parents.stream().allMatch(HostNames::isLabel)) {
            return false;
        }
        // RFC 9525 6.3: the wildcard is the complete left-most label and stands for exactly one. That it needs two
        // labels after it is our rule: nobody but a registry could rightly hold a certificate for "*.com".
        boolean wildcard = presented.getFirst().equals("*");
        boolean first = wildcard ? parents.size() >= 2 : presented.getFirst().equals(reference.getFirst());
        return first && parents.equals(reference.subList(1, reference.size()));
    }

    /** The labels in lower case; none if this cannot be a name at all. */
    private static List<String> labels(String name) {
        // Not ASCII is checked before the case is folded: some other letters, such as the Kelvin sign, fold into ASCII.
        if (name.isEmpty() || name.length() > LONGEST_NAME || name.chars().anyMatch(c -> c >= 0x80)) {
            return List.of();
        }
        return Arrays.asList(name.toLowerCase(Locale.ROOT).split("\\.", -1));
    }

    /** Letters, digits, hyphens, and the underscore that is no host name by the letter but is in use. */
    private static boolean isLabel(String label) {
        return !label.isEmpty()
                && label.length() <= LONGEST_LABEL
                && label.charAt(0) != '-'
                && label.charAt(label.length() - 1) != '-'
                && label.chars().allMatch(HostNames::isLetterDigitHyphen);
    }

    private static boolean isLetterDigitHyphen(int c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }
}
