package dev.akushu.tls;

import dev.akushu.tls.identity.CertificateFilters;

/**
 * A certificate extension that a server wants to see in a client's certificate. RFC 9846 section 4.3.5.
 *
 * @param certificateExtensionOid the extension's OID in DER
 * @param certificateExtensionValues the value that it must hold, in DER; empty if any will do
 */
public record OidFilter(Bytes certificateExtensionOid, Bytes certificateExtensionValues) {
    /**
     * A certificate whose keyUsage has all of {@code names}.
     *
     * @param names as RFC 5280 section 4.2.1.3 has them, such as {@code "digitalSignature"}
     */
    public static OidFilter keyUsage(String... names) {
        return CertificateFilters.keyUsage(names);
    }

    /**
     * A certificate whose extKeyUsage has all of {@code purposes}.
     *
     * @param purposes object identifiers, such as {@code "1.3.6.1.5.5.7.3.2"} for clients
     */
    public static OidFilter extendedKeyUsage(String... purposes) {
        return CertificateFilters.extendedKeyUsage(purposes);
    }

    /** Whether there is a rule by which a certificate matches: for keyUsage and extKeyUsage. Clients pass over other filters. */
    public boolean hasRule() {
        return CertificateFilters.hasRule(this);
    }
}
