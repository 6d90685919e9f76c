package dev.akushu.tls.identity;

import dev.akushu.tls.Bytes;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.security.auth.x500.X500Principal;

/**
 * A name that is known to be well-formed, in the form in which it is compared with name constraints.
 *
 * @param tag as in {@link GeneralName}
 * @param parts a host; or local part and host of a mailbox; or the relative distinguished names, the least specific
 *     first. Hosts are in lower case
 * @param address of 4 or 16 bytes; empty for names of other kinds
 */
record ComparableName(int tag, List<String> parts, Bytes address) {
    /**
     * Reads {@code name} for a comparison.
     *
     * @throws DerException if it is malformed, or of a kind that cannot be compared here: RFC 5280 section 4.2.1.10 wants
     *     it refused then, if it is constrained
     */
    static ComparableName of(GeneralName name) throws DerException {
        return switch (name.tag()) {
            case GeneralName.DNS_NAME -> of(name, dnsName(name));
            case GeneralName.IP_ADDRESS -> new ComparableName(name.tag(), List.of(), ipAddress(name.value()));
            case GeneralName.DIRECTORY_NAME -> of(name, relativeNames(name.value()));
            case GeneralName.RFC822_NAME -> of(name, mailbox(name));
            case GeneralName.URI -> of(name, uriHost(name));
            default -> throw new DerException(0, "a name of the kind that is constrained cannot be compared");
        };
    }

    /** The local part as it is, since only its host knows whether case matters. Quoted ones cannot be compared. */
    static List<String> mailbox(GeneralName name) throws DerException {
        String[] parts = name.ascii().split("@", -1);
        boolean wellFormed = parts.length == 2 && !parts[0].isEmpty() && parts[0].indexOf('"') < 0;
        expect(wellFormed && HostNames.isName(parts[1]), "a name is no mailbox", name);
        return List.of(parts[0], lower(parts[1]));
    }

    /** In their canonical form, RFC 5280 section 7.1; the JDK's is as good as any. */
    static List<String> relativeNames(Bytes name) throws DerException {
        List<String> canonical = new ArrayList<>();
        for (Bytes relativeName : DistinguishedName.relativeNames(name)) {
            try {
                byte[] alone = DerWriter.value(DerReader.SEQUENCE, relativeName.toArray());
                canonical.add(new X500Principal(alone).getName(X500Principal.CANONICAL));
            } catch (IllegalArgumentException e) {
                throw new DerException(0, "a distinguished name is malformed: " + e.getMessage());
            }
        }
        return canonical;
    }

    static void expect(boolean wellFormed, String reason, GeneralName name) throws DerException {
        if (!wellFormed) {
            throw new DerException(0, reason + ": " + name.text());
        }
    }

    static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** The first label may be the wildcard. */
    private static List<String> dnsName(GeneralName name) throws DerException {
        String host = lower(name.ascii());
        expect(HostNames.isName(host.startsWith("*.") ? host.substring(2) : host), "a name is no DNS name", name);
        return List.of(host);
    }

    private static Bytes ipAddress(Bytes value) throws DerException {
        if (value.length() != 4 && value.length() != 16) {
            throw new DerException(0, "iPAddress has " + value.length() + " bytes, neither 4 nor 16");
        }
        return value;
    }

    private static List<String> uriHost(GeneralName name) throws DerException {
        try {
            String host = new URI(name.ascii()).getHost();
            // RFC 5280 4.2.1.10: without a host that is a name, a constrained URI is to be refused.
            boolean isName = host != null
                    && HostNames.isName(host)
                    && IpAddress.parse(host).isEmpty();
            expect(isName, "a URI has no host name", name);
            return List.of(lower(host));
        } catch (URISyntaxException e) {
            throw new DerException(0, "a name is no URI: " + e.getReason());
        }
    }

    private static ComparableName of(GeneralName name, List<String> parts) {
        return new ComparableName(name.tag(), List.copyOf(parts), Bytes.empty());
    }
}
