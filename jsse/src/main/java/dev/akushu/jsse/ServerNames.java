package dev.akushu.jsse;

import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.StandardConstants;
import org.jspecify.annotations.Nullable;

/** Names for SNI, RFC 6066 section 3: DNS names, never the texts of IP addresses. */
final class ServerNames {
    private ServerNames() {}

    /** The name that follows from the host that a program gives, if it is one; many programs never set another. */
    static List<SNIServerName> implied(@Nullable String host) {
        if (host == null || host.isEmpty() || isAddress(host)) {
            return List.of();
        }
        try {
            String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
            return List.of(new SNIHostName(name));
        } catch (IllegalArgumentException noName) {
            // It may still have an address; only SNI cannot carry it.
            return List.of();
        }
    }

    /** The host name to ask for: the first of {@code names} that is one, or null. */
    static @Nullable String first(@Nullable List<SNIServerName> names) {
        if (names == null) {
            return null;
        }
        for (SNIServerName name : names) {
            String text = name.getType() == StandardConstants.SNI_HOST_NAME ? ascii(name) : null;
            if (text != null && !isAddress(text)) {
                return text;
            }
        }
        return null;
    }

    /** The name that a client asked for; empty if it is no DNS name for the JDK, one with an underscore for instance. */
    static List<SNIServerName> asked(@Nullable String name) {
        try {
            return name == null ? List.of() : List.of(new SNIHostName(name));
        } catch (IllegalArgumentException noName) {
            return List.of();
        }
    }

    /** {@code host} as configurations take it: an IPv6 address without brackets; null if it is none at all. */
    static @Nullable String host(@Nullable String host) {
        if (host == null || host.isEmpty()) {
            return null;
        }
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private static @Nullable String ascii(SNIServerName name) {
        try {
            return name instanceof SNIHostName hostName
                    ? hostName.getAsciiName()
                    : new SNIHostName(name.getEncoded()).getAsciiName();
        } catch (IllegalArgumentException noName) {
            return null;
        }
    }

    /** Digits and dots alone are no name: a top-level domain has a letter. A colon is in IPv6 addresses only. */
    private static boolean isAddress(String host) {
        return host.indexOf(':') >= 0 || host.chars().allMatch(c -> c >= '0' && c <= '9' || c == '.');
    }
}
