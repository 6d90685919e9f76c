package dev.akushu.tls.wire;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.OidFilter;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * oid_filters in a CertificateRequest: what the client's certificate should contain. RFC 9846 section 4.3.5.
 *
 * @param filters the filters, no OID twice
 */
public record OidFilters(List<OidFilter> filters) implements Extension {
    /** Takes a copy of the list. */
    public OidFilters {
        filters = List.copyOf(filters);
    }

    static OidFilters decode(WireReader in) throws TlsException {
        List<OidFilter> filters = in.list("filters", 2, 0, 0xffff, OidFilters::decodeOne);
        Set<Bytes> seen = new HashSet<>();
        for (OidFilter filter : filters) {
            // RFC 9846 4.3.5: any given OID MUST NOT appear more than once.
            if (!seen.add(filter.certificateExtensionOid())) {
                throw Problem.ILLEGAL_VALUE.with(
                        "certificate_extension_oid", filter.certificateExtensionOid(), "must not appear twice");
            }
        }
        return new OidFilters(filters);
    }

    @Override
    public ExtensionType type() {
        return ExtensionType.OID_FILTERS;
    }

    @Override
    public void encode(WireWriter out) {
        out.list("filters", 2, filters, (to, filter) -> {
            to.vector8("certificate_extension_oid", filter.certificateExtensionOid());
            to.vector16("certificate_extension_values", filter.certificateExtensionValues());
        });
    }

    private static OidFilter decodeOne(WireReader in) throws TlsException {
        return new OidFilter(
                in.vector8("certificate_extension_oid", 1, 0xff),
                in.vector16("certificate_extension_values", 0, 0xffff));
    }
}
