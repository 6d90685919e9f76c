package dev.akushu.tls.identity;

import dev.akushu.tls.Bytes;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Whether a certificate is for a host: RFC 9525, section 6; and how hosts are written. */
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

    /** Host and port as in a URI, an IPv6 address in brackets: for people. */
    public static String withPort(String host, int port) {
        return host.contains(":") && !host.startsWith("[") ? "[" + host + "]:" + port : host + ":" + port;
    }

    /** As {@link #withPort(String, int)}, with the name that the address was made with if there was one; no name service is asked. */
    public static String withPort(InetSocketAddress address) {
        return withPort(address.getHostString(), address.getPort());
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
        if (!isName(name)) {
            return Optional.empty();
        }
        for (String candidate : presented.dnsNames()) {
            if (matches(name, candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** Whether {@code name} has the form of a DNS name, without wildcard or final dot. */
    static boolean isName(String name) {
        if (name.length() > LONGEST_NAME) {
            return false;
        }
        int begin = 0;
        for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', begin)) {
            if (!isLabel(name, begin, dot)) {
                return false;
            }
            begin = dot + 1;
        }
        return isLabel(name, begin, name.length());
    }

    /** Whether {@code presented}, of any form, stands for {@code reference}, which {@linkplain #isName is a name}. */
    private static boolean matches(String reference, String presented) {
        if (!presented.startsWith("*.")) {
            return presented.length() == reference.length() && isSame(reference, 0, presented, 0);
        }
        // RFC 9525 6.3: the wildcard is the complete left-most label and stands for exactly one. That it needs two
        // labels after it is our rule: nobody but a registry could rightly hold a certificate for "*.com".
        int firstDot = reference.indexOf('.');
        return firstDot >= 0
                && reference.length() - firstDot == presented.length() - 1
                && reference.indexOf('.', firstDot + 1) >= 0
                && isSame(reference, firstDot, presented, 1);
    }

    /** Whether the rests, of one length, are the same but for the case of letters in ASCII: in Unicode some others, such as the Kelvin sign, would fold into it. */
    private static boolean isSame(String reference, int from, String presented, int presentedFrom) {
        for (int i = from, j = presentedFrom; i < reference.length(); i++, j++) {
            if (lowerCase(reference.charAt(i)) != lowerCase(presented.charAt(j))) {
                return false;
            }
        }
        return true;
    }

    private static char lowerCase(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
    }

    /** Letters, digits, hyphens, and the underscore that is no host name by the letter but is in use. */
    private static boolean isLabel(String name, int begin, int end) {
        if (end == begin || end - begin > LONGEST_LABEL || name.charAt(begin) == '-' || name.charAt(end - 1) == '-') {
            return false;
        }
        for (int i = begin; i < end; i++) {
            if (!isLetterDigitHyphen(lowerCase(name.charAt(i)))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetterDigitHyphen(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }
}
