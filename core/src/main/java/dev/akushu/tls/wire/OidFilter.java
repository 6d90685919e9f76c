package dev.akushu.tls.wire;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.TlsException;

/**
 * A certificate extension that a client's certificate must have. RFC 9846 section 4.3.5.
 *
 * @param certificateExtensionOid the extension's OID in DER
 * @param certificateExtensionValues the value that it must hold, in DER
 */
public record OidFilter(Bytes certificateExtensionOid, Bytes certificateExtensionValues) {
    static OidFilter decode(WireReader in) throws TlsException {
        return new OidFilter(
                in.vector8("certificate_extension_oid", 1, 0xff),
                in.vector16("certificate_extension_values", 0, 0xffff));
    }

    void encode(WireWriter out) {
        out.vector8("certificate_extension_oid", certificateExtensionOid);
        out.vector16("certificate_extension_values", certificateExtensionValues);
    }
}
